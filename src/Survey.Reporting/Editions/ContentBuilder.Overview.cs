using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Charts;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Findings;

namespace Survey.Reporting.Editions;

/// <summary>The chapters before the points: summary, who answered, the plan at a glance; and the priorities after them.</summary>
public sealed partial class ContentBuilder
{
    private IEnumerable<EditionBlock> Summary()
    {
        var summary = new SummaryFindings(_reading);
        var balance = summary.Balance("summary.balance");
        yield return new ChapterBlock("summary", _words.Text("summary.kicker"), _words.Text("summary.title"), balance.Text, null, ChapterTone.Primary, balance.Tag);
        foreach (var finding in summary.InOrder())
            yield return finding.ToBlock();
        var points = Cube.Points.Select(SummaryPointOf).ToList();
        yield return new SummaryListBlock(
            "summary-points",
            _words.Text("summary.points"),
            _words.Text("figures.point"),
            _words.Text(LeadIsNet ? "figures.net" : "figures.share"),
            _words.Text("figures.range"),
            _words.Text("figures.answers"),
            Marks(points.Select(p => p.Direction)),
            points,
            Sentences(_state is { Measure: not null } ? _words.Text("said.asked", ("label", PositiveLabel(_state)), ("question", _words.In(_state.Text))) : null, _lead is null ? null : _words.Text(LeadIsNet ? "summary.noteNet" : "summary.noteShare"), _words.Text("range.meaning")));
    }

    private string PositiveLabel(Question question) => _words.Either([.. RatingReading.PositiveLabels(question).Select(l => _words.Quoted(_words.In(l)))]);

    private SummaryPoint SummaryPointOf(PointFigures point)
    {
        var cell = LeadFigures(point)?.World;
        var said = new PointFindings(_reading, point).InShort();
        return new SummaryPoint(
            _names.PointNumber(point.Point),
            _names.Point(point.Point),
            said.Text,
            PointDirection(point, Cube.World),
            cell?.Headline is { } headline ? _words.Figure(headline.Value, LeadIsNet) : null,
            cell?.Headline is { } range ? _words.Range(range.Low, range.High, LeadIsNet) : null,
            cell?.ValidN is { } n ? _words.Number(n) : null,
            ChapterIdOf(point.Point),
            said.Tag);
    }

    private IEnumerable<EditionBlock> WhoAnswered()
    {
        var who = Cube.Participation;
        var findings = new ParticipationFindings(_words, _names, Cube);
        var rate = findings.Rate("participation.rate");
        yield return new ChapterBlock("participation", _words.Text("participation.kicker"), _words.Text("participation.title"), rate.Text, null, ChapterTone.Primary, rate.Tag);
        yield return new TilesBlock([.. ParticipationTiles()]);
        // What stands in the figure's title is not said a second time above it.
        foreach (var block in Said(findings.Against("participation.against") is null ? null : findings.Regions("participation.regions"),
            findings.LedBy("participation.migrants", _input.Questionnaire, QuestionRole.LedByMigrants), findings.LedBy("participation.women", _input.Questionnaire, QuestionRole.LedByWomen)))
        {
            yield return block;
        }

        if (ShareCharts.OfRates(_words, _names, Cube) is { } rates)
        {
            var title = RatesTitle(findings);
            yield return new FigureBlock("participation-rates", title.Text, _words.Text("participation.ratesMeasure"), Source(who.Responses),
                _words.Text("alternative.bars", ("data", _words.Text("participation.ratesData")), ("values", Values(rates.Rows.Select(r => (r.Label, r.Text))))), rates, title.Tag);
        }

        yield return RatesTable();
        if (ShareCharts.OfMap(_words, _names, _input) is { } map)
        {
            var title = findings.Half("participation.half", Cube.Regions.Where(r => ShareCharts.CountriesOf(_input, r).Count > 0));
            yield return new FigureBlock("participation-map", title?.Text ?? _words.Text("participation.mapTitle"), _words.Text("participation.mapMeasure"), Sentences(MapNote(), Source(who.Responses)),
                _words.Text("alternative.map", ("values", Values(map.Regions.Select(r => (r.Label, r.Text))))), map, title?.Tag, new TableReference("participation-table", ""));
        }

        if (who.Types.Count > 0)
            yield return GroupsTable("participation-types", "participation.typesTitle", "participation.type", who.Types, code => _names.Choice(_input.Questionnaire.WithRole(QuestionRole.Type)?.Key ?? "", code));
        if (who.Languages.Count > 0)
            yield return GroupsTable("participation-languages", "participation.languagesTitle", "participation.language",
                [.. EditionNames.Sorted(who.Languages.Where(l => l.Code != PublishedGroup.OtherGroups), l => _names.LanguageAlone(l.Code)), .. who.Languages.Where(l => l.Code == PublishedGroup.OtherGroups)], _names.LanguageAlone);
        yield return findings.NotCounted("participation.notCounted").ToBlock();
    }

