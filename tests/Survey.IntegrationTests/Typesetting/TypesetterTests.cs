using System.Globalization;
using System.Text;
using System.Text.Json;
using Survey.Reporting.Charts;
using Survey.Reporting.Editions;
using Survey.Reporting.Typesetting;
using Survey.Testing;
using Survey.Testing.Editions;

namespace Survey.IntegrationTests.Typesetting;

/// <summary>The checks that need no validator, on a sample with every kind of block in four languages, hostile words included.</summary>
[TestFixture]
public sealed class TypesetterTests
{
    private static readonly string[] Hostile =
    [
        "#import \"@preview/cetz:0.3.4\": * and #read(\"/etc/passwd\")",
        "$x^2$ \\ `code` <label> @ref *bold* _it_ // comment /* more */ {{x}} <b>html</b> & \"quotes\"",
        new string('W', 300),
        "Emoji 🎉👍🏽 and 中文字 and \uE000 and \uFFFF and \u0007bell\u0000 and \uD800 end",
        "Mixed العربية and Latin, 12,5 % \u202Eoverride and \u2067isolate",
        "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307 o\u0651 ع\u0301 stacked",
        "line one\nline two\ttab\r\nline three",
    ];

    private readonly TestFolder folder = new();
    private IReadOnlyList<TypesetFile> files = [];

    private static EditionContent Edition(string language) =>
        SampleEdition.In(language, [.. Hostile.Select(h => new QuoteBlock(h, "en", "#panic(\"attribution\") $y$", h[..Math.Min(40, h.Length)])), Together]);

    /// <summary>Shares of several steps together, and figures that only look like their marks.</summary>
    private static TableBlock Together { get; } = new("shares-together", "Shares together", null,
        [new TableColumn("Row", CellAlignment.Start, 2), .. Enumerable.Range(1, 4).Select(i => new TableColumn($"Step {i}", CellAlignment.End, 1))],
        [Row("merged", "67%*", "*", "*", "33%"), Row("apart", "10", "0", "–", "–"), Row("sums", "100", "0", "0", "50")], null);

    private static TableRow Row(params string[] cells) => new([.. cells.Select(c => new TableCell(c))]);

    [OneTimeSetUp]
    public async Task Set_the_sample()
    {
        files = await new Typesetter(new TypesettingOptions()).SetAsync([.. SampleEdition.Languages.Select(Edition)]);
        foreach (var pdf in files.Where(f => f.Kind == TypesetFileKind.Pdf))
            await File.WriteAllBytesAsync(folder.File(pdf.Language), pdf.Bytes);
    }

    [OneTimeTearDown]
    public void Remove_the_sample() => folder.Dispose();

    private static IEnumerable<string> Languages => SampleEdition.Languages;

    private PdfFile Pdf(string language) => PdfFile.Read(folder.File(language));

    [TestCaseSource(nameof(Languages))]
    public void Document_says_what_it_is(string language)
    {
        var pdf = Pdf(language);
        var viewer = pdf.Get(pdf.Catalog, "/ViewerPreferences");
        var title = Edition(language).Title;
        Assert.Multiple(() =>
        {
            Assert.That(pdf.Get(pdf.Get(pdf.Catalog, "/MarkInfo"), "/Marked").GetBoolean(), Is.True);
            Assert.That(pdf.Catalog.TryGetProperty("/StructTreeRoot", out _), Is.True);
            Assert.That(pdf.Words(pdf.Catalog, "/Lang"), Is.EqualTo(language));
            Assert.That(pdf.Get(viewer, "/DisplayDocTitle").GetBoolean(), Is.True);
            Assert.That(pdf.Name(viewer, "/Direction"), Is.EqualTo(language == "ar" ? "/R2L" : "/L2R"));
            Assert.That(pdf.Metadata, Does.Contain($">{title}<").And.Contain($"<rdf:li>{language}</rdf:li>"));
            Assert.That(pdf.Metadata, Does.Contain("<pdfuaid:part>1<").And.Contain("<pdfaid:part>2<").And.Contain("<pdfaid:conformance>A<"));
            Assert.That(pdf.Get(pdf.Catalog, "/OutputIntents").GetArrayLength(), Is.EqualTo(1));
            Assert.That(pdf.Info(), Does.Contain(title).And.Contain("Tagged:          yes").And.Contain("JavaScript:      no"));
            Assert.That(pdf.Pages, Is.EqualTo(files.Single(f => f.Kind == TypesetFileKind.Pdf && f.Language == language).Pages));
        });
    }

