using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Charts;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Findings;

namespace Survey.Reporting.Editions;

/// <summary>The spread of a point and the page of a region.</summary>
public sealed partial class ContentBuilder
{
    private static string ChapterIdOf(string point) => "point-" + point;

    private IEnumerable<EditionBlock> PointSpread(PointFigures figures)
    {
        var slug = figures.Point;
        var point = _input.Plan.Point(slug);
        var number = _names.PointNumber(slug);
        yield return new ChapterBlock(
            ChapterIdOf(slug),
            Kicker(point, number),
            _names.PointTitle(slug),
            PointHeadline(figures, Cube.World).Text,
            number.Length > 0 ? number : null,
            ChapterTone.Primary);
        if (point is not null)
        {
            foreach (var block in Links(point))
                yield return block;
        }

        if (_lead is not null && LeadFigures(figures) is { } lead)
        {
            var findings = FindingsOf(_lead, lead);
            // What stands in a figure's title is not said a second time above it.
            foreach (var block in Said(
                findings.Detail($"{slug}.{_lead.Key}.detail", Cube.World),
                findings.Everywhere($"{slug}.{_lead.Key}.everywhere") is null ? null : findings.Regions($"{slug}.{_lead.Key}.regions"),
                _state is null ? null : findings.Change($"{slug}.{_lead.Key}.change", Cube.World),
                findings.Matched($"{slug}.{_lead.Key}.matched", Cube.World),
                findings.DontKnow($"{slug}.{_lead.Key}.dontKnow", Cube.World)))
            {
                yield return block;
            }

            foreach (var block in RatingByRegion(ChapterIdOf(slug), figures, _lead, lead))
                yield return block;
            if (_state is null)
            {
                foreach (var block in TrendOf(ChapterIdOf(slug), _lead, lead))
                    yield return block;
            }
        }

        if (_state is not null && figures.Rating(_state.Key) is { } state)
        {
            var findings = FindingsOf(_state, state);
            yield return new HeadingBlock(2, _words.In(_state.ShortTitle), $"{ChapterIdOf(slug)}--{_state.Key}");
            yield return findings.Headline($"{slug}.{_state.Key}.world", Cube.World).ToBlock();
            foreach (var block in Said(findings.Detail($"{slug}.{_state.Key}.detail", Cube.World), findings.Matched($"{slug}.{_state.Key}.matched", Cube.World)))
                yield return block;
            foreach (var block in RatingByRegion(ChapterIdOf(slug), figures, _state, state))
                yield return block;
            foreach (var block in TrendOf(ChapterIdOf(slug), _state, state))
                yield return block;
        }

        foreach (var block in DoneAndMet(slug, figures))
            yield return block;
        foreach (var block in QuotesOf(slug))
            yield return block;
    }

    private string Kicker(PlanPoint? point, string number)
    {
        var cluster = _names.Cluster(point);
        return (number.Length > 0, cluster) switch
        {
            (true, null) => _words.Text("plan.kickerNumber", ("number", number)),
            (true, { } group) => _words.Text("plan.kicker", ("number", number), ("cluster", group)),
            (false, null) => _words.Text("plan.kickerPlain"),
            (false, { } group) => group,
        };
    }

    private IEnumerable<EditionBlock> Links(PlanPoint point)
    {
        if (point.SdgTargets.Count > 0)
            yield return new TagsBlock(_words.Text("plan.sdg"), point.SdgTargets);
        if (point.GcmObjectives.Count > 0)
            yield return new TagsBlock(_words.Text("plan.gcm"), point.GcmObjectives);
    }

    /// <summary>The bars by region, most favourable first, and the same numbers as a table in the same order.</summary>
    private IEnumerable<EditionBlock> RatingByRegion(string chapter, PointFigures point, Question question, RatingFigures figures)
    {
        var findings = FindingsOf(question, figures);
        var charts = ChartsOf(question, figures);
        var order = RegionOrder(figures);
        if (charts.Bars(order) is { } chart)
        {
            var rows = chart is DivergingBarsChart diverging ? diverging.Rows : ((StackedBarsChart)chart).Rows;
            var data = _words.Text("figures.dataOf", ("question", _words.In(question.ShortTitle)), ("point", _names.Point(point.Point)));
            yield return new FigureBlock(
                $"{chapter}--{question.Key}-figure",
                FigureTitle(findings, point.Point, question),
                _words.In(question.Text),
                BarsNote(figures),
                _words.Text(chart is DivergingBarsChart ? "alternative.diverging" : "alternative.stacked", ("data", data),
                    ("values", Values(rows.Select(r => (r.Label, r.Figure ?? r.Words ?? _words.Text("figures.none")))))),
                chart);
        }

        yield return RatingTable($"{chapter}--{question.Key}-table", TableTitle(question, point.Point), question, figures, order);
    }

