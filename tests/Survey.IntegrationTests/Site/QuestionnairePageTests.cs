using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Members;
using Survey.Web.Rounds;

namespace Survey.IntegrationTests.Site;

/// <summary>The questionnaire of a planned round is taken as a sheet or a file, brought back, checked, shown, kept; and the round opens only with whole translations.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class QuestionnairePageTests(DatabaseKind kind)
{
    private const string Address = "/office/rounds/2026/questionnaire";
    private SiteHost site = null!;
    private HttpClient editor = null!;

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        await SampleRound.AddAsync(db, opens: false);
        editor = site.Visitor();
        await OfficePeople.SetUpAsync(editor, await OfficePeople.AddAsync(db, "editor@office.example", OfficeRoles.Editor));
    }

    [TearDown]
    public async Task StopAsync()
    {
        editor.Dispose();
        await site.DisposeAsync();
    }

    private Task<string> TakeAsync(string handler) => editor.GetStringAsync(new Uri($"{Address}?handler={handler}", UriKind.Relative));

    private Task<SeenPage> BringAsync(string name, string content) => BringAsync(name, Encoding.UTF8.GetBytes(content));

    private async Task<SeenPage> BringAsync(string name, byte[] content)
    {
        var page = await SeenPage.GetAsync(editor, Address);
        using var form = new MultipartFormDataContent { { new StringContent(page.Fields("upload").Single(f => f.Key == "form").Value), "form" }, { new ByteArrayContent(content), "file", name } };
        return await SeenPage.ReadAsync(editor, await editor.PostAsync(new Uri(Address, UriKind.Relative), form));
    }

    private async Task<string> StoredAsync()
    {
        await using var db = site.Open();
        return await db.Rounds.SelectMany(r => r.Templates).Where(t => t.Kind == TemplateKinds.Questionnaire).Select(t => t.Content).SingleAsync();
    }

    private async Task<IEnumerable<string>> ObstaclesAsync()
    {
        await using var db = site.Open();
        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync();
        return (await RoundOpening.ProblemsAsync(db, round, OpeningFor.Members, SiteHost.Start.UtcDateTime, CancellationToken.None)).Select(p => p.Code);
    }

    [Test]
    public async Task A_sheet_comes_back_is_shown_and_kept_with_everything_else_as_it_was()
    {
        var before = await StoredAsync();
        var sheet = await TakeAsync("Sheet");
        Assert.That(sheet, Does.Contain("Annual member survey 2026").And.Contain("Enquête annuelle auprès des membres 2026"));
        var shown = await BringAsync("sheet.csv", sheet.Replace("Enquête annuelle auprès des membres 2026", "Grande enquête 2026", StringComparison.Ordinal));
        Assert.That(shown.Words, Does.Contain("1 string changes.").And.Contain("Grande enquête 2026"), shown.Words);
        Assert.That(await StoredAsync(), Is.EqualTo(before), "Nothing is written before the confirm.");
        var done = await shown.SendAsync("confirm");
        Assert.That(done.Words, Does.Contain("The questionnaire was changed."), done.Words);
        Assert.That(await StoredAsync(), Does.Contain("Grande enquête 2026").And.Contain("# The questions of the round of 2026."), "Comments stay.");
        Assert.That((await shown.SendAsync("confirm")).Status, Is.EqualTo(HttpStatusCode.Conflict), "What was shown was about what is no longer there.");
        await using var db = site.Open();
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "round.questionnaire"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_sheet_is_a_workbook_too_and_holds_the_plans_titles()
    {
        const string Title = "Garantir les droits des migrants au travail";
        var bytes = await editor.GetByteArrayAsync(new Uri($"{Address}?handler=Workbook", UriKind.Relative));
        Assert.That(Workbook.IsOne(bytes));
        using var workbook = new MemoryStream(bytes);
        var sheet = Encoding.UTF8.GetString(Workbook.ToCsv(workbook).Value!);
        Assert.That(sheet, Does.Contain("plan:points/labour-rights/title").And.Contain(Title));
        using var unchanged = new MemoryStream(bytes);
        Assert.That((await BringAsync("sheet.xlsx", unchanged.ToArray())).Words, Does.Contain("0 strings change."), "As it was taken.");
        var shown = await BringAsync("sheet.csv", Encoding.UTF8.GetBytes(sheet.Replace(Title, "Garantir à tous les droits du travail", StringComparison.Ordinal)));
        Assert.That(shown.Words, Does.Contain("1 string changes.").And.Contain("plan:points/labour-rights/title"), shown.Words);
        Assert.That((await shown.SendAsync("confirm")).Words, Does.Contain("The questionnaire was changed."));
        await using var db = site.Open();
        var plan = await db.Rounds.SelectMany(r => r.Templates).Where(t => t.Kind == TemplateKinds.Plan).Select(t => t.Content).SingleAsync();
        Assert.That(plan, Does.Contain("Garantir à tous les droits du travail").And.Not.Contain(Title));
        Assert.That((await shown.SendAsync("confirm")).Status, Is.EqualTo(HttpStatusCode.Conflict), "The plan that was shown is no longer there.");
    }

    [Test]
    public async Task Wrong_cells_and_lines_are_named_and_nothing_changes()
    {
        var before = await StoredAsync();
        var sheet = await TakeAsync("Sheet");
        var empty = await BringAsync("sheet.csv", sheet.Replace("Enquête annuelle auprès des membres 2026", "", StringComparison.Ordinal));
        Assert.That((empty.Status, empty.Words.Contains("line 2, column 'fr' There are no words in this cell.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), empty.Words);
        var file = await TakeAsync("File");
        var wrong = await BringAsync("questionnaire.yaml", file.Replace("minutes: 20", "minutes: soon", StringComparison.Ordinal));
        Assert.That((wrong.Status, wrong.Words.Contains("questionnaire/made-2026:", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), wrong.Words);
        var behind = await BringAsync("questionnaire.yaml", file.Replace("en: \"Annual member survey 2026\"", "en: \"Great survey 2026\"", StringComparison.Ordinal));
        Assert.That((behind.Status, behind.Words.Contains("'title' in fr was translated from other English words", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), behind.Words);
        var large = await BringAsync("questionnaire.yaml", file + "\n# " + new string('x', 1_100_000));
        Assert.That((large.Status, large.Words.Contains("larger than 1 MB", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), large.Words);
        Assert.That((await BringAsync("notes.csv", "x")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await StoredAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_round_with_a_translation_that_is_missing_outdated_or_has_other_places_cannot_open()
    {
        var file = await TakeAsync("File");
        const string Title = "fr: \"Enquête annuelle auprès des membres 2026\"";
        foreach (var (with, code) in new[]
        {
            ("", "missing-language"),
            ("fr: \"Enquête {n}\"", "placeholder"),
            ("fr: {text: \"Enquête\", status: provisional, of: \"00000000\"}", "outdated-translation"),
        })
        {
            var refused = await BringAsync("questionnaire.yaml", file.Replace(Title, with, StringComparison.Ordinal));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), code);

            // However it came there.
            await using var db = site.Open();
            var changed = RoundTemplate.Of(TemplateKinds.Questionnaire, "made-2026", file.Replace(Title, with, StringComparison.Ordinal));
            await db.Rounds.SelectMany(r => r.Templates).Where(t => t.Kind == TemplateKinds.Questionnaire).ExecuteUpdateAsync(s => s.SetProperty(t => t.Content, changed.Content).SetProperty(t => t.Sha256, changed.Sha256));
            Assert.That(await ObstaclesAsync(), Does.Contain(code));
        }
    }

    [Test]
    public async Task Once_the_round_is_open_nothing_changes()
    {
        var file = await TakeAsync("File");
        var shown = await BringAsync("questionnaire.yaml", file.Replace("minutes: 20", "minutes: 25", StringComparison.Ordinal));
        await using (var db = site.Open())
        {
            var round = await db.Rounds.SingleAsync();
            round.Open(SiteHost.Start.UtcDateTime);
            await db.SaveChangesAsync();
        }

        Assert.That((await shown.SendAsync("confirm")).Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await StoredAsync(), Does.Contain("minutes: 20"));
        Assert.That((await SeenPage.GetAsync(editor, Address)).Html, Does.Not.Contain("type=\"file\""));
    }
}
