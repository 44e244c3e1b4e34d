using Survey.Domain;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Answer;

/// <summary>Saves what was typed on one page, through the store of drafts. Nothing is stored of a form with a problem, and nothing is begun by an empty one.</summary>
public static class SaveAnswers
{
    public static async Task<SaveResult> RunAsync(IDraftStore drafts, HeldResponse held, RoundForm form, SurveyPart part, TypedAnswers typed, string? basedOn, string language, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(typed);
        var problems = Problems(form, typed);
        if (problems.Count > 0)
        {
            return new(SaveOutcome.Refused, problems);
        }

        if (held.Response is null && typed.Answers.Values.All(a => a.IsEmpty))
        {
            // An empty page, or only another language: nothing was begun.
            return new(SaveOutcome.Saved, [], AnswerSheet.Of([]));
        }

        var save = new DraftSave(held.PublicId, held.Invitation.Id, held.Round.Id, form.Questionnaire, part.Draft, typed.Answers, basedOn, language, at);
        var change = await drafts.SaveAsync(save, cancel);
        return new(change.Verdict is DraftVerdict.Stale ? SaveOutcome.Stale : SaveOutcome.Saved, [], change.After);
    }

    /// <summary>What the questionnaire does not allow of what was typed; nothing of a form with such is saved by <see cref="RunAsync"/>.</summary>
    public static IReadOnlyList<Problem> Problems(RoundForm form, TypedAnswers typed)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(typed);
        return [.. typed.Problems, .. AnswerSheet.Of(typed.Answers).Check(form.Questionnaire, form.PointSlugs, form.IsCountry).Where(p => typed.Problems.All(t => t.Where != p.Where))];
    }
}

/// <summary>What came of a save, with the answers of the part's point, and those outside the points, as they are stored now.</summary>
public sealed record SaveResult(SaveOutcome Outcome, IReadOnlyList<Problem> Problems, AnswerSheet? Stored = null);

/// <summary>Saved; refused with problems; or based on answers that someone changed meanwhile.</summary>
public enum SaveOutcome { Saved, Refused, Stale }
