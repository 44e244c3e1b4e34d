using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Demo;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Demo;

/// <summary>The default sample network, written once per database.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class SampleWriterTests(DatabaseKind kind)
{
    private static readonly DateTime Now = new(2026, 6, 15, 9, 30, 0, DateTimeKind.Utc);
    private static readonly SampleNetwork Network = SampleNetwork.Of(new SampleOptions(), SampleTemplates.Terms(3));
    private static readonly ConcurrentDictionary<DatabaseKind, string> Prints = new();

    private TestDatabase database = null!;
    private SampleWritten written = null!;

    [OneTimeSetUp]
    public async Task Write_the_network()
    {
        database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        var clock = Stopwatch.StartNew();
        written = (await SampleWriter.WriteAsync(db, Network, SampleTemplates.Files(3), Now)).Value!;
        TestContext.Progress.WriteLine($"{kind}: sample network written in {clock.Elapsed.TotalSeconds:F1} s");
    }

    [OneTimeTearDown]
    public async Task Drop() => await database.DisposeAsync();

    [Test]
    public async Task Earlier_rounds_are_frozen_and_the_newest_is_open()
    {
        await using var db = database.Open();
        var rounds = await db.Rounds.Include(r => r.Templates).OrderBy(r => r.Slug).ToListAsync();
        Assert.That(rounds.Select(r => $"{r.Slug} {r.State}"), Is.EqualTo(["2024 Frozen", "2025 Frozen", "2026 Open"]));
        Assert.That(rounds.All(r => r.IsSample && !r.IsPilot && r.Templates.Count == 3));
        Assert.That(rounds[2].AcceptsAnswersAt(Now));
        Assert.That(rounds[2].OpenedAt, Is.EqualTo(Now - SampleCalendar.OpenSoFar).Within(TimeSpan.FromHours(1)));
        Assert.That(rounds[1].FrozenAt, Is.LessThan(rounds[2].OpenedAt));
    }

    [Test]
    public async Task The_newest_submission_of_each_counted_response_stands_in_the_answers_and_nothing_else()
    {
        await using var db = database.Open();
        var responses = await db.Responses.AsNoTracking().Include(r => r.Invitation).ToListAsync();
        var submissions = (await db.Submissions.AsNoTracking().ToListAsync()).ToLookup(s => s.ResponseId);
        var answers = (await db.Answers.AsNoTracking().ToListAsync()).ToLookup(a => a.ResponseId);
        var rounds = await db.Rounds.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Slug);
        foreach (var response in responses)
        {
            var questionnaire = SampleTemplates.Questionnaire(int.Parse(rounds[response.RoundId], System.Globalization.CultureInfo.InvariantCulture));
            Assert.That(submissions[response.Id].Select(s => s.Version).Order(), Is.EqualTo(Enumerable.Range(1, response.Version)));
            var expected = response.Counts
                ? AnswerSheet.FromJson(submissions[response.Id].Single(s => s.Version == response.Version).Content).ToAnswers(response.Id, response.RoundId, response.Invitation!.Region, questionnaire)
                : [];
            Assert.That(Lines(answers[response.Id]), Is.EqualTo(Lines(expected)));
        }
    }

    [Test]
    public async Task A_response_sent_through_the_one_way_makes_the_same_rows()
    {
        // The writer goes past SubmissionWriter for speed: what it wrote for a response must be what the survey pages would have written.
        await using var other = await TestDatabase.CreateAsync(kind);
        await using var copy = other.Open();
        await SampleWriter.WriteAsync(copy, SampleNetwork.Of(new SampleOptions(120), SampleTemplates.Terms(1)), SampleTemplates.Files(1), Now);
        var round = await copy.Rounds.SingleAsync();
        var sent = await copy.Responses.Include(r => r.Invitation).Where(r => r.Version == 1 && r.Review != ReviewState.SetAside).OrderBy(r => r.Id).FirstAsync();
        var before = Lines(await copy.Answers.AsNoTracking().Where(a => a.ResponseId == sent.Id).ToListAsync());
        var submission = await copy.Submissions.AsNoTracking().SingleAsync(s => s.ResponseId == sent.Id);
        var invitation = await copy.Invitations.Where(i => !copy.Responses.Any(r => r.InvitationId == i.Id) && i.Region == sent.Invitation!.Region).OrderBy(i => i.Id).FirstAsync();
        var fresh = new SurveyResponse { PublicId = Guid.CreateVersion7(), InvitationId = invitation.Id, RoundId = round.Id, Language = sent.Language, StartedAt = Now, ChangedAt = Now };
        copy.Responses.Add(fresh);
        await copy.SaveChangesAsync();
        await SubmissionWriter.SubmitAsync(copy, fresh, invitation, AnswerSheet.FromJson(submission.Content), SampleTemplates.Questionnaire(2026), ResponseMode.Web, Now, CancellationToken.None);
        await copy.SaveChangesAsync();
        var after = Lines(await copy.Answers.AsNoTracking().Where(a => a.ResponseId == fresh.Id).ToListAsync());
        Assert.That(after, Is.EqualTo(before));
        Assert.That((await copy.Submissions.AsNoTracking().SingleAsync(s => s.ResponseId == fresh.Id)).ContentHash, Is.EqualTo(submission.ContentHash));
        Assert.That(await copy.Quotes.CountAsync(q => q.ResponseId == fresh.Id), Is.EqualTo(await copy.Quotes.CountAsync(q => q.ResponseId == sent.Id)));
    }

    [Test]
    public async Task There_is_an_organisation_to_try_the_survey_as()
    {
        await using var db = database.Open();
        var invitation = await db.Invitations.Include(i => i.Round).SingleAsync(i => i.Id == written.UntouchedInvitation);
        Assert.That(invitation.Round!.Slug, Is.EqualTo(written.OpenRound).And.EqualTo("2026"));
        Assert.That(await db.Responses.AnyAsync(r => r.InvitationId == invitation.Id), Is.False);
        Assert.That(await db.Contacts.AnyAsync(c => c.OrganisationId == invitation.OrganisationId));
    }

    [Test]
    public async Task Approved_quotes_have_consent_and_come_from_nobody_discreet()
    {
        await using var db = database.Open();
        var quotes = await db.Quotes.AsNoTracking().Where(q => q.Review == QuoteReview.Approved)
            .Join(db.Responses.Include(r => r.Invitation), q => q.ResponseId, r => r.Id, (q, r) => new { q.RoundId, q.Language, r.Invitation!.IsDiscreet, q.ReviewedAt }).ToListAsync();
        Assert.That(quotes.CountBy(q => q.RoundId).Select(r => r.Value), Is.All.GreaterThan(25));
        Assert.That(quotes.Where(q => q.IsDiscreet || q.ReviewedAt is null || q.ReviewedAt > Now), Is.Empty);
        Assert.That(quotes.Select(q => q.Language).Distinct().Order(), Is.EqualTo(["ar", "en", "es", "fr"]));
    }

    [Test]
    public async Task A_database_with_a_round_is_refused_and_left_alone()
    {
        await using var db = database.Open();
        var refused = await SampleWriter.WriteAsync(db, Network, SampleTemplates.Files(3), Now);
        Assert.That(refused.Problems.Select(p => p.Code), Is.EqualTo(["demo.not-empty"]));
        Assert.That(await db.Rounds.CountAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task Both_databases_hold_the_same()
    {
        await using var db = database.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = await db.Answers.AsNoTracking().Join(db.Responses, a => a.ResponseId, r => r.Id, (a, r) => new { r.PublicId, a }).ToListAsync();
        foreach (var row in rows.Select(r => $"{r.PublicId} {Line(r.a)}").Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(row));
        foreach (var response in (await db.Responses.AsNoTracking().ToListAsync()).OrderBy(r => r.PublicId))
            hash.AppendData(Encoding.UTF8.GetBytes($"{response.PublicId} {response.StartedAt:O} {response.ChangedAt:O} {response.SubmittedAt:O} {response.Review} {response.IsLate}"));
        foreach (var invitation in (await db.Invitations.AsNoTracking().ToListAsync()).OrderBy(i => i.RoundId).ThenBy(i => i.Name, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{invitation.Name} {invitation.Country} {invitation.Region} {invitation.Type} {invitation.Language}"));
        Prints[kind] = Convert.ToHexStringLower(hash.GetHashAndReset());
        Assert.That(Prints.Values.Distinct().Count(), Is.EqualTo(1));
    }

    private static string Lines(IEnumerable<Answer> answers) => string.Join('\n', answers.Select(Line).Order(StringComparer.Ordinal));

    private static string Line(Answer a) => $"{a.RoundId} {a.Region} {a.Point} {a.Question} {a.Slot} {a.Choice} {a.Number} {a.Text}";

}
