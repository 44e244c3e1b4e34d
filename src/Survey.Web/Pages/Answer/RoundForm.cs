using Survey.Domain.Geography;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Web.Pages.Answer;

/// <summary>A round's definition as the survey pages ask it: page by page, with the places that can be chosen.</summary>
public sealed record RoundForm(RoundDefinition Definition)
{
    /// <summary>What hides a question until its condition holds.</summary>
    public ConditionSheet Conditions { get; } = new(Definition.Questionnaire);

    public Questionnaire Questionnaire => Definition.Questionnaire;

    /// <summary>The points that the round asks, in the plan's order.</summary>
    public IReadOnlyList<PlanPoint> Points => Definition.Plan.Points;

    /// <summary>The slugs of the points asked.</summary>
    public IReadOnlyList<string> PointSlugs => Definition.Points;

    /// <summary>The round's region scheme.</summary>
    public RegionScheme Places => Definition.Regions;

    /// <summary>Whether the code is one of those in the list of countries, written as there.</summary>
    public bool IsCountry(string code) => Places.Country(code) is { IsUninhabited: false } place && place.Code == code;

    /// <summary>The pages of the survey in order: one per section, or one per point where a section is asked of each.</summary>
    public IEnumerable<SurveyPart> Parts =>
        from section in Questionnaire.Sections
        from point in section.IsPerPoint ? Points : [null!]
        select new SurveyPart(section, point);

    /// <summary>The page with this section and point, or null.</summary>
    public SurveyPart? Part(string section, string? point) => Parts.FirstOrDefault(p => p.Section.Slug == section && p.PointSlug == (point ?? ""));
}

/// <summary>One page of the survey: a section, of one point where it is asked of each.</summary>
public sealed record SurveyPart(Section Section, PlanPoint? Point)
{
    /// <summary>The point's slug, empty outside the points.</summary>
    public string PointSlug => Point?.Slug ?? "";

    /// <summary>What of the draft it shows and saves.</summary>
    public DraftPart Draft => new(Section, PointSlug);

    /// <summary>The page's path below the response's.</summary>
    public string Path => Point is null ? $"q/{Section.Slug}" : $"q/{Section.Slug}/{Point.Slug}";

    /// <summary>The page's title.</summary>
    public string TitleIn(string language) => (Point?.Title ?? Section.Title).In(language);
}