    private static string FigureTitle(RatingFindings findings, string point, Question question) =>
        (findings.Everywhere("title") ?? findings.Regions("title") ?? findings.Headline($"{point}.{question.Key}.title", Cube.World)).Text;

    private string TableTitle(Question question, string point) => _words.Text("figures.tableOf", ("question", _words.In(question.ShortTitle)), ("point", _names.Point(point)));

    private string BarsNote(RatingFigures figures)
    {
        var notes = new List<string> { _words.Text("figures.sorted"), _words.Text(figures.IsNetBalance == true ? "figures.noteNet" : "figures.noteShare") };
        if (figures.Regions.Append(figures.World).Any(c => c.Treatment == CellTreatment.SmallBase))
            notes.Add(_words.Text("figures.smallBase", ("from", Cube.Rules.SharesFrom), ("below", Cube.Rules.PlainFrom)));
        return string.Join(' ', notes);
    }

    /// <summary>Regions by headline, highest first, those without one after them in the cube's order, the world last.</summary>
    private static List<string> RegionOrder(RatingFigures figures) =>
        [.. figures.Regions.OrderByDescending(c => c.Headline?.Value ?? int.MinValue).Select(c => c.Region), Cube.World];

    /// <summary>
    /// Shares, figure, range, base and don't know, a row for each region. The columns are the finest published rung's groups; where a row is coarser, the share
    /// of several columns together stands in the first of them with a star, and a star in the others.
    /// </summary>
    private TableBlock RatingTable(string id, string title, Question question, RatingFigures figures, IReadOnlyList<string> order)
    {
        var isNet = figures.IsNetBalance == true;
        var cells = order.Select(figures.Cell).OfType<RatingCell>().ToList();
        var finest = cells.Select(c => c.Rung).OfType<int>().DefaultIfEmpty(0).Min();
        var groups = figures.Rungs.Count > 0 && cells.Exists(c => c.Shares is not null) ? RatingReading.GroupsOf(question, figures, finest) : [];
        var hasFigure = figures.IsNetBalance is not null && cells.Exists(c => c.Headline is not null);
        var hasDontKnow = cells.Exists(c => c.DontKnowShare is not null);
        var isCoarser = false;

        var columns = new List<TableColumn> { new(_words.Text("figures.region"), CellAlignment.Start, 2.4) };
        columns.AddRange(groups.Select(g => new TableColumn(_words.In(g.Label), CellAlignment.End, 1)));
        if (hasFigure)
        {
            columns.Add(new TableColumn(_words.Text(isNet ? "figures.net" : "figures.shareShort"), CellAlignment.End, 1));
            columns.Add(new TableColumn(_words.Text("figures.range"), CellAlignment.End, 1.4));
        }

        columns.Add(new TableColumn(_words.Text("figures.answers"), CellAlignment.End, 1));
        if (hasDontKnow)
            columns.Add(new TableColumn(_words.Text("figures.dontKnow"), CellAlignment.End, 1));

        var rows = cells.ConvertAll(Row);
        var notes = new List<string>();
        if (isCoarser)
            notes.Add(_words.Text("figures.together"));
        if (hasDontKnow)
            notes.Add(_words.Text("figures.dontKnowNote"));
        if (cells.Exists(c => c.Shares is null))
            notes.Add(_words.Text("glance.dash"));
        if (cells.Exists(c => c.Treatment == CellTreatment.SmallBase))
            notes.Add(_words.Text("figures.smallBaseRow", ("from", Cube.Rules.SharesFrom), ("below", Cube.Rules.PlainFrom)));
        return new TableBlock(id, title, null, columns, rows, notes.Count > 0 ? string.Join(' ', notes) : null);

        TableRow Row(RatingCell cell)
        {
            var label = _names.Region(cell.Region);
            var texts = new List<TableCell> { new(cell.Treatment == CellTreatment.SmallBase ? _words.Text("figures.smallBaseLabel", ("label", label)) : label) };
            texts.AddRange(Shares(cell));
            if (hasFigure)
            {
                texts.Add(new TableCell(cell.Headline is { } headline ? _words.Figure(headline.Value, isNet) : _words.Text("figures.none")));
                texts.Add(new TableCell(cell.Headline is { } range ? _words.Range(range.Low, range.High, isNet) : _words.Text("figures.none")));
            }

            texts.Add(new TableCell(cell.ValidN is { } n ? _words.Number(n) : _words.Text("figures.none")));
            if (hasDontKnow)
                texts.Add(new TableCell(PercentOrDash(cell.DontKnowShare)));
            return new TableRow(texts, cell.Region == Cube.World);
        }

        IEnumerable<TableCell> Shares(RatingCell cell)
        {
            if (RatingReading.Of(question, figures, cell) is not { } reading)
            {
                foreach (var _ in groups)
                    yield return new TableCell(_words.Text("figures.none"));
                yield break;
            }

            var said = new HashSet<GroupShare>();
            foreach (var group in groups)
            {
                var share = reading.Groups.FirstOrDefault(g => group.Choices.All(g.Group.Choices.Contains));
                var spans = share is not null && groups.Count(g => g.Choices.All(share.Group.Choices.Contains)) > 1;
                isCoarser |= spans;
                yield return new TableCell(share is null ? _words.Text("figures.none")
                    : !spans ? _words.Percent(share.Percent)
                    : said.Add(share) ? _words.Text("figures.togetherShare", ("share", _words.Percent(share.Percent)))
                    : _words.Text("figures.togetherMark"));
            }
        }
    }

