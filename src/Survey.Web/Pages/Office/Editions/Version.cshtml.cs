using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Editions;
using Survey.Domain.Networks;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>A version of a round's report: its files to look at before it is published, and whether it is.</summary>
public sealed class VersionModel(SurveyDb db, Network network, TimeProvider time) : PageModel
{
    public VersionSeen Version { get; private set; } = null!;

    public bool MayPublish => Version.CanBePublished && OfficeMay.Publish(User);

    /// <summary>Whether the account may show the draft to members, or see why not.</summary>
    public bool MayConsult => Version is { Number: null, WithdrawnAt: null, IsPilot: false } && Consultation is null && OfficeMay.Edit(User);

    /// <summary>The number of the consultation in which members read or have read this draft; null without one.</summary>
    public int? Consultation { get; private set; }

    /// <summary>Whether the account may say the version's identifier, and add a language where the version is public.</summary>
    public bool MayChange => Version is { IsPilot: false, WithdrawnAt: null } && OfficeMay.Publish(User);

    /// <summary>Of a version that counts anew, the published one whose numbers it corrects.</summary>
    public int? ComparedWith { get; private set; }

    /// <summary>Of a draft, what the office wrote or chose since.</summary>
    public EditorialSince Since { get; private set; } = EditorialSince.Nothing;

    /// <summary>What was typed for the identifier and is none.</summary>
    public string? WrongDoi { get; private set; }

    /// <summary>It is one, of another version or of all.</summary>
    public bool IsDoiTaken { get; private set; }

    /// <summary>The identifier was just kept or taken away.</summary>
    public bool IsDoiKept { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string? done, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return KindPage.NotFound();
        }

        (Version, IsDoiKept) = (version, done == "doi");
        Consultation = await db.Consultations.Where(c => c.EditionVersionId == id).OrderByDescending(c => c.Number).Select(c => (int?)c.Number).FirstOrDefaultAsync(cancel);
        ComparedWith = version.CountsAnew ? await VersionComparison.PublishedBeforeAsync(db, id, cancel) : null;
        Since = version.Number is null ? await EditorialSince.OfAsync(db, id, cancel) : EditorialSince.Nothing;
        return Page();
    }

    /// <summary>Keeps the identifier that an agency gave the version, also after it came out; an empty field takes it away.</summary>
    public async Task<IActionResult> OnPostDoiAsync(int id, string? doi, CancellationToken cancel)
    {
        if (!OfficeMay.Publish(User))
        {
            return Forbid();
        }

        if (await VersionSeen.FindAsync(db, id, cancel) is not { IsPilot: false, WithdrawnAt: null } version)
        {
            return KindPage.NotFound();
        }

        Version = version;
        var typed = DoorText.Clean(doi ?? "").Trim();
        var given = typed.Length == 0 ? null : Doi.Of(typed);
        if (typed.Length > 0 && given is null)
        {
            WrongDoi = typed;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        if (given is not null && given != version.Doi && ((network.Doi is { } all && given == Doi.Of(all)) || await db.EditionVersions.AnyAsync(v => v.Id != id && v.Doi == given, cancel)))
        {
            // That of all versions, or another's: who cites it would cite something else.
            (WrongDoi, IsDoiTaken) = (typed, true);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        if (given != version.Doi)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.EditionVersions.Where(v => v.Id == id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Doi, given), cancel);
            // A draft has no number: it is named by the round that it is of.
            db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), given is null ? "edition.doi-remove" : "edition.doi", version.Number is { } number ? $"edition:{version.Round}/v{number}" : $"round:{version.Round}", given);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return Redirect($"/office/editions/{id}?done=doi");
    }

    /// <summary>A file of the version, published or not, for people of the office.</summary>
    public async Task<IActionResult> OnGetFileAsync(int id, string? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return KindPage.NotFound();
        }

        var slash = file.IndexOf('/', StringComparison.Ordinal);
        var (language, name) = slash > 0 ? (file[..slash], file[(slash + 1)..]) : ("", file);
        var found = await db.Artefacts.AsNoTracking()
            .Where(a => a.EditionVersionId == id && ((a.Language == language && a.Name == name) || (a.Language == "" && a.Name == file)))
            .Select(a => new { a.Bytes, a.MediaType }).FirstOrDefaultAsync(cancel);
        return found is null ? KindPage.NotFound() : new FileContentResult(found.Bytes, found.MediaType) { EnableRangeProcessing = true };
    }
}
