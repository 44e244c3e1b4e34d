using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office watches answers come in, in counts alone.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class WatchingTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    private const string Page = "/office/rounds/2026/progress";

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}@office.example", role));
        return person;
    }

    /// <summary>Six organisations in Senegal, two of which sent and one began; one in Japan, which sent and was set aside.</summary>
    private async Task AnswerAsync(SurveyDb db, SurveyRound to)
    {
        for (var i = 0; i < 6; i++)
        {
            await SampleRound.InviteAsync(db, to, $"Member {i}");
        }

        await SampleRound.InviteAsync(db, to, "Tokyo", "JP", "asia-pacific");
        var opened = SiteHost.Start.UtcDateTime.AddDays(-3);
        foreach (var (invitation, i) in db.Invitations.Where(x => x.RoundId == to.Id).OrderBy(x => x.Id).ToList().Select((x, i) => (x, i)))
        {
            if (i is 0 or 1 or 2 or 6)
            {
                var response = new SurveyResponse
                {
                    PublicId = Guid.NewGuid(),
                    InvitationId = invitation.Id,
                    RoundId = to.Id,
                    StartedAt = opened,
                    ChangedAt = opened,
                    Version = i == 2 ? 0 : 1,
                    SubmittedAt = i == 2 ? null : opened.AddHours(i + 1),
                    Review = i == 6 ? ReviewState.SetAside : ReviewState.Unread,
                };
                db.Responses.Add(response);
                await db.SaveChangesAsync();
                if (i == 2)
                {
                    db.DraftAnswers.Add(new DraftAnswer { ResponseId = response.Id, Point = "diaspora", Question = "work", Slot = "", Choice = "no" });
                }
                else
                {
                    db.Submissions.Add(new Submission { ResponseId = response.Id, Version = 1, SubmittedAt = opened.AddHours(i + 1), Content = "[]", ContentHash = "" });
                }
            }
        }

        await db.SaveChangesAsync();
    }

    [Test]
    public async Task A_reader_sees_counts_but_no_country_of_few()
    {
        await using var db = site.Open();
        await AnswerAsync(db, round);
        var page = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Reader), Page);
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Words);
        Assert.That(page.Words, Does.Contain("Day 4 since the opening").And.Contain("Senegal 33% 2 1 6").And.Contain("Africa 33% 2 1 6").And.Contain("Asia and the Pacific 0% 0 0 1"), "What was set aside is not among the sent.");
        Assert.That(page.Words, Does.Contain("Engaging migrants and diaspora as entrepreneurs, social investors and policy advocates in development 1 1"), "It stopped there.");
        Assert.That(page.Html, Does.Not.Contain("Japan").And.Not.Contain("Member 0"));
        Assert.That(page.Words, Does.Not.Contain("Regions that will be too few"), "Two in three days are enough for what six can reach.");
        var editor = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), Page);
        Assert.That(editor.Words, Does.Contain("Japan 0% 0 0 1"));
        var file = await (await PersonAsync(OfficeRoles.Publisher)).GetAsync(Page + "?handler=File");
        Assert.That(file.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
        var rows = await file.Content.ReadAsStringAsync();
        Assert.That(rows, Does.Contain("country,SN,Senegal,6,1,2,,").And.Not.Contain("Japan"), "A file leaves the office: no country of few.");
    }

    [Test]
    public async Task A_region_that_has_fallen_silent_is_flagged_while_there_is_time()
    {
        await using var db = site.Open();
        await AnswerAsync(db, round);
        site.Clock.Move(TimeSpan.FromDays(6));
        var page = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Reader), Page);
        Assert.That(page.Words, Does.Contain("Regions that will be too few").And.Contain("Africa : 2 sent now, 2 expected by the close. 3 more are needed"));
        await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.ClosesAt, SiteHost.Start.UtcDateTime));
        Assert.That((await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Publisher), Page)).Words, Does.Contain("The round is closed").And.Not.Contain("too few"));
    }

    [Test]
    public async Task Last_years_rate_is_that_of_the_same_day()
    {
        await using var db = site.Open();
        await AnswerAsync(db, round);
        // Last year opened as this year did (the builder's), with one answer within the same three days and one later.
        var before = await SampleRound.AddAsync(db, "2025");
        await AnswerAsync(db, before);
        var later = db.Submissions.OrderByDescending(s => s.Id).Skip(1).First();
        db.Submissions.Remove(later);
        db.Submissions.Add(new Submission { ResponseId = later.ResponseId, Version = 1, SubmittedAt = SiteHost.Start.UtcDateTime.AddDays(1), Content = "[]", ContentHash = "" });
        await db.SaveChangesAsync();
        var page = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Reader), Page);
        Assert.That(page.Words, Does.Contain("Africa 33% 17% 2 1 6"));
        Assert.That(page.Html, Does.Contain("polyline class=\"then\""));
    }

    [Test]
    public async Task A_round_without_members_says_what_to_do_first()
    {
        var reader = await PersonAsync(OfficeRoles.Reader);
        Assert.That((await SeenPage.GetAsync(reader, Page)).Words, Does.Contain("Invite members first"));
        Assert.That((await reader.GetAsync("/office/rounds/1999/progress")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