    private IEnumerable<Tile> ParticipationTiles()
    {
        var who = Cube.Participation;
        yield return new Tile(_words.Number(who.Responses), _words.Plural("participation.tileResponses", who.Responses));
        yield return new Tile(_words.Number(who.Population), _words.Plural("participation.tilePopulation", who.Population));
        if (who.RatePercent is { } rate)
            yield return new Tile(_words.Percent(rate), _words.Text("participation.tileRate"));
        if (who.Countries > 0)
            yield return new Tile(_words.Number(who.Countries), _words.Plural("participation.tileCountries", who.Countries));
    }

    private static Finding RatesTitle(ParticipationFindings findings) =>
        findings.Against("participation.against") ?? findings.Regions("participation.regions") ?? findings.InShort("participation.who");

    private TableBlock RatesTable()
    {
        var who = Cube.Participation;
        var earlier = who.Earlier.Count > 0 ? who.Earlier[^1] : null;
        var columns = new List<TableColumn>
        {
            new(_words.Text("figures.region"), CellAlignment.Start, 2),
            new(_words.Text("participation.population"), CellAlignment.End, 1),
            new(_words.Text("participation.responses"), CellAlignment.End, 1),
            new(_words.Text("participation.rateColumn"), CellAlignment.End, 1),
        };
        if (earlier is not null)
            columns.Add(new TableColumn(_words.Text("participation.rateThen", ("round", earlier.Round)), CellAlignment.End, 1));
        var rows = Cube.Regions.Select(r => Row(_names.Region(r.Slug), r.Population, r.Responses, r.RatePercent, ShareCharts.Then(earlier, r)?.RatePercent, false)).ToList();
        rows.Add(Row(_names.Region(Cube.World), who.Population, who.Responses, who.RatePercent, earlier?.RatePercent, true));
        var hasNone = earlier is not null && (earlier.RatePercent is null || Cube.Regions.Any(r => ShareCharts.Then(earlier, r)?.RatePercent is null));
        return new TableBlock("participation-table", _words.Text("participation.tableTitle"), null, columns, rows, Sentences(MergedRegionsNote(), hasNone && _words.Has("participation.noneThen") ? _words.Text("participation.noneThen", ("round", earlier!.Round)) : null) is { Length: > 0 } note ? note : null);

        TableRow Row(string label, int population, int responses, int? rate, int? then, bool isTotal)
        {
            var cells = new List<TableCell> { new(label), new(_words.Number(population)), new(_words.Number(responses)), new(PercentOrDash(rate), rate) };
            if (earlier is not null)
                cells.Add(new TableCell(PercentOrDash(then)));
            return new TableRow(cells, isTotal);
        }
    }

    private string? MergedRegionsNote() =>
        Cube.Regions.FirstOrDefault(r => r.Slug == PublishedRegion.OtherRegions) is { Members.Count: > 0 } merged
            ? _words.Text("regions.mergedNote", ("regions", _words.List([.. merged.Members.Select(_names.Region)])), ("minimum", Cube.Rules.RegionMinimum))
            : null;

    private TableBlock GroupsTable(string id, string titleKey, string headingKey, IReadOnlyList<PublishedGroup> groups, Func<string, string> name)
    {
        var merged = groups.FirstOrDefault(g => g.Code == PublishedGroup.OtherGroups);
        return new TableBlock(id, _words.Text(titleKey), null,
            [
                new(_words.Text(headingKey), CellAlignment.Start, 2),
                new(_words.Text("participation.population"), CellAlignment.End, 1),
                new(_words.Text("participation.responses"), CellAlignment.End, 1),
                new(_words.Text("participation.rateColumn"), CellAlignment.End, 1),
            ],
            [.. groups.Select(g => new TableRow([new(name(g.Code)), new(_words.Number(g.Population)), new(_words.Number(g.Responses)), new(PercentOrDash(g.RatePercent), g.RatePercent)]))],
            merged is { Members.Count: > 0 } ? _words.Text("groups.mergedNote", ("groups", _words.List([.. merged.Members.Select(name)]))) : null);
    }

    private string MapNote()
    {
        var notes = new List<string>();
        if (_input.Geography.BoundaryNote is { } boundaries)
            notes.Add(_words.In(boundaries));
        notes.AddRange(_input.Geography.Notes.Where(n => n.IsNaming && n.Codes.Contains("XK")).Select(n => _words.In(n.Text)));
        var elsewhere = Cube.Regions.Where(r => (r.Members.Count > 0 ? r.Members : [r.Slug]).All(m => _input.Geography.Region(m) is null or { Countries.Count: 0 })).ToList();
        if (elsewhere.Count > 0)
            notes.Add(_words.Text("participation.notOnMap", ("values", Values(elsewhere.Select(r => (_names.Region(r.Slug), PercentOrDash(r.RatePercent)))))));
        return notes.Count == 0 ? _words.Text("participation.boundaries") : string.Join(' ', notes);
    }

