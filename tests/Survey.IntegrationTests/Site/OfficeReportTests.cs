using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Offices;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Editions;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office's part in a report: its texts, the order of the findings, what is missing, counting anew, comparing, adding a language, the DOI. An open round has a draft, a closed one a published version.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class OfficeReportTests(DatabaseKind kind)
{
    private const string Foreword = "/office/rounds/2026/writing/foreword/en";

    private SiteHost site = null!;
    private SurveyRound open = null!;
    private SurveyRound closed = null!;
    private EditionVersion draft = null!;
    private EditionVersion published = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        open = await WithReportAsync(db, await SampleRound.AddAsync(db));
        draft = await StoredEdition.AddAsync(db, open, isPublished: false);
        closed = await WithReportAsync(db, await SampleRound.AddAsync(db, "2025", closesOn: new DateOnly(2026, 4, 1)));
        published = await StoredEdition.AddAsync(db, closed, languages: ["en"]);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    /// <summary>The sample round carries no words of the report: here it has those of two languages.</summary>
    private static async Task<SurveyRound> WithReportAsync(SurveyDb db, SurveyRound round)
    {
        foreach (var language in new[] { "en", "fr" })
        {
            round.Templates.Add(RoundTemplate.Of(TemplateKinds.Report, language, await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "report", $"{language}.yaml"))));
        }

        await db.SaveChangesAsync();
        return round;
    }

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    private async Task<List<string>> AuditAsync(string begins)
    {
        await using var db = site.Open();
        return await db.AuditEntries.Where(a => a.Action.StartsWith(begins)).OrderBy(a => a.Id).Select(a => a.Action + " " + a.Subject).ToListAsync();
    }

    [Test]
    public async Task A_text_is_previewed_saved_and_listed()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        var list = await SeenPage.GetAsync(editor, "/office/rounds/2026/writing");
        Assert.That(list.Words, Does.Match("English [^.]*\u2068Foreword\u2069").And.Contain("Write (Foreword, English)"));
        var page = await SeenPage.GetAsync(editor, Foreword);
        page = await page.SendAsync("text", ("words", "Dear **members** of <b>2026</b>.\r\n\r\n### Thanks"), ("signedBy", "Ada  Okoro"), ("signedAs", "Chair"), ("preview", "yes"));
        Assert.That(page.Html, Does.Contain("<p>Dear <strong>members</strong> of &lt;b&gt;2026&lt;/b&gt;.</p>").And.Contain("<h3>Thanks</h3>").And.Contain("<strong>Ada Okoro</strong>"));
        await using (var db = site.Open())
        {
            Assert.That(await db.EditorialTexts.AnyAsync(t => t.Kind == EditorialKind.Foreword), Is.False, "a look saves nothing");
        }

        page = await page.SendAsync("text");
        Assert.That(page.Path, Is.EqualTo($"{Foreword}?done=saved"), page.Words);
        await using (var db = site.Open())
        {
            var text = await db.EditorialTexts.AsNoTracking().SingleAsync(t => t.Kind == EditorialKind.Foreword);
            Assert.That((text.Text, text.SignedBy, text.SignedAs), Is.EqualTo(("Dear **members** of <b>2026</b>.\n\n### Thanks", "Ada Okoro", "Chair")));
        }

        list = await SeenPage.GetAsync(editor, "/office/rounds/2026/writing");
        Assert.That(list.Words, Does.Contain("Change (Foreword, English)").And.Contain("Write (Foreword, Français)"));
        Assert.That(await AuditAsync("writing.save"), Has.Exactly(1).EqualTo("writing.save round:2026/text:foreword/language:en"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/writing/foreword/fr")).Words, Does.Contain("Dear **members**"), "who translates sees the other languages");
    }

    [Test]
    public async Task What_is_wrong_is_named_with_its_line_and_nothing_typed_is_lost()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, Foreword);
        page = await page.SendAsync("text", ("words", "Fine.\n\n# Too large\n\n[x](javascript:alert(1))"));
        Assert.That((page.Status, page.Fields("text").Single(f => f.Key == "words").Value), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "Fine.\n\n# Too large\n\n[x](javascript:alert(1))")));
        Assert.That(page.Words, Does.Contain("Line 3: a heading begins").And.Contain("Line 5: a link leads"));
        page = await page.SendAsync("text", ("words", new string('a', EditorialText.Longest + 1)));
        Assert.That((page.Status, page.Fields("text").Single(f => f.Key == "words").Value.Length), Is.EqualTo((HttpStatusCode.UnprocessableEntity, EditorialText.Longest + 1)));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/writing/point-nowhere/en")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/writing/foreword/xx")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Two_editors_do_not_write_over_each_other_and_a_text_goes_only_where_that_was_said()
    {
        const string Address = "/office/rounds/2026/writing/point-diaspora/en";
        var (one, other) = (await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), Address), await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), Address));
        Assert.That((await one.SendAsync("text", ("words", "First."))).Status, Is.EqualTo(HttpStatusCode.OK));
        var refused = await other.SendAsync("text", ("words", "Second."));
        Assert.That((refused.Status, refused.Fields("text").Single(f => f.Key == "words").Value), Is.EqualTo((HttpStatusCode.Conflict, "Second.")));
        Assert.That(refused.Words, Does.Contain("First.").And.Contain("Somebody else has changed this text"));
        var saved = await refused.SendAsync("text");
        Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.OK), "knowing it, they may");
        var asked = await saved.SendAsync("text", ("words", " "));
        Assert.That((asked.Status, asked.Words.Contains("Remove the text", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        var removed = await asked.SendAsync("text", ("words", ""), ("sure", "true"));
        Assert.That(removed.Path, Does.EndWith("done=removed"));
        await using var db = site.Open();
        Assert.That(await db.EditorialTexts.AnyAsync(t => t.Subject == "diaspora"), Is.False);
    }

    [Test]
    public async Task A_look_or_a_refusal_does_not_hide_what_another_saved_meanwhile()
    {
        const string Address = "/office/rounds/2026/writing/point-protection/en";
        var editor = await PersonAsync(OfficeRoles.Editor);
        var first = await (await SeenPage.GetAsync(editor, Address)).SendAsync("text", ("words", "First."));
        var (looking, refused) = (await SeenPage.GetAsync(editor, Address), await SeenPage.GetAsync(editor, Address));
        var second = await first.SendAsync("text", ("words", "Theirs."));
        looking = await looking.SendAsync("text", ("words", "Mine."), ("preview", "yes"));
        Assert.That((await looking.SendAsync("text")).Status, Is.EqualTo(HttpStatusCode.Conflict));
        refused = await refused.SendAsync("text", ("words", "# Mine."));
        Assert.That((await refused.SendAsync("text", ("words", "Mine."))).Status, Is.EqualTo(HttpStatusCode.Conflict));

        // Removed and begun again, it is another text.
        var old = await SeenPage.GetAsync(editor, Address);
        var removed = await second.SendAsync("text", ("words", ""), ("sure", "true"));
        await removed.SendAsync("text", ("words", "Another."));
        Assert.That((await old.SendAsync("text", ("words", "Mine."))).Status, Is.EqualTo(HttpStatusCode.Conflict));
        await using var db = site.Open();
        Assert.That(await db.EditorialTexts.Where(t => t.Subject == "protection").Select(t => t.Text).SingleAsync(), Is.EqualTo("Another."));
    }

    [Test]
    public async Task A_hidden_finding_that_does_not_come_now_or_says_otherwise_is_shown_as_such()
    {
        await using (var db = site.Open())
        {
            db.FindingChoices.Add(new FindingChoice { RoundId = open.Id, Finding = "gone.state.world", IsHidden = true, Reason = "It was trivial.", ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, "/office/rounds/2026/findings");
        var last = System.Text.RegularExpressions.Regex.Matches(page.Html, "id=\"hide-([^\"]*)\"").Last().Groups[1].Value;
        await page.SendAsync($"hide-{last}", ("reason", "No change."));
        await using (var db = site.Open())
        {
            Assert.That(await db.FindingChoices.Where(c => c.Reason == "No change." && c.Said != null).ExecuteUpdateAsync(s => s.SetProperty(c => c.Said, "other")), Is.EqualTo(1));
        }

        page = await SeenPage.GetAsync(editor, "/office/rounds/2026/findings");
        Assert.That(page.Words, Does.Contain("It was trivial.").And.Contain("It was hidden when it told other numbers."));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026")).Words, Does.Contain("2 generated sentences are hidden."));
        page = await page.SendAsync("orphan-finding-gone-state-world");
        Assert.That(page.Words, Does.Not.Contain("It was trivial."));
        await using var after = site.Open();
        await after.FindingChoices.Where(c => c.Reason == "No change.").ExecuteDeleteAsync();
    }

    [Test]
    public async Task A_finding_is_moved_hidden_with_a_reason_and_shown_again()
    {
        const string Address = "/office/rounds/2026/findings";
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, Address);
        var ids = Ids(page);
        Assert.That(ids, Has.Count.GreaterThan(2), page.Words);
        page = await page.SendAsync($"hide-{Key(ids[0])}", ("reason", " "));
        Assert.That((page.Status, page.Words.Contains("Say why the sentence is hidden", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        page = await page.SendAsync($"hide-{Key(ids[0])}", ("reason", "It says the same as the next."));
        Assert.That(page.Words, Does.Contain("It says the same as the next."));
        using var form = new FormUrlEncodedContent(page.Fields($"choose-{Key(ids[0])}"));
        await editor.PostAsync(new Uri($"{Address}?handler=Show", UriKind.Relative), form);
        using var again = new FormUrlEncodedContent(page.Fields($"choose-{Key(ids[0])}"));
        await editor.PostAsync(new Uri($"{Address}?handler=Down", UriKind.Relative), again);
        page = await SeenPage.GetAsync(editor, Address);
        Assert.That(Ids(page), Is.EqualTo(new[] { ids[1], ids[0] }.Concat(ids.Skip(2))));
        Assert.That(page.Words, Does.Not.Contain("It says the same as the next."));
        Assert.That((await AuditAsync("finding.")).Where(a => a.EndsWith(ids[0], StringComparison.Ordinal)), Is.EqualTo(new[] { $"finding.hide round:2026/finding:{ids[0]}", $"finding.show round:2026/finding:{ids[0]}", $"finding.move round:2026/finding:{ids[0]}" }));
        Assert.That((await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Reader), Address)).Html, Does.Not.Contain("<button class=\"button second\" formaction"));

        static string Key(string id) => id.Replace('.', '-');
        static List<string> Ids(SeenPage page) => [.. System.Text.RegularExpressions.Regex.Matches(page.Html, "id=\"choose-[^>]*>.*?name=\"finding\" value=\"([^\"]*)\"", System.Text.RegularExpressions.RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
    }

    [Test]
    public async Task The_round_s_page_says_what_a_report_would_lack_and_where_it_is_mended()
    {
        var page = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), "/office/rounds/2026");
        Assert.That(page.Words, Does.Contain("no words of a report in: \u2068Español\u2069 and \u2068العربية\u2069").And.Contain("Nobody has reviewed these translations").And.Contain("There is no foreword in: ").And.Contain("\u2068Français\u2069"));
        Assert.That(page.Html, Does.Contain("<a href=\"/office/translations\">Go there").And.Contain("<a href=\"/office/rounds/2026/writing\">Go there"));
    }

    [Test]
    public async Task Numbers_are_counted_anew_only_with_a_reason_and_where_they_are_published()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026")).Html, Does.Not.Contain("name=\"recount\""), "nothing is published there");
        var page = await SeenPage.GetAsync(editor, "/office/rounds/2025");
        var unticked = await page.SendAsync("/office/rounds/2025", ("languages", "en"), ("reason", "An answer was entered twice."));
        Assert.That((unticked.Status, unticked.Words.Contains("without choosing to do so", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        Assert.That(unticked.Html, Does.Match("value=\"en\" checked").And.Not.Match("value=\"fr\" checked"), "the languages stay chosen");
        page = await page.SendAsync("/office/rounds/2025", ("recount", "true"), ("languages", "en"));
        Assert.That((page.Status, page.Words.Contains("Say why the numbers are counted anew", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        page = await page.SendAsync("/office/rounds/2025", ("recount", "true"), ("languages", "en"), ("reason", "An answer was entered twice."));
        Assert.That(page.Words, Does.Contain("An answer was entered twice."));
        await using var db = site.Open();
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.RecomputesNumbers);
        Assert.That((run.RecomputesNumbers, run.Reason, run.Languages), Is.EqualTo((true, "An answer was entered twice.", "en")));
        Assert.That(await AuditAsync("run.recount"), Is.EqualTo(new[] { "run.recount round:2025" }));
    }

    [Test]
    public async Task Two_versions_are_compared_number_by_number()
    {
        var reader = await PersonAsync(OfficeRoles.Reader);
        Assert.That((await SeenPage.GetAsync(reader, $"/office/editions/{draft.Id}/compare")).Words, Does.Contain("nothing to compare it with"));
        EditionVersion second;
        await using (var db = site.Open())
        {
            await StoredEdition.AddAsync(db, closed, isPublished: false, number: 2, "en");
            second = await StoredEdition.AddAsync(db, closed, isPublished: false, number: 2, "en");
            await db.Runs.Where(r => r.Id == second.RunId).ExecuteUpdateAsync(s => s.SetProperty(r => r.RecomputesNumbers, true).SetProperty(r => r.Reason, "Maison X asked."));
            db.EditorialTexts.Add(new EditorialText { RoundId = closed.Id, Kind = EditorialKind.Foreword, Language = "en", Text = "New.", Version = 1, ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            var editorial = new KeptEditorial([], [], null, null, null, null).Write();
            await db.EditionVersions.Where(v => v.Id == second.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Editorial, editorial));
            await db.SaveChangesAsync();
            var cube = CubeJson.Read(second.Cube);
            var changed = CubeJson.Write(cube with { Participation = cube.Participation with { Responses = 83 } });
            await db.EditionVersions.Where(v => v.Id == second.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Cube, changed));
        }

        // With the published version, not with the draft in between.
        var with = $"/office/editions/{second.Id}/compare?with={published.Id}";
        var publish = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Publisher), $"/office/editions/{second.Id}/publish");
        Assert.That(publish.Html, Does.Contain(with));
        Assert.That(publish.Words, Does.Contain("1 published number differs").And.Contain("a reader who compares both may learn which").And.Contain("The office has changed something since this draft was made"));
        Assert.That((publish.Words.Contains("Maison X asked.", StringComparison.Ordinal), publish.Fields("publish").Single(f => f.Key == "erratum").Value.Trim()), Is.EqualTo((true, "")), "what the office keeps for itself is not proposed for the public");
        Assert.That((await SeenPage.GetAsync(reader, $"/office/editions/{second.Id}")).Html, Does.Contain(with).And.Contain("/office/rounds/2025/writing/foreword/en"));
        var page = await SeenPage.GetAsync(reader, with);
        Assert.That(page.Words, Does.Contain("1 number differs.").And.Match("Who answered World responses 82 83").And.Contain("No generated sentence differs."));
        Assert.That((await SeenPage.GetAsync(reader, $"/office/editions/{second.Id}/compare?with={draft.Id}")).Status, Is.EqualTo(HttpStatusCode.NotFound), "another round's");
    }

    [Test]
    public async Task A_version_s_identifier_is_set_after_it_came_out_and_stands_on_its_page()
    {
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        var page = await SeenPage.GetAsync(publisher, $"/office/editions/{published.Id}");
        var wrong = await page.SendAsync("doi-form", ("doi", "my report"));
        Assert.That((wrong.Status, wrong.Fields("doi-form").Single(f => f.Key == "doi").Value), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "my report")));
        page = await page.SendAsync("doi-form", ("doi", "https://doi.org/10.1234/report-2025"));
        Assert.That(page.Words, Does.Contain("The DOI is saved."));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/2025/v1/en")).Html, Does.Contain("href=\"https://doi.org/10.1234/report-2025\""));
        Assert.That(await AuditAsync("edition.doi"), Is.EqualTo(new[] { "edition.doi edition:2025/v1" }));
    }

    [Test]
    public async Task A_language_is_added_by_a_run_for_that_version()
    {
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        Assert.That((await SeenPage.GetAsync(publisher, $"/office/editions/{draft.Id}/add-language")).Status, Is.EqualTo(HttpStatusCode.NotFound), "a draft is made anew instead");
        var page = await SeenPage.GetAsync(publisher, $"/office/editions/{published.Id}/add-language");
        Assert.That((page.Html.Contains("id=\"language-fr\"", StringComparison.Ordinal), page.Html.Contains("id=\"language-es\"", StringComparison.Ordinal)), Is.EqualTo((true, false)), "only what the round has words for");
        Assert.That((await page.SendAsync("add-language")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var unsaid = await page.SendAsync("add-language", ("language", "fr"));
        Assert.That((unsaid.Status, unsaid.Words.Contains("Nobody has reviewed this translation", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        page = await unsaid.SendAsync("add-language", ("language", "fr"), ("unreviewed", "true"));
        Assert.That(page.Words, Does.Contain("Adds the languages to Version 1"), page.Path);
        await using var db = site.Open();
        Assert.That(await db.Runs.Where(r => r.AddsToVersionId == published.Id).Select(r => r.Languages).SingleAsync(), Is.EqualTo("fr"));
        Assert.That(await db.Runs.Where(r => r.AddsToVersionId == published.Id).Select(r => r.AcceptsUnreviewed).SingleAsync(), Is.True);
        Assert.That(await AuditAsync("edition.publish-unreviewed"), Is.Empty, "it is written down when it comes out");
    }

    [Test]
    public async Task What_was_deleted_after_its_time_is_not_counted_anew()
    {
        await using (var db = site.Open())
        {
            var old = await WithReportAsync(db, await SampleRound.AddAsync(db, "2024", closesOn: new DateOnly(2025, 4, 1)));
            await StoredEdition.AddAsync(db, old, languages: ["en"]);
            await SampleRound.InviteAsync(db, old, "Old House");
            var invitation = await db.Invitations.SingleAsync(i => i.RoundId == old.Id);
            db.Responses.Add(new Survey.Domain.Responses.SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = invitation.Id, RoundId = old.Id, Version = 1, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime, SubmittedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        Assert.That((await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), "/office/rounds/2024")).Html, Does.Not.Contain("name=\"recount\""));
    }

    [Test]
    public async Task A_text_that_names_a_discreet_organisation_is_told_before_the_report_is_made()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using (var db = site.Open())
        {
            await SampleRound.InviteAsync(db, closed, "Still Water House");
            await db.Organisations.Where(o => o.Name == "Still Water House").ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, true));
            db.EditorialTexts.Add(new EditorialText { RoundId = closed.Id, Kind = EditorialKind.Acknowledgements, Language = "en", Text = "We thank *Still* **Water** House.", Version = 1, ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2025")).Words, Does.Contain("In 1 text of the office stands the name of an organisation that is not to be named"));
    }

    [Test]
    public async Task An_erasure_takes_back_what_prints_the_name_and_names_the_texts_that_it_leaves()
    {
        int member;
        EditionVersion printing, later;
        long elsewhere;
        await using (var db = site.Open())
        {
            var other = await SampleRound.AddAsync(db, "2030");
            var run = db.Runs.Add(new ReportRun { RoundId = other.Id, Languages = "en", RequestedAt = SiteHost.Start.UtcDateTime, RequestedBy = "office:x", State = RunState.Running }).Entity;
            await db.SaveChangesAsync();
            elsewhere = run.Id;
            await SampleRound.InviteAsync(db, open, "Maison Kwilu");
            member = await db.Organisations.Where(o => o.Name == "Maison Kwilu").Select(o => o.Id).SingleAsync();
            db.EditorialTexts.Add(new EditorialText { RoundId = open.Id, Kind = EditorialKind.Acknowledgements, Language = "fr", Text = "Merci à la maison kwilu.", Version = 1, ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            printing = await StoredEdition.AddAsync(db, open, isPublished: true, number: 1, "fr");
            later = await StoredEdition.AddAsync(db, open, isPublished: false, number: 2, "fr");
            var content = SampleEdition.In("fr", new QuoteBlock("Oui.", "fr", "–", null));
            var bytes = JsonSerializer.SerializeToUtf8Bytes(content with { Blocks = [.. content.Blocks, new RichTextBlock(2, [new RichPart(RichPartKind.Paragraph, [new RichLine([new RichSpan("Merci à "), new RichSpan("Maison", IsStrong: true), new RichSpan(" KWILU.")])], null)])] }, EditionJson.Options);
            await db.Set<Artefact>().Where(a => (a.EditionVersionId == printing.Id || a.EditionVersionId == later.Id) && a.Name == Artefact.Content).ExecuteUpdateAsync(s => s.SetProperty(a => a.Bytes, bytes));
            var kept = new KeptEditorial([new(EditorialKind.Acknowledgements, "", "fr", "Merci à **Maison** KWILU."), new(EditorialKind.Foreword, "", "fr", "Bonjour.")], [new("a", true, null)], 7, null, null, new Dictionary<long, SharedCounts>()).Write();
            await db.EditionVersions.Where(v => v.Id == printing.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Editorial, kept));
            db.FindingChoices.Add(new FindingChoice { RoundId = open.Id, Finding = "other", IsHidden = true, Reason = "Maison Kwilu asked.", ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        var publisher = await PersonAsync(OfficeRoles.Publisher);
        var page = await SeenPage.GetAsync(publisher, $"/office/members/{member}/erase");
        Assert.That(page.Html, Does.Contain("/office/rounds/2026/writing/acknowledgements/fr"));
        Assert.That(page.Words, Does.Not.Contain("No published report lists, quotes or names it."));
        var opened = await SeenPage.GetAsync(publisher, "/office/rounds/2026/writing/acknowledgements/fr");
        page = await (await SeenPage.GetAsync(publisher, $"/office/members/{member}/erase?step=2")).SendAsync("erase", ("name", "Maison Kwilu"));
        Assert.That(page.Html, Does.Contain("/office/rounds/2026/writing/acknowledgements/fr"));
        Assert.That(page.Path, Does.Not.Contain("Kwilu"));
        await using var seen = site.Open();
        Assert.That((await seen.EditorialTexts.SingleAsync(t => t.Language == "fr")).Text, Is.EqualTo("Merci à la maison kwilu."));
        Assert.That(await seen.FindingChoices.Where(c => c.Finding == "other").Select(c => c.Reason).SingleAsync(), Is.Empty);
        var left = await seen.EditionVersions.AsNoTracking().SingleAsync(v => v.Id == printing.Id);
        Assert.That(left.WithdrawnAt, Is.Not.Null, "it printed the name, and nobody had listed or quoted it");
        Assert.That(KeptEditorial.Read(left.Editorial)!.Texts.Select(t => t.Markdown), Is.EqualTo(new[] { "Bonjour." }), "what comes in its place is made without that text alone");
        Assert.That(await seen.EditionVersions.AnyAsync(v => v.Id == later.Id), Is.False, "a draft that prints it cannot come out later");
        Assert.That((await seen.Runs.AsNoTracking().SingleAsync(r => r.Id == elsewhere)).State, Is.EqualTo(RunState.Queued), "a run of a round in which it had no place may have read the name too");

        // Whoever had opened it before saves nothing.
        Assert.That((await opened.SendAsync("text", ("words", "Merci à la maison kwilu !"))).Words, Does.Contain("Somebody else has changed this text"));

        // The text itself waits for a person: no report prints it, the office is told, and saving lets it in again.
        Assert.That((await EditorialSource.OfAsync(seen, open.Id, CancellationToken.None)).Texts.Where(t => t.Language == "fr"), Is.Empty);
        Assert.That((await SeenPage.GetAsync(publisher, "/office/rounds/2026")).Words, Does.Contain("1 text of the office named an organisation that was erased"));
        Assert.That((await SeenPage.GetAsync(publisher, "/office/rounds/2026/writing")).Words, Does.Contain("not printed"));
        var text = await SeenPage.GetAsync(publisher, "/office/rounds/2026/writing/acknowledgements/fr");
        Assert.That(text.Words, Does.Contain("This text named an organisation that was erased."));
        await text.SendAsync("text", ("words", "Merci à toutes."));
        Assert.That((await EditorialSource.OfAsync(seen, open.Id, CancellationToken.None)).Texts.Single(t => t.Language == "fr").Markdown, Is.EqualTo("Merci à toutes."));
    }

    [Test]
    public async Task A_name_that_was_printed_and_is_found_in_no_kept_text_takes_all_of_them()
    {
        int member;
        EditionVersion printing;
        await using (var db = site.Open())
        {
            var round = await SampleRound.AddAsync(db, "2031");
            await SampleRound.InviteAsync(db, round, "Casa Lumbre");
            member = await db.Organisations.Where(o => o.Name == "Casa Lumbre").Select(o => o.Id).SingleAsync();
            printing = await StoredEdition.AddAsync(db, round, isPublished: true, number: 1, "es");
            var content = SampleEdition.In("es", new QuoteBlock("Sí.", "es", "–", null));
            // Markdown has ways to write a name that a search of it does not see: here around a link without words.
            var bytes = JsonSerializer.SerializeToUtf8Bytes(content with { Blocks = [.. content.Blocks, new RichTextBlock(2, [new RichPart(RichPartKind.Paragraph, [new RichLine([new RichSpan("Casa", Link: "https://example.org/"), new RichSpan(" Lumbre")])], null)])] }, EditionJson.Options);
            await db.Set<Artefact>().Where(a => a.EditionVersionId == printing.Id && a.Name == Artefact.Content).ExecuteUpdateAsync(s => s.SetProperty(a => a.Bytes, bytes));
            var kept = new KeptEditorial([new(EditorialKind.Foreword, "", "es", "Ca[](https://example.org/(x))sa Lumbre"), new(EditorialKind.Acknowledgements, "", "es", "Gracias.")], [], null, null, null, new Dictionary<long, SharedCounts>()).Write();
            await db.EditionVersions.Where(v => v.Id == printing.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Editorial, kept));
            db.EditorialTexts.Add(new EditorialText { RoundId = round.Id, Kind = EditorialKind.Acknowledgements, Language = "es", Text = "[Casa][1] Lumbre\n\n[1]: https://example.org/", Version = 1, ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        await (await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Publisher), $"/office/members/{member}/erase?step=2")).SendAsync("erase", ("name", "Casa Lumbre"));
        await using var seen = site.Open();
        var left = await seen.EditionVersions.AsNoTracking().SingleAsync(v => v.Id == printing.Id);
        Assert.That((left.WithdrawnAt is null, KeptEditorial.Read(left.Editorial)!.Texts.Count), Is.EqualTo((false, 0)), "what comes in its place would print the name again");
        Assert.That(await seen.EditorialTexts.Where(t => t.Language == "es").Select(t => t.NamesErased).SingleAsync(), "a name behind a reference is found");
    }
}
