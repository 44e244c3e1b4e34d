using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// What is known of an organisation before it answers, and what it said in its last round. Only facts are offered to be confirmed: from the invitation, else from the
/// organisation's latest earlier response that counts, and not across a break. Anything else it said is shown only beside an answer that was given this time.
/// </summary>
public sealed class KnownFacts(SurveyDb db, RoundForms forms)
{
    /// <summary>The facts to confirm among <paramref name="questions"/>, by key: those without an answer yet.</summary>
    public async Task<IReadOnlyDictionary<string, AnswerValue>> OfferedAsync(HeldResponse held, RoundForm form, AnswerSheet sheet, IEnumerable<Question> questions, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(sheet);
        var open = questions.Where(q => q.IsPrefilled && sheet.Find("", q.Key) is null).ToList();
        if (open.Count == 0)
        {
            return new Dictionary<string, AnswerValue>();
        }

        var last = await LastAsync(held, cancel);
        var before = last is null ? AnswerSheet.Of([]) : await SaidAsync(last.ResponseId, "", [.. open.Select(q => q.Key)], cancel);
        var offered = new Dictionary<string, AnswerValue>();
        foreach (var question in open)
        {
            var known = question.Role switch
            {
                QuestionRole.Country when held.Invitation.Country.Length > 0 => new([held.Invitation.Country]),
                QuestionRole.Type when held.Invitation.Type.Length > 0 => new([held.Invitation.Type]),
                // Since a break the choices mean something else, even under the same codes.
                _ when question.Break && string.CompareOrdinal(last?.Slug, question.Since) < 0 => new AnswerValue([]),
                _ => before.Find("", question.Key) ?? new([]),
            };
            if (!known.IsEmpty && AnswerSheet.Of([new(new("", question.Key), known)]).Check(form.Questionnaire, form.PointSlugs, form.IsCountry).Count == 0)
            {
                offered[question.Key] = known;
            }
        }

        return offered;
    }

    /// <summary>What the organisation said last time to the questions of this part that it has answered this time, with the form of that round; null when nothing.</summary>
    public async Task<EarlierAnswers?> EarlierAsync(HeldResponse held, AnswerSheet sheet, SurveyPart part, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(part);
        var answered = part.Section.Questions.Where(q => !q.IsPrefilled && sheet.Find(part.PointSlug, q.Key) is not null).Select(q => q.Key).ToList();
        if (answered.Count == 0 || await LastAsync(held, cancel) is not { } last)
        {
            return null;
        }

        var said = await SaidAsync(last.ResponseId, part.PointSlug, answered, cancel);
        return said.Answers.Count == 0 ? null : new(last.Slug, await forms.OfAsync(db, last.RoundId, cancel), said);
    }

    /// <summary>The organisation's latest response that counts in a round before this one.</summary>
    private async Task<Last?> LastAsync(HeldResponse held, CancellationToken cancel)
    {
        var (organisation, round) = (held.Invitation.OrganisationId, held.Round);
        var all = await db.Responses.AsNoTracking()
            .Where(r => r.Invitation!.OrganisationId == organisation && r.RoundId != round.Id && r.Version > 0 && r.Review != ReviewState.SetAside)
            .Join(db.Rounds.Where(r => r.IsSample == round.IsSample && !r.IsPilot), r => r.RoundId, r => r.Id, (response, its) => new Last(response.Id, its.Id, its.Slug)).ToListAsync(cancel);
        // A round's slug is its year; a round entered from a file later is still the earlier one.
        return all.Where(l => string.CompareOrdinal(l.Slug, round.Slug) < 0).MaxBy(l => l.Slug, StringComparer.Ordinal);
    }

    private async Task<AnswerSheet> SaidAsync(long response, string point, IReadOnlyList<string> questions, CancellationToken cancel)
    {
        var rows = await db.Answers.AsNoTracking().Where(a => a.ResponseId == response && a.Point == point && questions.Contains(a.Question) && a.Choice != Domain.Responses.Answer.Answered)
            .Select(a => new DraftAnswer { Point = a.Point, Question = a.Question, Slot = a.Slot, Choice = a.Choice, Number = a.Number, Text = a.Text }).ToListAsync(cancel);
        return AnswerSheet.FromDraft(rows);
    }

    private sealed record Last(long ResponseId, int RoundId, string Slug);
}

/// <summary>What was said in an earlier round, with that round's form, whose words it is read in.</summary>
public sealed record EarlierAnswers(string Round, RoundForm Form, AnswerSheet Said)
{
    /// <summary>What was said to a question, in words; null when nothing or when the question was another one.</summary>
    public string? Words(Localization.PageTexts texts, SurveyPart part, Question question)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(question);
        return Form.Questionnaire.Question(question.Key) is { } then && Said.Find(part.PointSlug, question.Key) is { } value ? QuestionWords.Value(texts, Form, then, value) : null;
    }
}
