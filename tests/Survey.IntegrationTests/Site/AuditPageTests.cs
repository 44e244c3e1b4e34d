using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The audit log as the office reads it. Who may is in OfficeTests.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AuditPageTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    private async Task<HttpClient> PublisherAsync()
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, "ada@office.example", OfficeRoles.Publisher));
        return person;
    }

    [Test]
    public async Task Entries_are_sentences_with_their_details_until_these_are_erased()
    {
        var person = await PublisherAsync();
        await using var db = site.Open();
        db.Record(SiteHost.Start.UtcDateTime, "command", "round.close", "round:2026", "asked for by the board <b>");
        await db.SaveChangesAsync();
        var page = await SeenPage.GetAsync(person, "/office/audit");
        Assert.That(page.Words.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal),
            Does.Contain("the command line: closed round 2026").And.Contain("ada@office.example: set up their account").And.Contain("asked for by the board <b>"));
        await db.AuditDetails.ExecuteDeleteAsync();
        page = await SeenPage.GetAsync(person, "/office/audit");
        Assert.That(page.Words, Does.Contain("The details were erased.").And.Not.Contain("the board"));
    }

    [Test]
    public async Task The_list_is_chosen_by_who_action_and_day_and_paged()
    {
        var person = await PublisherAsync();
        await using var db = site.Open();
        for (var i = 1; i <= 60; i++)
        {
            db.Record(SiteHost.Start.UtcDateTime.AddDays(-2), "job", "link.issue", $"invitation:9{i:00}");
        }

        await db.SaveChangesAsync();
        var page = await SeenPage.GetAsync(person, "/office/audit?What=link.issue");
        Assert.That(page.Words, Does.Contain("960").And.Contain("911").And.Not.Contain("910").And.Not.Contain("ada@office.example\u2069: set up their account"));
        Assert.That(page.Html, Does.Contain("<option value=\"link.issue\" selected=\"selected\">issued a personal link for invitation &#x2026;</option>").Or.Contain(">issued a personal link for invitation …</option>"), "What can be chosen is said in words.");
        var older = System.Text.RegularExpressions.Regex.Match(page.Html, "href=\"([^\"]*Before=[^\"]*)\"").Groups[1].Value;
        page = await SeenPage.GetAsync(person, WebUtility.HtmlDecode(older));
        Assert.That(page.Words, Does.Contain("910").And.Contain("901").And.Not.Contain("911"));
        Assert.That((await SeenPage.GetAsync(person, "/office/audit?Day=2026-05-04")).Words, Does.Contain("set up their account").And.Not.Contain("960"));
        Assert.That((await SeenPage.GetAsync(person, "/office/audit?Who=member")).Words, Does.Contain("Nothing fits this choice."));
        Assert.That((await person.GetAsync("/office/audit?Day=soon")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Entries_lead_to_what_they_tell_of_as_long_as_it_is_there_and_may_be_seen()
    {
        var person = await PublisherAsync();
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round, "Lead House");
        var place = await db.Invitations.SingleAsync();
        var response = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = place.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime };
        db.Responses.Add(response);
        await db.SaveChangesAsync();
        var account = await db.Users.Select(u => u.Id).SingleAsync();
        foreach (var subject in new[] { $"organisation:{place.OrganisationId}", $"response:{response.Id}/protection/change", "round:2026/wave:1", "organisation:987654", $"account:{account}" })
        {
            db.Record(SiteHost.Start.UtcDateTime, "job", "organisation.change", subject);
        }

        await db.SaveChangesAsync();
        var page = await SeenPage.GetAsync(person, "/office/audit");
        Assert.That(page.Html, Does.Contain($"href=\"/office/members/{place.OrganisationId}\"").And.Contain($"href=\"/office/responses/{response.Id}\"").And.Contain("href=\"/office/rounds/2026\"")
            .And.Not.Contain("/office/members/987654").And.Not.Contain($"/office/accounts/{account}"), "Accounts are for administrators.");
        Assert.That(page.Words, Does.Contain("Lead House").And.Not.Contain(account), "An account is named by its address.");
        await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.ErasedAt, SiteHost.Start.UtcDateTime));
        Assert.That((await SeenPage.GetAsync(person, "/office/audit")).Words, Does.Not.Contain("Lead House"));
    }

    [Test]
    public async Task The_file_is_a_table_and_no_formula()
    {
        var person = await PublisherAsync();
        await using (var db = site.Open())
        {
            db.Record(SiteHost.Start.UtcDateTime, "command", "round.close", "round:2026", "=1+1");
            await db.SaveChangesAsync();
        }

        var answer = await person.GetAsync("/office/audit?handler=File");
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("round:2026").And.Contain("'=1+1"));
    }

    [Test]
    public async Task A_disabled_account_is_signed_out_at_once()
    {
        var person = await PublisherAsync();
        Assert.That((await SeenPage.GetAsync(person, "/office")).Path, Is.EqualTo("/office"));
        var run = await CommandRun.OfAsync(site.Clock, "--database", site.Database.Connection, "office", "disable", "ada@office.example");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That((await SeenPage.GetAsync(person, "/office")).Path, Does.StartWith("/office/sign-in"));
    }
}
