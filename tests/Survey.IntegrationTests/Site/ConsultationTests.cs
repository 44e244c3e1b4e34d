using System.Globalization;
using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Erasures;
using Survey.Web.Localization;
using Survey.Web.Mail;
using Survey.Web.Rounds;

namespace Survey.IntegrationTests.Site;

/// <summary>A draft goes to members: told once each, read over the personal link alone, commented on until the close, answered, and read again in the second consultation. Each test has a round of its own on one site.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class ConsultationTests(DatabaseKind kind)
{
    private static readonly DateTime Now = SiteHost.Start.UtcDateTime;

    private SiteHost site = null!;
    private HttpClient editor = null!, reader = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        (editor, reader) = (await PersonAsync(OfficeRoles.Editor), await PersonAsync(OfficeRoles.Reader));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        editor.Dispose();
        reader.Dispose();
        await site.DisposeAsync();
    }

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}@office.example", role));
        return person;
    }

    /// <summary>A round that is over, with a draft of its report.</summary>
    private async Task<(SurveyRound Round, int Draft)> RoundAsync(string slug)
    {
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db, slug);
        round.Close(Now.AddDays(-1));
        await db.SaveChangesAsync();
        return (round, (await StoredEdition.AddAsync(db, round, isPublished: false)).Id);
    }

    /// <summary>An organisation of the round with its people, named by their addresses' first words; gives its link's token.</summary>
    private async Task<string> MemberAsync(SurveyRound round, string name, string people = "", string language = "en", Action<Organisation>? change = null)
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round, name, language: language);
        var organisation = await db.Organisations.SingleAsync(o => o.Name == name);
        change?.Invoke(organisation);
        foreach (var person in people.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            db.Contacts.Add(new Contact { OrganisationId = organisation.Id, Name = person, Email = $"{person}@m.example", EmailFolded = $"{person}@m.example", Language = language, CreatedAt = Now });
        }

        await db.SaveChangesAsync();
        return token;
    }

    private async Task<SeenPage> OpenAsync(int draft, string day = "2026-06-30", string word = "")
    {
        var page = await (await SeenPage.GetAsync(editor, $"/office/editions/{draft}/consult")).SendAsync("consult", ("day", day), ("word", word));
        Assert.That(page.Path, Does.Contain("/consultation/"), page.Words);
        return page;
    }

    private async Task<(HttpClient Person, SeenPage Page)> ReadAsync(string token)
    {
        var person = site.Visitor();
        return (person, await SeenPage.GetAsync(person, $"/a/{token}"));
    }

    private static async Task<SeenPage> CommentAsync(HttpClient person, string address, string text) => await (await SeenPage.GetAsync(person, address)).SendAsync("comment", ("text", text), ("then", "save"));

    [Test]
    public async Task Two_rounds_from_the_first_mail_to_the_answer_that_is_read_in_the_second()
    {
        var (round, draft) = await RoundAsync("2026");
        var token = await MemberAsync(round, "Horizons solidaires", "ana bea");
        var other = await MemberAsync(round, "Quiet House", "carl", "fr", o => o.WantsDiscretion = true);
        await MemberAsync(round, "Gone House", "dora", change: o => o.RetiredAt = Now);
        await MemberAsync(round, "Revoked House", "emil");
        await using (var db = site.Open())
        {
            await db.PersonalLinks.Where(l => l.Invitation!.Name == "Revoked House").ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, Now));
        }

        // The office: what will happen, to whom; a day that is over; then the click, three times at once.
        var page = await SeenPage.GetAsync(editor, $"/office/editions/{draft}/consult");
        Assert.That(page.Words, Does.Contain("3 people get a mail, of 2 member organisations").And.Contain("English 2").And.Contain("Français 1"));
        var past = await page.SendAsync("consult", ("day", "2026-05-01"), ("word", "Please read <b>chapter one</b>."));
        Assert.That((past.Status, past.Words.Contains("This day is over", StringComparison.Ordinal), past.Words.Contains("Please read <b>chapter one</b>.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true, true)));
        var clicks = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => page.SendAsync("consult", ("day", "2026-06-30"), ("word", "Please read <b>chapter one</b>."))));
        Assert.That(clicks.Select(c => c.Path).Distinct(), Is.EqualTo(new[] { "/office/rounds/2026/consultation/1" }), clicks[0].Words);
        await site.LookAsync(MailingTask.TaskName);
        await site.LookAsync(MailingTask.TaskName);
        await site.LookAsync(OutboxTask.TaskName);
        await using (var db = site.Open())
        {
            Assert.That((await db.Consultations.CountAsync(c => c.RoundId == round.Id), await db.Mailings.CountAsync(m => m.RoundId == round.Id)), Is.EqualTo((1, 1)));
            Assert.That(await db.Outbox.Where(m => m.RoundId == round.Id).OrderBy(m => m.ToAddress).Select(m => $"{m.ToAddress} {m.Template} {m.State}").ToListAsync(),
                Is.EqualTo(new[] { "ana@m.example consultation Sent", "bea@m.example consultation Sent", "carl@m.example discreet-consultation Sent" }));
        }

        // Members: the mail's link leads to the draft.
        var mail = SeenMail.In(site.MailFolder).First(m => m.To.Contains("ana@", StringComparison.Ordinal));
        Assert.That(mail.Text, Does.Contain("until 1 July 2026, 12:00 UTC").And.Not.Contain("chapter one"), "The office's word stands on the page alone.");
        var (ana, contents) = await ReadAsync(mail.Text.Split("/a/")[1][..22]);
        Assert.That(contents.Path, Does.EndWith("/consultation"));
        Assert.That(contents.Words, Does.Contain("not to be quoted or passed on").And.Contain("Please read <b>chapter one</b>."));
        Assert.That(contents.Html, Does.Contain($"{contents.Path}/point-1\"").And.Contain("/draft/en/report.pdf\""));
        var home = contents.Path;
        var chapter = await SeenPage.GetAsync(ana, $"{home}/point-1");
        Assert.That(chapter.Words, Does.Contain("not to be quoted or passed on").And.Contain("Write a comment"));
        Assert.That(chapter.Html, Does.Not.Contain("class=\"take\"").And.Not.Contain("/reports/"));
        var files = home.Replace("/consultation", "/draft/en/", StringComparison.Ordinal);
        foreach (var file in new[] { "report.pdf", "figures/region-map.svg" })
        {
            using var got = await ana.GetAsync(files + file);
            Assert.That((got.StatusCode, got.Headers.CacheControl?.NoStore, got.Headers.GetValues("X-Robots-Tag").Single()), Is.EqualTo((HttpStatusCode.OK, (bool?)true, "noindex, nofollow")), file);
        }

        Assert.That((await SeenPage.GetAsync(ana, files + "content.json")).Status, Is.EqualTo(HttpStatusCode.NotFound), "only what is read");
        Assert.That((await SeenPage.GetAsync(ana, $"{home}/no-such-chapter")).Status, Is.EqualTo(HttpStatusCode.NotFound));

        // Comments: refused with the words kept, saved once however often sent, changed, deleted.
        var empty = await chapter.SendAsync("comment", ("text", "  "), ("then", "save"));
        Assert.That((empty.Status, empty.Words.Contains("Write a comment first", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        var tooLong = await chapter.SendAsync("comment", ("text", "Long words " + new string('x', DraftComment.Longest)), ("then", "save"));
        Assert.That((tooLong.Status, tooLong.Fields("comment").Single(f => f.Key == "text").Value.StartsWith("Long words", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        var turned = await chapter.SendAsync("comment", ("text", "Half a sentence"), ("then", "speak-ar"));
        Assert.That((turned.Html.Contains("dir=\"rtl\"", StringComparison.Ordinal), turned.Fields("comment").Single(f => f.Key == "text").Value), Is.EqualTo((true, "Half a sentence")), "another language takes no word away");
        await turned.SendAsync("comment", ("text", "Half a sentence"), ("then", "speak-en"));
        const string Words = "=1+1 The share of <women> is wrong.";
        var sent = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => chapter.SendAsync("comment", ("text", Words), ("then", "save"))));
        Assert.That(sent.Select(s => s.Status), Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That((await CommentAsync(ana, $"{home}/point-1", "One to go")).Words, Does.Contain("Your comment is saved").And.Contain(Words).And.Contain("One to go"));
        await CommentAsync(ana, home, "About all of it");
        var ids = await IdsAsync();
        Assert.That(ids, Has.Count.EqualTo(3), "The form sent three times at once is one comment.");
        var remove = await SeenPage.GetAsync(ana, $"{home}/point-1?remove={ids[1]}");
        Assert.That(remove.Words, Does.Contain("Delete this comment?"));
        Assert.That((await remove.SendAsync("comment", ("then", "remove"))).Words, Does.Contain("The comment is deleted").And.Not.Contain("One to go"));
        var change = await SeenPage.GetAsync(ana, $"{home}/point-1?edit={ids[0]}");
        var colleague = await change.SendAsync("comment", ("text", Words + " Really."), ("then", "save"));
        Assert.That(colleague.Words, Does.Contain("Your change is saved").And.Contain("Really."));
        var stale = await change.SendAsync("comment", ("text", "Somebody else's words"), ("then", "save"));
        Assert.That((stale.Status, stale.Words.Contains("A colleague changed this comment", StringComparison.Ordinal), stale.Fields("comment").Single(f => f.Key == "text").Value, stale.Words.Contains("Really.", StringComparison.Ordinal)),
            Is.EqualTo((HttpStatusCode.Conflict, true, "Somebody else's words", true)));

        var unseen = await change.SendAsync("comment", ("text", new string('x', DraftComment.Longest + 1)), ("then", "save"));
        Assert.That((await unseen.SendAsync("comment", ("text", "Over words that were not seen"), ("then", "save"))).Status, Is.EqualTo(HttpStatusCode.Conflict), "what is too long shows no change, and so does not pass for having seen it");

        // Nobody else sees it.
        var (quiet, theirs) = await ReadAsync(other);
        Assert.That((theirs.Path.EndsWith("/consultation", StringComparison.Ordinal), (await SeenPage.GetAsync(quiet, theirs.Path + "/point-1")).Words.Contains("women", StringComparison.Ordinal)), Is.EqualTo((true, false)));
        Assert.That((await SeenPage.GetAsync(quiet, home)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), files + "report.pdf")).Status, Is.EqualTo(HttpStatusCode.Forbidden));

        // The office reads and answers; a reader sees how many.
        var counted = await SeenPage.GetAsync(reader, "/office/rounds/2026/consultation/1");
        Assert.That(counted.Words, Does.Contain("Comments 2").And.Not.Contain("The share of").And.Not.Contain("Horizons"));
        Assert.That((await SeenPage.GetAsync(reader, $"/office/comments/{ids[0]}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var list = await SeenPage.GetAsync(editor, "/office/rounds/2026/consultation/1?show=Open&chapter=point-1");
        Assert.That(list.Words, Does.Contain("1 comment").And.Contain("The share of <women> is wrong").And.Contain("Horizons solidaires").And.Not.Contain("About all of it"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/consultation/1?chapter=-")).Words, Does.Contain("About all of it").And.Not.Contain("The share of"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026")).Words, Does.Contain("2 comments of members are not answered").And.Contain("Consultation 1 is still open"));
        var csv = await editor.GetStringAsync("/office/rounds/2026/consultation/1?handler=File");
        Assert.That(csv, Does.Contain(",\"'=1+1 The share of <women> is wrong. Really.").And.Contain("Horizons solidaires"));
        using (var book = new ZipArchive(await editor.GetStreamAsync("/office/rounds/2026/consultation/1?handler=Workbook")))
        using (var sheet = new StreamReader(book.GetEntry("xl/worksheets/sheet1.xml")!.Open()))
        {
            Assert.That(await sheet.ReadToEndAsync(), Does.Contain("t=\"inlineStr\"").And.Contain("=1+1 The share of &lt;women&gt;").And.Not.Contain("<f>"));
        }

        var one = await SeenPage.GetAsync(editor, $"/office/comments/{ids[0]}");
        await (await SeenPage.GetAsync(ana, $"{home}/point-1?edit={ids[0]}")).SendAsync("comment", ("text", Words + " See page 9."), ("then", "save"));
        var late = await one.SendAsync("comment", ("answer", "An answer to older words"));
        Assert.That((late.Status, late.Fields("comment").Single(f => f.Key == "answer").Value, late.Words.Contains("See page 9.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, "An answer to older words", true)), "an answer is to words that were seen");
        Assert.That((await late.SendAsync("comment", ("answer", " "))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var answered = await late.SendAsync("comment", ("answer", "You are right: it is put right."));
        Assert.That(answered.Words, Does.Contain("The answer is saved"));
        using (var form = new FormUrlEncodedContent(answered.Fields("comment").Where(f => f.Key != "answer")))
        {
            var about = await SeenPage.GetAsync(editor, $"/office/comments/{ids[2]}");
            using var typed = new FormUrlEncodedContent(about.Fields("comment").Where(f => f.Key != "answer").Append(new("answer", "Half an answer")));
            var kept = await SeenPage.ReadAsync(editor, await editor.PostAsync($"/office/comments/{ids[2]}?handler=Close", typed));
            Assert.That((kept.Status, kept.Fields("comment").Single(f => f.Key == "answer").Value), Is.EqualTo((HttpStatusCode.Conflict, "Half an answer")), "a typed answer is not thrown away");
            using var close = new FormUrlEncodedContent(about.Fields("comment"));
            Assert.That((await SeenPage.ReadAsync(editor, await editor.PostAsync($"/office/comments/{ids[2]}?handler=Close", close))).Words, Does.Contain("closed without an answer"));
            Assert.That((await SeenPage.ReadAsync(editor, await editor.PostAsync($"/office/comments/{ids[0]}?handler=Reopen", form))).Words, Does.Contain("open again"));
        }

        Assert.That((await SeenPage.GetAsync(ana, $"{home}/point-1")).Words, Does.Not.Contain("put right"), "not while it is open again");
        await (await SeenPage.GetAsync(editor, $"/office/comments/{ids[0]}")).SendAsync("comment", ("answer", "You are right: it is put right."));
        var read = await SeenPage.GetAsync(ana, $"{home}/point-1");
        Assert.That(read.Words, Does.Contain("Answer of the office You are right: it is put right."));
        Assert.That((await change.SendAsync("comment", ("text", "Too late to change"), ("then", "save"))).Words, Does.Contain("The office has answered or closed this comment meanwhile").And.Contain("Too late to change"));

        // The time moves, and ends: what is typed then comes back.
        Assert.That((await list.SendAsync("move", ("day", "2026-05-02"))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await list.SendAsync("move", ("day", "2026-07-10"))).Words, Does.Contain("until 11 July 2026"));
        Assert.That((await list.SendAsync("end")).Words, Does.Contain("Tick the box"));
        Assert.That((await list.SendAsync("end", ("sure", "true"))).Words, Does.Contain("The consultation is closed since"));
        var tooLate = await read.SendAsync("comment", ("text", "Nothing is lost"), ("then", "save"));
        Assert.That((tooLate.Status, tooLate.Words.Contains("The time for comments is over", StringComparison.Ordinal), tooLate.Words.Contains("Nothing is lost", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true, true)));
        Assert.That((await SeenPage.GetAsync(ana, $"{home}/point-1")).Words, Does.Contain("Comments were taken until").And.Not.Contain("Write a comment"));

        // The second round, on a newer draft; there is no third.
        int newer;
        await using (var db = site.Open())
        {
            newer = (await StoredEdition.AddAsync(db, round, isPublished: false)).Id;
        }

        Assert.That((await OpenAsync(newer)).Path, Is.EqualTo("/office/rounds/2026/consultation/2"));
        var again = await SeenPage.GetAsync(ana, $"{home}/point-1");
        Assert.That(again.Words, Does.Contain("You have not commented here yet").And.Contain("in the consultation before").And.Contain("put right").And.Contain("Write a comment"));
        Assert.That((await SeenPage.GetAsync(ana, home)).Words, Does.Contain("Your other comments").And.Contain("Read and closed without an answer"));
        Assert.That(await ana.GetStringAsync(home + "?handler=File"), Does.Contain("\"'=1+1 The share of <women> is wrong. See page 9.\",answered,You are right: it is put right.").And.Contain("About all of it,closed,"));
        await (await SeenPage.GetAsync(editor, "/office/rounds/2026/consultation/2")).SendAsync("end", ("sure", "true"));
        Assert.That((await SeenPage.GetAsync(editor, $"/office/editions/{newer}/consult")).Words, Does.Contain("Both consultations on this report were held"));
        await using (var db = site.Open())
        {
            Assert.That(await db.Outbox.CountAsync(m => m.RoundId == round.Id && m.Template == "consultation"), Is.EqualTo(2), "the second mails are not written yet");
            Assert.That((await RoundSteps.ReopenAsync(db, round.Id, new DateOnly(2026, 7, 20), "office:1", "One forgot.", Now, default)).Problems.Select(p => p.Code), Is.EqualTo(new[] { "round.consulted" }), "numbers that members read stand");
            Assert.That(await db.AuditEntries.Where(a => a.Action.StartsWith("comment.") || a.Action.StartsWith("consultation.")).Select(a => a.Action).Distinct().OrderBy(a => a).ToListAsync(),
                Is.SupersetOf(new[] { "comment.add", "comment.answer", "comment.change", "comment.close", "comment.remove", "comment.reopen", "consultation.close", "consultation.export", "consultation.move", "consultation.open" }));
            Assert.That(await db.AuditDetails.Where(d => d.Content.Contains("share of") || d.Content.Contains("put right")).CountAsync(), Is.Zero);
        }

        async Task<List<long>> IdsAsync()
        {
            await using var db = site.Open();
            return await db.DraftComments.Where(c => c.Invitation!.RoundId == round.Id).OrderBy(c => c.Place == 0).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync();
        }
    }

    [Test]
    public async Task What_may_not_be_shown_is_refused_with_the_reason()
    {
        var (round, draft) = await RoundAsync("2101");
        int beside, published;
        await using (var db = site.Open())
        {
            beside = (await StoredEdition.AddAsync(db, round, isPublished: false)).Id;
            await db.EditionVersions.Where(v => v.Id == beside).ExecuteUpdateAsync(s => s.SetProperty(v => v.CubeSha256, new string('1', 64)));
        }

        Assert.That((await SeenPage.GetAsync(reader, $"/office/editions/{draft}/consult")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SeenPage.GetAsync(editor, "/office/editions/99999/consult")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await SeenPage.GetAsync(editor, $"/office/editions/{draft}")).Html, Does.Contain($"/office/editions/{draft}/consult\""));
        await OpenAsync(draft);
        Assert.That((await SeenPage.GetAsync(editor, $"/office/editions/{beside}/consult")).Words, Does.Contain("Members have read another draft with other numbers").And.Not.Contain("Put this draft in its place"));
        await using (var db = site.Open())
        {
            Assert.That((await EditionPublishing.ProblemsAsync(db, beside, Now)).Select(p => p.Code), Is.EqualTo(new[] { "publish.consulted" }), "nor does it come out");
            Assert.That(await EditionPublishing.ProblemsAsync(db, draft, Now), Is.Empty);
            // Made after members read the other, it keeps or corrects its numbers.
            var next = (await StoredEdition.AddAsync(db, round, isPublished: false)).Id;
            await db.EditionVersions.Where(v => v.Id == next).ExecuteUpdateAsync(s => s.SetProperty(v => v.CubeSha256, new string('2', 64)));
            Assert.That(await EditionPublishing.ProblemsAsync(db, next, Now), Is.Empty);
            Assert.That((await ShownVersions.NewestAsync(db, round.Id, default))!.Id, Is.EqualTo(draft));
            Assert.That((await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Publisher), $"/office/editions/{draft}/publish")).Words, Does.Contain("Publishing closes that consultation"));
            Assert.That((await EditionPublishing.PublishAsync(db, draft, "office:1", Now, Unreviewed.Accepted)).IsWhole);
            Assert.That(await db.Consultations.Where(c => c.RoundId == round.Id).Select(c => c.ClosedAt).SingleAsync(), Is.EqualTo(Now), "who comments on a report that is out comes too late");
        }

        var (open, _) = await RoundAsync("2102");
        await using (var db = site.Open())
        {
            published = (await StoredEdition.AddAsync(db, open, number: 1)).Id;
            Assert.That((await ShownVersions.NewestAsync(db, open.Id, default))!.Id, Is.EqualTo(published));
        }

        Assert.That((await SeenPage.GetAsync(editor, $"/office/editions/{published}/consult")).Words, Does.Contain("This version is published"));
    }

    [Test]
    public async Task An_erasure_takes_the_comments_and_the_draft_but_not_the_numbers_that_were_read()
    {
        var (round, draft) = await RoundAsync("2201");
        var token = await MemberAsync(round, "Atelier Baobab", "gina");
        var neighbour = await MemberAsync(round, "Neighbour House");
        int organisation;
        await using (var db = site.Open())
        {
            organisation = await db.Organisations.Where(o => o.Name == "Atelier Baobab").Select(o => o.Id).SingleAsync();
        }

        await OpenAsync(draft, word: "Atelier Baobab has read it already.");
        var (gina, own) = await ReadAsync(token);
        await CommentAsync(gina, own.Path, "Our own words");
        var (person, theirs) = await ReadAsync(neighbour);
        await CommentAsync(person, theirs.Path, "We agree with ATELIER BAOBAB on this.");
        await CommentAsync(person, theirs.Path, "Ours stays");
        await using (var db = site.Open())
        {
            // It is listed in the draft from now on.
            db.EditionMentions.Add(new EditionMention { EditionVersionId = draft, OrganisationId = organisation, Kind = MentionKind.Listed });
            await db.SaveChangesAsync();
            Assert.That((await Erasure.CountAsync(db, organisation, default))!.Comments, Is.EqualTo(1));
            Assert.That(await Erasure.RunAsync(db, organisation, "office:1", null, Now, default), Is.Not.Null);
            Assert.That(await db.DraftComments.AsNoTracking().Where(c => c.Consultation!.RoundId == round.Id).Select(c => c.Text).ToListAsync(), Is.EqualTo(new[] { "Ours stays" }));
            Assert.That(await db.Consultations.Where(c => c.RoundId == round.Id).Select(c => c.Word).SingleAsync(), Is.Empty);
            var shown = (await ShownVersions.NewestAsync(db, round.Id, default))!;
            Assert.That((shown.Id, shown.IsWithdrawn, await db.Artefacts.CountAsync(a => a.EditionVersionId == draft)), Is.EqualTo((draft, true, 0)), "its numbers stay, to be kept by the next draft");
            Assert.That(await db.Invitations.CountAsync(i => i.RoundId == round.Id), Is.EqualTo(2), "and so does the place in the population");
            Assert.That((await EditionPublishing.ProblemsAsync(db, draft, Now)).Select(p => p.Code), Does.Contain("publish.withdrawn"));
        }

        // A draft is replaced by the office, not by itself.
        await using (var scope = site.Scope())
        {
            await new ReplacementTask(scope.ServiceProvider.GetRequiredService<IDbContextFactory<SurveyDb>>(), scope.ServiceProvider.GetRequiredService<UiTexts>(), site.Clock, NullLogger<ReplacementTask>.Instance).LookAsync(default);
        }

        await using (var db = site.Open())
        {
            Assert.That(await db.Runs.CountAsync(r => r.RoundId == round.Id && r.RequestedBy == ReportRuns.ByJob), Is.Zero);
        }

        var anew = await SeenPage.GetAsync(person, theirs.Path);
        Assert.That(anew.Words, Does.Contain("The draft is being made again").And.Contain("Ours stays").And.Not.Contain("Save the comment"));
        var typed = await theirs.SendAsync("comment", ("text", "Typed meanwhile"), ("then", "save"));
        Assert.That((typed.Status, typed.Words.Contains("Typed meanwhile", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2201/consultation/1")).Words, Does.Contain("The draft is not there to be read"));
        int next;
        await using (var db = site.Open())
        {
            next = (await StoredEdition.AddAsync(db, round, isPublished: false)).Id;
        }

        var replaced = await (await SeenPage.GetAsync(editor, $"/office/editions/{next}/consult")).SendAsync("replace");
        Assert.That(replaced.Path, Is.EqualTo("/office/rounds/2201/consultation/1"), replaced.Words);
        Assert.That((await SeenPage.GetAsync(person, theirs.Path)).Words, Does.Contain("Save the comment").And.Contain("Ours stays"));
    }

    [Test]
    public async Task Comments_move_with_a_merge_and_back_and_end_with_the_answers()
    {
        var (round, draft) = await RoundAsync("2301");
        var (one, other) = (await MemberAsync(round, "Lighthouse One"), await MemberAsync(round, "Lighthouse Two"));
        await OpenAsync(draft);
        var (_, first) = await ReadAsync(one);
        var (person, second) = await ReadAsync(other);
        await first.SendAsync("comment", ("text", "From the first"), ("then", "save"));
        await second.SendAsync("comment", ("text", "From the second"), ("then", "save"));
        await using var db = site.Open();
        var organisations = await db.Organisations.Where(o => o.Name.StartsWith("Lighthouse")).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync();
        var merge = await Merging.RunAsync(db, organisations[0], organisations[1], new Dictionary<int, int> { [round.Id] = organisations[0] }, "office:1", Now, default);
        Assert.That(await PlacesAsync(), Is.EqualTo(new[] { "Lighthouse One: From the first", "Lighthouse One: From the second" }));
        var (_, both) = await ReadAsync(other);
        Assert.That(both.Words, Does.Contain("From the first").And.Contain("From the second"), "the other's link leads to both");
        Assert.That(await Merging.UndoAsync(db, merge!.Id, "office:1", Now, default), Is.True);
        Assert.That(await PlacesAsync(), Is.EqualTo(new[] { "Lighthouse One: From the first", "Lighthouse Two: From the second" }));

        // All that is held about a member holds its comments.
        using (var zip = new ZipArchive(await ExportAsync(organisations[1])))
        using (var csv = new StreamReader(zip.GetEntry("comments.csv")!.Open()))
        {
            Assert.That(await csv.ReadToEndAsync(), Does.Contain("From the second").And.Not.Contain("From the first"));
        }

        // Six years after the close, with the answers.
        var end = round.ClosedAt!.Value.AddMonths(RetentionTerms.Default.AnswerMonths);
        Assert.That((await DataRetention.DueAsync(db, RetentionTerms.Default, end.AddSeconds(-1), default)).Any(d => d is { Round: "2301", Kind: RetentionKind.Answers }), Is.False);
        Assert.That((await DataRetention.DueAsync(db, RetentionTerms.Default, end, default)).Single(d => d is { Round: "2301", Kind: RetentionKind.Answers }).Count, Is.EqualTo(2));
        await DataRetention.ApplyAsync(db, RetentionTerms.Default, "job", end, default);
        Assert.That(await PlacesAsync(), Is.Empty);

        async Task<List<string>> PlacesAsync() =>
            await db.DraftComments.AsNoTracking().Where(c => c.Consultation!.RoundId == round.Id).OrderBy(c => c.Id).Select(c => c.Invitation!.Name + ": " + c.Text).ToListAsync();

        async Task<Stream> ExportAsync(int organisation)
        {
            var page = await SeenPage.GetAsync(editor, $"/office/members/{organisation}");
            using var form = new FormUrlEncodedContent(page.Fields($"/office/members/{organisation.ToString(CultureInfo.InvariantCulture)}/export"));
            return await (await editor.PostAsync($"/office/members/{organisation}/export", form)).Content.ReadAsStreamAsync();
        }
    }
}
