using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;

namespace Survey.Reporting.Editions;

/// <summary>The annexes: what the spreads do not show, countries by region, who agreed to be listed, the questionnaire as asked, the versions.</summary>
public sealed partial class ContentBuilder
{
    private IEnumerable<EditionBlock> FullTables()
    {
        var blocks = Cube.Points.SelectMany(PointTables).Concat(OutsidePoints()).ToList();
        yield return new ChapterBlock("annex-tables", _words.Text("annex.kicker"), _words.Text("annex.tables"), _words.Text("annex.tablesLead"), null, ChapterTone.Accent, RunsOn: true);
        foreach (var block in blocks)
            yield return block;
    }

    private IEnumerable<EditionBlock> PointTables(PointFigures point)
    {
        var id = "annex-point-" + point.Point;
        var tables = new List<EditionBlock>();
        foreach (var figures in point.Ratings)
        {
            if (_input.Questionnaire.Question(figures.Question) is not { } question)
                continue;
            if (question.Key != _lead?.Key && question.Key != _state?.Key)
                tables.Add(RatingTable($"{id}--{question.Key}", TableTitle(question, point.Point), question, figures, [.. WorldAndRegions().Skip(1), Cube.World]));
            if (figures.IsNetBalance is not null && RegionTrends(RoundsTable(point.Point, question), question, figures) is { } trends)
                tables.Add(trends);
        }

        foreach (var figures in point.Several)
        {
            if (_input.Questionnaire.Question(figures.Question) is { } question)
                tables.Add(SeveralTable(FullTable(point.Point, question), TableTitle(question, point.Point), question, figures));
        }

        return tables.Count == 0 ? [] : [new HeadingBlock(2, _names.NumberedPoint(point.Point), id), .. tables];
    }

    /// <summary>The id of the annex's table of a question at a point, by region.</summary>
    private static string FullTable(string point, Question question) => $"annex-point-{point}--{question.Key}";

    /// <summary>The id of the annex's table of a rating at a point, by region and round.</summary>
    private static string RoundsTable(string point, Question question) => FullTable(point, question) + "-rounds";

    private IEnumerable<EditionBlock> OutsidePoints()
    {
        var tables = new List<EditionBlock>();
        foreach (var figures in Cube.Ratings)
        {
            if (_input.Questionnaire.Question(figures.Question) is { } question)
                tables.Add(RatingTable("annex-question-" + question.Key, _words.In(question.ShortTitle), question, figures, [.. WorldAndRegions().Skip(1), Cube.World]));
        }

        foreach (var figures in Cube.Several)
        {
            if (_input.Questionnaire.Question(figures.Question) is { Role: not QuestionRole.Priorities } question)
                tables.Add(SeveralTable("annex-question-" + question.Key, _words.In(question.ShortTitle), question, figures));
        }

        return tables.Count == 0 ? [] : [new HeadingBlock(2, _words.Text("annex.organisation"), "annex-organisation-tables"), .. tables];
    }

    /// <summary>A headline by region and round, with the difference to the round before; null where no region has two rounds.</summary>
    private TableBlock? RegionTrends(string id, Question question, RatingFigures figures) => TrendsTable(id, question, "figures.region", figures.IsNetBalance == true,
        [.. WorldAndRegions().Skip(1).Append(Cube.World).Select(r => (_names.Region(r), figures.Trend(r), r == Cube.World))]);

