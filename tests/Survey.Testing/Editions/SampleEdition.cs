using System.Globalization;
using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Testing.Editions;

/// <summary>
/// An edition with every kind of block and chart, in four languages: for tests of the typesetter and of the web page. Numbers are invented and repeatable,
/// words are filler; the edition's rules (sums of 100, ids, levels) are kept.
/// </summary>
public static class SampleEdition
{
    /// <summary>The languages there are words for.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "ar"];

    /// <summary>The edition in a language; further blocks come after the first chapter's own.</summary>
    public static EditionContent In(string language, params EditionBlock[] more)
    {
        var w = SampleWords.In(language);
        var isArabic = language == "ar";
        return new EditionContent(
            language,
            isArabic ? TextDirection.RightToLeft : TextDirection.LeftToRight,
            w.Title, w.Subtitle, w.EditionLine, w.Publisher, new DateOnly(2026, 11, 20), w.Sample,
            new EditionLabels(w.Figure, w.Table, w.Source, language is "en" or "ar" ? "{0}%" : "{0}\u202F%"),
            new EditionLook("#0D2C4B", "#0B6E8A", "#F0B23C"),
            new EditionPicture("image/svg+xml", Convert.FromBase64String(Logo), w.Publisher),
            w.Points.Count, w.Regions.Count,
            [.. Front(w), .. AtAGlance(w), .. Point(w, 0), .. more, .. Point(w, 1), .. Region(w, 0), .. Methods(w), .. Annex(w)]);
    }

    // <svg …><circle/><path/></svg>: a mark without words
    private const string Logo = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0OCIgaGVpZ2h0PSI0OCI+PGNpcmNsZSBjeD0iMjQiIGN5PSIyNCIgcj0iMjAiIGZpbGw9Im5vbmUiIHN0cm9rZT0iIzBCNkU4QSIgc3Ryb2tlLXdpZHRoPSI0Ii8+PGNpcmNsZSBjeD0iMzIiIGN5PSIxOCIgcj0iNSIgZmlsbD0iI0YwQjIzQyIvPjwvc3ZnPg==";

    private static readonly int[] Sizes = [64, 71, 88, 57, 24, 31, 12];

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Signed(int value) => value > 0 ? "+" + Whole(value) : value < 0 ? "\u2212" + Whole(-value) : "0";

    private static string Range(int low, int high) => $"{Signed(low)} … {Signed(high)}";

    private static IEnumerable<EditionBlock> Front(SampleWords w)
    {
        yield return new ImprintBlock(w.Imprint, [w.Paragraphs[0], w.MapNote],
            [new Definition("ISBN", "978-0-00-000000-2"), new Definition(w.Licence, "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"), new Definition(w.Source, w.Base)],
            [new EditionPicture("image/svg+xml", Convert.FromBase64String(Logo), w.Publisher)]);
        yield return new ContentsBlock(w.Contents);
        yield return new ChapterBlock("summary", w.Overview, w.Summary, w.Lead, null, ChapterTone.Primary);
        yield return new TilesBlock([new Tile("347", w.Tiles[0]), new Tile("112", w.Tiles[1]), new Tile(w.Percent(58), w.Tiles[2]), new Tile("+18", w.Tiles[3])]);
        yield return new ParagraphBlock(w.Paragraphs[0]);
        yield return new SummaryListBlock("summary-table", w.SummaryTitle, w.Point, w.Net, w.RangeLabel, w.Answers,
            [new MarkLabel(Direction.Forward, w.Better), new MarkLabel(Direction.Unclear, w.Unclear), new MarkLabel(Direction.Back, w.Worse)],
            [.. w.Points.Select((title, i) =>
            {
                var net = Net(i, 7);
                var direction = net > 8 ? Direction.Forward : net < -8 ? Direction.Back : Direction.Unclear;
                return new SummaryPoint(Whole(i + 1), title, w.Findings[i % w.Findings.Count], direction, Signed(net), Range(net - 8, net + 8), Whole(331 - i), i < 2 ? $"point-{i + 1}" : null);
            })],
            w.Base);
        yield return new HeadingBlock(2, w.WhoAnswered, "who-answered");
        yield return new FigureBlock("region-map", w.MapTitle, w.MapSubtitle, w.MapNote, $"{w.MapTitle}. {string.Join("; ", w.Regions.Select((r, i) => $"{r}: {Rate(i)}%"))}",
            new RegionMapChart([.. w.Regions.Select((r, i) => new MapRegion(r, i == 4 ? null : Rate(i) switch { < 40 => 0, < 50 => 1, < 60 => 2, < 70 => 3, _ => 4 }, i == 4 ? "–" : w.Percent(Rate(i)), Countries[i]))],
                ["< " + w.Percent(40), "40–49", "50–59", "60–69", "≥ " + w.Percent(70)], w.Hidden));
        yield return new FigureBlock("response-rate", w.RateTitle, null, w.Base, $"{w.RateTitle}. {string.Join("; ", w.Regions.Select((r, i) => $"{r}: {Rate(i)}%"))}",
            new BarsChart([new BarsRow(w.All, 58, w.Percent(58), 52, true), .. w.Regions.Select((r, i) => new BarsRow(r, Rate(i), w.Percent(Rate(i)), i == 6 ? null : Rate(i) + (i % 2 == 0 ? -6 : 4)))], 100, "2026", "2025"));
    }

