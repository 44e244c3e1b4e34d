using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// Saves what was typed on one page. In order: the first save of an answer makes the row of its response (a second one made at the same moment finds it);
/// an update of that row makes parallel saves wait for each other; a save based on answers that are no longer there is refused and shows both;
/// only then are the rows changed. It is acknowledged after the commit.
/// </summary>
public static class SaveAnswers
{
    public static async Task<SaveResult> RunAsync(SurveyDb db, HeldResponse held, RoundForm form, SurveyPart part, TypedAnswers typed, string? basedOn, string language, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(typed);
        var sheet = AnswerSheet.Of(typed.Answers);
        var problems = Problems(form, typed);
        if (problems.Count > 0)
        {
            return new(SaveOutcome.Refused, problems);
        }

        if (held.Response is null && sheet.Answers.Count == 0)
        {
            // An empty page, or only another language: nothing was begun.
            return new(SaveOutcome.Saved, [], sheet);
        }

        var id = await ResponseRow.EnsureAsync(db, held, language, at, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await ResponseRow.LockAsync(db, id, cancel);
        var rows = await db.DraftAnswers.Where(a => a.ResponseId == id && (a.Point == part.PointSlug || a.Point == "")).ToListAsync(cancel);
        var stored = AnswerSheet.FromDraft(rows);
        var touched = typed.Answers.Keys.ToHashSet();
        if (typed.Answers.All(t => Same(stored.Find(t.Key.Point, t.Key.Question), t.Value)))
        {
            // Nothing new: a replayed form, or a page sent as it was.
            await transaction.CommitAsync(cancel);
            return new(SaveOutcome.Saved, [], stored);
        }

        if (basedOn is not null && basedOn != AnswerForm.Fingerprint(stored, part))
        {
            await transaction.RollbackAsync(cancel);
            return new(SaveOutcome.Stale, [], stored);
        }

        var wanted = sheet.ToDraft(id, form.Questionnaire).ToDictionary(r => (r.Question, r.Slot));
        foreach (var row in rows.Where(r => touched.Contains(new(r.Point, r.Question))))
        {
            if (wanted.Remove((row.Question, row.Slot), out var now))
            {
                (row.Choice, row.Number, row.Text) = (now.Choice, now.Number, now.Text);
            }
            else
            {
                db.DraftAnswers.Remove(row);
            }
        }

        db.DraftAnswers.AddRange(wanted.Values);
        await db.SaveChangesAsync(cancel);
        await db.Responses.Where(r => r.Id == id).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.Revision, r => r.Revision + 1).SetProperty(r => r.ChangedAt, at).SetProperty(r => r.Language, language), cancel);
        await transaction.CommitAsync(cancel);
        return new(SaveOutcome.Saved, [], AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == id && (a.Point == part.PointSlug || a.Point == "")).ToListAsync(cancel)));
    }

    /// <summary>What the questionnaire does not allow of what was typed; nothing of a form with such is saved by <see cref="RunAsync"/>.</summary>
    public static IReadOnlyList<Problem> Problems(RoundForm form, TypedAnswers typed)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(typed);
        return [.. typed.Problems, .. AnswerSheet.Of(typed.Answers).Check(form.Questionnaire, form.PointSlugs, form.IsCountry).Where(p => typed.Problems.All(t => t.Where != p.Where))];
    }

    private static bool Same(AnswerValue? a, AnswerValue b) =>
        a is null ? b.IsEmpty : a.Number == b.Number && a.Text == b.Text && a.Choices.Order(StringComparer.Ordinal).SequenceEqual(b.Choices.Order(StringComparer.Ordinal));
}

/// <summary>What came of a save, with the answers of the part's point, and those outside the points, as they are stored now.</summary>
public sealed record SaveResult(SaveOutcome Outcome, IReadOnlyList<Problem> Problems, AnswerSheet? Stored = null);

/// <summary>Saved; refused with problems; or based on answers that someone changed meanwhile.</summary>
public enum SaveOutcome { Saved, Refused, Stale }