    [TestCaseSource(nameof(Languages))]
    public void Structure_can_be_read_aloud(string language)
    {
        var pdf = Pdf(language);
        var edition = Edition(language);
        var headers = pdf.ElementsOf("/TH");
        var tables = pdf.ElementsOf("/Table");
        var figures = pdf.ElementsOf("/Figure").Select(f => pdf.Words(f, "/Alt")).ToList();
        var levels = pdf.Elements.Select(e => pdf.Name(e, "/S")!).Where(s => s.Length == 3 && s.StartsWith("/H", StringComparison.Ordinal) && char.IsDigit(s[2])).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(figures, Is.Not.Empty.And.All.Not.Null);
            Assert.That(figures.Where(a => a!.Length <= 10), Is.Empty);
            foreach (var block in Figures(edition.Blocks))
                Assert.That(figures, Has.Some.EqualTo(block.Alternative));
            Assert.That(tables, Has.Count.EqualTo(edition.Blocks.Count(b => b is TableBlock or HeatmapBlock or SummaryListBlock)));
            Assert.That(headers, Has.Count.GreaterThan(tables.Count));
            Assert.That(headers.Select(h => h.GetProperty("/A").ToString() + pdf.Get(h, "/A")), Has.All.Contain("/Scope"));
            Assert.That(levels, Is.EqualTo(new[] { "/H1", "/H2", "/H3" }));
            Assert.That(pdf.Bookmarks, Is.SupersetOf(edition.Blocks.OfType<ChapterBlock>().Select(c => c.Title)));
            Assert.That(pdf.Dictionaries.Where(d => pdf.Name(d, "/Type") == "/Page" && pdf.Get(d, "/Annots") is { ValueKind: JsonValueKind.Array } a && a.GetArrayLength() > 0).Select(p => pdf.Name(p, "/Tabs")), Is.Not.Empty.And.All.EqualTo("/S"));
        });
    }

    [TestCaseSource(nameof(Languages))]
    public void Fonts_are_embedded_and_nothing_acts(string language)
    {
        var pdf = Pdf(language);
        var fonts = pdf.Dictionaries.Where(d => pdf.Name(d, "/Type") == "/FontDescriptor").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(fonts, Is.Not.Empty);
            Assert.That(fonts.Where(f => !f.TryGetProperty("/FontFile2", out _) && !f.TryGetProperty("/FontFile3", out _)), Is.Empty);
            Assert.That(fonts.Select(f => pdf.Name(f, "/FontName")![8..]), Has.All.Match("^(SourceSans3|SourceSerif4|IBMPlexSansArabic|NotoEmoji)"));
            Assert.That(pdf.Dictionaries.Where(d => pdf.Name(d, "/Subtype") == "/Type0" && !d.TryGetProperty("/ToUnicode", out _)), Is.Empty);
            Assert.That(pdf.Dictionaries.Where(d => pdf.Name(d, "/S") is "/JavaScript" or "/Launch" or "/GoToR" or "/SubmitForm" || pdf.Name(d, "/Type") is "/Filespec"), Is.Empty);
        });
    }

    [TestCaseSource(nameof(Languages))]
    public void Words_can_be_taken_out_again(string language)
    {
        var text = Folded(Pdf(language).Text());
        var edition = Edition(language);
        var words = edition.Blocks.Select(b => b switch
        {
            ChapterBlock c => c.Title,
            HeadingBlock h => h.Text,
            FindingBlock f => f.Text,
            FigureBlock f => f.Title,
            TableBlock t => t.Title,
            _ => null,
        }).OfType<string>().Append(edition.Title).Append(edition.SampleNotice!).Distinct();
        Assert.Multiple(() =>
        {
            foreach (var word in words)
                Assert.That(language == "ar" ? HasTheLettersOf(text, Folded(word)) : text.Contains(Folded(word), StringComparison.Ordinal), Is.True, word);
        });
    }

    // Poppler gives the structure's text in reading order for left-to-right scripts only; the structure itself is the same in Arabic.
    [TestCase("en")]
    [TestCase("fr")]
    [TestCase("es")]
    public void Blocks_are_read_aloud_in_their_order(string language)
    {
        var read = Folded(Pdf(language).Structure());
        var at = 0;
        Assert.Multiple(() =>
        {
            foreach (var words in Edition(language).Blocks.Select(b => b switch { ChapterBlock c => c.Title, HeadingBlock h => h.Text, FindingBlock f => f.Text, FigureBlock f => f.Title, _ => null }).OfType<string>().Select(Folded))
            {
                var next = read.IndexOf(words, at, StringComparison.Ordinal);
                Assert.That(next, Is.GreaterThanOrEqualTo(0), $"not after what stands before it: {words}");
                at = Math.Max(at, next + words.Length);
            }
        });
    }

    [TestCaseSource(nameof(Languages))]
    public void Sample_notice_stands_on_every_page(string language)
    {
        var pdf = Pdf(language);
        var notice = Folded(Edition(language).SampleNotice!);
        Assert.That(Enumerable.Range(1, pdf.Pages).Where(p => !HasTheLettersOf(Folded(pdf.Text(p)), notice)), Is.Empty);
    }

    [TestCase("en")]
    [TestCase("fr")]
    public void Members_words_are_inert(string language)
    {
        var text = Folded(Pdf(language).Text());
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain(Folded("#import \"@preview/cetz:0.3.4\": * and #read(\"/etc/passwd\")")));
            Assert.That(text, Does.Contain(Folded("$x^2$ \\ `code` <label> @ref *bold* _it_ // comment /* more */ {{x}} <b>html</b> & \"quotes\"")));
            Assert.That(text, Does.Contain(new string('W', 300)));
            Assert.That(text, Does.Contain(Folded($"and {PrintableText.Mark} and {PrintableText.Mark} and {PrintableText.Mark} and bell and {PrintableText.Mark} end")));
            Assert.That(text, Does.Contain(Folded("line one line two tab line three")));
            Assert.That(text, Does.Contain(Folded("#panic(\"attribution\") $y$")));
            Assert.That(text, Does.Not.Contain("root:"));
        });
    }

    [TestCaseSource(nameof(Languages))]
    public void Pages_are_filled_and_none_ends_in_a_heading(string language)
    {
        var pages = PrintedPages.OfChaptersThatGoOn(Pdf(language));
        Assert.Multiple(() =>
        {
            Assert.That(pages.Where(p => p.Fill < 0.6), Is.Empty);
            Assert.That(pages.Average(p => p.Fill), Is.GreaterThan(0.75));
            Assert.That(PrintedPages.ThatEndInAHeading(Pdf(language)), Is.Empty);
        });
    }

    [Test]
    public void Share_of_several_steps_stands_once_and_every_figure_stays()
    {
        var lines = Pdf("en").Layout().Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.That(lines, Is.SupersetOf(new[] { "merged 67%* 33%", "apart 10 0 – –", "sums 100 0 0 50" }));
    }

    [Test]
    public void Addresses_in_the_imprint_can_be_followed()
    {
        var pdf = Pdf("ar");
        Assert.That(pdf.Dictionaries.Select(d => pdf.Get(d, "/A")).Where(a => pdf.Name(a, "/S") == "/URI").Select(a => pdf.Words(a, "/URI")).Distinct(), Is.EquivalentTo(new[] { "https://creativecommons.org/licenses/by/4.0/", "https://sdgs.un.org/goals/goal10", "https://example.org/" }));
    }

    [Test]
    public async Task Any_text_can_be_set()
    {
        var random = new SeededNumbers(20261120);
        var quotes = Enumerable.Range(0, 300).Select(_ => new string([.. Enumerable.Range(0, 30).Select(_ => random.Next() % 8 == 0 ? ' ' : (char)(random.Next() % (random.Next() % 3 == 0 ? 0x10000 : 0x900)))]));
        var emoji = Enumerable.Range(0, 60).Select(_ => string.Concat(Enumerable.Range(0, 8).Select(_ => char.ConvertFromUtf32(0x1F000 + random.Next() % 0xC00) + (random.Next() % 2 == 0 ? "\u200D" : random.Next() % 2 == 0 ? "\u0301" : ""))));
        var set = await new Typesetter(new TypesettingOptions()).SetAsync([SampleEdition.In("en", [.. quotes.Concat(emoji).Select(q => new QuoteBlock(q, "en", q[..12], null))])]);
        Assert.That(set.Count(f => f.Kind == TypesetFileKind.Pdf), Is.EqualTo(1));
    }

    [Test]
    public async Task Same_input_gives_the_same_bytes()
    {
        var again = await new Typesetter(new TypesettingOptions()).SetAsync([Edition("ar"), Edition("en")]);
        Assert.Multiple(() =>
        {
            foreach (var file in again)
                Assert.That(file.Bytes.AsSpan().SequenceEqual(files.Single(f => f.Kind == file.Kind && f.Language == file.Language && f.Name == file.Name).Bytes), Is.True, $"{file.Name} {file.Language}");
        });
    }

    [Test]
    public void Every_figure_comes_as_a_small_picture_for_the_web()
    {
        var figures = files.Where(f => f.Kind == TypesetFileKind.Figure).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(figures, Has.Count.EqualTo(Languages.Sum(l => Figures(Edition(l).Blocks).Count())));
            Assert.That(figures.Where(f => Encoding.UTF8.GetString(f.Bytes).Contains("<script", StringComparison.OrdinalIgnoreCase)), Is.Empty);
            Assert.That(figures.Where(f => f.Bytes.Length > 60_000).Select(f => f.Name), Is.Empty);
        });
    }

    // An approved picture is looked at in a browser; APPROVE=1 writes it anew.
    [Test]
    public void Charts_look_as_approved([Values("en", "ar")] string language,
        [Values("point-1-change", "point-1-state-bars", "point-1-trend", "point-1-trends", "point-1-actions-bars", "response-rate", "region-dots")] string figure)
    {
        var approved = Repository.File("tests", "Survey.IntegrationTests", "Typesetting", "Approved", $"{figure}.{language}.svg");
        var drawn = Encoding.UTF8.GetString(files.Single(f => f.Kind == TypesetFileKind.Figure && f.Language == language && f.Name == figure).Bytes);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(approved, drawn);
        Assert.That(drawn, Is.EqualTo(File.ReadAllText(approved)));
    }

    [Test]
    public async Task Words_of_a_chart_lie_on_no_other_and_on_no_mark()
    {
        var drawn = new { charts = Path.Combine(Repository.Templates, "charts"), editions = SampleEdition.Languages.Select(l => SampleEdition.In(l)) };
        var said = await ScriptRun.OutputAsync([Repository.File("tests", "Survey.IntegrationTests", "Typesetting", "collisions.mjs")], JsonSerializer.Serialize(drawn, EditionJson.Options));
        Assert.That(JsonSerializer.Deserialize<string[]>(said), Is.Empty);
    }

    [Test]
    public void Not_advanced_is_not_drawn_as_gone_back()
    {
        // The row on two steps: a strip of its own from the scale's end, with no line of the scale through its ground.
        var picture = Encoding.UTF8.GetString(files.Single(f => f.Kind == TypesetFileKind.Figure && f.Language == "en" && f.Name == "point-1-change").Bytes);
        var ground = System.Text.RegularExpressions.Regex.Match(picture, "d=\"M0,([0-9.]+)h[0-9.]+v([0-9.]+)h-[0-9.]+Z\" fill=\"#EEF2F5\"");
        var (top, height) = (Number(ground.Groups[1].Value), Number(ground.Groups[2].Value));
        var lines = System.Text.RegularExpressions.Regex.Matches(picture, "<line transform=\"translate\\(([0-9.]+),([0-9.]+)\\)\" x2=\"0\" y2=\"([0-9.]+)\"").Select(m => (Top: Number(m.Groups[2].Value), Bottom: Number(m.Groups[2].Value) + Number(m.Groups[3].Value)));
        Assert.That(ground.Success, Is.True);
        Assert.That(lines, Is.Not.Empty.And.All.Matches<(double Top, double Bottom)>(l => l.Bottom <= top || l.Top >= top + height));
    }

    [Test]
    public void Map_shades_regions_not_countries()
    {
        var map = Encoding.UTF8.GetString(files.Single(f => f.Kind == TypesetFileKind.Figure && f.Language == "en" && f.Name == "region-map").Bytes);
        var shapes = System.Text.RegularExpressions.Regex.Count(map, "<path[^>]*stroke=\"#FFFFFF\"");
        Assert.That(shapes, Is.EqualTo(6 + 1), "six regions and the rest of the world, one shape each");
    }

    [Test]
    public void Sample_holds_every_kind_of_block_and_chart()
    {
        var edition = Edition("en");
        var blocks = edition.Blocks.Concat(edition.Blocks.OfType<ColumnsBlock>().SelectMany(c => c.First.Concat(c.Second))).Select(b => b.GetType()).Distinct();
        Assert.Multiple(() =>
        {
            Assert.That(blocks, Is.EquivalentTo(typeof(EditionBlock).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(EditionBlock)))));
            Assert.That(Figures(edition.Blocks).Select(f => f.Chart.GetType()).Distinct(), Is.EquivalentTo(typeof(Chart).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Chart)))));
        });
    }

    [Test]
    public async Task Progress_is_told_step_by_step()
    {
        var told = new List<TypesetProgress>();
        await new Typesetter(new TypesettingOptions()).SetAsync([Edition("en")], new Listener(told.Add));
        Assert.That(told, Is.EqualTo(new[] { new TypesetProgress("en", TypesettingStep.Charts, 0, 3), new TypesetProgress("en", TypesettingStep.Layout, 1, 3), new TypesetProgress("en", TypesettingStep.Pdf, 2, 3) }));
    }

    [Test]
    public void Cancelling_stops_the_process_and_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var before = Workspaces();
        Assert.That(async () => await new Typesetter(new TypesettingOptions()).SetAsync([Edition("en")], new Listener(_ => cancel.Cancel()), cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Workspaces().Except(before), Is.Empty);
    }

    [Test]
    public void Missing_Node_is_said_in_words() =>
        Assert.That(async () => await new Typesetter(new TypesettingOptions { Root = folder.Path }).SetAsync([Edition("en")]),
            Throws.TypeOf<TypesettingException>().With.Message.Contains("run npm ci"));

    [Test]
    public void Too_long_a_run_is_stopped_in_words() =>
        Assert.That(async () => await new Typesetter(new TypesettingOptions { TimeLimit = TimeSpan.FromMilliseconds(50) }).SetAsync([Edition("en")]),
            Throws.TypeOf<TypesettingException>().With.Message.Contains("took longer"));

    [TestCase("#panic(\"broken on purpose\")", "the layout refused", "broken on purpose")]
    [TestCase("#import \"@preview/cetz:0.3.4\": *", "imports a package", "own folder")]
    [TestCase("#read(\"../../../../../../etc/passwd\")", "the layout refused", "")]
    [TestCase("#set document(title: \"x\", date: datetime(year: 2026, month: 1, day: 1))\n= Title\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"))", "the PDF refused", "")]
    [TestCase("#set document(title: \"x\", date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: \"Source Sans 3\", fallback: false)\n= Title\nno glyph: \u0F40", "the PDF refused", "")]
    public async Task A_layout_that_will_not_do_is_refused_in_words(string layout, string says, string why)
    {
        using var templates = new TestFolder();
        Directory.CreateDirectory(templates.File("report"));
        await File.WriteAllTextAsync(Path.Combine(templates.Path, "report", "report.typ"), layout);
        Directory.CreateSymbolicLink(templates.File("charts"), Path.Combine(Repository.Templates, "charts"));
        Assert.That(async () => await new Typesetter(new TypesettingOptions { Templates = templates.Path }).SetAsync([Edition("en")]),
            Throws.TypeOf<TypesettingException>().With.Message.Contains(says).And.Message.Contains(why));
    }

    [Test]
    public async Task List_of_printable_characters_is_current()
    {
        var made = await ScriptRun.OutputAsync([Repository.File("src", "Survey.Reporting", "Typesetting", "node", "coverage.mjs"), "--print"]);
        Assert.That(made, Is.EqualTo(await File.ReadAllTextAsync(Repository.File("src", "Survey.Reporting", "Editions", "PrintableRanges.cs"))));
    }

    private static IEnumerable<FigureBlock> Figures(IEnumerable<EditionBlock> blocks) =>
        blocks.SelectMany(b => b switch { FigureBlock f => [f], ColumnsBlock c => Figures(c.First.Concat(c.Second)), _ => Enumerable.Empty<FigureBlock>() });

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Workspaces() => Directory.GetDirectories(Path.GetTempPath(), "progress-report-*");

    /// <summary>Without spaces, direction marks, soft hyphens and vowel signs, compatibility forms resolved.</summary>
    private static string Folded(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).EnumerateRunes()
        .Where(r => !Rune.IsWhiteSpace(r) && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark)).Select(r => r.ToString()));

    /// <summary>
    /// Whether exactly these letters stand together somewhere. Poppler turns the letters of an Arabic ligature round, so order within a stretch is not compared;
    /// letters that come out twice or not at all (the fault this looks for) still show.
    /// </summary>
    private static bool HasTheLettersOf(string text, string words)
    {
        var wanted = words.Order().ToArray();
        for (var at = 0; at + words.Length <= text.Length; at++)
        {
            if (text.AsSpan(at, words.Length).IndexOf(words[0]) >= 0 && text.Substring(at, words.Length).Order().SequenceEqual(wanted))
                return true;
        }

        return false;
    }

    private sealed class Listener(Action<TypesetProgress> hear) : IProgress<TypesetProgress>
    {
        public void Report(TypesetProgress value) => hear(value);
    }

    private sealed class SeededNumbers(uint seed)
    {
        private uint state = seed;

        public int Next()
        {
            state = state * 1664525 + 1013904223;
            return (int)(state >> 9);
        }
    }
}
