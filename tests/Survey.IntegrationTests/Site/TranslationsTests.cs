using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Imports;
using Survey.Domain.Networks;
using Survey.Domain.Offices;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.TemplateText;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;
using Survey.Web.Templates;

namespace Survey.IntegrationTests.Site;

/// <summary>Who reviewed a translation: recorded, told when the words change, withdrawn, printed in the imprint, and asked for before publishing.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class TranslationsTests(DatabaseKind kind)
{
    private const string Address = "/office/translations";
    private SiteHost site = null!;
    private SurveyRound round = null!;
    private HttpClient editor = null!;

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
        editor = await PersonAsync(OfficeRoles.Editor);
    }

    [TearDown]
    public async Task StopAsync()
    {
        editor.Dispose();
        await site.DisposeAsync();
    }

    private async Task<HttpClient> PersonAsync(string role)
    {
        await using var db = site.Open();
        var person = site.Visitor();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}@office.example", role));
        return person;
    }

    private async Task<SeenPage> RecordAsync(string language = "fr", string name = "Amina Diop", string organisation = "Horizons solidaires") =>
        await (await SeenPage.GetAsync(editor, Address)).SendAsync($"record-{language}", ("name", name), ("organisation", organisation), ("sure", "true"));

    private async Task<List<string>> AuditAsync(string about)
    {
        await using var db = site.Open();
        return await db.AuditEntries.Where(a => a.Action.StartsWith(about)).OrderBy(a => a.Id).Select(a => a.Action + " " + a.Subject).ToListAsync();
    }

    [Test]
    public async Task An_editor_records_a_reviewer_once_and_takes_the_record_back()
    {
        Assert.That((await SeenPage.GetAsync(editor, "/office")).Html, Does.Contain($"href=\"{Address}\""));
        var before = await SeenPage.GetAsync(editor, Address);
        Assert.That(before.Words, Does.Contain("Français Nobody has reviewed it").And.Contain("العربية Nobody has reviewed it"));
        Assert.That(before.Html, Does.Not.Contain("record-en"), "English is the network's own wording.");

        var done = await RecordAsync();
        Assert.That((done.Status, done.Words.Contains("The review was recorded.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)), done.Words);
        Assert.That(done.Words, Does.Contain("Amina Diop Horizons solidaires 4 May 2026 As they were reviewed"));
        await RecordAsync();
        Assert.That(await AuditAsync("translation."), Is.EqualTo(new[] { "translation.review language:fr" }), "The same form again is the same record.");
        await RecordAsync(name: "مريم حداد", organisation: "");
        Assert.That((await SeenPage.GetAsync(editor, Address)).Words, Does.Contain("مريم حداد 4 May 2026").And.Not.Contain("Amina Diop"));

        var gone = await (await SeenPage.GetAsync(editor, Address)).SendAsync("withdraw-fr");
        Assert.That(gone.Words, Does.Contain("There is no record of a review any more.").And.Contain("Français Nobody has reviewed it"));
        Assert.That(gone.Html, Does.Not.Contain("withdraw-fr"));
        Assert.That(await AuditAsync("translation."), Is.EqualTo(new[] { "translation.review language:fr", "translation.review language:fr", "translation.withdraw language:fr" }));
        Assert.That((await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Publisher), "/office/audit")).Words, Does.Contain("recorded who reviewed a translation (fr)").And.Contain("Amina Diop, Horizons solidaires"));
    }

    [TestCase("2026-04-28", "28 April 2026")]
    [TestCase("٢٠٢٦-٠٤-٢٨", "28 April 2026")]
    [TestCase("2026-05-06", null)]
    [TestCase("soon", null)]
    [TestCase("", null)]
    public async Task The_day_of_the_review_is_the_one_that_is_given_and_never_in_the_future(string day, string? printed)
    {
        var form = await SeenPage.GetAsync(editor, Address);
        Assert.That(form.Fields("record-fr").Single(f => f.Key == "day").Value, Is.EqualTo("2026-05-04"), "Today, unless said otherwise.");
        var page = await form.SendAsync("record-fr", ("name", "Amina Diop"), ("day", day), ("sure", "true"));
        await using var db = site.Open();
        if (printed is not null)
        {
            Assert.That((page.Status, page.Words.Contains($"Amina Diop {printed} As they were reviewed", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)), page.Words);
            Assert.That(await db.TranslationReviews.Select(r => r.ReviewedOn).SingleAsync(), Is.EqualTo(new DateOnly(2026, 4, 28)));
            return;
        }

        Assert.That((page.Status, page.Words.Contains(day == "2026-05-06" ? "The day of the review lies in the future." : "Give the day of the review", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), page.Words);
        Assert.That((page.Html.Contains("href=\"#day-fr\"", StringComparison.Ordinal), page.Fields("record-fr").Single(f => f.Key == "day").Value), Is.EqualTo((true, day)));
        Assert.That(await db.TranslationReviews.AnyAsync(), Is.False);
    }

    [Test]
    public async Task Two_editors_who_record_at_once_are_both_answered_and_one_record_stands()
    {
        var forms = new List<SeenPage>();
        for (var i = 0; i < 4; i++)
        {
            forms.Add(await SeenPage.GetAsync(editor, Address));
        }

        var pages = await Task.WhenAll(forms.Select((form, i) => form.SendAsync("record-fr", ("name", $"Reader {i}"), ("sure", "true"))));
        await using var db = site.Open();
        var kept = await db.TranslationReviews.SingleAsync();
        foreach (var (page, i) in pages.Select((p, i) => (p, i)))
        {
            Assert.That(page.Status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict), page.Words);
            Assert.That(page.Words, Does.Contain(page.Status is HttpStatusCode.OK ? "The review was recorded." : "The words or the record changed while you were here."));
        }

        Assert.That(pages.Where((p, i) => kept.Name == $"Reader {i}").Single().Status, Is.EqualTo(HttpStatusCode.OK), "Who was told that it is recorded.");
        Assert.That((await AuditAsync("translation.")).Count, Is.EqualTo(pages.Count(p => p.Status is HttpStatusCode.OK)));
    }

    [Test]
    public async Task Every_language_that_publishing_asks_about_can_be_recorded()
    {
        await using var db = site.Open();
        // An earlier round whose own wording was the French one: its English is a translation, unlike that of the open round.
        var earlier = await SampleRound.AddAsync(db, "2025");
        earlier.Close(SiteHost.Start.UtcDateTime);
        await db.SaveChangesAsync();
        var file = earlier.Templates.Single(t => t.Kind == TemplateKinds.Questionnaire);
        var changed = RoundTemplate.Of(TemplateKinds.Questionnaire, file.Name, file.Content.Replace("status: {en: official, fr: provisional", "status: {en: provisional, fr: official", StringComparison.Ordinal));
        await db.RoundTemplates.Where(t => t.RoundId == earlier.Id && t.Kind == TemplateKinds.Questionnaire).ExecuteUpdateAsync(s => s.SetProperty(t => t.Content, changed.Content).SetProperty(t => t.Sha256, changed.Sha256));
        var definition = RoundDefinition.Of(await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync(r => r.Id == earlier.Id));
        Assert.That(UnreviewedTranslations.Languages(definition.Questionnaire, definition.Network), Is.EqualTo(new[] { "en", "es", "ar" }));
        var page = await SeenPage.GetAsync(editor, Address);
        Assert.That(new[] { "en", "fr", "es", "ar" }.Where(l => !page.Html.Contains($"id=\"record-{l}\"", StringComparison.Ordinal)), Is.Empty);
        Assert.That((await RecordAsync("en")).Words, Does.Contain("The review was recorded.").And.Contain("English Amina Diop"));
        Assert.That((await SeenPage.GetAsync(editor, $"{Address}/en?file=questionnaire")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await (await SeenPage.GetAsync(editor, Address)).SendAsync("withdraw-en")).Words, Does.Contain("There is no record"));
    }

    [TestCase("", "", "true", "Write the name")]
    [TestCase("Amina Diop", "", null, "Confirm that the person")]
    [TestCase("long", "", "true", "At most 200 characters")]
    [TestCase("Amina Diop", "long", "true", "At most 200 characters")]
    public async Task A_form_that_lacks_something_records_nothing(string name, string organisation, string? sure, string words)
    {
        static string Long(string text) => text == "long" ? new string('x', 201) : text;
        var page = await (await SeenPage.GetAsync(editor, Address)).SendAsync("record-es", ("name", Long(name)), ("organisation", Long(organisation)), ("sure", sure));
        Assert.That((page.Status, page.Words.Contains(words, StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), page.Words);
        Assert.That(page.Fields("record-es").Single(f => f.Key == "name").Value, Is.EqualTo(Long(name)), "What was typed stays.");
        await using var db = site.Open();
        Assert.That(await db.TranslationReviews.AnyAsync(), Is.False);
    }

    [Test]
    public async Task Words_that_change_after_the_review_are_told_and_not_while_the_form_is_open()
    {
        await RecordAsync();
        await RecordAsync("es");
        var open = await SeenPage.GetAsync(editor, Address);
        await using (var db = site.Open())
        {
            var content = await db.RoundTemplates.Where(t => t.Kind == TemplateKinds.Questionnaire).Select(t => t.Content).SingleAsync();
            var changed = RoundTemplate.Of(TemplateKinds.Questionnaire, "made-2026", content.Replace("Enquête annuelle auprès des membres 2026", "Grande enquête 2026", StringComparison.Ordinal));
            await db.RoundTemplates.Where(t => t.Kind == TemplateKinds.Questionnaire).ExecuteUpdateAsync(s => s.SetProperty(t => t.Content, changed.Content).SetProperty(t => t.Sha256, changed.Sha256));
        }

        var seen = await SeenPage.GetAsync(editor, Address);
        Assert.That(seen.Words, Does.Contain("Français Amina Diop Horizons solidaires 4 May 2026 Changed since").And.Contain("Español Amina Diop Horizons solidaires 4 May 2026 As they were reviewed"));
        var late = await open.SendAsync("record-fr", ("name", "Jean Petit"), ("sure", "true"));
        Assert.That((late.Status, late.Words.Contains("The words or the record changed", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)), late.Words);
        await late.SendAsync("record-fr");
        await RecordAsync(name: "Jean Petit");
        Assert.That((await SeenPage.GetAsync(editor, Address)).Words, Does.Contain("Français Jean Petit Horizons solidaires 4 May 2026 As they were reviewed"));
    }

    [Test]
    public async Task A_reader_sees_the_page_and_the_sheet_and_records_nothing()
    {
        var reader = await PersonAsync(OfficeRoles.Reader);
        var page = await SeenPage.GetAsync(reader, Address);
        Assert.That(page.Html, Does.Not.Contain("<form method=\"post\" class=\"form\""));
        var token = page.Fields("/office/sign-out").Single(f => f.Key == "form").Value;
        foreach (var handler in new[] { "", "?handler=Withdraw" })
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = token, ["language"] = "fr", ["name"] = "x", ["sure"] = "true" });
            Assert.That((await reader.PostAsync(new Uri(Address + handler, UriKind.Relative), form)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        Assert.That((await reader.GetAsync(new Uri($"{Address}/fr", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        foreach (var nothing in new[] { "en", "xx", "fr?file=../x" })
        {
            Assert.That((await reader.GetAsync(new Uri($"{Address}/{nothing}", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), nothing);
        }
    }

    [Test]
    public async Task The_sheet_holds_every_string_on_its_pages_and_in_its_file()
    {
        var folder = TemplateFolder.Open(Repository.Templates);
        static IEnumerable<string> Written(TextCatalogue catalogue) => catalogue.Entries.SelectMany(e => e.Forms?.Values ?? [e.Text!]).Select(p => p.Written);
        static IEnumerable<string> In(string path) => TemplateStrings.Of(File.ReadAllText(Path.Combine(Repository.Templates, path))).All.Where(s => s.Words.ContainsKey("ar")).Select(s => s.Words["ar"].Text);
        string[] expected =
        [
            .. Written(SiteHost.Texts().Single(t => t.Language == "ar")),
            .. Written(folder.ReportTexts().Value!.Single(t => t.Language == "ar")),
            .. MailTemplates.Required.Select(name => SiteHost.Mails().In(name, "ar")).SelectMany(m => new[] { m.Subject.Written, m.Body.Written }),
            .. In("questionnaires/made-2026.yaml"),
            .. In("plans/made-8-point.yaml"),
            .. In("regions/default.yaml"),
        ];

        var client = editor;
        var bytes = await client.GetByteArrayAsync(new Uri($"{Address}/ar?handler=File", UriKind.Relative));
        Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        using var file = new MemoryStream(bytes);
        var table = CsvTable.Read(file).Value!;
        Assert.That(new[] { "key", "English", "translation", "remark" }.Select(c => table.Column(c) is not null), Has.All.True);
        var cells = table.Rows.Select(r => table.Cell(r, "translation").ReplaceLineEndings("\n").TrimStart('\'').Trim()).ToHashSet();
        Assert.That(expected.Select(w => w.TrimStart('\'').Trim()).Where(w => !cells.Contains(w)), Is.Empty);
        Assert.That(table.Rows.SelectMany(r => new[] { "key", "English", "translation" }.Select(c => table.Cell(r, c))).Where(c => c.Length > 0 && "=+-@\t\r".Contains(c[0], StringComparison.Ordinal)), Is.Empty, "No cell is a formula.");
        Assert.That(table.Rows.Select(r => table.Cell(r, "key")), Is.Unique);

        var pages = new StringBuilder();
        var first = await SeenPage.GetAsync(client, $"{Address}/ar");
        foreach (var name in new[] { "pages", "mails", "privacy", "questionnaire", "plan", "regions", "network", "report" })
        {
            Assert.That(first.Html, Does.Contain($"file={name}\""));
            for (var part = 1; ; part++)
            {
                var page = await SeenPage.GetAsync(client, $"{Address}/ar?file={name}&part={part}");
                pages.Append(WebUtility.HtmlDecode(page.Html).ReplaceLineEndings("\n"));
                if (!page.Html.Contains($"part={part + 1}\"", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }

        var all = pages.ToString();
        Assert.That(expected.Where(w => !all.Contains($"<td lang=\"ar\" dir=\"rtl\" class=\"words\">{w}</td>", StringComparison.Ordinal)), Is.Empty);
        Assert.That(all, Does.Contain("<td lang=\"en\" dir=\"ltr\" class=\"words\">Nobody has reviewed it; the imprint says so.</td>"));
    }

    [Test]
    public async Task The_imprint_names_the_recorded_reviewer_and_the_same_input_gives_the_same_words()
    {
        await RecordAsync();
        await using var db = site.Open();
        var stored = await db.Rounds.Include(r => r.Templates).SingleAsync();
        foreach (var language in new[] { "en", "fr", "es", "ar" })
        {
            stored.Templates.Add(RoundTemplate.Of(TemplateKinds.Report, language, await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "report", $"{language}.yaml"))));
        }

        await db.SaveChangesAsync();
        var definition = RoundDefinition.Of(stored);
        var (first, second) = (await ContentsAsync(), await ContentsAsync());
        Assert.That(second.Select(Json), Is.EqualTo(first.Select(Json)));
        var imprint = first[0].Blocks.OfType<ImprintBlock>().Single().Items.Single(i => i.Term == "Translations").Text;
        Assert.That(imprint, Is.EqualTo("French: reviewed by Amina Diop, Horizons solidaires, 4 May 2026; Spanish: translation not reviewed; Arabic: translation not reviewed"));
        Assert.That(first.Select(c => c.IsUnreviewed), Is.EqualTo(new bool?[] { false, false, true, true }));

        await (await SeenPage.GetAsync(editor, Address)).SendAsync("withdraw-fr");
        Assert.That((await ContentsAsync()).Select(c => c.IsUnreviewed), Is.EqualTo(new bool?[] { false, true, true, true }));

        async Task<List<EditionContent>> ContentsAsync()
        {
            var input = await EditionSource.ReadAsync(db, stored, definition, null, 1, [], SiteHost.Start.UtcDateTime, CancellationToken.None);
            return [.. new[] { "en", "fr", "es", "ar" }.Select(l => ContentBuilder.ContentOf(input, definition.ReportTexts[l])).Select(c => c.Value ?? throw new InvalidOperationException(string.Join('\n', c.Problems)))];
        }

        static string Json(EditionContent content) => JsonSerializer.Serialize(content, EditionJson.Options);
    }

    [Test]
    public async Task A_publisher_publishes_translations_that_nobody_reviewed_only_by_saying_so()
    {
        await using var db = site.Open();
        var version = await StoredEdition.AddAsync(db, round, isPublished: false);
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        var asked = await SeenPage.GetAsync(publisher, $"/office/editions/{version.Id}/publish");
        Assert.That(asked.Words, Does.Contain("Publish although nobody has reviewed these translations").And.Contain("Español").And.Contain("Français").And.Contain("العربية"));
        var refused = await asked.SendAsync($"/office/editions/{version.Id}/publish");
        Assert.That((refused.Status, refused.Words.Contains("Tick the box", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), refused.Words);
        Assert.That(await db.EditionVersions.AsNoTracking().Select(v => v.Number).SingleAsync(), Is.Null);
        Assert.That(await AuditAsync("edition."), Is.Empty);

        var done = await refused.SendAsync($"/office/editions/{version.Id}/publish", ("unreviewed", "true"));
        Assert.That((done.Status, done.Path), Is.EqualTo((HttpStatusCode.OK, $"/office/editions/{version.Id}")));
        Assert.That(await db.EditionVersions.AsNoTracking().Select(v => v.Number).SingleAsync(), Is.EqualTo(1));
        Assert.That(await AuditAsync("edition."), Is.EqualTo(new[] { "edition.publish edition:2026/v1", "edition.publish-unreviewed edition:2026/v1/ar+es+fr" }));
    }

    [Test]
    public async Task What_a_versions_imprint_says_goes_before_what_was_recorded_since()
    {
        await using var db = site.Open();
        var version = await StoredEdition.AddAsync(db, round, isPublished: false, number: 1, "en", "fr");
        await RecordAsync();
        Assert.That(await EditionPublishing.UnreviewedAsync(db, version.Id), Is.EqualTo(new[] { "fr" }), "Its files were written before.");
        await SayAsync(false);
        Assert.That(await EditionPublishing.UnreviewedAsync(db, version.Id), Is.Empty);
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        Assert.That((await SeenPage.GetAsync(publisher, $"/office/editions/{version.Id}/publish")).Words, Does.Not.Contain("changed since they were reviewed"));
        await db.TranslationReviews.ExecuteUpdateAsync(s => s.SetProperty(r => r.WordsHash, new string('0', 64)));
        Assert.That((await SeenPage.GetAsync(publisher, $"/office/editions/{version.Id}/publish")).Words, Does.Contain("Some words in \u2068Français\u2069 have changed since they were reviewed"));
        var published = await EditionPublishing.PublishAsync(db, version.Id, "office:test", SiteHost.Start.UtcDateTime, Unreviewed.Refused);
        Assert.That(published.Problems, Is.Empty);

        async Task SayAsync(bool isUnreviewed)
        {
            foreach (var content in await db.Artefacts.Where(a => a.EditionVersionId == version.Id && a.Name == Artefact.Content).ToListAsync())
            {
                var read = JsonSerializer.Deserialize<EditionContent>(content.Bytes, EditionJson.Options)! with { IsUnreviewed = isUnreviewed };
                var bytes = JsonSerializer.SerializeToUtf8Bytes(read, EditionJson.Options);
                await db.Artefacts.Where(a => a.Id == content.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Bytes, bytes));
            }
        }
    }

    [Test]
    public void The_network_file_names_reviewers_as_before()
    {
        var questionnaire = QuestionnaireFile.Parse(File.ReadAllText(Path.Combine(Repository.Templates, "questionnaires", "made-2026.yaml")), "made-2026.yaml").Value!;
        var network = NetworkFile.Parse(File.ReadAllText(Path.Combine(Repository.Templates, "network.yaml")).Replace("{fr: , es: , ar: }", "{fr: \"Jean Petit\", es: , ar: }", StringComparison.Ordinal), "network.yaml").Value!;
        Assert.That(network.Languages.Where(l => UnreviewedTranslations.Has(l, questionnaire, network, ["ar"])), Is.EqualTo(new[] { "es" }));
    }
}