    /// <summary>The world's headline over the rounds, as a picture and as a table; a note where there is nothing to compare.</summary>
    private IEnumerable<EditionBlock> TrendOf(string chapter, Question question, RatingFigures figures)
    {
        var isNet = figures.IsNetBalance == true;
        if (figures.Trend(Cube.World) is not { } trend || ChartsOf(question, figures).Trend(Cube.World, Rounds()) is not { } chart)
        {
            yield return new NoteBlock(_words.Text("trend.first"));
            yield break;
        }

        var change = FindingsOf(question, figures).Change("title", Cube.World);
        var figure = new FigureBlock(
            $"{chapter}--{question.Key}-trend",
            change?.Text ?? _words.Text("trend.title", ("question", _words.In(question.ShortTitle))),
            ChartsOf(question, figures).Measure(),
            _words.Text("trend.note"),
            _words.Text("alternative.trend", ("data", _words.In(question.ShortTitle)), ("values", Values(trend.Points.Select(p => (p.Round, _words.Figure(p.Headline.Value, isNet)))))),
            chart);
        var table = new TableBlock(
            $"{chapter}--{question.Key}-rounds",
            _words.Text("trend.tableTitle", ("question", _words.In(question.ShortTitle))),
            null,
            [
                new(_words.Text("figures.round"), CellAlignment.Start, 1),
                new(_words.Text(isNet ? "figures.net" : "figures.shareShort"), CellAlignment.End, 1),
                new(_words.Text("figures.range"), CellAlignment.End, 1.5),
                new(_words.Text("figures.answers"), CellAlignment.End, 1),
            ],
            [.. trend.Points.Select(p => new TableRow(
                [
                    new(p.IsBreakBefore ? _words.Text("figures.breakLabel", ("round", p.Round)) : p.Round),
                    new(_words.Figure(p.Headline.Value, isNet)),
                    new(_words.Range(p.Headline.Low, p.Headline.High, isNet)),
                    new(_words.Number(p.ValidN)),
                ]))],
            trend.Points.Any(p => p.IsBreakBefore) ? _words.Text("figures.break") : null);
        yield return new ColumnsBlock([figure], [table]);
    }

    /// <summary>All rounds that a trend may show, oldest first.</summary>
    private List<string> Rounds()
    {
        var known = Cube.Participation.Earlier.Select(e => e.Round).Append(Cube.Round).ToList();
        var others = Cube.Points.SelectMany(p => p.Ratings).SelectMany(r => r.Trends).SelectMany(t => t.Points).Select(p => p.Round).Distinct().Where(r => !known.Contains(r));
        return [.. others, .. known];
    }