    /// <summary>A headline round by round, a row for each trend that there is, with the difference to the round before and its verdict; null where there is none, or one round alone.</summary>
    private TableBlock? TrendsTable(string id, Question question, string heading, bool isNet, IReadOnlyList<(string Label, Trend? Trend, bool IsTotal)> all)
    {
        var trends = all.Where(t => t.Trend is not null).ToList();
        var rounds = Rounds().Where(round => trends.Exists(t => t.Trend!.Points.Any(p => p.Round == round))).ToList();
        if (trends.Count == 0 || rounds.Count < 2)
            return null;
        var hasBreak = false;
        var rows = trends.ConvertAll(row =>
        {
            var trend = row.Trend!;
            var cells = new List<TableCell> { new(row.Label) };
            foreach (var round in rounds)
            {
                var point = trend.Points.FirstOrDefault(p => p.Round == round);
                hasBreak |= point is { IsBreakBefore: true };
                cells.Add(new TableCell(point is null ? _words.Text("figures.none")
                    : point.IsBreakBefore ? _words.Text("figures.breakLabel", ("round", _words.Figure(point.Headline.Value, isNet)))
                    : _words.Figure(point.Headline.Value, isNet)));
            }

            cells.Add(new TableCell(trend.Change is { } change ? _words.Signed(change.Value) : _words.Text("figures.none")));
            cells.Add(new TableCell(trend.Change is { } range ? _words.Range(range.Low, range.High, true) : _words.Text("figures.none")));
            cells.Add(new TableCell(trend.Change is { } clear ? _words.Text(clear.IsClear ? "trend.clear" : "trend.notClear") : _words.Text("figures.none")));
            return new TableRow(cells, row.IsTotal);
        });
        return new TableBlock(id, _words.Text("trend.tableTitle", ("question", _words.In(question.ShortTitle))), null,
            [
                new(_words.Text(heading), CellAlignment.Start, 2.4),
                .. rounds.Select(r => new TableColumn(r, CellAlignment.End, 1)),
                new(_words.Text("trend.difference"), CellAlignment.End, 1),
                new(_words.Text("figures.range"), CellAlignment.End, 1.4),
                new(_words.Text("trend.verdict"), CellAlignment.Start, 1.2),
            ],
            rows,
            hasBreak ? _words.Text("figures.break") : _words.Text("trend.unadjusted"));
    }

