using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>What a version says otherwise than an earlier one: numbers by their place, findings, quotes, listings, the office's own texts.</summary>
public sealed class CompareModel(SurveyDb db, RoundForms forms, PageTexts texts) : PageModel
{
    /// <summary>Numbers on one page.</summary>
    public const int PageSize = 50;

    private RoundDefinition definition = null!;

    public VersionSeen Version { get; private set; } = null!;

    /// <summary>What it can be compared with, the newest first; empty for a first version.</summary>
    public IReadOnlyList<VersionComparison.Side> Earlier { get; private set; } = [];

    /// <summary>Null where there is nothing to compare with.</summary>
    public VersionComparison? Comparison { get; private set; }

    /// <summary>Which page of the numbers is shown, from 1, and how many there are.</summary>
    public int Number { get; private set; } = 1;

    public int Pages => Math.Max(1, ((Comparison?.Numbers.Count ?? 0) + PageSize - 1) / PageSize);

    public IEnumerable<CellChange> Shown => Comparison!.Numbers.Skip((Number - 1) * PageSize).Take(PageSize);

    public async Task<IActionResult> OnGetAsync(int id, int? with, int? number, CancellationToken cancel)
    {
        if (!ModelState.IsValid || await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return KindPage.NotFound();
        }

        (Version, Earlier) = (version, await VersionComparison.EarlierAsync(db, id, cancel));
        if (Earlier.Count == 0)
        {
            return with is null ? Page() : KindPage.NotFound();
        }

        Comparison = (with ?? Earlier[0].Id) < id ? await VersionComparison.OfAsync(db, with ?? Earlier[0].Id, id, texts.Language, cancel) : null;
        if (Comparison is null)
        {
            return KindPage.NotFound();
        }

        Number = Math.Clamp(number ?? 1, 1, Pages);
        definition = (await forms.OfAsync(db, await db.Rounds.Where(r => r.Slug == version.Round).Select(r => r.Id).FirstAsync(cancel), cancel)).Definition;
        return Page();
    }

    /// <summary>Point and question in words; of participation nothing.</summary>
    public string Subject(CellPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var question = place.Question.Length == 0 ? null : definition.Questionnaire.Question(place.Question)?.ShortTitle.In(texts.Language) ?? place.Question;
        var point = place.Point.Length == 0 ? null : definition.Plan.Point(place.Point)?.ShortTitle.In(texts.Language) ?? place.Point;
        return string.Join(" · ", new[] { point, question }.OfType<string>()) is { Length: > 0 } subject ? subject : texts["officeReport.compare.participation"];
    }

    /// <summary>The region's name, or the world.</summary>
    public string Region(CellPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Region == Cube.World ? texts["officeReport.compare.world"] : place.Region == PublishedRegion.OtherRegions ? texts["officeReport.compare.otherRegions"]
            : definition.Regions.Region(place.Region)?.Title.In(texts.Language) ?? place.Region;
    }

    /// <summary>What the number is; of a share with its step or choice.</summary>
    public string What(CellPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.What is CellNumber.Share
            ? definition.Questionnaire.Question(place.Question)?.LabelOf(place.Code)?.In(texts.Language) ?? definition.Plan.Point(place.Code)?.ShortTitle.In(texts.Language) ?? place.Code
            : texts[$"officeReport.compare.number.{place.What}"] + (place.Code.Length == 0 ? "" : $" ({GroupOf(place.Code)})");
    }

    /// <summary>The number as it is printed; a dash where it is not.</summary>
    public string Value(CellPlace place, int? value)
    {
        ArgumentNullException.ThrowIfNull(place);
        return value is not { } number ? "–" : place.What switch
        {
            CellNumber.Rate or CellNumber.DontKnow or CellNumber.Share => texts.Catalogue.Percent(number),
            CellNumber.Headline or CellNumber.Low or CellNumber.High => place.IsNet ? texts.Catalogue.Signed(number) : texts.Catalogue.Percent(number),
            CellNumber.Change or CellNumber.ChangeLow or CellNumber.ChangeHigh or CellNumber.OverlapLow or CellNumber.OverlapHigh
                or CellNumber.MatchedValue or CellNumber.MatchedLow or CellNumber.MatchedHigh => texts.Catalogue.Signed(number),
            CellNumber.MidP => texts.Catalogue.Number(number / 1000m, 3),
            CellNumber.DesignEffect => texts.Catalogue.Number(number / 100m, 2),
            CellNumber.IsClear or CellNumber.IsBreak => texts[number == 1 ? "officeReport.compare.yes" : "officeReport.compare.no"],
            _ => texts.Catalogue.Number(number),
        };
    }

    /// <summary>A round by its slug, a type by its name in the questionnaire, else the code.</summary>
    private string GroupOf(string code)
    {
        var name = code[(code.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return code.StartsWith("type ", StringComparison.Ordinal) ? definition.Questionnaire.WithRole(QuestionRole.Type)?.Choice(name)?.Label.In(texts.Language) ?? name : name;
    }
}