    private IEnumerable<EditionBlock> Glance()
    {
        yield return new ChapterBlock("glance", _words.Text("glance.kicker"), _words.Text("glance.title"), _words.Text(LeadIsNet ? "glance.leadNet" : "glance.leadShare"), null, ChapterTone.Primary);
        if (_lead is null || Cube.Points.Count == 0)
        {
            yield return new ParagraphBlock(_words.Text("tooFew.noRating"));
            yield break;
        }

        foreach (var block in Said(new RegionFindings(_reading, Cube.World).Extremes("glance.extremes")))
            yield return block;
        var empty = WorldAndRegions().Skip(1).Where(r => Cube.Points.All(p => LeadFigures(p)?.Cell(r)?.Headline is null)).ToList();
        var slugs = WorldAndRegions().Except(empty, StringComparer.Ordinal).ToList();
        var rows = Cube.Points.Select(p => new HeatmapRow(_names.PointNumber(p.Point), _names.Point(p.Point), [.. slugs.Select(r => HeatmapCellOf(p, r))])).ToList();
        var title = new SummaryFindings(_reading).Cells("glance.cells");
        var hasSmallBase = rows.Exists(r => r.Cells.Any(c => c.IsSmallBase));
        yield return new HeatmapBlock(
            "glance-heatmap",
            title?.Text ?? _words.Text(LeadIsNet ? "glance.heatmapNet" : "glance.heatmapShare"),
            ChartsOf(_lead, LeadFigures(Cube.Points.First(p => LeadFigures(p) is not null))!).Measure(),
            _words.Text("figures.point"),
            [.. slugs.Select(_names.RegionShort)],
            rows,
            [.. Enumerable.Range(-2, 5).Select(ClassLabel)],
            Marks(rows.SelectMany(r => r.Cells).Where(c => c.Class is not null).Select(c => c.Direction)),
            hasSmallBase ? _words.Text("figures.smallBase", ("from", Cube.Rules.SharesFrom), ("below", Cube.Rules.PlainFrom)) : null,
            Sentences(rows.Exists(r => r.Cells.Any(c => c.Class is null)) ? _words.Text("glance.dash") : null, title is not null && LeadIsNet && _words.Has("titles.cellsNote") ? _words.Text("titles.cellsNote") : null, LeftOut(empty), MergedRegionsNote(), Source(null)) is { Length: > 0 } note ? note : null,
            title?.Tag);
    }

    private HeatmapCell HeatmapCellOf(PointFigures point, string region)
    {
        var cell = LeadFigures(point)?.Cell(region);
        return cell?.Headline is { } headline
            ? new HeatmapCell(_words.Figure(headline.Value, LeadIsNet), ClassOf(headline.Value), PointDirection(point, region), cell.Treatment == CellTreatment.SmallBase)
            : new HeatmapCell(_words.Text("figures.none"), null, Direction.None, false);
    }

    /// <summary>Five classes: a balance by 10 and 30 points either side of zero, a share by fifths.</summary>
    private int ClassOf(int value) => LeadIsNet
        ? value switch { <= -30 => -2, <= -10 => -1, < 10 => 0, < 30 => 1, _ => 2 }
        : Math.Clamp((value / 20) - 2, -2, 2);

    private string ClassLabel(int index) => LeadIsNet
        ? index switch
        {
            -2 => _words.Range(-100, -30, true),
            -1 => _words.Range(-29, -10, true),
            0 => _words.Range(-9, 9, true),
            1 => _words.Range(10, 29, true),
            _ => _words.Range(30, 100, true),
        }
        : _words.Text("marks.range", ("low", _words.Number((index + 2) * 20)), ("high", _words.Percent(index == 2 ? 100 : ((index + 2) * 20) + 19)));

    private IEnumerable<EditionBlock> Priorities()
    {
        if (_input.Questionnaire.WithRole(QuestionRole.Priorities) is not { } question || Cube.SeveralOf(question.Key) is not { } figures)
            yield break;
        var first = new SummaryFindings(_reading).Priority("priorities.first");
        yield return new ChapterBlock("priorities", _words.Text("priorities.kicker"), _words.Text("priorities.title"), first?.Text, null, ChapterTone.Primary, first?.Tag);
        if (SeveralFigure("priorities", CubeCell.NoPoint, question, figures, Cube.World) is { } figure)
            yield return figure;
        yield return SeveralTable("priorities-table", _words.In(question.ShortTitle), question, figures);
    }

    private string PercentOrDash(int? percent) => percent is { } value ? _words.Percent(value) : _words.Text("figures.none");

    private string Values(IEnumerable<(string Label, string Value)> values) => _words.Chain([.. values.Select(v => _words.Pair(v.Label, v.Value))]);
}
