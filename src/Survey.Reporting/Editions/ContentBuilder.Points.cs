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
    private static string ChapterIdOf(string point) => PointChapter + point;

    private IEnumerable<EditionBlock> PointSpread(PointFigures figures)
    {
        var slug = figures.Point;
        var point = _input.Plan.Point(slug);
        var number = _names.PointNumber(slug);
        var findings = new PointFindings(_reading, figures).InOrder();
        yield return new ChapterBlock(
            ChapterIdOf(slug),
            Kicker(point, number),
            _names.PointTitle(slug),
            findings[0].Text,
            number.Length > 0 ? number : null,
            ChapterTone.Primary,
            findings[0].Tag);
        if (Scorecard(figures) is { } scorecard)
            yield return scorecard;
        if (point is not null)
        {
            foreach (var block in Links(point))
                yield return block;
        }

        if (WorkNote(figures) is { } work)
            yield return work;
        if (_reading.Standing is { } standing && figures.Rating(standing.Key) is { } followed)
        {
            foreach (var block in TrendOf(ChapterIdOf(slug), slug, standing, followed))
                yield return block;
        }

        // The first is the chapter's lead and is not said a second time. Sentences run over pages where a figure may not.
        foreach (var finding in findings.Skip(1))
            yield return finding.ToBlock();
        foreach (var question in new[] { _state, _lead }.OfType<Question>())
        {
            if (figures.Rating(question.Key) is not { } rating)
                continue;
            yield return new HeadingBlock(2, _words.In(question.ShortTitle), $"{ChapterIdOf(slug)}--{question.Key}");
            foreach (var block in RatingByRegion(ChapterIdOf(slug), figures, question, rating))
                yield return block;
        }

        foreach (var block in DoneAndMet(slug, figures))
            yield return block;
        foreach (var block in QuotesOf(slug))
            yield return block;
    }

    /// <summary>The chapter's first page in figures: how far the point is practice and how it changed, what was done and what stood in the way most; null without any rating.</summary>
    private ScorecardBlock? Scorecard(PointFigures point)
    {
        var measures = new[] { _state, _lead }.OfType<Question>().Where(q => point.Rating(q.Key) is not null).Select(q => MeasureOf(point, q, point.Rating(q.Key)!)).ToList();
        var facts = new List<Definition>();
        foreach (var (role, key) in new[] { (QuestionRole.Actions, "score.done"), (QuestionRole.Barriers, "score.met") })
        {
            if (_input.Questionnaire.WithRole(role) is { } question && point.SeveralOf(question.Key) is { } several && _reading.Of(question, several, point.Point).Top(Cube.World) is { } top)
            {
                facts.Add(new Definition(_words.Text(key),
                    _words.Text("score.of", ("choice", _names.Choice(question.Key, top.Choice)), ("share", _words.Percent(top.Share)), ("n", _words.Plural("counts.organisations", top.Answered)))));
            }
        }

        return measures.Count == 0 ? null : new ScorecardBlock(ChapterIdOf(point.Point) + "--scorecard", measures, facts);
    }

    private ScoreMeasure MeasureOf(PointFigures point, Question question, RatingFigures figures)
    {
        var isNet = figures.IsNetBalance == true;
        var findings = FindingsOf(question, figures, point.Point);
        if (figures.World.Headline is not { } headline)
            return new ScoreMeasure(_words.In(question.ShortTitle), null, Direction.None, findings.Instead(Cube.World), []);
        var rows = new List<Definition> { new(_words.Text("figures.range"), _words.Range(headline.Low, headline.High, isNet)) };
        if (figures.World.ValidN is { } n)
            rows.Add(new Definition(_words.Text("figures.answers"), _words.Number(n)));
        if (figures.Trend(Cube.World) is { Change: { } change } trend && trend.Points.FirstOrDefault(p => p.Round == change.Since) is { } then)
        {
            rows.Add(new Definition(_words.Text("score.last", ("round", change.Since)), _words.Figure(then.Headline.Value, isNet)));
            rows.Add(new Definition(_words.Text("score.verdict", ("round", change.Since)), _words.Text("score.change", ("difference", _words.Signed(change.Value)), ("low", _words.Signed(change.Low)), ("high", _words.Signed(change.High)), ("verdict", _words.Text(change.IsClear ? "trend.clear" : "trend.notClear")))));
        }

        return new ScoreMeasure(_words.In(question.ShortTitle), _words.Figure(headline.Value, isNet), findings.DirectionOf(Cube.World),
            isNet ? _words.Text("figures.axisNet") : _words.Text("figures.measureShare", ("label", findings.PositiveLabel())), rows);
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
            yield return new TagsBlock(_words.Text("plan.sdg"), [.. point.SdgTargets.Select(t => _names.Target(t, "index.targetTag"))], [.. point.SdgTargets.Select(_names.TargetAddress)]);
        if (point.GcmObjectives.Count > 0)
            yield return new TagsBlock(_words.Text("plan.gcm"), [.. point.GcmObjectives.Select(o => _names.Objective(o, "index.objectiveTag", o))], [.. point.GcmObjectives.Select(_ => _words.Text("index.gcmAddress"))]);
    }

    /// <summary>The bars by region, most favourable first, and the same numbers as a table in the same order.</summary>
    private IEnumerable<EditionBlock> RatingByRegion(string chapter, PointFigures point, Question question, RatingFigures figures)
    {
        var charts = ChartsOf(question, figures);
        var order = RegionOrder(figures);
        if (charts.Bars(order) is { } chart)
        {
            var rows = chart is DivergingBarsChart diverging ? diverging.Rows : ((StackedBarsChart)chart).Rows;
            var data = _words.Text("figures.dataOf", ("question", _words.In(question.ShortTitle)), ("point", _names.Point(point.Point)));
            var title = FigureTitle(FindingsOf(question, figures, point.Point), point.Point, question);
            yield return new FigureBlock(
                $"{chapter}--{question.Key}-figure",
                title.Text,
                _words.In(question.Text),
                Sentences(BarsNote(figures), Source(figures.World.ValidN)),
                _words.Text(chart is DivergingBarsChart ? "alternative.diverging" : "alternative.stacked", ("data", data),
                    ("values", Values(rows.Select(r => (r.Label, r.Figure ?? r.Words ?? _words.Text("figures.none")))))),
                chart,
                title.Tag);
        }

        yield return RatingTable($"{chapter}--{question.Key}-table", TableTitle(question, point.Point), question, figures, order);
    }

    private static Finding FigureTitle(RatingFindings findings, string point, Question question) =>
        findings.Everywhere($"{point}.{question.Key}.everywhere") ?? findings.Regions($"{point}.{question.Key}.regions") ?? findings.Headline($"{point}.{question.Key}.headline", Cube.World);

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

    /// <summary>The headline over the rounds: the world and each region that has two rounds or more, on one scale. The world alone has its table beside it. A note where there is nothing to compare.</summary>
    private IEnumerable<EditionBlock> TrendOf(string chapter, string point, Question question, RatingFigures figures)
    {
        var isNet = figures.IsNetBalance == true;
        var findings = FindingsOf(question, figures, point);
        if (figures.Trend(Cube.World) is not { } trend || ChartsOf(question, figures).Trend(WorldAndRegions(), Rounds()) is not { } chart || findings.Course($"{point}.{question.Key}.course", Cube.World) is not { } course)
        {
            yield return new NoteBlock(_words.Text("trend.first"));
            yield break;
        }

        var alone = chart.Panels.Count == 1;
        var figure = new FigureBlock(
            $"{chapter}--{question.Key}-trend",
            course.Text,
            ChartsOf(question, figures).Measure(),
            Sentences(_words.Text("trend.note"), alone ? null : _words.Text("score.trends"), ChangedNote(question), alone ? null : Bases([.. WorldAndRegions().Select(figures.Trend).OfType<Trend>()]), SourceOf(chart.Rounds)),
            TrendAlternative(_words.In(question.ShortTitle), chart),
            chart,
            course.Tag,
            alone ? null : new TableReference(RoundsTable(point, question), ""));
        if (!alone)
        {
            yield return figure;
            yield break;
        }

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

    /// <summary>Each panel with its figures, round by round.</summary>
    private string TrendAlternative(string data, TrendChart chart) => _words.Text("alternative.trend", ("data", data),
        ("values", Values(chart.Panels.Select(p => (p.Label, _words.List([.. chart.Rounds.Zip(p.Points).Where(q => q.Second.Text is not null).Select(q => _words.Pair(q.First, q.Second.Text!))]))))));

    /// <summary>How many answers the lines of a trend rest on: the world's round by round where it is among them, of the others from how many to how many. Null in words from before this was said.</summary>
    private string? Bases(IReadOnlyList<Trend> trends)
    {
        var others = trends.Where(t => t is { Region: not Cube.World, Points.Count: > 1 }).SelectMany(t => t.Points.Select(p => p.ValidN)).ToList();
        var world = trends.FirstOrDefault(t => t.Region == Cube.World);
        if (!_words.Has("bases.world") || (world is null && others.Count == 0))
            return null;
        var rounds = world is null ? "" : _words.List([.. world.Points.Select(p => _words.Pair(p.Round, _words.Number(p.ValidN)))]);
        return others.Count == 0 ? _words.Text("bases.world", ("rounds", rounds))
            : world is null ? _words.Text("bases.points", ("range", Between(others.Min(), others.Max())))
            : _words.Text("bases.regions", ("rounds", rounds), ("range", Between(others.Min(), others.Max())));

        string Between(int least, int most) => least == most ? _words.Number(least) : _words.Text("marks.range", ("low", _words.Number(least)), ("high", _words.Number(most)));
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
                SeveralFigure($"{ChapterIdOf(slug)}--{question.Key}", slug, question, several, Cube.World)
                    ?? (EditionBlock)_reading.Of(question, several, slug).Headline($"{slug}.{question.Key}.world", Cube.World).ToBlock(),
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
    }

    /// <summary>How many work on the point: whom the rest of the chapter is about. Null where it is not published.</summary>
    private NoteBlock? WorkNote(PointFigures figures) =>
        _input.Questionnaire.WithRole(QuestionRole.Work) is { } work && figures.Rating(work.Key) is { } worked && RatingReading.Of(work, worked, worked.World) is { } reading && worked.World.ValidN is { } n
            ? new NoteBlock(_words.Text("plan.work", ("question", _words.In(work.ShortTitle)), ("answers", _words.Plural("counts.answers", n)),
                ("values", Values(reading.Groups.Select(g => (_words.In(g.Group.Label), _words.Percent(g.Percent)))))))
            : null;

    private FigureBlock? SeveralFigure(string id, string point, Question question, SeveralFigures figures, string region)
    {
        if (ShareCharts.OfSeveral(_words, _names, question, figures, region) is not { } chart)
            return null;
        var hidden = figures.Choices.Count - chart.Rows.Count;
        var n = figures.Cell(region)?.AnsweredN is { } answered ? _words.Plural("several.base", answered) : null;
        var title = _reading.Of(question, figures, point).Headline($"{(point == CubeCell.NoPoint ? id : point)}.{question.Key}.most", region);
        return new FigureBlock(
            id + "-figure",
            title.Text,
            _words.In(question.Text),
            Sentences(n, hidden > 0 ? _words.Plural("several.hidden", hidden) : null, ChangedNote(question), Source(null)),
            _words.Text("alternative.bars", ("data", _words.In(question.ShortTitle)), ("values", Values(chart.Rows.Select(r => (r.Label, r.Text))))),
            chart,
            title.Tag,
            point == CubeCell.NoPoint ? null : new TableReference(FullTable(point, question), ""));
    }

    private TableBlock SeveralTable(string id, string title, Question question, SeveralFigures figures)
    {
        var empty = figures.Regions.Where(c => c.Shares?.Any(s => s is not null) != true).Select(c => c.Region).ToList();
        var cells = figures.Regions.Where(c => !empty.Contains(c.Region)).Prepend(figures.World).ToList();
        var columns = cells.ConvertAll(c => new TableColumn(_names.RegionShort(c.Region), CellAlignment.End, 1));
        var rows = figures.Choices.Select((choice, i) => new TableRow(
            [new(_names.Choice(question.Key, choice)), .. cells.Select(c => new TableCell(PercentOrDash(c.Shares?[i])))])).ToList();
        rows.Add(new TableRow([new(_words.Text("several.answered")), .. cells.Select(c => new TableCell(c.AnsweredN is { } n ? _words.Number(n) : _words.Text("figures.none")))], true));
        return new TableBlock(id, title, null, [new(_words.Text("several.choice"), CellAlignment.Start, 1.6), .. columns], rows, Sentences(_words.Text("several.tableNote"), LeftOut(empty)));
    }

    private IEnumerable<EditionBlock> QuotesOf(string point)
    {
        var quotes = _input.Quotes.Where(q => q.Point == point).ToList();
        if (quotes.Count == 0)
            yield break;
        yield return new HeadingBlock(2, _words.Text("quotes.title"), ChapterIdOf(point) + "--voices");
        var blocks = quotes.ConvertAll(EditionBlock (quote) => QuoteOf(quote));
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

    private QuoteBlock QuoteOf(EditionQuote quote) => quote.Language != _words.Language && quote.Translations.TryGetValue(_words.Language, out var translation)
        ? new QuoteBlock(translation, _words.Language, Attribution(quote), MayNameLanguage(quote) ? _words.Text("quotes.translated", ("language", _names.Language(quote.Language))) : _words.Text("quotes.translatedOnly"))
        : new QuoteBlock(quote.Text, quote.Language, Attribution(quote), null);

    /// <summary>The name where the consent gives it; else type and region, region, or neither, by how many share them (methods 2.11).</summary>
    private string Attribution(EditionQuote quote)
    {
        if (quote.Organisation is { Length: > 0 } name)
            return name;
        if (!MayNameRegion(quote))
            return _words.Text("quotes.member");
        var type = _input.Questionnaire.WithRole(QuestionRole.Type);
        return quote.SharedBy >= Cube.Rules.CountMinimum && type?.Choice(quote.Type) is { } choice && Cube.Participation.Types.Any(t => t.Code == quote.Type)
            ? _words.Text("quotes.memberOfType", ("type", _words.In(choice.Label)), ("region", _names.Region(quote.Region)))
            : _words.Text("quotes.memberOfRegion", ("region", _names.Region(quote.Region)));
    }

    // The tables hide languages in which few answered; a quote must not tell them.
    private bool MayNameLanguage(EditionQuote quote) => quote.Organisation is { Length: > 0 } || Cube.Participation.Languages.Any(l => l.Code == quote.Language && l.Code != PublishedGroup.OtherGroups);

    // Nor where so few there rated the point that nothing is shown of it, nor, in words that are not translated, a language that few there answered in.
    private bool MayNameRegion(EditionQuote quote)
    {
        var isOriginal = quote.Language == _words.Language || !quote.Translations.ContainsKey(_words.Language);
        return Cube.Regions.Any(r => r.Slug == quote.Region && r.Responses >= Cube.Rules.CountMinimum)
            && (Cube.Point(quote.Point) is not { } point || (point.Ratings.All(f => f.Cell(quote.Region)?.Treatment is not CellTreatment.Hidden) && point.Several.All(f => f.Cell(quote.Region)?.Treatment is not CellTreatment.Hidden)))
            && ((!isOriginal && !MayNameLanguage(quote)) || quote.SharedLanguage >= Cube.Rules.CountMinimum);
    }

    private IEnumerable<EditionBlock> RegionPage(PublishedRegion region)
    {
        var id = RegionChapter + region.Slug;
        var earlier = Cube.Participation.Earlier.Count > 0 ? ShareCharts.Then(Cube.Participation.Earlier[^1], region) : null;
        var lead = new ParticipationFindings(_words, _names, Cube).Region($"region.{region.Slug}.rate", region, earlier);
        yield return new ChapterBlock(id, _words.Text("regionPage.kicker"), _names.Region(region.Slug), lead.Text, null, ChapterTone.Accent, lead.Tag, RunsOn: region.Slug == PublishedRegion.OtherRegions && Cube.Regions.Count > 1);
        if (region.Slug == PublishedRegion.OtherRegions && MergedRegionsNote() is { } merged)
            yield return new NoteBlock(merged);

        var findings = new RegionFindings(_reading, region.Slug);
        var said = findings.InOrder();
        foreach (var finding in said)
            yield return finding.ToBlock();
        if (_lead is not null && Cube.Points.Any(p => LeadFigures(p)?.Cell(region.Slug)?.Headline is not null))
        {
            // With one point alone there is no highest and no lowest: its own sentence is the title.
            var rows = Cube.Points.Select(p => DotRowOf(p, region.Slug)).ToList();
            var shown = Cube.Points.First(p => LeadFigures(p)?.Cell(region.Slug)?.Headline is not null);
            var title = findings.Extremes($"region.{region.Slug}.extremes") ?? FindingsOf(_lead, LeadFigures(shown)!, shown.Point).Headline($"region.{region.Slug}.headline", region.Slug);
            yield return new FigureBlock(
                id + "--figure",
                title.Text,
                ChartsOf(_lead, LeadFigures(shown)!).Measure(),
                Sentences(_words.Text("regionPage.note"), Source(null)),
                _words.Text("alternative.dots", ("data", _words.In(_lead.ShortTitle)), ("region", _names.Region(region.Slug)), ("values", Values(rows.Select(r => (r.Label, r.ValueText ?? r.Words ?? _words.Text("figures.none")))))),
                new DotIntervalChart(
                    LeadIsNet ? ChartScale.Net : ChartScale.Share,
                    rows,
                    LeadIsNet ? Marks(rows.Where(r => r.Value is not null).Select(r => r.Direction)) : [],
                    _words.Text(LeadIsNet ? "figures.axisNet" : "figures.axisShare"),
                    _words.Text("figures.range"),
                    _words.Text("figures.answers")),
                title.Tag);
        }
        else if (said.Count == 0 || _state is null)
        {
            yield return new ParagraphBlock(_words.Text("tooFew.region"));
        }

        if (RegionTable(id + "--table", region.Slug) is { } table)
            yield return table;
        var trend = RegionTrend(id, region.Slug);
        if (trend is not null)
        {
            yield return trend;
            if (RegionRounds(id, region.Slug) is { } rounds)
                yield return rounds;
        }

        if (RegionDoneAndMet(id, region.Slug) is { } done)
            yield return done;
        foreach (var block in RegionQuotes(id, region, isBelowFigures: trend is not null))
            yield return block;
    }

    /// <summary>How far each point is practice in the region, round by round, a panel for each point; null where fewer than two points can be followed.</summary>
    private FigureBlock? RegionTrend(string id, string region)
    {
        if (_reading.Standing is not { } question)
            return null;
        var isNet = question.Measure?.IsNetBalance == true;
        var rounds = Rounds();
        var panels = Cube.Points.Select(p => (p.Point, Trend: p.Rating(question.Key)?.Trend(region))).Where(p => p.Trend is { Points.Count: > 1 })
            .Select(p => RatingCharts.Panel(_words, _names.NumberedPoint(p.Point), p.Trend!, rounds, isNet)).ToList();
        if (panels.Count < 2)
            return null;
        var any = Cube.Points.First(p => p.Rating(question.Key) is not null).Rating(question.Key)!;
        var chart = new TrendChart(isNet ? ChartScale.Net : ChartScale.Share, rounds, panels, ChartsOf(question, any).AxisTitle(),
            panels.Exists(p => p.Points.Any(q => q.IsBreakBefore)) ? _words.Text("figures.break") : null);
        var title = new RegionFindings(_reading, region).Course($"region.{region}.course");
        return new FigureBlock(id + "--trend", title?.Text ?? _words.Text("score.trendHere", ("question", _words.In(question.ShortTitle))), ChartsOf(question, any).Measure(),
            Sentences(_words.Text("trend.note"), _words.Text("score.trends"), ChangedNote(question), Bases([.. Cube.Points.Select(p => p.Rating(question.Key)?.Trend(region)).OfType<Trend>()]), SourceOf(rounds)),
            TrendAlternative(_words.In(question.ShortTitle), chart), chart, title?.Tag);
    }

    /// <summary>The numbers of the region's trends, a row for each point.</summary>
    private TableBlock? RegionRounds(string id, string region) => _reading.Standing is { } question
        ? TrendsTable(id + "--trend-table", question, "figures.point", question.Measure?.IsNetBalance == true, [.. Cube.Points.Select(p => (_names.NumberedPoint(p.Point), p.Rating(question.Key)?.Trend(region) is { Points.Count: > 1 } trend ? trend : null, false))])
        : null;

    /// <summary>
    /// Up to four quotes from the region, of those whose source may be said to be there, each with its point; two below figures, so that they never take a page of their own. They stand under their points too.
    /// </summary>
    private IEnumerable<EditionBlock> RegionQuotes(string id, PublishedRegion region, bool isBelowFigures)
    {
        if (region.Slug == PublishedRegion.OtherRegions || region.Responses < Cube.Rules.CountMinimum)
            yield break;
        var quotes = _input.Quotes.Where(q => q.Region == region.Slug && (q.Organisation is { Length: > 0 } || MayNameRegion(q))).DistinctBy(q => q.Point).Take(isBelowFigures ? 2 : 4)
            .Select(q => (EditionBlock)(QuoteOf(q) is var block ? block with { Attribution = _words.Parts(block.Attribution, _words.Quoted(_names.Point(q.Point))) } : block)).ToList();
        if (quotes.Count == 0)
            yield break;
        yield return new HeadingBlock(2, _words.Text("quotes.title"), id + "--voices");
        if (quotes.Count == 1)
            yield return quotes[0];
        else
            yield return new ColumnsBlock([.. quotes.Take((quotes.Count + 1) / 2)], [.. quotes.Skip((quotes.Count + 1) / 2)]);
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

    /// <summary>Each point in the region: how far it is practice beside the round before and the world, and how it changed; columns without any figure are left out. Null without any.</summary>
    private TableBlock? RegionTable(string id, string region)
    {
        var columns = new List<(TableColumn Head, Func<PointFigures, string?> Text)>();
        foreach (var question in new[] { _state, _lead }.OfType<Question>())
        {
            if (Cube.Points.All(p => Headline(p) is null))
                continue;
            var isNet = question.Measure?.IsNetBalance == true;
            Add(_words.In(question.ShortTitle), 1.2, p => Headline(p)?.Value is { } value ? _words.Figure(value, isNet) : null);
            Add(_words.Text("figures.range"), 1.4, p => Headline(p) is { } range ? _words.Range(range.Low, range.High, isNet) : null);
            Add(_words.Text("figures.answers"), 1, p => Headline(p) is null ? null : p.Rating(question.Key)!.Cell(region)!.ValidN is { } n ? _words.Number(n) : null);
            if (question == _reading.Standing && Cube.Participation.Earlier.Count > 0)
            {
                var last = Cube.Participation.Earlier[^1].Round;
                Add(_words.Text("score.last", ("round", last)), 1, p => p.Rating(question.Key)?.Trend(region) is { Change: not null } trend && trend.Points.FirstOrDefault(t => t.Round == last) is { } then ? _words.Figure(then.Headline.Value, isNet) : null);
            }

            Add(_names.Region(Cube.World), 1, p => p.Rating(question.Key)?.World.Headline is { } world ? _words.Figure(world.Value, isNet) : null);

            Headline? Headline(PointFigures point) => point.Rating(question.Key)?.Cell(region)?.Headline;
        }

        var filled = columns.Where(c => Cube.Points.Any(p => c.Text(p) is not null)).ToList();
        if (filled.Count == 0)
            return null;
        var rows = Cube.Points.Select(p => new TableRow([new(_names.NumberedPoint(p.Point)), .. filled.Select(c => new TableCell(c.Text(p) ?? _words.Text("figures.none")))])).ToList();
        return new TableBlock(id, _words.Text("regionPage.tableTitle", ("region", _names.Region(region))), null,
            [new(_words.Text("figures.point"), CellAlignment.Start, 2.4), .. filled.Select(c => c.Head)], rows,
            DashNote(rows));

        void Add(string head, double weight, Func<PointFigures, string?> text) => columns.Add((new TableColumn(head, CellAlignment.End, weight), text));
    }

    /// <summary>What a dash means, where one stands in the rows.</summary>
    private string? DashNote(IEnumerable<TableRow> rows) => rows.Any(r => r.Cells.Any(c => c.Text == _words.Text("figures.none"))) ? _words.Text("glance.dash") : null;

    /// <summary>For each point what was named most in the region, where that is published; null where nothing is.</summary>
    private TableBlock? RegionDoneAndMet(string id, string region)
    {
        var questions = new[] { (Role: QuestionRole.Actions, Head: "score.done"), (Role: QuestionRole.Barriers, Head: "score.met") }
            .Select(q => (Question: _input.Questionnaire.WithRole(q.Role), q.Head)).Where(q => q.Question is not null && Cube.Points.Any(p => Most(p, q.Question!) is not null)).ToList();
        if (questions.Count == 0)
            return null;
        var rows = Cube.Points.Where(p => questions.Exists(q => Most(p, q.Question!) is not null)).Select(p => new TableRow(
            [
                new(_names.NumberedPoint(p.Point)),
                .. questions.SelectMany(q => Most(p, q.Question!) is { } most
                    ? new TableCell[] { new(_names.Choice(q.Question!.Key, most.Choice)), new(_words.Percent(most.Share)) }
                    : [new(_words.Text("figures.none")), new(_words.Text("figures.none"))]),
            ])).ToList();
        return new TableBlock(id + "--done", _words.Text("score.doneAndMet"), null,
            [
                new(_words.Text("figures.point"), CellAlignment.Start, 2),
                .. questions.SelectMany(q => new TableColumn[] { new(_words.Text(q.Head), CellAlignment.Start, 2), new(_words.Text("figures.shareShort"), CellAlignment.End, 0.8) }),
            ],
            rows,
            Sentences(rows.Count < Cube.Points.Count ? _words.Text("regionPage.mostNote") : null, DashNote(rows)) is { Length: > 0 } note ? note : null);

        SeveralTop? Most(PointFigures point, Question question) => point.SeveralOf(question.Key) is { } several ? _reading.Of(question, several, point.Point).Top(region) : null;
    }
}