    private static IEnumerable<EditionBlock> AtAGlance(SampleWords w)
    {
        yield return new ChapterBlock("glance", w.Overview, w.Glance, null, null, ChapterTone.Primary);
        yield return new HeatmapBlock("heatmap", w.HeatTitle, w.NetExplained, w.Point, [.. w.Regions, w.All],
            [.. w.Points.Select((p, i) => new HeatmapRow(Whole(i + 1), p, [.. Enumerable.Range(0, 8).Select(r =>
            {
                var net = Net(i, r);
                return r == 4 && i is 2 or 6
                    ? new HeatmapCell("–", null, Direction.None, false)
                    : new HeatmapCell(Signed(net), net >= 30 ? 2 : net >= 10 ? 1 : net > -10 ? 0 : net > -30 ? -1 : -2, net > 18 ? Direction.Forward : net < -18 ? Direction.Back : Direction.Unclear, r == 6);
            })]))],
            ["≤ −30", "−29 … −10", "−9 … +9", "+10 … +29", "≥ +30"],
            [new MarkLabel(Direction.Forward, w.Better), new MarkLabel(Direction.Back, w.Worse)], w.SmallBase, w.Base);
        yield return new FigureBlock("glance-dots", w.DotTitle, w.NetExplained, w.Base, $"{w.DotTitle}. {string.Join("; ", w.Points.Select((p, i) => $"{p}: {Signed(Net(i, 7))}"))}", Dots(w, w.Points, i => Net(i, 7)));
    }

    private static DotIntervalChart Dots(SampleWords w, IReadOnlyList<string> labels, Func<int, int> net) => new(ChartScale.Net,
        [.. labels.Select((p, i) =>
        {
            if (i == 5)
                return new DotRow(p, null, null, null, null, null, "n = 4", Direction.None, w.TooFew, false);
            var v = net(i);
            return new DotRow(p, v, v - 12, v + 11, Signed(v), Range(v - 12, v + 11), Whole(320 - i), v > 12 ? Direction.Forward : v < -11 ? Direction.Back : Direction.Unclear, null, i == 0);
        })],
        [new MarkLabel(Direction.Forward, w.Better), new MarkLabel(Direction.Unclear, w.Unclear), new MarkLabel(Direction.Back, w.Worse)],
        w.NetExplained, w.RangeLabel, w.Answers);

