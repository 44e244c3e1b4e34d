using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Survey.Domain.Editions;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Tallies;
using Survey.Testing;
using Survey.Testing.Editions;
using Survey.Testing.Site;
using Survey.Web.Erasures;
using Survey.Web.Localization;

namespace Survey.IntegrationTests.Site;

/// <summary>One organisation that answered, wrote, was mailed, was quoted and was listed; then it is erased, and nothing finds it again.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed partial class ErasureTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    private const string Name = "Quiet Harbour Collective", Person = "Nadia Benkirane", Mail = "nadia@quiet-harbour.example", Words = "We sheltered forty-one families";

    private static readonly string[] Traces = [Name, Person, Mail, Words, "quiet-harbour"];

    private int organisation;
    private string code = "", token = "";

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    /// <summary>Answers over the site, a quote that is approved, a mail in the folder, an edition that lists and quotes, an open round besides, and details in the audit.</summary>
    private async Task FillAsync()
    {
        var now = SiteHost.Start.UtcDateTime;
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round, "Sister House");
        token = await SampleRound.InviteAsync(db, round, Name);
        var member = await db.Organisations.SingleAsync(o => o.Name == Name);
        (organisation, code) = (member.Id, member.Code);
        var invitation = await db.Invitations.SingleAsync(i => i.OrganisationId == organisation);
        var contact = new Contact { OrganisationId = organisation, Name = Person, Email = Mail, EmailFolded = Mail, CreatedAt = now };
        db.Contacts.Add(contact);
        var person = site.Visitor();
        await (await SampleAnswers.GiveAsync(person, token, Words)).SendAsync("send");
        var response = await db.Responses.AsNoTracking().SingleAsync(r => r.InvitationId == invitation.Id);
        await db.SaveChangesAsync();
        var quote = new Quote { ResponseId = response.Id, RoundId = round.Id, Point = "protection", Question = "example", Text = Words, Language = "en", Consent = QuoteConsent.WithName, Review = QuoteReview.Approved };
        db.Quotes.Add(quote);
        db.AnswerCopies.Add(new AnswerCopy { ResponseId = response.Id, Version = 1, Language = "en", State = CopyState.Done, RequestedAt = now, Bytes = Encoding.UTF8.GetBytes($"%PDF {Name}") });
        db.Corrections.Add(new Correction { ResponseId = response.Id, Point = "", Question = "type", Before = "{}", After = "{}", Version = 1, Reason = $"{Person} rang", CorrectedBy = "office:1", CorrectedAt = now });
        db.Outbox.Add(new OutboxMessage { MessageId = "waiting@example.org", Template = "reminder", Language = "en", RoundId = round.Id, ContactId = contact.Id, ToAddress = Mail, ToName = Person, Subject = Name, Body = $"Dear {Person}", CreatedAt = now });
        db.LinkRequests.Add(new LinkRequest { EmailFolded = Mail, Language = "en", RequestedAt = now });
        db.Record(now, "office:1", "organisation.change", $"organisation:{organisation}", $"{Name} → other");
        db.Record(now, "office:1", "mail.test", "round:2026", $"shown as {Name}");
        db.Record(now, "office:1", "round.open", "round:2026", "something else");
        await db.SaveChangesAsync();
        Directory.CreateDirectory(site.MailFolder);
        await File.WriteAllTextAsync(Path.Combine(site.MailFolder, "waiting@example.org.eml"), $"To: {Mail}\n\nDear {Person}");
        await File.WriteAllTextAsync(Path.Combine(site.MailFolder, "older.eml"), $"To: someone@example.org\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(Encoding.UTF8.GetBytes($"For {Name}, with thanks for all your answers"))}\n");
        await File.WriteAllTextAsync(Path.Combine(site.MailFolder, "other.eml"), "To: sister@example.org\n\nDear sister");

        var published = await StoredEdition.AddAsync(db, round, isPublished: true, number: 1, "en", "fr");
        await StoredEdition.AddPicturesAsync(db, published, "en", "fr");
        foreach (var content in published.Artefacts.Where(a => a.Name == "content.json"))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(SampleEdition.In(content.Language, new QuoteBlock(Words, "en", Name, null)), EditionJson.Options);
            await db.Set<Artefact>().Where(a => a.Id == content.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Bytes, bytes));
        }

        var pdf = Encoding.UTF8.GetBytes($"%PDF-1.7 {Name}: {Words}");
        await db.Set<Artefact>().Where(a => a.Name == "report.pdf").ExecuteUpdateAsync(s => s.SetProperty(a => a.Bytes, pdf));
        db.EditionMentions.AddRange(
            new EditionMention { EditionVersionId = published.Id, OrganisationId = organisation, Kind = MentionKind.Listed },
            new EditionMention { EditionVersionId = published.Id, OrganisationId = organisation, Kind = MentionKind.QuotedByName, QuoteId = quote.Id, TextHash = new string('a', 64) });
        var later = await SampleRound.AddAsync(db, "2027");
        var next = new Invitation { RoundId = later.Id, OrganisationId = organisation, Name = Name, Country = "SN", Region = "africa", InvitedAt = now };
        db.Invitations.Add(next);
        await db.SaveChangesAsync();
        db.Responses.Add(new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = next.Id, RoundId = later.Id, StartedAt = now, ChangedAt = now });
        await db.SaveChangesAsync();
        var second = await db.Responses.Where(r => r.InvitationId == next.Id).Select(r => r.Id).SingleAsync();
        db.DraftAnswers.Add(new DraftAnswer { ResponseId = second, Point = "protection", Question = "example", Slot = "", Text = Words });
        await db.SaveChangesAsync();
    }

    private static void AssertFree(string text, string where)
    {
        foreach (var trace in Traces)
        {
            var at = text.IndexOf(trace, StringComparison.OrdinalIgnoreCase);
            Assert.That(at, Is.Negative, $"{where} holds '{trace}': {(at < 0 ? "" : text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)])}");
        }
    }

    [Test]
    public async Task An_erased_organisation_is_found_nowhere_and_the_numbers_stay()
    {
        await FillAsync();
        await using var older = await site.Database.RestoredCopyAsync();
        Assert.That(await site.Database.CopyTextAsync(), Does.Contain(Name).And.Contain(Person).And.Contain(Mail).And.Contain(Words), "the search finds what is there");
        string cube;
        RoundTally before;
        await using (var db = site.Open())
        {
            cube = await db.EditionVersions.Select(v => v.Cube).SingleAsync();
            before = await TallyReader.ReadAsync(db, round, SiteHost.Start.UtcDateTime, default);
        }

        var editor = await PersonAsync(OfficeRoles.Editor);
        Assert.That((await editor.GetAsync($"/office/members/{organisation}/erase")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        var first = await SeenPage.GetAsync(publisher, $"/office/members/{organisation}/erase");
        Assert.That(first.Words, Does.Contain("1 contact").And.Contain("The words of 2 responses").And.Contain("1 quote").And.Contain("1 mail").And.Contain("1 published version").And.Contain("(2026)").And.Contain("(2027)"));
        var second = await SeenPage.GetAsync(publisher, $"/office/members/{organisation}/erase?step=2");
        var wrong = await second.SendAsync("erase", ("name", "Sister House"));
        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(wrong.Words, Does.Contain("Nothing was deleted."));
        var done = await second.SendAsync("erase", ("name", " quiet harbour COLLECTIVE"));
        Assert.That(done.Words, Does.Contain("The organisation was erased.").And.Contain("Round 2026, version 2."));

        AssertFree(await site.Database.CopyTextAsync(), "the database");
        Assert.That(Directory.GetFiles(site.MailFolder, "*.eml").Select(Path.GetFileName), Is.EqualTo(new[] { "other.eml" }));
        await using (var db = site.Open())
        {
            Assert.That(await db.EditionVersions.Select(v => v.Cube).SingleAsync(), Is.EqualTo(cube));
            var after = await TallyReader.ReadAsync(db, round, SiteHost.Start.UtcDateTime, default);
            Assert.That(Counts(after), Is.EqualTo(Counts(before)), "every choice of the published round goes on counting, but for countries");
            Assert.That((after.Regions.Single().Population, after.Regions.Single().Responses), Is.EqualTo((2, 1)));
            Assert.That(await db.Invitations.CountAsync(i => i.Round!.Slug == "2027"), Is.Zero);
            Assert.That(await db.Answers.CountAsync(a => a.Text != null), Is.Zero);
            Assert.That(await db.AuditDetails.Select(d => d.Content).ToListAsync(), Does.Contain("something else").And.Contain("asked"), "other details stay");
            Assert.That((await AuditReader.VerifyAsync(db, [], null)).Findings, Is.Empty);
        }

        // The picture that the page was shared with goes with the page; figures never name anybody and stay, as numbers do.
        foreach (var (file, status) in new[] { ("headline.png", HttpStatusCode.Gone), ("report.pdf", HttpStatusCode.Gone), ("figures/heatmap.png", HttpStatusCode.OK), ("figures/heatmap.csv", HttpStatusCode.OK) })
        {
            Assert.That((await site.Visitor().GetAsync($"/reports/2026/v1/fr/{file}")).StatusCode, Is.EqualTo(status), file);
        }

        await AssertServedFreeAsync(publisher);
        await AssertCopyFreeAsync(older);
    }

    private static string Counts(RoundTally tally) =>
        string.Join('\n', tally.Rows.Where(r => r.Question is not ("country" or "other-countries" or "countries")).Select(r => $"{r.Region} {r.Point} {r.Question} {r.Choice} {r.Count}").Order(StringComparer.Ordinal));

    /// <summary>Every address that there is, with the ids that it had, for the public, the member and the office: nothing of it, and no failure.</summary>
    private async Task AssertServedFreeAsync(HttpClient publisher)
    {
        var stranger = site.Visitor();
        foreach (var route in site.Routes())
        {
            foreach (var id in new[] { $"{organisation}", "1", "2" })
            {
                var address = Place().Replace(route, m => m.Groups[1].Value switch
                {
                    "id" => id,
                    "slug" or "round" => "2026",
                    "number" => "1",
                    "language" => "en",
                    "token" => token,
                    "kind" => "invitation",
                    "step" => "dates",
                    "handler" => "",
                    "file" => "en/report.pdf",
                    _ => "x",
                });
                foreach (var visitor in new[] { publisher, stranger })
                {
                    var answer = await visitor.GetAsync(address);
                    var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
                    Assert.That((int)answer.StatusCode, Is.Not.EqualTo(500), address);
                    AssertFree(text, address);
                }

                if (!route.Contains("{id", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }

        foreach (var gone in new[] { "/reports/2026/v1/en", "/reports/2026/v1/en/report.pdf", "/reports/2026/v1/fr/content.json", "/reports/2026/en" })
        {
            var page = await SeenPage.GetAsync(stranger, gone);
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Gone), gone);
            Assert.That(page.Words, Does.Contain(gone.Contains("/fr/", StringComparison.Ordinal) ? "a été retirée" : "This version was taken back"), gone);
        }

        Assert.That((await stranger.GetAsync("/reports/2026/v1/data/ratings.csv")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "a file without words of members stays");
        Assert.That((await SeenPage.GetAsync(stranger, "/reports?lang=en")).Html, Does.Not.Contain("/v1/"));
    }

    private async Task AssertCopyFreeAsync(TestDatabase older)
    {
        if (Kind is DatabaseKind.Sqlite)
        {
            foreach (var file in new[] { "erasures.list", "audit.key" })
            {
                File.Copy(Path.Combine(Path.GetDirectoryName(StorageSetup.SqlitePath(site.Database.Connection))!, file), Path.Combine(Path.GetDirectoryName(StorageSetup.SqlitePath(older.Connection))!, file), overwrite: true);
            }
        }

        await using (var db = older.Open())
        {
            AssertFree(await File.ReadAllTextAsync(ErasureList.FileOf(db)), "the erasure list");
            Assert.That(await db.Organisations.AnyAsync(o => o.Code == code), "the copy is older");
        }

        var applied = await CommandRun.OfAsync(site.Clock, "--database", older.Connection, "members", "erase", "--apply-list");
        Assert.That(applied.ExitCode, Is.Zero, applied.Error);
        Assert.That(applied.Output, Does.Contain($"Erased organisation {organisation}").And.Contain("1 were in this database."));
        AssertFree(await older.CopyTextAsync(), "the restored copy");
        var verified = await CommandRun.OfAsync(site.Clock, "--database", older.Connection, "audit", "verify");
        Assert.That(verified.ExitCode, Is.Zero, verified.Error);
        var again = await CommandRun.OfAsync(site.Clock, "--database", older.Connection, "members", "erase", "--apply-list");
        Assert.That(again.Output, Does.Contain("0 were in this database."));
    }

    [Test]
    public async Task What_a_version_corrects_is_forgotten_where_it_names_an_erased_organisation_and_so_are_the_files_that_print_it()
    {
        await FillAsync();
        await using var db = site.Open();
        var second = await StoredEdition.AddAsync(db, round, isPublished: true, number: 2);
        var third = await StoredEdition.AddAsync(db, round, isPublished: true, number: 3);
        var draft = await StoredEdition.AddAsync(db, round, isPublished: false, number: 4);
        await db.EditionVersions.Where(v => v.Id == second.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, $"A quote of the {Name.ToUpperInvariant()} was cut wrongly."));
        await db.EditionVersions.Where(v => v.Id == third.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, "A wrong colour on the map."));
        Assert.That((await Erasure.CountAsync(db, organisation, default))!.Editions.Select(e => e.Number), Is.EqualTo(new[] { 1, 3 }), "Said before it is done.");
        await Erasure.RunAsync(db, organisation, "command", "asked", SiteHost.Start.UtcDateTime, default);
        Assert.That(await db.EditionVersions.AnyAsync(v => v.Id == draft.Id), Is.False, "The draft prints it too.");
        var versions = await db.EditionVersions.AsNoTracking().OrderBy(v => v.Number).Select(v => new { v.Erratum, IsWithdrawn = v.WithdrawnAt != null }).ToListAsync();
        Assert.That(versions.Select(v => v.Erratum), Is.EqualTo(new[] { "", "", "A wrong colour on the map." }));
        Assert.That(versions.Select(v => v.IsWithdrawn), Is.EqualTo(new[] { true, false, true }), "The third prints the second's correction.");
    }

    [Test]
    public async Task A_version_without_it_comes_out_by_itself_with_the_same_numbers_and_the_reason()
    {
        await FillAsync();
        await using var db = site.Open();
        await Erasure.RunAsync(db, organisation, "command", "asked", SiteHost.Start.UtcDateTime, default);
        var task = new ReplacementTask(new Contexts(site), new UiTexts(SiteHost.Texts()), site.Clock, NullLogger<ReplacementTask>.Instance);
        await task.LookAsync(default);
        await task.LookAsync(default);
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.RequestedBy == "job");
        Assert.That((run.Languages, run.RecomputesNumbers, run.State), Is.EqualTo(("en fr", false, RunState.Queued)));

        // What the run stores at its end.
        var made = await StoredEdition.AddAsync(db, round, isPublished: false, number: 2, "en", "fr");
        await db.Runs.Where(r => r.Id == made.RunId).ExecuteUpdateAsync(s => s.SetProperty(r => r.RequestedBy, "job").SetProperty(r => r.State, RunState.Succeeded));
        await task.LookAsync(default);
        await task.LookAsync(default);
        var newest = await db.EditionVersions.AsNoTracking().SingleAsync(v => v.Id == made.Id);
        Assert.That((newest.Number, newest.PublishedBy, newest.Erratum), Is.EqualTo(((int?)2, "job", SiteHost.Texts()[0].Text("erasure.erratum"))));
        Assert.That(await db.Runs.CountAsync(r => r.RequestedBy == "job"), Is.EqualTo(2), "nothing more is asked for");
        var page = await SeenPage.GetAsync(site.Visitor(), "/reports/2026/en");
        Assert.That((page.Path, page.Status), Is.EqualTo(("/reports/2026/v2/en", HttpStatusCode.OK)));
        var gone = await SeenPage.GetAsync(site.Visitor(language: "ar"), "/reports/2026/v1/fr");
        Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That((await site.Visitor().GetAsync("/reports/2026/v1/ar")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "It was never made in Arabic.");
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v1/en")).Html, Does.Contain("href=\"/reports/2026/en\""));
    }

    [Test]
    public async Task All_data_of_an_organisation_comes_as_one_file_without_secrets_and_formulas()
    {
        await FillAsync();
        await using (var db = site.Open())
        {
            await db.Contacts.Where(c => c.Email == Mail).ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, "=cmd|' /C calc'!A0"));
        }

        Assert.That((await (await PersonAsync(OfficeRoles.Reader)).GetAsync($"/office/members/{organisation}")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/members/{organisation}");
        using var form = new FormUrlEncodedContent(page.Fields("export"));
        var answer = await editor.PostAsync($"/office/members/{organisation}/export", form);
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/zip"));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        string Read(string name) => new StreamReader(zip.GetEntry(name)!.Open()).ReadToEnd();
        var about = Read("about.json");
        Assert.That(about, Does.Contain(Name).And.Contain(Mail).And.Contain(Words).And.Contain("rang").And.Contain("→ other").And.Contain("QuotedByName"));
        Assert.That(about, Does.Not.Contain(token).And.Not.Contain(PersonalLink.Hash(token)), "links without their secret");
        Assert.That(Read("answers.csv"), Does.Contain("protection,example").And.Contain("\"Yes, directly\"").And.Contain("2027,draft"));
        Assert.That(Read("contacts.csv"), Does.Contain("'=cmd").And.Not.Contain("\n=cmd"));
        Assert.That(Read("mails.csv"), Does.Contain(Mail));
        await using var after = site.Open();
        Assert.That(await after.AuditEntries.CountAsync(a => a.Action == "organisation.export" && a.Subject == $"organisation:{organisation}"), Is.EqualTo(1));
        var file = Path.Combine(site.MailFolder, "all.zip");
        var run = await CommandRun.OfAsync(site.Clock, "--database", site.Database.Connection, "members", "export", code, file);
        Assert.That((run.ExitCode, File.Exists(file)), Is.EqualTo((0, true)), run.Error);
    }

    [Test]
    public async Task The_command_asks_for_a_reason_without_the_name()
    {
        await FillAsync();
        async Task<CommandRun> EraseAsync(params string[] more) => await CommandRun.OfAsync(site.Clock, ["--database", site.Database.Connection, "members", "erase", .. more]);
        Assert.That((await EraseAsync(code)).ExitCode, Is.EqualTo(2));
        Assert.That((await EraseAsync("nobody", "--reason", "asked")).ExitCode, Is.EqualTo(2));
        Assert.That((await EraseAsync(code, "--reason", $"{Name} asked")).Error, Does.Contain("without the name"));
        var done = await EraseAsync(code, "--reason", "asked by letter");
        Assert.That(done.Output, Does.Contain($"Erased organisation {organisation}").And.Contain("Version 1 of the 2026 edition is withdrawn"), done.Error);
        AssertFree(await site.Database.CopyTextAsync(), "the database");
    }

    private sealed class Contexts(SiteHost site) : IDbContextFactory<SurveyDb>
    {
        public SurveyDb CreateDbContext() => site.Open();
    }

    [GeneratedRegex(@"\{\**([a-z]+)[^}]*\}")]
    private static partial Regex Place();
}
