using System.Globalization;
using System.Text;
using System.Text.Json;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;

namespace Survey.Reporting.OpenData;

/// <summary>
/// The data of an edition for reuse, made from the cube alone, so that no file says more than the report: shares by region, headlines, trends, who answered,
/// a codebook in every language, a read-me with licence, citation and caveats, the description of the study for archives (DDI) and of the files for programs (datapackage.json), checksums,
/// and all of it as one file. The same input gives the same bytes.
/// </summary>
public static class DataPack
{
    /// <summary>The files of the pack; <paramref name="texts"/> are the report's words by language, a read-me for each.</summary>
    public static IReadOnlyList<DataFile> Of(EditionInput input, IReadOnlyDictionary<string, TextCatalogue> texts)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(texts);
        var cube = input.Cube;
        var languages = texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value).ToList();
        List<DataFile> files = [.. FiguresOf(cube), Codebook(input, texts)];
        files =
        [
            .. files,
            .. languages.Select(t => DdiCodebook.Of(input, t, files)),
            .. languages.Select(t => ReadMe(input, t)),
        ];
        files.Add(DataPackage.Of(input, texts.GetValueOrDefault("en") ?? languages[0], files));
        files.Add(PackFile.SumsOf(files));
        return [.. files, PackFile.ZipOf(files, Folder(input))];
    }

    /// <summary>The files that hold figures: all that the pack tells of the counts.</summary>
    public static IReadOnlyList<DataFile> FiguresOf(Cube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        return [Ratings(cube), Headlines(cube), Trends(cube), Several(cube), Participation(cube)];
    }

    private static string Folder(EditionInput input) => $"progress-report-{input.Cube.Round}" + (input.Facts.Version is { } version ? $"-v{version.ToString(CultureInfo.InvariantCulture)}" : "") + "-data";

    private static IEnumerable<(string Point, RatingFigures Figures)> AllRatings(Cube cube) =>
        cube.Points.SelectMany(p => p.Ratings.Select(r => (p.Point, r))).Concat(cube.Ratings.Select(r => ("", r)));

    private static string Word(CellTreatment treatment) => JsonNamingPolicy.KebabCaseLower.ConvertName(treatment.ToString());

    private static DataFile Ratings(Cube cube)
    {
        var csv = new CsvText("round", "point", "question", "region", "treatment", "n", "group", "share", "dont_know_share");
        foreach (var (point, figures) in AllRatings(cube))
        {
            foreach (var cell in figures.Regions.Prepend(figures.World))
            {
                if (cell is { Shares: { } shares, Rung: { } rung })
                {
                    foreach (var (group, share) in figures.Rungs[rung].Zip(shares))
                        csv.Row(cube.Round, point, figures.Question, cell.Region, Word(cell.Treatment), cell.ValidN, group, share, cell.DontKnowShare);
                }
                else
                {
                    csv.Row(cube.Round, point, figures.Question, cell.Region, Word(cell.Treatment), cell.ValidN, null, null, cell.DontKnowShare);
                }
            }
        }

        return csv.ToFile("ratings.csv");
    }

    private static DataFile Headlines(Cube cube)
    {
        var csv = new CsvText("round", "point", "question", "region", "measure", "treatment", "n", "value", "low", "high", "weighted", "weighted_low", "weighted_high", "design_effect");
        foreach (var (point, figures) in AllRatings(cube).Where(r => r.Figures.IsNetBalance is not null))
        {
            foreach (var cell in figures.Regions.Prepend(figures.World))
            {
                var weighted = cell.Region == Cube.World ? figures.Weighted : null;
                csv.Row(cube.Round, point, figures.Question, cell.Region, Measure(figures), Word(cell.Treatment), cell.ValidN,
                    cell.Headline?.Value, cell.Headline?.Low, cell.Headline?.High, weighted?.Value, weighted?.Low, weighted?.High, weighted?.DesignEffect);
            }
        }

        return csv.ToFile("headlines.csv");
    }

    private static DataFile Trends(Cube cube)
    {
        var csv = new CsvText("point", "question", "region", "measure", "round", "n", "value", "low", "high", "is_break_before", "change_since", "change", "change_low", "change_high", "change_overlap_low", "change_overlap_high", "change_is_clear",
            "matched_n", "matched_up", "matched_down", "matched_same", "matched_change", "matched_low", "matched_high", "matched_mid_p");
        foreach (var (point, figures) in AllRatings(cube))
        {
            foreach (var trend in figures.Trends)
            {
                foreach (var at in trend.Points)
                {
                    var change = at == trend.Points[^1] ? trend.Change : null;
                    csv.Row(point, figures.Question, trend.Region, Measure(figures), at.Round, at.ValidN, at.Headline.Value, at.Headline.Low, at.Headline.High, at.IsBreakBefore,
                        change?.Since, change?.Value, change?.Low, change?.High, change?.Overlap?.Low, change?.Overlap?.High, change?.IsClear,
                        change?.Matched?.Organisations, change?.Matched?.Up, change?.Matched?.Down, change?.Matched?.Same, change?.Matched?.Value, change?.Matched?.Low, change?.Matched?.High, change?.Matched?.MidP);
                }
            }
        }

        return csv.ToFile("trends.csv");
    }

    private static string Measure(RatingFigures figures) => figures.IsNetBalance == true ? "net-balance" : "share";

    private static DataFile Several(Cube cube)
    {
        var csv = new CsvText("round", "point", "question", "region", "treatment", "n", "choice", "share");
        foreach (var (point, figures) in cube.Points.SelectMany(p => p.Several.Select(s => (p.Point, s))).Concat(cube.Several.Select(s => ("", s))))
        {
            foreach (var cell in figures.Regions.Prepend(figures.World))
            {
                if (cell.Shares is { } shares)
                {
                    foreach (var (choice, share) in figures.Choices.Zip(shares))
                        csv.Row(cube.Round, point, figures.Question, cell.Region, Word(cell.Treatment), cell.AnsweredN, choice, share);
                }
                else
                {
                    csv.Row(cube.Round, point, figures.Question, cell.Region, Word(cell.Treatment), cell.AnsweredN, null, null);
                }
            }
        }

        return csv.ToFile("several.csv");
    }

    private static DataFile Participation(Cube cube)
    {
        var who = cube.Participation;
        var csv = new CsvText("round", "kind", "code", "members", "population", "responses", "rate");
        csv.Row(cube.Round, "world", Cube.World, null, who.Population, who.Responses, who.RatePercent);
        foreach (var region in cube.Regions)
            csv.Row(cube.Round, "region", region.Slug, string.Join(' ', region.Members), region.Population, region.Responses, region.RatePercent);
        foreach (var group in who.Types)
            csv.Row(cube.Round, "type", group.Code, string.Join(' ', group.Members), group.Population, group.Responses, group.RatePercent);
        foreach (var group in who.Languages)
            csv.Row(cube.Round, "language", group.Code, string.Join(' ', group.Members), group.Population, group.Responses, group.RatePercent);
        foreach (var earlier in who.Earlier)
        {
            csv.Row(earlier.Round, "world", Cube.World, null, earlier.Population, earlier.Responses, earlier.RatePercent);
            foreach (var region in earlier.Regions)
                csv.Row(earlier.Round, "region", region.Slug, string.Join(' ', region.Members), region.Population, region.Responses, region.RatePercent);
        }

        return csv.ToFile("participation.csv");
    }

    private static DataFile Codebook(EditionInput input, IReadOnlyDictionary<string, TextCatalogue> texts)
    {
        var languages = texts.Keys.Order(StringComparer.Ordinal).ToList();
        var csv = new CsvText("kind", "question", "code", "language", "label");
        foreach (var point in input.Cube.Points.Select(p => input.Plan.Point(p.Point)).OfType<Domain.Plans.PlanPoint>())
            Labels("point", null, point.Slug, point.Title);
        foreach (var region in input.Geography.Regions)
            Labels("region", null, region.Slug, region.Name);
        foreach (var language in languages)
        {
            csv.Row("region", null, Cube.World, language, texts[language].Text("regions.world"));
            csv.Row("region", null, PublishedRegion.OtherRegions, language, texts[language].Text("regions.others"));
        }

        foreach (var figures in AllRatings(input.Cube).Select(r => r.Figures).DistinctBy(f => f.Question))
        {
            if (input.Questionnaire.Question(figures.Question) is not { } question)
                continue;
            Labels("question", null, question.Key, question.Text);
            foreach (var group in Enumerable.Range(0, figures.Rungs.Count).SelectMany(rung => RatingReading.GroupsOf(question, figures, rung)).DistinctBy(g => g.Code))
                Labels("group", question.Key, group.Code, group.Label);
        }

        foreach (var figures in input.Cube.Points.SelectMany(p => p.Several).Concat(input.Cube.Several).DistinctBy(f => f.Question))
        {
            if (input.Questionnaire.Question(figures.Question) is not { } question)
                continue;
            Labels("question", null, question.Key, question.Text);
            foreach (var choice in question.Choices)
                Labels("choice", question.Key, choice.Code, choice.Label);
        }

        if (input.Questionnaire.WithRole(QuestionRole.Type) is { } type)
        {
            foreach (var choice in type.Choices)
                Labels("type", type.Key, choice.Code, choice.Label);
        }

        return csv.ToFile("codebook.csv");

        void Labels(string kind, string? question, string code, LocalisedText text)
        {
            foreach (var language in languages)
                csv.Row(kind, question, code, language, text.In(language));
        }
    }

    /// <summary>The other files and their words; rounds whose report words were frozen before there were such files do not have them.</summary>
    private static readonly (string File, string Words)[] Described = [("ddi.*.xml", "dataPack.ddi"), (DataPackage.Name, "dataPack.package"), (PackFile.Sums, "dataPack.sums")];

    private static DataFile ReadMe(EditionInput input, TextCatalogue texts)
    {
        var words = new Wording(texts);
        var (network, rules) = (input.Network, input.Cube.Rules);
        var lines = new List<string>
        {
            "# " + words.Text("cover.title", ("title", words.In(network.ReportTitle)), ("round", input.Cube.Round)),
            words.Text("data.intro", ("publisher", words.In(network.Publisher)), ("date", DateOnly.FromDateTime(input.Cube.DataAsOf))),
        };
        if (input.Facts.IsSample || network.IsSample)
            lines.Add(words.Text("imprint.sample"));
        lines.Add("## " + words.Text("data.files"));
        lines.Add(string.Join('\n', new[] { "ratings", "headlines", "trends", "several", "participation", "codebook" }.Select(name => $"- `{name}.csv`: {words.Text("data." + name)}"))
            + string.Concat(Described.Where(d => words.Has(d.Words)).Select(d => $"\n- `{d.File}`: {words.Text(d.Words)}")));
        lines.Add("## " + words.Text("data.caveats"));
        lines.Add(string.Join('\n', new[]
        {
            words.Text("data.treatment", ("nothing", rules.NothingBelow), ("shares", rules.SharesFrom), ("plain", rules.PlainFrom)),
            words.Text("data.empty"),
            words.Text("range.meaning"),
            words.Text("imprint.selfSelected"),
            words.Text("trend.unadjusted"),
        }.Select(text => "- " + text)));
        lines.AddRange(input.Geography.Notes.Where(n => n.IsNaming && n.Codes.Contains("XK")).Select(n => words.In(n.Text)));
        lines.Add("## " + words.Text("imprint.licence"));
        lines.Add(string.Join(' ', new[] { network.Licence, network.LicenceAddress }.Where(p => p.Length > 0)));
        lines.Add("## " + words.Text("imprint.cite"));
        lines.Add(EditionCitation.Of(input, words));
        return new DataFile($"README.{texts.Language}.md", "text/markdown; charset=utf-8", Encoding.UTF8.GetBytes(string.Join("\n\n", lines) + "\n"));
    }
}