    private static IEnumerable<EditionBlock> Point(SampleWords w, int point)
    {
        var id = $"point-{point + 1}";
        yield return new ChapterBlock(id, $"{w.Point} {point + 1}", w.Points[point], w.Lead, Whole(point + 1), ChapterTone.Primary);
        yield return new ScorecardBlock(id + "-scorecard",
            [
                new ScoreMeasure(w.State, w.Percent(38), Direction.Unclear, w.StateTitle, [new Definition(w.RangeLabel, Range(33, 44)), new Definition(w.Answers, "331")]),
                new ScoreMeasure(w.Progress, "+18", Direction.Forward, w.Net, [new Definition(w.RangeLabel, Range(9, 27)), new Definition(w.Answers, "326")]),
            ],
            [new Definition(w.Actions, w.ActionKinds[0])]);
        yield return new TagsBlock(w.Links, ["SDG 10.7", "SDG 17.18", "GCM 2", "GCM 23"], [.. Enumerable.Repeat("https://sdgs.un.org/goals/goal10", 4)]);
        yield return new FindingBlock(w.Findings[point], [new FindingNumber("net", 18, "+18")], Direction.Forward);
        yield return new HeadingBlock(2, w.Progress, id + "-progress");
        yield return new ParagraphBlock(w.Paragraphs[0]);
        var rows = ChangeRows(w, point);
        yield return new FigureBlock(id + "-change", w.ChangeTitle, w.ChangeSubtitle, w.Base, $"{w.ChangeTitle} {string.Join("; ", rows.Select(r => $"{r.Label}: {r.Figure ?? r.Words}"))}",
            new DivergingBarsChart(
                [.. w.Levels.Select((l, i) => new ChartLevel((LevelTone)i, l)), new ChartLevel(LevelTone.BackTogether, w.Together[0]), new ChartLevel(LevelTone.ForwardTogether, w.Together[1]), new ChartLevel(LevelTone.NotForward, w.Together[2])],
                rows, new BarColumns(w.Net, w.Answers, w.DontKnow), w.ShareOfAnswers));
        yield return new TableBlock(id + "-table", w.ChangeTitle, null,
            [new TableColumn(w.Region, CellAlignment.Start, 1), .. w.Levels.Select(l => new TableColumn(l, CellAlignment.End, 0.42)), new TableColumn(w.Net, CellAlignment.End, 0.3)],
            [.. rows.Select(r => new TableRow([new TableCell(r.Label), .. Enumerable.Range(0, 5).Select(i => new TableCell(r.Segments.Count == 5 ? w.Percent(r.Segments[i].Percent) : "–")), new TableCell(r.Figure ?? "–")], r.IsTotal))], w.Base);
        yield return new HeadingBlock(2, w.State, id + "-state");
        yield return new FindingBlock(w.Findings[(point + 1) % w.Findings.Count], [], Direction.Unclear);
        yield return new FigureBlock(id + "-state-bars", w.StateTitle, null, w.Base, $"{w.StateTitle}. 2024: 31%; 2025: 34%; 2026: 38%",
            new StackedBarsChart([.. w.StateLevels.Select((l, i) => new ChartLevel(LevelTone.Step0 + i, l)), new ChartLevel(LevelTone.LowTogether, w.Together[3]), new ChartLevel(LevelTone.HighTogether, w.Together[4])],
                [
                    Bar("2026", [(LevelTone.Step0, 14), (LevelTone.Step1, 21), (LevelTone.Step2, 27), (LevelTone.Step3, 24), (LevelTone.Step4, 14)], w.Percent(38), "331", w.Percent(6)),
                    Bar("2025", [(LevelTone.Step0, 16), (LevelTone.Step1, 23), (LevelTone.Step2, 27), (LevelTone.Step3, 23), (LevelTone.Step4, 11)], w.Percent(34), "298", w.Percent(8)),
                    Bar("2024", [(LevelTone.LowTogether, 41), (LevelTone.Step2, 28), (LevelTone.HighTogether, 31)], w.Percent(31), "27", w.Percent(8), isSmall: true),
                ],
                new BarColumns(w.StateHeadline, w.Answers, w.DontKnow), w.ShareOfAnswers));
        yield return new HeadingBlock(3, w.Trend, id + "-trend-heading");
        yield return new FigureBlock(id + "-trend", w.TrendTitle, null, w.Base, $"{w.TrendTitle}. 2022: 22; 2023: 26; 2025: 34; 2026: 38",
            new TrendChart(ChartScale.Share, ["2021", "2022", "2023", "2024", "2025", "2026"],
                [new TrendPanel(w.All, [Dot(22, w), Dot(26, w), new TrendPoint(null, null, null, null, false), Dot(31, w, true), Dot(34, w), Dot(38, w)])], w.StateHeadline, w.Break));
        yield return new FigureBlock(id + "-trends", w.TrendTitle, w.StateHeadline, w.Base, $"{w.TrendTitle}. {string.Join("; ", w.Regions)}",
            new TrendChart(ChartScale.Share, ["2024", "2025", "2026"],
                [.. w.Regions.Take(6).Select((r, i) => new TrendPanel(r, [new TrendPoint(20 + i * 7, null, null, "20", false), i == 3 ? new TrendPoint(null, null, null, null, false) : new TrendPoint(24 + i * 6, null, null, "24", false), new TrendPoint(31 + i * 5, null, null, w.Percent(31 + i * 5), false)]))], w.StateHeadline, null));
        yield return new ColumnsBlock(
            [new HeadingBlock(2, w.Actions, id + "-actions"), new FigureBlock(id + "-actions-bars", w.ActionsTitle, null, w.Base, w.ActionsTitle + ": " + string.Join("; ", w.ActionKinds), Kinds(w, w.ActionKinds, 71))],
            [new HeadingBlock(2, w.Barriers, id + "-barriers"), new FigureBlock(id + "-barriers-bars", w.BarriersTitle, null, w.Base, w.BarriersTitle + ": " + string.Join("; ", w.BarrierKinds), Kinds(w, w.BarrierKinds, 64))]);
        yield return new HeadingBlock(2, w.Voices, id + "-voices");
        yield return new QuoteBlock(w.Quote, w.Language, w.Regions[2], null);
        yield return new QuoteBlock("طُلب منا التعليق على قانون كان قد طُبع بالفعل.", "ar", w.Regions[4], w.Translation);
        yield return new ListBlock([w.Paragraphs[1], w.Findings[0]]);
    }

