using Survey.Domain.Geography;
using Survey.Domain.Networks;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Rounds;

/// <summary>
/// What a round asks, of whom and in which words, read from the templates that were frozen into it. Files on disk have no part in it.
/// <see cref="Plan"/> holds only the points that the round asks: optional ones are left out unless the round names them.
/// </summary>
/// <param name="ReportTexts">The words of the report by language code; the round's languages are its keys.</param>
public sealed record RoundDefinition(
    Plan Plan,
    Questionnaire Questionnaire,
    RegionScheme Regions,
    Network Network,
    IReadOnlyDictionary<string, TextCatalogue> ReportTexts)
{
    /// <summary>The slugs of the points that the round asks, in the plan's order.</summary>
    public IReadOnlyList<string> Points { get; } = [.. Plan.Points.Select(p => p.Slug)];

    /// <summary>Whether this is the code of a place that may be answered.</summary>
    public bool IsCountry(string code) => Regions.Country(code) is not null;

    /// <summary>The plan without the optional points that are not among <paramref name="asked"/>.</summary>
    public static Plan Asked(Plan plan, IReadOnlyCollection<string> asked) =>
        plan with { Points = [.. plan.Points.Where(p => !p.IsOptional || asked.Contains(p.Slug))] };

    /// <summary>
    /// The definition of these frozen templates. They were checked when they were frozen, so a problem here is a fault of ours:
    /// it throws <see cref="InvalidOperationException"/> with all of them.
    /// </summary>
    public static RoundDefinition Of(SurveyRound round)
    {
        var parsed = Parse(round.Templates, round.OptionalPoints.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return parsed.Value ?? throw new InvalidOperationException($"The templates frozen in round {round.Slug} cannot be read: {string.Join("; ", parsed.Problems)}");
    }

    /// <summary>
    /// Reads a round's templates: one each of kind plan, questionnaire, regions and network, and report texts by language. All problems at once,
    /// with file and line.
    /// </summary>
    public static Parsed<RoundDefinition> Parse(IEnumerable<RoundTemplate> templates, IReadOnlyCollection<string> optionalPoints)
    {
        var files = templates.OrderBy(t => t.Kind, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        var problems = new List<Problem>();
        var plan = One(TemplateKinds.Plan, PlanFile.Parse);
        var questionnaire = One(TemplateKinds.Questionnaire, QuestionnaireFile.Parse);
        var regions = One(TemplateKinds.Regions, (text, file) => RegionScheme.Parse(text, file));
        var network = One(TemplateKinds.Network, NetworkFile.Parse);
        var texts = new SortedDictionary<string, TextCatalogue>(StringComparer.Ordinal);
        foreach (var file in files.Where(f => f.Kind == TemplateKinds.Report))
        {
            if (Read(file, TextCatalogue.Parse) is { } catalogue)
            {
                texts[file.Name] = catalogue;
            }
        }

        foreach (var unknown in optionalPoints.Where(p => plan is not null && plan.Points.All(point => point.Slug != p || !point.IsOptional)))
        {
            problems.Add(new("round", "round.unknown-point", $"The plan has no optional point '{unknown}'."));
        }

        return problems.Count == 0
            ? Parsed<RoundDefinition>.Of(new RoundDefinition(Asked(plan!, optionalPoints), questionnaire!, regions!, network!, texts))
            : Parsed<RoundDefinition>.Refused(problems);

        T? One<T>(string kind, Func<string, string, Parsed<T>> parse)
            where T : class
        {
            if (files.Find(f => f.Kind == kind) is { } file)
            {
                return Read(file, parse);
            }

            problems.Add(new(kind, "round.no-template", $"The round has no {kind}."));
            return null;
        }

        T? Read<T>(RoundTemplate file, Func<string, string, Parsed<T>> parse)
            where T : class
        {
            var parsed = parse(file.Content, $"{file.Kind}/{file.Name}");
            problems.AddRange(parsed.Problems);
            return parsed.Value;
        }
    }
}

/// <summary>The kinds of template that a round freezes.</summary>
public static class TemplateKinds
{
    public const string Plan = "plan";
    public const string Questionnaire = "questionnaire";
    public const string Regions = "regions";
    public const string Network = "network";

    /// <summary>Report texts; the template's name is the language.</summary>
    public const string Report = "report";
}