    private IEnumerable<EditionBlock> DoneAndMet(string slug, PointFigures figures)
    {
        var columns = new List<IReadOnlyList<EditionBlock>>();
        foreach (var role in new[] { QuestionRole.Actions, QuestionRole.Barriers })
        {
            if (_input.Questionnaire.WithRole(role) is not { } question || figures.SeveralOf(question.Key) is not { } several)
                continue;
            columns.Add(
            [
                new HeadingBlock(2, _words.Text(role is QuestionRole.Actions ? "several.actions" : "several.barriers"), $"{ChapterIdOf(slug)}--{question.Key}"),
                SeveralFigure($"{ChapterIdOf(slug)}--{question.Key}", question, several, Cube.World)
                    ?? (EditionBlock)new SeveralFindings(_words, _names, question, several).Headline($"{slug}.{question.Key}.world", Cube.World).ToBlock(),
            ]);
        }

        if (columns is [var first, var second])
        {
            yield return new ColumnsBlock(first, second);
        }
        else
        {
            foreach (var block in columns.SelectMany(c => c))
                yield return block;
        }

        if (_input.Questionnaire.WithRole(QuestionRole.Work) is { } work && figures.Rating(work.Key) is { } worked && RatingReading.Of(work, worked, worked.World) is { } reading && worked.World.ValidN is { } n)
        {
            yield return new NoteBlock(_words.Text("plan.work", ("question", _words.In(work.ShortTitle)), ("answers", _words.Plural("counts.answers", n)),
                ("values", Values(reading.Groups.Select(g => (_words.In(g.Group.Label), _words.Percent(g.Percent)))))));
        }
    }

    private FigureBlock? SeveralFigure(string id, Question question, SeveralFigures figures, string region)
    {
        if (ShareCharts.OfSeveral(_words, _names, question, figures, region) is not { } chart)
            return null;
        var hidden = figures.Choices.Count - chart.Rows.Count;
        var n = figures.Cell(region)?.AnsweredN is { } answered ? _words.Plural("several.base", answered) : null;
        return new FigureBlock(
            id + "-figure",
            new SeveralFindings(_words, _names, question, figures).Headline("title", region).Text,
            _words.In(question.Text),
            Sentences(n, hidden > 0 ? _words.Plural("several.hidden", hidden) : null) is { Length: > 0 } note ? note : null,
            _words.Text("alternative.bars", ("data", _words.In(question.ShortTitle)), ("values", Values(chart.Rows.Select(r => (r.Label, r.Text))))),
            chart);
    }

    private TableBlock SeveralTable(string id, string title, Question question, SeveralFigures figures)
    {
        var cells = figures.Regions.Prepend(figures.World).ToList();
        var columns = cells.ConvertAll(c => new TableColumn(_names.RegionShort(c.Region), CellAlignment.End, 1));
        var rows = figures.Choices.Select((choice, i) => new TableRow(
            [new(_names.Choice(question.Key, choice)), .. cells.Select(c => new TableCell(PercentOrDash(c.Shares?[i])))])).ToList();
        rows.Add(new TableRow([new(_words.Text("several.answered")), .. cells.Select(c => new TableCell(c.AnsweredN is { } n ? _words.Number(n) : _words.Text("figures.none")))], true));
        return new TableBlock(id, title, null, [new(_words.Text("several.choice"), CellAlignment.Start, 1.6), .. columns], rows, _words.Text("several.tableNote"));
    }

    private IEnumerable<EditionBlock> QuotesOf(string point)
    {
        var quotes = _input.Quotes.Where(q => q.Point == point).ToList();
        if (quotes.Count == 0)
            yield break;
        yield return new HeadingBlock(2, _words.Text("quotes.title"), ChapterIdOf(point) + "--voices");
        var blocks = quotes.ConvertAll(EditionBlock (quote) =>
            quote.Language != _words.Language && quote.Translations.TryGetValue(_words.Language, out var translation)
                ? new QuoteBlock(translation, _words.Language, Attribution(quote), _words.Text("quotes.translated", ("language", _names.Language(quote.Language))))
                : new QuoteBlock(quote.Text, quote.Language, Attribution(quote), null));
        if (blocks.Count < 4)
        {
            foreach (var block in blocks)
                yield return block;
        }
        else
        {
            yield return new ColumnsBlock([.. blocks.Take((blocks.Count + 1) / 2)], [.. blocks.Skip((blocks.Count + 1) / 2)]);
        }
    }