    private static BarsChart Kinds(SampleWords w, IReadOnlyList<string> kinds, int from) =>
        new([.. kinds.Select((k, i) => new BarsRow(k, from - i * 9, w.Percent(from - i * 9)))], null, null, null);

    private static TrendPoint Dot(int value, SampleWords w, bool isBreak = false) => new(value, value - 5, value + 5, w.Percent(value), isBreak);

    private static BarRow Bar(string label, (LevelTone Tone, int Percent)[] parts, string? figure, string? n, string? dontKnow, bool isTotal = false, bool isSmall = false) =>
        new(label, [.. parts.Select(p => new BarSegment(p.Tone, p.Percent, Whole(p.Percent)))], figure, n, dontKnow, null, isSmall, isTotal);

    private static IReadOnlyList<BarRow> ChangeRows(SampleWords w, int point)
    {
        BarRow Five(string label, int lift, int n, bool isTotal = false, bool isSmall = false)
        {
            var worst = Math.Max(3, 9 - lift / 6);
            var worse = Math.Max(5, 21 - lift / 3);
            var best = Math.Max(3, 13 + lift / 5);
            var better = 27 + lift / 3;
            var net = best + better - worst - worse;
            return Bar(label, [(LevelTone.StronglyBack, worst), (LevelTone.Back, worse), (LevelTone.Neutral, 100 - worst - worse - best - better), (LevelTone.Forward, better), (LevelTone.StronglyForward, best)], Signed(net), Whole(n), w.Percent(3 + n % 7), isTotal, isSmall);
        }

        return
        [
            Five(w.All, 6 + point * 4, 331, isTotal: true),
            .. w.Regions.Take(4).Select((r, i) => Five(r, (i - 1) * 17 + point * 5, Sizes[i])),
            Bar(w.Regions[4], [(LevelTone.BackTogether, 33), (LevelTone.Neutral, 29), (LevelTone.ForwardTogether, 38)], "+5", "24", w.Percent(8), isSmall: true),
            Bar(w.Regions[5], [(LevelTone.NotForward, 61), (LevelTone.ForwardTogether, 39)], null, "31", w.Percent(4)),
            new BarRow(w.Regions[6], [], null, "7", null, w.TooFew, true, false),
        ];
    }

    private static IEnumerable<EditionBlock> Region(SampleWords w, int region)
    {
        yield return new ChapterBlock($"region-{region + 1}", w.RegionProfile, w.Regions[region], null, null, ChapterTone.Accent);
        yield return new TilesBlock([new Tile("64", w.Tiles[0]), new Tile(w.Percent(61), w.Tiles[2]), new Tile("+21", w.Tiles[3])]);
        yield return new FindingBlock(w.Findings[2], [], Direction.Back);
        yield return new FigureBlock("region-dots", w.DotTitle, w.NetExplained, w.Base, $"{w.DotTitle}. {string.Join("; ", w.Points.Select((p, i) => $"{p}: {Signed(Net(i, 0))}"))}", Dots(w, w.Points, i => Net(i, 0)));
        yield return new QuoteBlock(w.Quote, w.Language, w.Regions[region], null);
    }

    private static IEnumerable<EditionBlock> Methods(SampleWords w)
    {
        yield return new ChapterBlock("methods", w.AnnexKicker, w.Methods, null, null, ChapterTone.Primary);
        yield return new DefinitionsBlock([.. w.Findings.Select((f, i) => new Definition($"{i + 1}. {w.Paragraphs[2][..24]}", f + " " + w.Paragraphs[1]))]);
        yield return new NoteBlock(w.MapNote);
    }

