using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Offices;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Testing;
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
            Assert.That((text.Text, text.SignedBy, text.SignedAs, text.Version), Is.EqualTo(("Dear **members** of <b>2026</b>.\n\n### Thanks", "Ada Okoro", "Chair", 1)));
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
        Assert.That(await AuditAsync("finding."), Is.EqualTo(new[] { $"finding.hide round:2026/finding:{ids[0]}", $"finding.show round:2026/finding:{ids[0]}", $"finding.move round:2026/finding:{ids[0]}" }));
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
            second = await StoredEdition.AddAsync(db, closed, isPublished: false, number: 2, "en");
            var cube = CubeJson.Read(second.Cube);
            var changed = CubeJson.Write(cube with { Participation = cube.Participation with { Responses = 83 } });
            await db.EditionVersions.Where(v => v.Id == second.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Cube, changed));
        }

        var page = await SeenPage.GetAsync(reader, $"/office/editions/{second.Id}/compare");
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
        Assert.That(await AuditAsync("edition.publish-unreviewed"), Is.EqualTo(new[] { "edition.publish-unreviewed edition:2025/v1/fr" }));
    }

    [Test]
    public async Task An_erasure_names_the_texts_and_leaves_them()
    {
        int member;
        await using (var db = site.Open())
        {
            await SampleRound.InviteAsync(db, open, "Maison Kwilu");
            member = await db.Organisations.Where(o => o.Name == "Maison Kwilu").Select(o => o.Id).SingleAsync();
            db.EditorialTexts.Add(new EditorialText { RoundId = open.Id, Kind = EditorialKind.Acknowledgements, Language = "fr", Text = "Merci à la maison kwilu.", Version = 1, ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            db.FindingChoices.Add(new FindingChoice { RoundId = open.Id, Finding = "other", IsHidden = true, Reason = "Maison Kwilu asked.", ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        var publisher = await PersonAsync(OfficeRoles.Publisher);
        var page = await SeenPage.GetAsync(publisher, $"/office/members/{member}/erase");
        Assert.That(page.Html, Does.Contain("/office/rounds/2026/writing/acknowledgements/fr"));
        page = await (await SeenPage.GetAsync(publisher, $"/office/members/{member}/erase?step=2")).SendAsync("erase", ("name", "Maison Kwilu"));
        Assert.That(page.Html, Does.Contain("/office/rounds/2026/writing/acknowledgements/fr"));
        Assert.That(page.Path, Does.Not.Contain("Kwilu"));
        await using var seen = site.Open();
        Assert.That((await seen.EditorialTexts.SingleAsync(t => t.Language == "fr")).Text, Is.EqualTo("Merci à la maison kwilu."));
        Assert.That(await seen.FindingChoices.Where(c => c.Finding == "other").Select(c => c.Reason).SingleAsync(), Is.Empty);
    }
}
