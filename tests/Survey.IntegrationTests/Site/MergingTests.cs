using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Imports;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Tallies;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>One organisation that stands twice becomes one, and two again.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class MergingTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    private const string First = "Harbour Light", Second = "Harbour Light (old entry)";

    private int one, other;
    private string oneToken = "", otherToken = "";
    private SurveyRound past = null!;

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    /// <summary>Both were in a round that is frozen, both answered in the open one; they share an address, and each has one of its own.</summary>
    private async Task FillAsync()
    {
        await using var db = site.Open();
        past = await SampleRound.AddAsync(db, "2025");
        await SampleRound.InviteAsync(db, round, "Elsewhere");
        oneToken = await SampleRound.InviteAsync(db, round, First);
        otherToken = await SampleRound.InviteAsync(db, round, Second);
        one = await db.Organisations.Where(o => o.Name == First).Select(o => o.Id).SingleAsync();
        other = await db.Organisations.Where(o => o.Name == Second).Select(o => o.Id).SingleAsync();
        foreach (var id in new[] { one, other })
        {
            db.Invitations.Add(new Invitation { RoundId = past.Id, OrganisationId = id, Name = $"then {id}", Country = "SN", Region = "africa", InvitedAt = round.CreatedAt });
        }

        foreach (var (id, mail) in new[] { (one, "both@example.org"), (other, "both@example.org"), (one, "one@example.org"), (other, "other@example.org") })
        {
            db.Contacts.Add(new Contact { OrganisationId = id, Email = mail, EmailFolded = mail, CreatedAt = round.CreatedAt });
        }

        past.Close(SiteHost.Start.UtcDateTime.AddDays(-2));
        past.Freeze(SiteHost.Start.UtcDateTime.AddDays(-1));
        await db.SaveChangesAsync();
        await db.PersonalLinks.Where(l => l.TokenHash == PersonalLink.Hash(otherToken)).ExecuteUpdateAsync(s => s.SetProperty(l => l.ContactId, db.Contacts.Where(c => c.OrganisationId == other && c.Email == "both@example.org").Select(c => (int?)c.Id).First()));
        await (await SampleAnswers.GiveAsync(site.Visitor(), oneToken, "Words of the first")).SendAsync("send");
        await (await SampleAnswers.GiveAsync(site.Visitor(), otherToken, "Words of the second")).SendAsync("send");
    }

    /// <summary>All that a merge may touch, row for row.</summary>
    private async Task<string> RowsAsync()
    {
        await using var db = site.Open();
        return JsonSerializer.Serialize(new
        {
            Organisations = await db.Organisations.AsNoTracking().OrderBy(o => o.Id).ToListAsync(),
            Contacts = await db.Contacts.AsNoTracking().OrderBy(o => o.Id).ToListAsync(),
            Invitations = await db.Invitations.AsNoTracking().OrderBy(o => o.Id).ToListAsync(),
            Links = await db.PersonalLinks.AsNoTracking().OrderBy(o => o.Id).ToListAsync(),
            Responses = await db.Responses.AsNoTracking().OrderBy(o => o.Id).ToListAsync(),
            Submissions = await db.Submissions.AsNoTracking().OrderBy(o => o.Id).ToListAsync(),
            Drafts = await db.DraftAnswers.AsNoTracking().OrderBy(o => o.ResponseId).ThenBy(o => o.Point).ThenBy(o => o.Question).ThenBy(o => o.Slot).ToListAsync(),
            Answers = await db.Answers.AsNoTracking().OrderBy(o => o.ResponseId).ThenBy(o => o.Point).ThenBy(o => o.Question).ThenBy(o => o.Slot).ToListAsync(),
        });
    }

    [Test]
    public async Task Both_become_one_whose_picked_answers_count_and_undoing_brings_every_row_back()
    {
        await FillAsync();
        var before = await RowsAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var search = await SeenPage.GetAsync(editor, $"/office/members/{one}/merge");
        Assert.That(search.Words, Does.Contain("These look like the same organisation").And.Contain(Second), "they share an address");
        var sides = await SeenPage.GetAsync(editor, $"/office/members/{one}/merge?other={other}");
        Assert.That(sides.Words, Does.Contain("Side by side").And.Contain("Stays as it was counted, with both").And.Contain("Round 2026: both answered"));
        var refused = await sides.SendAsync("merge");
        Assert.That((refused.Status, await RowsAsync() == before), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), refused.Words);
        var done = await sides.SendAsync("merge", ($"counts-{round.Id}", $"{other}"));
        Assert.That(done.Words, Does.Contain("The two entries are one now.").And.Contain("other@example.org"));

        await using (var db = site.Open())
        {
            var place = await db.Invitations.AsNoTracking().SingleAsync(i => i.RoundId == round.Id && (i.OrganisationId == one || i.OrganisationId == other));
            Assert.That((place.OrganisationId, place.Name), Is.EqualTo((one, Second)), "the place as it was then");
            Assert.That(await db.Answers.Where(a => a.RoundId == round.Id && a.Text != null).Select(a => a.Text).ToListAsync(), Is.EqualTo(new[] { "Words of the second" }));
            var kept = await db.Submissions.AsNoTracking().Where(s => s.Version < 0).SingleAsync();
            Assert.That((kept.Version, kept.Content), Is.EqualTo((-1, kept.Content)).And.Matches<(int, string)>(k => k.Item2.Contains("Words of the first", StringComparison.Ordinal)), "kept, set aside");
            Assert.That((await SeenPage.GetAsync(editor, $"/office/responses/{kept.ResponseId}")).Words, Does.Contain("Set aside when a duplicate was merged").And.Contain("Words of the first").And.Contain("Words of the second"), "The office can read both.");
            var tally = await TallyReader.ReadAsync(db, round, SiteHost.Start.UtcDateTime, default);
            Assert.That((tally.Regions.Single().Population, tally.Regions.Single().Responses), Is.EqualTo((2, 1)));
            Assert.That(await db.Invitations.CountAsync(i => i.RoundId == past.Id && (i.OrganisationId == one || i.OrganisationId == other)), Is.EqualTo(2), "the frozen round keeps both");
            Assert.That(await db.Contacts.Where(c => c.OrganisationId == one).Select(c => c.Email).Order().ToListAsync(), Is.EqualTo(new[] { "both@example.org", "one@example.org", "other@example.org" }));
        }

        var (byOne, byOther) = (await SeenPage.GetAsync(site.Visitor(), $"/a/{oneToken}"), await SeenPage.GetAsync(site.Visitor(), $"/a/{otherToken}"));
        Assert.That((byOne.Status, byOne.Path), Is.EqualTo((HttpStatusCode.OK, byOther.Path)), "all links lead to the same answers");
        Assert.That((await SeenPage.GetAsync(editor, $"/office/members/{other}")).Path, Is.EqualTo($"/office/members/{one}"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?find=harbour+light")).Words, Does.Contain("1 organisation").And.Not.Contain("old entry"));
        using (var list = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"code,name,country\n{await CodeAsync(other)},Harbour Light again,SN\n")))
        {
            await using var db = site.Open();
            var plan = await MembersImport.PlanAsync(db, CsvTable.Read(list).Value!, new(RoundDefinition.Of(await db.Rounds.Include(r => r.Templates).SingleAsync(r => r.Id == round.Id)).Regions), [], ["en"], default);
            Assert.That(plan.Changed.Single().Known!.Id, Is.EqualTo(one), "a list that names the old code means the one that stays");
        }

        var undone = await done.SendAsync($"merge={await MergeAsync()}");
        Assert.That(undone.Words, Does.Contain("The merge was undone."));
        Assert.That(await RowsAsync(), Is.EqualTo(before));
        await using var after = site.Open();
        Assert.That(await after.AuditEntries.Where(a => a.Subject == $"organisation:{one}/organisation:{other}").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(), Is.EqualTo(new[] { Merging.Merged, Merging.Unmerged }));
    }

    private async Task<int> MergeAsync()
    {
        await using var db = site.Open();
        return await db.Merges.OrderByDescending(m => m.Id).Select(m => m.Id).FirstAsync();
    }

    private async Task<string> CodeAsync(int id)
    {
        await using var db = site.Open();
        return await db.Organisations.Where(o => o.Id == id).Select(o => o.Code).SingleAsync();
    }

    [Test]
    public async Task After_the_round_is_frozen_it_cannot_be_undone_and_erasing_takes_both()
    {
        await FillAsync();
        await using var db = site.Open();
        var merge = await Merging.RunAsync(db, one, other, new Dictionary<int, int> { [round.Id] = one }, "office:1", SiteHost.Start.UtcDateTime, default);
        Assert.That(merge, Is.Not.Null);
        Assert.That(await Merging.RunAsync(db, one, other, new Dictionary<int, int> { [round.Id] = one }, "office:1", SiteHost.Start.UtcDateTime, default), Is.Null, "a second click does nothing");
        await db.Rounds.Where(r => r.Id == round.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.FrozenAt, SiteHost.Start.UtcDateTime).SetProperty(r => r.State, RoundState.Frozen));
        Assert.That(await Merging.UndoAsync(db, merge!.Id, "office:1", SiteHost.Start.UtcDateTime, default), Is.False);
        var editor = await PersonAsync(OfficeRoles.Editor);
        Assert.That((await SeenPage.GetAsync(editor, $"/office/members/{one}")).Words, Does.Contain("Merged with Harbour Light (old entry)").And.Not.Contain("Undo the merge"));

        var erased = await CommandRun.OfAsync(site.Clock, "--database", site.Database.Connection, "members", "erase", await CodeAsync(one), "--reason", "asked");
        Assert.That(erased.ExitCode, Is.Zero, erased.Error);
        Assert.That(await site.Database.CopyTextAsync(), Does.Not.Contain("Harbour Light").And.Not.Contain("Words of the").And.Not.Contain("both@example.org"));
    }

    [Test]
    public async Task One_place_moves_and_readers_are_refused()
    {
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round, Second);
        other = await db.Organisations.Where(o => o.Name == Second).Select(o => o.Id).SingleAsync();
        var stays = new Organisation { Code = "stays", Name = First, NameFolded = "harbour light", Country = "SN", CreatedAt = round.CreatedAt };
        db.Organisations.Add(stays);
        await db.Organisations.Where(o => o.Id == other).ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, true));
        await db.SaveChangesAsync();
        Assert.That((await (await PersonAsync(OfficeRoles.Reader)).GetAsync($"/office/members/{stays.Id}/merge")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Merging.RunAsync(db, stays.Id, other, new Dictionary<int, int>(), "office:1", SiteHost.Start.UtcDateTime, default), Is.Not.Null);
        Assert.That(await db.Invitations.AsNoTracking().Select(i => i.OrganisationId).SingleAsync(), Is.EqualTo(stays.Id));
        Assert.That(await db.Organisations.AsNoTracking().Where(o => o.Id == stays.Id).Select(o => o.WantsDiscretion).SingleAsync(), "discretion of either holds");
    }

    [Test]
    public async Task A_new_organisation_continues_two_and_no_number_changes()
    {
        await FillAsync();
        await using var db = site.Open();
        var made = new Organisation { Code = "new", Name = "Harbour United", NameFolded = "harbour united", Country = "SN", CreatedAt = round.CreatedAt };
        db.Organisations.Add(made);
        await db.SaveChangesAsync();
        var answers = await db.Answers.CountAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        foreach (var id in new[] { one, other })
        {
            await (await SeenPage.GetAsync(editor, $"/office/members/{made.Id}/continues?find=harbour")).SendAsync($"/office/members/{made.Id}/continues?other={id}");
        }

        Assert.That((await SeenPage.GetAsync(editor, $"/office/members/{made.Id}")).Words, Does.Match($"It continues: +{First} +Harbour Light \\(old entry\\)"));
        Assert.That((await SeenPage.GetAsync(editor, $"/office/members/{one}")).Words, Does.Contain("It is continued by: Harbour United"));
        Assert.That(await db.Answers.CountAsync(), Is.EqualTo(answers));
        var back = await SeenPage.GetAsync(editor, $"/office/members/{one}/continues?find=united");
        Assert.That((await back.SendAsync($"/office/members/{one}/continues?other={made.Id}")).Status, Is.EqualTo(HttpStatusCode.Conflict), "two never continue each other");
        await (await SeenPage.GetAsync(editor, $"/office/members/{made.Id}/continues")).SendAsync($"other={one}&ends=true");
        Assert.That(await db.Continuations.AsNoTracking().Select(c => c.ContinuesId).ToListAsync(), Is.EqualTo(new[] { other }));
    }
}
