using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Imports;
using Survey.Domain.Networks;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Domain.TemplateText;
using Survey.Web.Access;
using Survey.Web.Members;
using Survey.Web.Rounds;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>
/// The questionnaire of a planned round: taken as a file or as a translation sheet, and given back. An upload is checked and shown with what it changes before anything is
/// written; confirming writes exactly what was shown, and is refused where the round's own has changed meanwhile. Once the round is open nothing changes any more.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
[RequestSizeLimit(4 * LargestFile), RequestFormLimits(MultipartBodyLengthLimit = 2 * LargestFile, ValueLengthLimit = 4 * LargestFile, BufferBodyLengthLimit = 4 * LargestFile)]
public sealed class QuestionnaireModel(SurveyDb db, Network network, TimeProvider time) : PageModel
{
    /// <summary>The largest upload, in bytes.</summary>
    public const int LargestFile = 1024 * 1024;

    public SurveyRound Round { get; private set; } = null!;

    /// <summary>The round's questionnaire as it stands.</summary>
    public RoundTemplate Present { get; private set; } = null!;

    /// <summary>The round's plan as it stands; its titles are translated in the same sheet.</summary>
    public RoundTemplate Plan { get; private set; } = null!;

    /// <summary>What a form is about: both templates as the page showed them.</summary>
    public string Seen => $"{Present.Sha256}-{Plan.Sha256}";

    /// <summary>How many strings are in which state, by language; English has none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<TranslationStatus, int>> Translations { get; private set; } = new Dictionary<string, IReadOnlyDictionary<TranslationStatus, int>>();

    public bool MayChange => Round.State is RoundState.Planned;

    /// <summary>What is wrong with the upload: with file, line and cell.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The checked questionnaire, to be confirmed; null before.</summary>
    public string? Checked { get; private set; }

    /// <summary>The plan beside it; null where the upload leaves it as it is.</summary>
    public string? CheckedPlan { get; private set; }

    /// <summary>What confirming changes, string by string: the first of them.</summary>
    public IReadOnlyList<(string Key, string Language, string Old, string New)> Changes { get; private set; } = [];

    /// <summary>Changes against the round before that the questionnaire does not declare: the round does not open with them.</summary>
    public IReadOnlyList<Problem> Undeclared { get; private set; } = [];

