using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>A correction with the values as they can be said in words; the old one is null where nothing was answered.</summary>
public sealed record CorrectionLine(Correction Correction, SurveyPart Part, Question Question, AnswerValue? Old, AnswerValue? New, string By)
{
    /// <summary>The corrections of a response, newest first, with the address of the account that made each; empty for one that is gone.</summary>
    public static async Task<IReadOnlyList<CorrectionLine>> OfAsync(SurveyDb db, RoundForm form, long responseId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(form);
        var found = await db.Corrections.AsNoTracking().Where(c => c.ResponseId == responseId).OrderByDescending(c => c.Id).ToListAsync(cancel);
        var actors = found.Select(c => c.CorrectedBy.Replace("office:", "", StringComparison.Ordinal)).Distinct().ToList();
        var people = await db.Users.Where(u => actors.Contains(u.Id)).Select(u => new { u.Id, u.UserName }).ToDictionaryAsync(u => "office:" + u.Id, u => u.UserName ?? "", cancel);
        return
        [
            .. from correction in found
               let part = form.Parts.FirstOrDefault(p => p.PointSlug == correction.Point && p.Section.Questions.Any(q => q.Key == correction.Question))
               where part is not null
               select new CorrectionLine(
                   correction, part, form.Questionnaire.Question(correction.Question)!, AnswerSheet.FromJson(correction.Before).Find(correction.Point, correction.Question),
                   AnswerSheet.FromJson(correction.After).Find(correction.Point, correction.Question), people.GetValueOrDefault(correction.CorrectedBy, "")),
        ];
    }
}
