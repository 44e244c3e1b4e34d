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
    /// <summary>The logos of the network and its funders by file name, as <see cref="Logo.File"/> names them.</summary>
    public IReadOnlyDictionary<string, RoundPicture> Pictures { get; init; } = new Dictionary<string, RoundPicture>();

    /// <summary>The slugs of the points that the round asks, in the plan's order.</summary>
    public IReadOnlyList<string> Points { get; } = [.. Plan.Points.Select(p => p.Slug)];

    /// <summary>Whether this is the code of a place that may be answered.</summary>
    public bool IsCountry(string code) => Regions.Country(code) is not null;

    /// <summary>
    /// The plan without the optional points that are not among <paramref name="asked"/> and, where the round is named, without those that
    /// begin after its year or ended before.
    /// </summary>
    public static Plan Asked(Plan plan, IReadOnlyCollection<string> asked, string round = "") =>
        plan with { Points = plan.PointsOf(round, asked) };

    /// <summary>
    /// The definition of these frozen templates. They were checked when they were frozen, so a problem here is a fault of ours:
    /// it throws <see cref="InvalidOperationException"/> with all of them.
    /// </summary>
    public static RoundDefinition Of(SurveyRound round)
    {
        var parsed = Parse(round.Templates, round.OptionalPoints.Split(' ', StringSplitOptions.RemoveEmptyEntries), round.Slug);
        return parsed.Value ?? throw new InvalidOperationException($"The templates frozen in round {round.Slug} cannot be read: {string.Join("; ", parsed.Problems)}");
    }

    /// <summary>
    /// Reads a round's templates: one each of kind plan, questionnaire, regions and network, and report texts by language. All problems at once,
    /// with file and line.
    /// </summary>
    /// <param name="round">The round's slug; points that do not exist in its year are not asked.</param>
    /// <param name="place">How a template is named in problems; by kind and name unless said otherwise.</param>
    public static Parsed<RoundDefinition> Parse(
        IEnumerable<RoundTemplate> templates, IReadOnlyCollection<string> optionalPoints, string round = "", Func<RoundTemplate, string>? place = null)
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

        var pictures = new Dictionary<string, RoundPicture>(StringComparer.Ordinal);
        foreach (var file in files.Where(f => f.Kind == TemplateKinds.Picture))
        {
            if (RoundPicture.Read(file.Content) is { } picture)
            {
                pictures[file.Name] = picture;
            }
            else
            {
                problems.Add(new(Place(file), "round.picture", "This picture cannot be read; it should be an .svg or .png file."));
            }
        }

        foreach (var unknown in optionalPoints.Where(p => plan is not null && plan.Points.All(point => point.Slug != p || !point.IsOptional)))
        {
            problems.Add(new("round", "round.unknown-point", $"The plan has no optional point '{unknown}'."));
        }

        return problems.Count == 0
            ? Parsed<RoundDefinition>.Of(new RoundDefinition(Asked(plan!, optionalPoints, round), questionnaire!, regions!, network!, texts) { Pictures = pictures })
            : Parsed<RoundDefinition>.Refused(problems);

        string Place(RoundTemplate file) => place?.Invoke(file) ?? $"{file.Kind}/{file.Name}";

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
            var parsed = parse(file.Content, Place(file));
            problems.AddRange(parsed.Problems);
            return parsed.Value;
        }
    }

    /// <summary>
    /// What a new round would lack although each of its templates can be read: whoever answers or reads in one of the network's languages
    /// must find everything in it, and the pictures must be there. Texts of the report are held against this only if there are any.
    /// </summary>
    /// <param name="place">How a kind of template is named in problems.</param>
    public IReadOnlyList<Problem> Lacks(Func<string, string> place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var problems = new List<Problem>();
        foreach (var (kind, texts) in new[] { (TemplateKinds.Plan, Plan.Title), (TemplateKinds.Questionnaire, Questionnaire.Title), (TemplateKinds.Regions, Regions.Title) })
        {
            var missing = Network.Languages.Where(language => !texts.Texts.ContainsKey(language)).ToList();
            if (missing.Count > 0)
            {
                problems.Add(new(place(kind), "missing-language", $"This file is not in {string.Join(", ", missing)}, which the network uses; add it to 'status' and to every text, or take it out of the network's 'languages'."));
            }
        }

        foreach (var language in Network.Languages.Where(language => ReportTexts.Count > 0 && !ReportTexts.ContainsKey(language)))
        {
            problems.Add(new(place(TemplateKinds.Network), "missing-language", $"The network's language '{language}' has no texts of the report; add report/{language}.yaml or take the language out."));
        }

        foreach (var logo in Network.Pictures.Where(logo => !Pictures.ContainsKey(logo)))
        {
            problems.Add(new(place(TemplateKinds.Network), "missing-picture", $"The picture '{logo}' is not there; put it beside network.yaml."));
        }

        problems.AddRange(CatalogueComparison.Of([.. ReportTexts.Values]));
        return problems;
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

    /// <summary>A logo, as a data address (<see cref="RoundPicture"/>); the template's name is the file's.</summary>
    public const string Picture = "picture";
}