    /// <summary>Which points belong to which targets and objectives, each with its chapter; none where the plan names none.</summary>
    private IEnumerable<EditionBlock> Index()
    {
        var points = Cube.Points.Select(p => _input.Plan.Point(p.Point)).OfType<Domain.Plans.PlanPoint>().ToList();
        if (points.TrueForAll(p => p.SdgTargets.Count == 0 && p.GcmObjectives.Count == 0))
            yield break;
        yield return new ChapterBlock("annex-index", _words.Text("annex.kicker"), _words.Text("index.title"), _words.Text("index.lead"), null, ChapterTone.Accent, RunsOn: true);
        foreach (var (id, title, codes, text, address) in new (string, string, Func<Domain.Plans.PlanPoint, IReadOnlyList<string>>, Func<string, string>, Func<string, string>)[]
        {
            ("annex-index-sdg", "plan.sdg", p => p.SdgTargets, code => _names.Target(code, "index.target"), _names.TargetAddress),
            ("annex-index-gcm", "plan.gcm", p => p.GcmObjectives, code => _names.Objective(code, "index.objectiveTitle", _words.Text("index.objective", ("code", code))), _ => _words.Text("index.gcmAddress")),
        })
        {
            var entries = points.SelectMany(p => codes(p)).Distinct(StringComparer.Ordinal).OrderBy(Place).ThenBy(code => code, StringComparer.Ordinal)
                .Select(code => new IndexEntry(text(code), address(code), [.. points.Where(p => codes(p).Contains(code)).Select(p => new IndexPlace(_names.NumberedPoint(p.Slug), ChapterIdOf(p.Slug)))])).ToList();
            if (entries.Count > 0)
                yield return new IndexBlock(id, _words.Text(title), entries);
        }

        // "10.7" after "8.8", "10.c" after "10.7".
        static int Place(string code)
        {
            var parts = code.Split('.');
            var goal = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
            return (goal * 1000) + (parts.Length < 2 ? 0 : int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var target) ? target : 900);
        }
    }

    private IEnumerable<EditionBlock> Countries()
    {
        yield return new ChapterBlock("annex-countries", _words.Text("annex.kicker"), _words.Text("annex.countries"), _words.Text("annex.countriesLead"), null, ChapterTone.Accent, RunsOn: true);
        yield return new DefinitionsBlock([.. _input.Geography.Regions.Select(r => new Definition(
            _words.In(r.Name), r.Countries.Count > 0 ? _words.Chain([.. EditionNames.Sorted(r.Countries.Select(c => _words.In(c.Name)), name => name)]) : _words.Text("annex.noCountries")))]);
        if (_input.Geography.Notes.Count > 0)
        {
            yield return new HeadingBlock(2, _words.Text("annex.names"), "annex-names");
            yield return new ListBlock([.. _input.Geography.Notes.Select(n => _words.In(n.Text))]);
        }
    }

    /// <summary>The table of the participating organisations that agreed to be listed, a row each.</summary>
    public const string ListingTable = "annex-organisations-table";

    private IEnumerable<EditionBlock> ListedOrganisations()
    {
        var listed = _input.Listed;
        yield return new ChapterBlock("annex-organisations", _words.Text("annex.kicker"), _words.Text("annex.organisations"),
            listed.Count > 0 ? _words.Plural("annex.organisationsLead", listed.Count) : _words.Text("annex.organisationsNone"), null, ChapterTone.Accent, RunsOn: true);
        if (listed.Count > 0)
        {
            yield return new TableBlock(ListingTable, _words.Text("annex.organisationsTable"), null,
                [new(_words.Text("annex.organisationName"), CellAlignment.Start, 3), new(_words.Text("annex.country"), CellAlignment.Start, 2)],
                [.. listed.Select(o => new TableRow([new(o.Name), new(o.Country.Length > 0 ? _names.Country(o.Country) : _words.Text("figures.none"))]))],
                NamingNote(listed.Select(o => o.Country)));
        }
    }

    /// <summary>The notes that go with the names of these countries and areas, Kosovo's among them; null without any.</summary>
    private string? NamingNote(IEnumerable<string> codes)
    {
        var shown = codes.ToHashSet(StringComparer.Ordinal);
        var notes = _input.Geography.Notes.Where(n => n.IsNaming && n.Codes.Any(shown.Contains)).Select(n => _words.In(n.Text)).ToList();
        return notes.Count > 0 ? string.Join(' ', notes) : null;
    }

    private IEnumerable<EditionBlock> QuestionnaireWording()
    {
        yield return new ChapterBlock("annex-questionnaire", _words.Text("annex.kicker"), _words.Text("annex.questionnaire"), _words.Text("annex.questionnaireLead"), null, ChapterTone.Accent, RunsOn: true);
        foreach (var section in _input.Questionnaire.Sections)
        {
            yield return new HeadingBlock(2, _words.In(section.Title), "annex-section-" + section.Slug);
            if (section.IsPerPoint)
                yield return new NoteBlock(_words.Text("annex.perPoint"));
            if (section.Questions.Count > 0)
                yield return new DefinitionsBlock([.. section.Questions.Select(q => new Definition(_words.In(q.Text), Wording(q)))]);
        }
    }

    private string Wording(Question question) => Sentences(
        question.Help is { } help ? _words.In(help) : null,
        question.Choices.Count > 0 ? _words.Text("annex.answers", ("answers", _words.Chain([.. question.Choices.Select(c => _words.In(c.Label))]))) : _words.Text("kinds." + KindKey(question.Kind)),
        question is { Maximum: { } most, Kind: QuestionKind.SeveralChoices or QuestionKind.Points or QuestionKind.Countries } ? _words.Text("annex.most", ("n", most)) : null);

    private static string KindKey(QuestionKind kind) => kind switch
    {
        QuestionKind.Number => "number",
        QuestionKind.ShortText or QuestionKind.LongText => "text",
        QuestionKind.Country => "country",
        QuestionKind.Countries => "countries",
        QuestionKind.Points => "points",
        QuestionKind.OneChoice or QuestionKind.Scale => "oneChoice",
        QuestionKind.SeveralChoices => "severalChoices",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new kind of question needs words in the report's texts."),
    };

    private IEnumerable<EditionBlock> ChangeLog()
    {
        yield return new ChapterBlock("annex-changes", _words.Text("annex.kicker"), _words.Text("annex.changes"), _words.Text("annex.changesLead"), null, ChapterTone.Accent, RunsOn: true);
        // It is typed when the version is published, after its files were made.
        if (_input.ChangeLog.Count > 0 && _input.Facts.Version is { } version && _words.Has("annex.corrects"))
        {
            yield return new ParagraphBlock(_input.AddressIn(_words.Language) is { } address
                ? _words.Text("annex.correctsAt", ("n", version), ("address", address)) : _words.Text("annex.corrects", ("n", version)));
        }

        if (_input.ChangeLog.Count == 0)
        {
            yield return new ParagraphBlock(_words.Text("annex.noChanges"));
            yield break;
        }

        yield return new TableBlock("annex-changes-table", _words.Text("annex.changesTable"), null,
            [new(_words.Text("annex.version"), CellAlignment.Start, 1), new(_words.Text("annex.date"), CellAlignment.Start, 2), new(_words.Text("annex.change"), CellAlignment.Start, 5)],
            [.. _input.ChangeLog.Select(v => new TableRow([new(_words.Number(v.Number)), new(_words.Date(v.PublishedOn)), new(v.Text.Length > 0 ? v.Text : v.Number == 1 ? _words.Text("annex.firstVersion") : _words.Text("figures.none"))]))],
            null);
    }
}
