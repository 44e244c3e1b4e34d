using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>The PDF and the pictures of the draft that members are asked to comment on, for whose session holds a response of the round. Never kept by a cache.</summary>
public sealed class DraftModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    public async Task<IActionResult> OnGetAsync(string language, string? file, CancellationToken cancel)
    {
        if (file is null || Held.Round.IsPilot || await Db.Consultations.AsNoTracking().Where(c => c.RoundId == Held.Round.Id).OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancel) is not { } consultation
            || (!consultation.IsOpenAt(Now) && await Db.EditionVersions.AnyAsync(v => v.Edition!.RoundId == Held.Round.Id && v.Number != null && v.PublishedAt >= consultation.ShownAt, cancel)))
        {
            return KindPage.NotFound();
        }

        var isPdf = file == Artefact.Pdf;
        if (!isPdf && !(file.StartsWith("figures/", StringComparison.Ordinal) && file.EndsWith(".svg", StringComparison.Ordinal)))
        {
            return KindPage.NotFound();
        }

        if (isPdf && (await LapsedMentions.LanguagesAsync(Db, Held.Round, Form.Definition, consultation.EditionVersionId, cancel)).Contains(language))
        {
            return KindPage.NotFound();
        }

        var found = await Db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == consultation.EditionVersionId && a.Language == language && a.Name == file).Select(a => new { a.Bytes, a.MediaType }).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return KindPage.NotFound();
        }

        if (isPdf)
        {
            Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = $"draft-{Held.Round.Slug}-{language}.pdf" }.ToString();
        }

        return new FileContentResult(found.Bytes, found.MediaType) { EnableRangeProcessing = true };
    }
}