    /// <summary>The name where the consent gives it; else type and region, region, or neither, by how many share them (methods 2.11).</summary>
    private string Attribution(EditionQuote quote)
    {
        if (quote.Organisation is { Length: > 0 } name)
            return name;
        var region = Cube.Regions.FirstOrDefault(r => r.Slug == quote.Region && r.Responses >= Cube.Rules.CountMinimum);
        if (region is null)
            return _words.Text("quotes.member");
        var type = _input.Questionnaire.WithRole(QuestionRole.Type);
        return quote.SharedBy >= Cube.Rules.CountMinimum && type?.Choice(quote.Type) is { } choice && Cube.Participation.Types.Any(t => t.Code == quote.Type)
            ? _words.Text("quotes.memberOfType", ("type", _words.In(choice.Label)), ("region", _names.Region(quote.Region)))
            : _words.Text("quotes.memberOfRegion", ("region", _names.Region(quote.Region)));
    }

    private IEnumerable<EditionBlock> RegionPage(PublishedRegion region)
    {
        var id = "region-" + region.Slug;
        var earlier = Cube.Participation.Earlier.Count > 0 ? ShareCharts.Then(Cube.Participation.Earlier[^1], region) : null;
        yield return new ChapterBlock(id, _words.Text("regionPage.kicker"), _names.Region(region.Slug), RegionLead(region, earlier), null, ChapterTone.Accent);
        var tiles = new List<Tile>
        {
            new(_words.Number(region.Responses), _words.Plural("participation.tileResponses", region.Responses)),
            new(_words.Number(region.Population), _words.Plural("participation.tilePopulation", region.Population)),
        };
        if (region.RatePercent is { } rate)
            tiles.Add(new Tile(_words.Percent(rate), _words.Text("participation.tileRate")));
        yield return new TilesBlock(tiles);
        if (region.Slug == PublishedRegion.OtherRegions && MergedRegionsNote() is { } merged)
            yield return new NoteBlock(merged);

        if (_lead is not null && Cube.Points.Any(p => LeadFigures(p)?.Cell(region.Slug)?.Headline is not null))
        {
            var rows = Cube.Points.Select(p => DotRowOf(p, region.Slug)).ToList();
            yield return new FigureBlock(
                id + "--figure",
                RegionTitle(region.Slug),
                ChartsOf(_lead, LeadFigures(Cube.Points.First(p => LeadFigures(p) is not null))!).Measure(),
                _words.Text("regionPage.note"),
                _words.Text("alternative.dots", ("data", _words.In(_lead.ShortTitle)), ("region", _names.Region(region.Slug)), ("values", Values(rows.Select(r => (r.Label, r.ValueText ?? r.Words ?? _words.Text("figures.none")))))),
                new DotIntervalChart(
                    LeadIsNet ? ChartScale.Net : ChartScale.Share,
                    rows,
                    LeadIsNet ? Marks(rows.Where(r => r.Value is not null).Select(r => r.Direction)) : [],
                    _words.Text(LeadIsNet ? "figures.axisNet" : "figures.axisShare"),
                    _words.Text("figures.range"),
                    _words.Text("figures.answers")));
            yield return RegionTable(id + "--table", region.Slug);
        }
        else
        {
            yield return new ParagraphBlock(_words.Text("tooFew.region"));
        }

        foreach (var block in RegionDoneAndMet(id, region.Slug))
            yield return block;
    }

    private string RegionLead(PublishedRegion region, PublishedRegion? earlier)
    {
        var lead = region.RatePercent is { } rate
            ? _words.Text("regionPage.lead", ("responses", _words.Plural("counts.organisations", region.Responses)), ("population", region.Population), ("rate", _words.Percent(rate)))
            : _words.Text("regionPage.leadPlain", ("responses", _words.Plural("counts.organisations", region.Responses)));
        return earlier?.RatePercent is { } then
            ? string.Join(' ', lead, _words.Text("regionPage.then", ("round", Cube.Participation.Earlier[^1].Round), ("rate", _words.Percent(then))))
            : lead;
    }