    /// <summary>How many questions go on as before, changed, broken or new against the round before; empty where there is none.</summary>
    public IReadOnlyDictionary<Comparison, int> Against { get; private set; } = new Dictionary<Comparison, int>();

    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, bool done, CancellationToken cancel)
    {
        IsDone = done;
        return await ShowAsync(slug, cancel) ? Page() : KindPage.NotFound();
    }

    public async Task<IActionResult> OnGetFileAsync(string slug, CancellationToken cancel) =>
        await ShowAsync(slug, cancel) ? File(Encoding.UTF8.GetBytes(Present.Content), "application/yaml; charset=utf-8", $"questionnaire-{slug}.yaml") : KindPage.NotFound();

    public async Task<IActionResult> OnGetSheetAsync(string slug, CancellationToken cancel)
    {
        if (!await ShowAsync(slug, cancel))
        {
            return KindPage.NotFound();
        }

        using var file = new MemoryStream();
        TranslationSheet.Write(Parts, network.Languages, file);
        return File(file.ToArray(), "text/csv; charset=utf-8", $"translations-{slug}.csv");
    }

    public async Task<IActionResult> OnGetWorkbookAsync(string slug, CancellationToken cancel) => await ShowAsync(slug, cancel)
        ? File(WorkbookFile.Of("translations", TranslationSheet.Rows(Parts, network.Languages)), WorkbookFile.MediaType, $"translations-{slug}.xlsx") : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, IFormFile? file, CancellationToken cancel)
    {
        if (!await ShowAsync(slug, cancel))
        {
            return KindPage.NotFound();
        }

        if (!MayChange)
        {
            return Refuse(StatusCodes.Status409Conflict, new Problem("", "open", ""));
        }

        if (file is not { Length: > 0 })
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Problem("", "no-file", ""));
        }

        if (file.Length > LargestFile)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Problem("", "too-large", ""));
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancel);
        var read = Path.GetExtension(file.FileName).ToUpperInvariant() is ".YAML" or ".YML" ? FromFile(content) : FromSheet(content);
        if (!read.IsWhole)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, [.. read.Problems]);
        }

        return await CheckAsync(read.Value.Questionnaire, read.Value.Plan, cancel) is { Count: > 0 } problems ? Refuse(StatusCodes.Status422UnprocessableEntity, [.. problems]) : Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(string slug, string? content, string? plan, string? seen, CancellationToken cancel)
    {
        if (!await ShowAsync(slug, cancel))
        {
            return KindPage.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var round = await RoundLock.TakeAsync(db, Round.Id, cancel);
        Take(round);
        if (!MayChange || Seen != seen)
        {
            return Refuse(StatusCodes.Status409Conflict, new Problem("", MayChange ? "changed" : "open", ""));
        }

        if (await CheckAsync(content ?? "", plan, cancel) is { Count: > 0 } problems)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, [.. problems]);
        }

        // A template is a value: the new one takes the old one's place.
        List<(RoundTemplate Old, string New)> changed = [(Present, Checked!), .. CheckedPlan is null ? [] : new[] { (Plan, CheckedPlan) }];
        db.RemoveRange(changed.Select(c => c.Old));
        await db.SaveChangesAsync(cancel);
        foreach (var (old, words) in changed)
        {
            round.Templates.Add(RoundTemplate.Of(old.Kind, old.Name, words));
        }

        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), "round.questionnaire", $"round:{slug}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect($"/office/rounds/{slug}/questionnaire?done=true");
    }

    /// <summary>What a sheet holds: the questionnaire, and the plan with its titles.</summary>
    private IReadOnlyList<SheetPart> Parts { get; set; } = [];

    private static Parsed<Upload> FromFile(MemoryStream content)
    {
        try
        {
            return Parsed<Upload>.Of(new(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.ToArray()), null));
        }
        catch (DecoderFallbackException)
        {
            return Parsed<Upload>.Refused([new("", "encoding", "")]);
        }
    }

    private Parsed<Upload> FromSheet(MemoryStream content)
    {
        content.Position = 0;
        if (Workbook.IsOne(content.GetBuffer().AsSpan(0, (int)content.Length)))
        {
            var workbook = Workbook.ToCsv(content);
            if (!workbook.IsWhole)
            {
                return Parsed<Upload>.Refused(workbook.Problems);
            }

            content.SetLength(0);
            content.Write(workbook.Value);
            content.Position = 0;
        }

        var table = CsvTable.Read(content);
        if (!table.IsWhole)
        {
            return Parsed<Upload>.Refused(table.Problems);
        }

        var changes = TranslationSheet.Read(table.Value, Parts, network.Languages);
        return changes.IsWhole ? Parsed<Upload>.Of(new(Parts[0].With(changes.Value), Parts[1].With(changes.Value))) : Parsed<Upload>.Refused(changes.Problems);
    }

    /// <summary>Reads the new questionnaire, and the plan where that comes too, with the round's other templates, and shows what they change; or says what is wrong.</summary>
    private async Task<IReadOnlyList<Problem>> CheckAsync(string content, string? plan, CancellationToken cancel)
    {
        var (clean, cleanPlan) = (DoorText.Clean(content), DoorText.Clean(plan ?? Plan.Content));
        var optional = Round.OptionalPoints.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var templates = Round.Templates.Where(t => t.Kind is not (TemplateKinds.Questionnaire or TemplateKinds.Plan))
            .Append(RoundTemplate.Of(TemplateKinds.Questionnaire, Present.Name, clean)).Append(RoundTemplate.Of(TemplateKinds.Plan, Plan.Name, cleanPlan)).ToList();
        var read = RoundDefinition.Parse(templates, optional, Round.Slug);
        if (!read.IsWhole)
        {
            return read.Problems;
        }

        if (read.Value.Lacks(kind => kind).Where(p => p.Where.StartsWith(TemplateKinds.Questionnaire, StringComparison.Ordinal) || p.Where.StartsWith(TemplateKinds.Plan, StringComparison.Ordinal)).ToList() is { Count: > 0 } lacks)
        {
            return lacks;
        }

        (RoundTemplate Template, SheetPart Before, SheetPart After)[] both =
        [
            (Present, Parts[0], Parts[0] with { Strings = TemplateStrings.Of(clean) }),
            (Plan, Parts[1], Parts[1] with { Strings = TemplateStrings.Of(cleanPlan) }),
        ];
        if (both.SelectMany(t => NotFollowed(t.Template, t.Before.Strings, t.After.Strings)).ToList() is { Count: > 0 } behind)
        {
            return behind;
        }

        if (await RoundOpening.LastAsync(db, Round, read.Value, cancel) is { } last)
        {
            var compared = Comparability.Of(RoundDefinition.Of(last).Questionnaire, read.Value.Questionnaire);
            (Undeclared, Against) = ([.. compared.Problems, .. Comparability.Of(RoundDefinition.Of(last).Plan, read.Value.Plan).Problems], compared.Items.GroupBy(i => i.Comparison).ToDictionary(g => g.Key, g => g.Count()));
        }

        (Checked, CheckedPlan, Changes) = (clean, cleanPlan == Plan.Content ? null : cleanPlan,
        [
            .. from part in both
               let before = part.Before.Strings
               let after = part.After.Strings
               from key in before.All.Concat(after.All).Select(s => s.Key).Distinct()
               let old = before.Find(key)
               let now = after.Find(key)
               from language in (old?.Words.Keys ?? []).Concat(now?.Words.Keys ?? []).Distinct()
               let was = old?.Words.GetValueOrDefault(language)
               let becomes = now?.Words.GetValueOrDefault(language)
               where was?.Text != becomes?.Text || was?.Status != becomes?.Status
               select (part.Before.KeyOf(key), language, was?.Text ?? "", becomes?.Text ?? ""),
        ]);
        return [];
    }

    /// <summary>Translations that stayed as they were while their English words changed: nobody has said that they still hold.</summary>
    private static IEnumerable<Problem> NotFollowed(RoundTemplate template, TemplateStrings before, TemplateStrings after) =>
        from now in after.All
        let old = before.Find(now.Key)
        where old is not null && old.English != now.English
        from words in now.Words
        where words.Key != "en" && old.Words.TryGetValue(words.Key, out var was) && was.Text == words.Value.Text && was.Of == words.Value.Of
        select new Problem($"{template.Kind}/{template.Name}:{now.Line}", "outdated-translation",
            $"'{now.Key}' in {words.Key} was translated from other English words; translate it anew or, where its words still hold, write {{text: …, status: …, of: \"{TemplateStrings.HashOf(now.English)}\"}}.");

    private PageResult Refuse(int status, params Problem[] problems)
    {
        Problems = problems;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> ShowAsync(string slug, CancellationToken cancel)
    {
        if (await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return false;
        }

        Take(round);
        var strings = Parts.SelectMany(p => p.Strings.All).ToList();
        Translations = network.Languages.Where(l => l != "en").ToDictionary(l => l, l => (IReadOnlyDictionary<TranslationStatus, int>)strings.Where(s => s.Words.ContainsKey(l)).GroupBy(s => s.Words[l].Status ?? TranslationStatus.Provisional).ToDictionary(g => g.Key, g => g.Count()));
        return true;
    }

    private void Take(SurveyRound round)
    {
        (Round, Present, Plan) = (round, round.Templates.Single(t => t.Kind == TemplateKinds.Questionnaire), round.Templates.Single(t => t.Kind == TemplateKinds.Plan));
        Parts = [new("", TemplateStrings.Of(Present.Content)), new(TemplateKinds.Plan, TemplateStrings.Of(Plan.Content))];
    }

    /// <summary>What was brought back: a questionnaire, and the plan where a sheet holds that too.</summary>
    private sealed record Upload(string Questionnaire, string? Plan);
}
