using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>Puts one answer of a sent response right, with a reason. Based on the version that the page showed; refused where the member has sent another since.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class CorrectModel(SurveyDb db, RoundForms forms, TimeProvider time) : PageModel
{
    public long Id { get; private set; }

    public string Organisation { get; private set; } = "";

    public bool IsSample { get; private set; }

    /// <summary>The version that is corrected.</summary>
    public int Version { get; private set; }

    public RoundForm Form { get; private set; } = null!;

    public SurveyPart Part { get; private set; } = null!;

    public Question Question { get; private set; } = null!;

    /// <summary>The answer as it was sent.</summary>
    public AnswerValue? Sent { get; private set; }

    /// <summary>The answer as it stands in the form.</summary>
    public AnswerValue? Given { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>Whether the round's numbers are published or about to be.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>What is wrong with which field: <c>watching.correct.problem.NAME</c>.</summary>
    public IReadOnlyList<(string Field, string Problem)> Problems { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, string? question, string? point, CancellationToken cancel) =>
        await ShowAsync(id, question, point, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(long id, string? question, string? point, int seen, string[] value, string? reason, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await ShowAsync(id, question, point, cancel))
        {
            return KindPage.NotFound();
        }

        Given = Read(value);
        Reason = DoorText.Clean(reason ?? "").Trim();
        var problems = new List<(string, string)>();
        if (Given.IsEmpty || AnswerSheet.Of([new(Key, Given)]).Check(Form.Questionnaire, Form.PointSlugs, Form.IsCountry).Count > 0)
        {
            problems.Add(("value", "value"));
        }

        if (Reason.Length == 0 || DoorText.Length(Reason) > OneModel.LongestReason)
        {
            problems.Add(("reason", "reason"));
        }

        if (problems.Count == 0)
        {
            await using var change = await ResponseChange.BeginAsync(db, id, cancel);
            if (change is null || (change.Round.FrozenAt is not null && !OfficeMay.Publish(User)))
            {
                return KindPage.NotFound();
            }

            var now = time.GetUtcNow().UtcDateTime;
            if (change.Response.Version != seen)
            {
                problems.Add(("value", "changed"));
            }
            else if (Lacks(await change.SentAsync(cancel)))
            {
                problems.Add(("value", "incomplete"));
            }
            else if (await CorrectionWriter.CorrectAsync(db, change, Form.Questionnaire, Key, Given, Reason, OfficeActor.Of(User), now, cancel))
            {
                await change.CommitAsync(cancel);
                return Redirect($"/office/responses/{id}#corrections");
            }
            else
            {
                problems.Add(("value", "same"));
            }
        }

        Problems = problems;
        Response.StatusCode = problems.Contains(("value", "changed")) ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private AnswerKey Key => new(Part.PointSlug, Question.Key);

    /// <summary>Whether the corrected sheet would lack what must be answered, as one that a member sends may not.</summary>
    private bool Lacks(AnswerSheet sent) => Progress.Of(Form, sent).IsReady && !Progress.Of(Form, AnswerSheet.Of([.. sent.Answers, new(Key, Given!)])).IsReady;

    private AnswerValue Read(string[] value)
    {
        var given = value.Where(v => v.Length > 0).Distinct().ToList();
        return Question.Kind is QuestionKind.Number
            ? new([], AnswerForm.Number(given.FirstOrDefault() ?? ""))
            : new(given);
    }

    private async Task<bool> ShowAsync(long id, string? question, string? point, CancellationToken cancel)
    {
        // Of a frozen round only who publishes may correct: the numbers follow in a version that counts anew.
        var mayPublish = OfficeMay.Publish(User);
        var found = await (from response in db.Responses.AsNoTracking()
                           where response.Id == id && response.Version > 0
                           join invitation in db.Invitations on response.InvitationId equals invitation.Id
                           where invitation.Round!.FrozenAt == null || mayPublish
                           join sent in db.Submissions on new { ResponseId = response.Id, response.Version } equals new { sent.ResponseId, sent.Version }
                           select new { response.RoundId, response.Version, invitation.Name, invitation.Round!.IsSample, IsFrozen = invitation.Round.FrozenAt != null, sent.Content }).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return false;
        }

        IsFrozen = found.IsFrozen;
        (Id, Version, Organisation, IsSample, Form) = (id, found.Version, found.Name, found.IsSample, await forms.OfAsync(db, found.RoundId, cancel));
        var part = Form.Parts.FirstOrDefault(p => p.PointSlug == (point ?? "") && p.Section.Questions.Any(q => q.Key == question));
        if (part is null || !CorrectionWriter.MayCorrect(part.Section.Questions.First(q => q.Key == question)))
        {
            return false;
        }

        Part = part;
        Question = part.Section.Questions.First(q => q.Key == question);
        Given = Sent = AnswerSheet.FromJson(found.Content).Find(Part.PointSlug, Question.Key);
        return true;
    }
}