    private static IEnumerable<EditionBlock> Annex(SampleWords w)
    {
        yield return new ChapterBlock("annex", w.AnnexKicker, w.AnnexTitle, null, null, ChapterTone.Primary, RunsOn: true);
        yield return new HeadingBlock(2, w.Actions, "annex-actions");
        yield return new TableBlock("annex-kinds", w.ActionsTitle, w.NetExplained,
            [new TableColumn(w.Actions, CellAlignment.Start, 1.3), new TableColumn(w.ShareOfAnswers, CellAlignment.Start, 1.2), new TableColumn(w.Answers, CellAlignment.End, 0)],
            [.. w.ActionKinds.Select((k, i) => new TableRow([new TableCell(k), new TableCell(w.Percent(71 - i * 9), 71 - i * 9), new TableCell(Whole(230 - i * 20))]))], null);
        yield return new RichTextBlock(2,
            [
                new RichPart(RichPartKind.Heading, [new RichLine([new RichSpan(w.Links)])], "annex-words"),
                new RichPart(RichPartKind.Paragraph, [new RichLine([new RichSpan(w.Lead, IsEmphasis: true), new RichSpan(" "), new RichSpan("example.org", IsStrong: true, Link: "https://example.org/")])], null),
                new RichPart(RichPartKind.List, [.. w.ActionKinds.Take(2).Select(k => new RichLine([new RichSpan(k)]))], null),
            ]);
        yield return new IndexBlock("annex-index", w.Links, [new IndexEntry("SDG 10.7", "https://sdgs.un.org/goals/goal10", [new IndexPlace(w.Points[0], "point-1"), new IndexPlace(w.Points[1], "point-2")])]);
        yield return new HeadingBlock(2, w.AnnexTitle, "annex-full");
        yield return new TableBlock("annex-long", w.AnnexTitle, null,
            [new TableColumn(w.Point, CellAlignment.Start, 1), new TableColumn(w.Region, CellAlignment.Start, 1), new TableColumn(w.Answers, CellAlignment.End, 0), new TableColumn(w.Net, CellAlignment.End, 0.3), new TableColumn(w.RangeLabel, CellAlignment.End, 0.6)],
            [.. w.Points.SelectMany((p, i) => w.Regions.Select((r, k) => new TableRow([new TableCell(p), new TableCell(r), new TableCell(Whole(Sizes[k] - i)), new TableCell(Signed(Net(i, k))), new TableCell(Range(Net(i, k) - 9, Net(i, k) + 9))])))], w.Base);
    }

    private static int Rate(int region) => 36 + region * 7 - region % 3 * 4;

    private static int Net(int point, int region) => region == 7 ? 24 - point * 7 : (point * 37 + region * 53) % 97 - 44 + (7 - point) * 2;

    private static readonly string[][] Countries =
    [
        ["DZ", "AO", "BJ", "BW", "BF", "BI", "CM", "CV", "CF", "TD", "KM", "CG", "CD", "CI", "DJ", "GQ", "ER", "SZ", "ET", "GA", "GM", "GH", "GN", "GW", "KE", "LS", "LR", "MG", "MW", "ML", "MR", "MU", "MZ", "NA", "NE", "NG", "RW", "ST", "SN", "SC", "SL", "SO", "ZA", "SS", "TZ", "TG", "UG", "ZM", "ZW"],
        ["AF", "AU", "BD", "BT", "BN", "KH", "CN", "FJ", "IN", "ID", "IR", "JP", "KP", "KR", "LA", "MY", "MV", "MN", "MM", "NP", "NZ", "PK", "PG", "PH", "SG", "SB", "LK", "TH", "TL", "VU", "VN", "TW", "NC"],
        ["AL", "AM", "AT", "AZ", "BY", "BE", "BA", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "GE", "DE", "GR", "HU", "IS", "IE", "IT", "KZ", "KG", "LV", "LT", "LU", "MD", "ME", "NL", "MK", "NO", "PL", "PT", "RO", "RU", "RS", "SK", "SI", "ES", "SE", "CH", "TJ", "TR", "TM", "UA", "GB", "UZ", "XK", "GL"],
        ["AR", "BS", "BZ", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "SV", "GT", "GY", "HT", "HN", "JM", "MX", "NI", "PA", "PY", "PE", "SR", "TT", "UY", "VE", "FK", "PR"],
        ["BH", "EG", "IQ", "IL", "JO", "KW", "LB", "LY", "MA", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "AE", "YE", "EH"],
        ["CA", "US"],
        [],
    ];
}