    private string RegionTitle(string region)
    {
        var shown = Cube.Points.Where(p => LeadFigures(p)?.Cell(region)?.Headline is not null).Select(p => (p.Point, LeadFigures(p)!.Cell(region)!.Headline!.Value)).ToList();
        var (high, low) = (shown.Max(p => p.Value), shown.Min(p => p.Value));
        return high == low
            ? _words.Text("regionPage.titleLevel", ("figure", _words.Figure(high, LeadIsNet)))
            : _words.Text("glance.extremes",
                ("highest", _words.Figure(high, LeadIsNet)), ("highestPoints", PointsWith(high)), ("lowest", _words.Figure(low, LeadIsNet)), ("lowestPoints", PointsWith(low)));

        string PointsWith(int value) => _words.List([.. shown.Where(p => p.Value == value).Select(p => _words.Quoted(_names.Point(p.Point)))]);
    }

    private DotRow DotRowOf(PointFigures point, string region)
    {
        var cell = LeadFigures(point)?.Cell(region);
        var label = _names.NumberedPoint(point.Point);
        var n = cell?.ValidN is { } valid ? _words.Number(valid) : null;
        return cell?.Headline is { } headline
            ? new DotRow(label, headline.Value, headline.Low, headline.High, _words.Figure(headline.Value, LeadIsNet), _words.Range(headline.Low, headline.High, LeadIsNet), n, PointDirection(point, region), null, false)
            : new DotRow(label, null, null, null, null, null, n, Direction.None,
                _lead is not null && LeadFigures(point) is { } figures ? FindingsOf(_lead, figures).Instead(region) : _words.Text("tooFew.short"), false);
    }

    private TableBlock RegionTable(string id, string region)
    {
        var rows = Cube.Points.Select(p =>
        {
            var cell = LeadFigures(p)?.Cell(region);
            var world = LeadFigures(p)?.World.Headline;
            return new TableRow(
            [
                new(_names.NumberedPoint(p.Point)),
                new(cell?.Headline is { } headline ? _words.Figure(headline.Value, LeadIsNet) : _words.Text("figures.none")),
                new(cell?.Headline is { } range ? _words.Range(range.Low, range.High, LeadIsNet) : _words.Text("figures.none")),
                new(cell?.ValidN is { } n ? _words.Number(n) : _words.Text("figures.none")),
                new(world is not null ? _words.Figure(world.Value, LeadIsNet) : _words.Text("figures.none")),
            ]);
        }).ToList();
        return new TableBlock(id, _words.Text("regionPage.tableTitle", ("region", _names.Region(region))), null,
            [
                new(_words.Text("figures.point"), CellAlignment.Start, 2.4),
                new(_words.Text(LeadIsNet ? "figures.net" : "figures.shareShort"), CellAlignment.End, 1),
                new(_words.Text("figures.range"), CellAlignment.End, 1.5),
                new(_words.Text("figures.answers"), CellAlignment.End, 1),
                new(_names.Region(Cube.World), CellAlignment.End, 1),
            ],
            rows, _words.Text("glance.dash"));
    }

    /// <summary>For each point what was named most in the region, where that is published.</summary>
    private IEnumerable<EditionBlock> RegionDoneAndMet(string id, string region)
    {
        foreach (var role in new[] { QuestionRole.Actions, QuestionRole.Barriers })
        {
            if (_input.Questionnaire.WithRole(role) is not { } question)
                continue;
            var rows = new List<TableRow>();
            foreach (var point in Cube.Points)
            {
                if (point.SeveralOf(question.Key) is not { } several || several.Cell(region) is not { } cell)
                    continue;
                var most = new SeveralFindings(_words, _names, question, several).Ranked(region).FirstOrDefault(c => c.Share > 0);
                if (most.Choice is not null)
                {
                    rows.Add(new TableRow(
                    [
                        new(_names.NumberedPoint(point.Point)), new(_names.Choice(question.Key, most.Choice)), new(_words.Percent(most.Share)),
                        new(cell.AnsweredN is { } n ? _words.Number(n) : _words.Text("figures.none")),
                    ]));
                }
            }

            if (rows.Count > 0)
            {
                yield return new TableBlock($"{id}--{question.Key}", _words.Text(role is QuestionRole.Actions ? "regionPage.actions" : "regionPage.barriers"), null,
                    [
                        new(_words.Text("figures.point"), CellAlignment.Start, 2),
                        new(_words.Text("regionPage.most"), CellAlignment.Start, 2),
                        new(_words.Text("figures.shareShort"), CellAlignment.End, 1),
                        new(_words.Text("figures.answers"), CellAlignment.End, 1),
                    ],
                    rows, _words.Text("regionPage.mostNote"));
            }
        }
    }
}
