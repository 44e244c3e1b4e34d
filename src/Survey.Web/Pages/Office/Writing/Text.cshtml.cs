using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Editions;
using Survey.Domain.Networks;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Writing;

/// <summary>
/// Writes one text in one language: looked at as it will stand in the report, then saved. What was typed comes back with every refusal; a text that somebody else has changed since the
/// page was made is never written over unseen, and one that would go is asked about.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class TextModel(SurveyDb db, Network network, TimeProvider time) : PageModel
{
    public WritingDesk Desk { get; private set; } = null!;

    public EditorialKey Key { get; private set; }

    public string Language { get; private set; } = "";

    /// <summary>The text as it is kept; null where there is none.</summary>
    public EditorialText? Kept { get; private set; }

    /// <summary>The version of the text that whoever writes has seen, 0 for none: what was posted, until the page shows a newer one.</summary>
    public int Seen { get; private set; }

    /// <summary>The same text in the other languages, for who translates.</summary>
    public IReadOnlyList<EditorialText> Others { get; private set; } = [];

    /// <summary>What was typed, or is kept.</summary>
    public string Words { get; private set; } = "";

    public string SignedBy { get; private set; } = "";

    public string SignedAs { get; private set; } = "";

    /// <summary>What is wrong, by field; of the text itself also with lines (<c>line:NUMBER</c>). Words: <c>officeReport.text.problem.CODE</c>.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The text as the report prints it, when that was asked for.</summary>
    public RichTextBlock? Preview { get; private set; }

    /// <summary>Somebody else has changed it meanwhile.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The text would go, and nobody said so yet.</summary>
    public bool AsksToRemove { get; private set; }

    /// <summary>What was just done: <c>saved</c> or <c>removed</c>.</summary>
    public string? Done { get; private set; }

    public bool IsSigned => Key.Kind is EditorialKind.Foreword;

    /// <summary>Whether a draft of the report can be made from here.</summary>
    public bool CanBeBuilt => Desk.Round.State is not RoundState.Planned;

    public bool Has(string field) => Problems.Any(p => p.Where == field || (field == "words" && p.Where.StartsWith("line:", StringComparison.Ordinal)));

    public async Task<IActionResult> OnGetAsync(string slug, string text, string language, string? done, CancellationToken cancel)
    {
        if (!await FindAsync(slug, text, language, cancel))
        {
            return KindPage.NotFound();
        }

        (Words, SignedBy, SignedAs) = (Kept?.Text ?? "", Kept?.SignedBy ?? "", Kept?.SignedAs ?? "");
        Seen = Kept?.Version ?? 0;
        Done = done is "saved" or "removed" ? done : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, string text, string language, int seen, string? words, string? signedBy, string? signedAs, string? preview, bool sure, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await FindAsync(slug, text, language, cancel))
        {
            return KindPage.NotFound();
        }

        (Words, Seen) = (DoorText.Clean(words ?? "").Trim(), seen);
        (SignedBy, SignedAs) = IsSigned ? (Name(signedBy), Name(signedAs)) : ("", "");
        // Lengths first: what is too long is not even read.
        Problems = [.. Lengths()];
        var read = Problems.Count > 0 ? null : RichTextMarkdown.Read(Words);
        if (read?.Value is not { } parts)
        {
            Problems = read?.Problems ?? Problems;
            return Refused(StatusCodes.Status422UnprocessableEntity);
        }

        if (preview is not null)
        {
            Preview = new RichTextBlock(3, parts);
            return Page();
        }

        if (seen != (Kept?.Version ?? 0))
        {
            return Changed();
        }

        if (Words.Length == 0 && Kept is null)
        {
            Problems = [new("words", "empty", "There is no text.")];
            return Refused(StatusCodes.Status422UnprocessableEntity);
        }

        if (Words.Length == 0 && !sure)
        {
            AsksToRemove = true;
            return Refused(StatusCodes.Status422UnprocessableEntity);
        }

        if (!await SaveAsync(seen, cancel))
        {
            db.ChangeTracker.Clear();
            await FindAsync(slug, text, language, cancel);
            return Changed();
        }

        return Redirect($"/office/rounds/{slug}/writing/{Key}/{language}?done={(Words.Length == 0 ? "removed" : "saved")}");
    }

    private static string Name(string? typed) => string.Join(' ', RichTextMarkdown.Plain(DoorText.Clean(typed ?? "")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IEnumerable<Problem> Lengths()
    {
        if (DoorText.Length(Words) > EditorialText.Longest)
        {
            yield return new("words", "long", "The text is too long.");
        }

        foreach (var (field, typed) in new[] { ("signedBy", SignedBy), ("signedAs", SignedAs) })
        {
            if (DoorText.Length(typed) > EditorialText.LongestName)
            {
                yield return new(field, "longName", "The name is too long.");
            }
        }
    }

    private PageResult Refused(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>Shows the other's text, which is seen from now on.</summary>
    private PageResult Changed()
    {
        (IsChanged, Seen) = (true, Kept?.Version ?? 0);
        return Refused(StatusCodes.Status409Conflict);
    }

    /// <summary>A number that no earlier text of this place had: each saving adds one to the version and at least one entry to the log.</summary>
    private async Task<int> FirstVersionAsync(CancellationToken cancel) => checked((int)await db.AuditHeads.AsNoTracking().Select(h => h.Number).FirstOrDefaultAsync(cancel) + 1);

    /// <summary>False where somebody else was quicker.</summary>
    private async Task<bool> SaveAsync(int seen, CancellationToken cancel)
    {
        var (now, actor) = (time.GetUtcNow().UtcDateTime, OfficeActor.Of(User));
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var kept = db.EditorialTexts.Where(t => t.RoundId == Desk.Round.Id && t.Kind == Key.Kind && t.Subject == Key.Subject && t.Language == Language && t.Version == seen);
        if (Words.Length == 0)
        {
            if (await kept.ExecuteDeleteAsync(cancel) == 0)
            {
                return false;
            }

            db.Record(now, actor, "writing.remove", $"round:{Desk.Round.Slug}/text:{Key}/language:{Language}");
        }
        else
        {
            if (seen == 0)
            {
                db.EditorialTexts.Add(new EditorialText { RoundId = Desk.Round.Id, Kind = Key.Kind, Subject = Key.Subject, Language = Language, Text = Words, SignedBy = SignedBy, SignedAs = SignedAs, Version = await FirstVersionAsync(cancel), ChangedBy = actor, ChangedAt = now });
            }
            else if (await kept.ExecuteUpdateAsync(s => s.SetProperty(t => t.Text, Words).SetProperty(t => t.SignedBy, SignedBy).SetProperty(t => t.SignedAs, SignedAs).SetProperty(t => t.NamesErased, false)
                .SetProperty(t => t.Version, seen + 1).SetProperty(t => t.ChangedBy, actor).SetProperty(t => t.ChangedAt, now), cancel) == 0)
            {
                return false;
            }

            db.Record(now, actor, "writing.save", $"round:{Desk.Round.Slug}/text:{Key}/language:{Language}");
        }

        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (seen == 0 && Words.Length > 0)
        {
            // One a language: somebody else began it at the same moment. Whatever else went wrong is no colleague's change.
            await transaction.RollbackAsync(cancel);
            if (await db.EditorialTexts.AsNoTracking().AnyAsync(t => t.RoundId == Desk.Round.Id && t.Kind == Key.Kind && t.Subject == Key.Subject && t.Language == Language, cancel))
            {
                return false;
            }

            throw;
        }

        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<bool> FindAsync(string slug, string text, string language, CancellationToken cancel)
    {
        if (EditorialKey.Of(text) is not { } key || await WritingDesk.OfAsync(db, slug, network.Languages, cancel) is not { } desk || !desk.Languages.Contains(language) || !desk.Keys.Contains(key))
        {
            return false;
        }

        (Desk, Key, Language) = (desk, key, language);
        var all = await db.EditorialTexts.AsNoTracking().Where(t => t.RoundId == desk.Round.Id && t.Kind == key.Kind && t.Subject == key.Subject).ToListAsync(cancel);
        Kept = all.Find(t => t.Language == language);
        Others = [.. desk.Languages.Where(l => l != language).Select(l => all.Find(t => t.Language == l)).OfType<EditorialText>()];
        return true;
    }
}
