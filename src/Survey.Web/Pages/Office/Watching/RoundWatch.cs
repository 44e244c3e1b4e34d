using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Domain.Watching;
using Survey.Reporting.Jobs;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Watching;

/// <summary>What watching a round reads: its population and last year's, one row an organisation, and the parts that unsent responses have reached. Never an answer.</summary>
public static class RoundWatch
{
    /// <summary>The population of a round that has opened.</summary>
    public static async Task<WatchedRound> OfAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var members = await (
            from invitation in db.Invitations.AsNoTracking()
            where invitation.RoundId == round.Id
            join found in db.Responses on invitation.Id equals found.InvitationId into given
            from response in given.DefaultIfEmpty()
            join first in db.Submissions.Where(s => s.Version == 1) on response.Id equals first.ResponseId into sent
            from submission in sent.DefaultIfEmpty()
            select new MemberStanding(
                invitation.Region, invitation.Country, invitation.Language, invitation.Type, response != null && response.Version == 0,
                response != null && response.Version > 0 && response.Review != ReviewState.SetAside ? (submission == null ? response.SubmittedAt ?? response.ChangedAt : submission.SubmittedAt) : null)).ToListAsync(cancel);
        return new(round.OpenedAt ?? round.CreatedAt, members);
    }

    /// <summary>The round before, where its answers came in over time; answers from files say nothing of days.</summary>
    public static async Task<WatchedRound?> BeforeAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(definition);
        return await EarlierRounds.OfAsync(db, round, definition.Plan, cancel) is [.., { OpenedAt: not null } before]
            && await db.Responses.AnyAsync(r => r.RoundId == before.Id && r.Version > 0 && r.Mode != ResponseMode.Import, cancel)
            ? await OfAsync(db, before, cancel) : null;
    }

    /// <summary>How far the responses have come that were begun and not sent, by part.</summary>
    public static async Task<IReadOnlyList<StoppedAt<SurveyPart>>> StoppedAsync(SurveyDb db, SurveyRound round, RoundForm form, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(form);
        List<SurveyPart> parts = [.. form.Parts];
        // A point's part is told by the point, as long as only one section is asked of each point.
        var isOnePerPoint = form.Questionnaire.Sections.Count(s => s.IsPerPoint) < 2;
        var rows = await (
            from response in db.Responses
            where response.RoundId == round.Id && response.Version == 0
            join answer in db.DraftAnswers on response.Id equals answer.ResponseId
            select new { response.Id, answer.Point, Question = isOnePerPoint && answer.Point != "" ? "" : answer.Question }).Distinct().ToListAsync(cancel);
        return StoppedAt<SurveyPart>.Of(parts, rows.GroupBy(r => r.Id, r => parts.FindIndex(p => p.PointSlug == r.Point && (r.Question.Length == 0 || p.Section.Questions.Any(q => q.Key == r.Question))), (_, found) => (IReadOnlyCollection<int>)[.. found.Where(i => i >= 0)]));
    }
}
