using System.Text.RegularExpressions;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;
using Survey.Reporting.Charts;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Testing;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

public sealed partial class ContentBuilderTests
{
    [Test]
    public void Texts_say_the_same_things_in_every_language() =>
        Assert.That(CatalogueComparison.Of([.. EditionFixture.Languages.Select(l => EditionFixture.Texts[l])]), Is.Empty);

    [Test]
    public void Every_language_has_the_same_blocks_with_the_same_numbers()
    {
        var input = EditionFixture.Whole();
        var english = EditionFixture.Content(input, "en");
        foreach (var language in EditionFixture.Languages.Skip(1))
        {
            var other = EditionFixture.Content(input, language);
            Assert.That(other.Blocks.Select(b => b.GetType().Name), Is.EqualTo(english.Blocks.Select(b => b.GetType().Name)), language);
            Assert.That(BlockTexts.Ids(other.Blocks), Is.EqualTo(BlockTexts.Ids(english.Blocks)), language);
            foreach (var (one, two) in BlockTexts.Flat(english).OfType<FindingBlock>().Zip(BlockTexts.Flat(other).OfType<FindingBlock>()))
            {
                Assert.That(two.Numbers.Select(n => (n.Name, n.Value)), Is.EqualTo(one.Numbers.Select(n => (n.Name, n.Value))), language);
                Assert.That(two.Direction, Is.EqualTo(one.Direction));
            }

            foreach (var (one, two) in BlockTexts.Flat(english).OfType<TableBlock>().Zip(BlockTexts.Flat(other).OfType<TableBlock>()))
            {
                // Languages stand in the order of their names, which differs; the same rows are there.
                if (one.Id == "participation-languages")
                {
                    Assert.That(two.Rows.Select(r => Digits(string.Join(' ', r.Cells.Select(c => c.Text)))), Is.EquivalentTo(one.Rows.Select(r => Digits(string.Join(' ', r.Cells.Select(c => c.Text))))), language);
                    continue;
                }

                // Digits of each cell but the first: labels of points and choices may hold digits of their own.
                Assert.That(two.Rows.SelectMany(r => r.Cells.Skip(1)).Select(c => Digits(c.Text)), Is.EqualTo(one.Rows.SelectMany(r => r.Cells.Skip(1)).Select(c => Digits(c.Text))), $"{language} {one.Id}");
            }
        }
    }

    [Test]
    public void Ids_are_unique_and_fit_for_addresses()
    {
        var ids = BlockTexts.Ids(EditionFixture.Content(EditionFixture.Whole(), "en").Blocks).ToList();
        Assert.That(ids, Is.Unique);
        Assert.That(ids, Has.All.Match("^[a-z0-9-]+$"));
        Assert.That(ids, Has.Count.GreaterThan(100));
    }

    [Test]
    public void Numbers_of_a_finding_stand_in_its_text()
    {
        foreach (var language in EditionFixture.Languages)
        {
            var findings = BlockTexts.Flat(EditionFixture.Content(EditionFixture.Whole(), language)).OfType<FindingBlock>().ToList();
            Assert.That(findings, Has.Count.GreaterThan(30));
            foreach (var finding in findings)
            {
                foreach (var number in finding.Numbers)
                    Assert.That(finding.Text, Does.Contain(number.Text), $"{language}: {number.Name}");
            }
        }
    }

    [Test]
    public void Bars_sum_to_a_hundred_and_use_only_tones_of_their_legend()
    {
        foreach (var figure in BlockTexts.Flat(EditionFixture.Content(EditionFixture.Whole(), "en")).OfType<FigureBlock>())
        {
            var (levels, rows) = figure.Chart switch
            {
                DivergingBarsChart d => (d.Levels, d.Rows),
                StackedBarsChart s => (s.Levels, s.Rows),
                _ => ([], []),
            };
            foreach (var row in rows.Where(r => r.Segments.Count > 0))
            {
                Assert.That(row.Segments.Sum(s => s.Percent), Is.EqualTo(100), figure.Id);
                Assert.That(row.Segments.Select(s => s.Tone), Is.SubsetOf(levels.Select(l => l.Tone)), figure.Id);
            }

            Assert.That(levels.Select(l => l.Tone), Is.Unique, figure.Id);
        }
    }

    [Test]
    public void Every_figure_has_an_alternative_text_with_its_numbers_and_a_table_beside_it()
    {
        var content = EditionFixture.Content(EditionFixture.Whole(), "en");
        var figures = BlockTexts.Flat(content).OfType<FigureBlock>().ToList();
        Assert.That(figures, Has.Count.GreaterThan(40));
        Assert.That(figures.Select(f => f.Alternative.Length), Has.All.GreaterThan(40));
        foreach (var figure in figures.Where(f => f.Chart is DivergingBarsChart or StackedBarsChart))
        {
            var table = BlockTexts.Flat(content).OfType<TableBlock>().Single(t => t.Id == figure.Id.Replace("-figure", "-table", StringComparison.Ordinal));
            var rows = figure.Chart is DivergingBarsChart d ? d.Rows : ((StackedBarsChart)figure.Chart).Rows;
            foreach (var (row, cells) in rows.Zip(table.Rows))
            {
                Assert.That(cells.Cells[0].Text, Does.StartWith(row.Label));
                foreach (var segment in row.Segments)
                    Assert.That(cells.Cells.Select(c => Digits(c.Text)), Does.Contain(segment.Label), $"{figure.Id} {row.Label}");
                if (row.Figure is not null)
                    Assert.That(figure.Alternative, Does.Contain(row.Figure));
            }
        }
    }

    [Test]
    public void A_pseudo_language_finds_no_words_outside_the_texts_and_the_data()
    {
        var pseudo = EditionFixture.Read("report/en.yaml", (text, file) => TextCatalogue.Parse(Pseudo(text), file));
        var input = EditionFixture.Whole() with { Quotes = [], Listed = [] };
        var data = DataTexts(input);
        foreach (var (where, text) in BlockTexts.Of(EditionFixture.Content(input, pseudo)))
        {
            var outside = data.Aggregate(text, (rest, known) => rest.Replace(known, "", StringComparison.Ordinal));
            Assert.That(Letters().Match(outside).Value, Is.Empty, $"{where}: {text}");
        }
    }

    [Test]
    public void Nobody_is_told_of_a_margin_of_error()
    {
        string[] forbidden = ["margin of error", "marge d’erreur", "marge d'erreur", "margen de error", "هامش الخطأ", "هامش خطأ"];
        foreach (var language in EditionFixture.Languages)
        {
            foreach (var (where, text) in BlockTexts.Of(EditionFixture.Content(EditionFixture.Whole(), language)))
                Assert.That(forbidden.Where(f => text.Contains(f, StringComparison.OrdinalIgnoreCase)), Is.Empty, where);
        }
    }

    [Test]
    public void An_empty_item_of_the_disclosure_list_stops_the_edition()
    {
        var input = EditionFixture.Whole();
        Refused(input with { Facts = input.Facts with { OpenedOn = null } }, "aapor-7");
        Refused(input with { Facts = input.Facts with { Languages = [] } }, "aapor-6");
        Refused(input with { Cube = input.Cube with { Participation = input.Cube.Participation with { Modes = [] } } }, "aapor-6");
        Refused(input with { Network = input.Network with { Publisher = LocalisedText.Of(("en", " ")) } }, "aapor-2");
        Refused(input with { Network = input.Network with { DataController = LocalisedText.Of(("en", "")) } }, "aapor-2");
        Refused(input with { Questionnaire = input.Questionnaire with { Sections = [] } }, "aapor-3");
        Refused(input with { Geography = input.Geography with { Regions = [] } }, "aapor-4");

        static void Refused(EditionInput input, string code)
        {
            var built = ContentBuilder.ContentOf(input, EditionFixture.Texts["en"]);
            Assert.That(built.Value, Is.Null);
            Assert.That(built.Problems.Select(p => p.Code), Is.EqualTo(new[] { code }));
        }
    }

    [Test]
    public void The_methods_chapter_has_eleven_items_and_every_rule_with_its_number()
    {
        var content = EditionFixture.Content(EditionFixture.Whole(), "en");
        var items = content.Blocks.SkipWhile(b => b is not ChapterBlock { Id: "methods" }).OfType<DefinitionsBlock>().First().Items;
        Assert.That(items, Has.Count.EqualTo(11));
        var rules = BlockTexts.Flat(content).OfType<TableBlock>().Single(t => t.Id == "methods-rules-table");
        Assert.That(rules.Rows.Select(r => r.Cells[1].Text), Is.EqualTo(new[] { "5", "10", "30", "3", "5", "5", "10", "10", "5", "3" }), "methods.md 2.7");
    }

    [Test]
    public void A_quote_names_only_what_enough_members_share()
    {
        var quotes = BlockTexts.Flat(EditionFixture.Content(EditionFixture.Whole(), "en")).OfType<QuoteBlock>().ToList();
        Assert.That(quotes.Select(q => q.Attribution), Is.EqualTo(new[] { "Non-governmental organisation, Africa", "Association Exemple", "A member", "Non-governmental organisation, Africa, “Post-2015 agenda”" }));
        Assert.That((quotes[2].Text, quotes[2].Language, quotes[2].TranslationNote), Is.EqualTo(("Alone in the region.", "en", "Translated")));
        Assert.That((quotes[1].Text, quotes[1].Language, quotes[1].TranslationNote), Is.EqualTo(("Le bureau nous a reçus.", "fr", (string?)null)), "Without a translation the original stands.");
        var input = EditionFixture.Whole();
        var alone = EditionFixture.Content(input with { Quotes = [input.Quotes[0] with { SharedBy = 4 }] }, "en").Blocks.OfType<QuoteBlock>().First();
        Assert.That(alone.Attribution, Is.EqualTo("A member, Africa"));
    }

    [Test]
    public void Kosovo_carries_its_note_wherever_it_is_named()
    {
        var content = EditionFixture.Content(EditionFixture.Whole(), "en");
        Assert.That(BlockTexts.Flat(content).OfType<TableBlock>().Single(t => t.Id == "annex-organisations-table").Note, Does.Contain("1244"));
        Assert.That(BlockTexts.Flat(content).OfType<FigureBlock>().Single(f => f.Chart is RegionMapChart).Note, Does.Contain("1244"));
        Assert.That(BlockTexts.Flat(content).OfType<ListBlock>().SelectMany(l => l.Items), Has.Some.Contains("1244"));
    }

    [Test]
    public void A_sample_says_so_and_a_real_round_does_not()
    {
        var input = EditionFixture.Whole();
        Assert.That(EditionFixture.Content(input, "en").SampleNotice, Is.Not.Null);
        var real = input with { Facts = input.Facts with { IsSample = false }, Network = input.Network with { IsSample = false } };
        Assert.That(EditionFixture.Content(real, "en").SampleNotice, Is.Null);
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(12)]
    [TestCase(60)]
    [TestCase(600)]
    [TestCase(10_000)]
    public void A_network_of_any_size_has_an_edition(int size)
    {
        foreach (var rounds in new[] { 1, 2 })
        {
            var input = EditionFixture.Of(EditionFixture.Plan, EditionFixture.Questionnaire, size + 1, size, rounds);
            foreach (var language in EditionFixture.Languages)
                AssertSound(EditionFixture.Content(input, language));
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(23)]
    public void A_plan_of_any_length_has_an_edition_also_without_numbers_and_clusters(int count)
    {
        var template = EditionFixture.Plan.Points[0];
        var plan = EditionFixture.Plan with
        {
            Clusters = [],
            Points = [.. Enumerable.Range(1, count).Select(i => template with { Slug = $"p{i}", Number = i % 2 == 0 ? i : null, Cluster = null, SdgTargets = [], GcmObjectives = [] })],
        };
        var content = EditionFixture.Content(EditionFixture.Of(plan, EditionFixture.Questionnaire, 5, 400, 2), "en");
        AssertSound(content);
        Assert.That(BlockTexts.Flat(content).OfType<HeatmapBlock>().Single().Rows, Has.Count.EqualTo(count));
    }

    [Test]
    public void A_questionnaire_without_change_actions_and_barriers_has_an_edition_led_by_state()
    {
        var questionnaire = Without(QuestionRole.Change, QuestionRole.Actions, QuestionRole.Barriers, QuestionRole.Priorities, QuestionRole.Work, QuestionRole.LedByMigrants);
        var input = EditionFixture.Of(EditionFixture.Plan, questionnaire, 5, 500, 3);
        Assert.That(ContentBuilder.LeadOf(input)!.Role, Is.EqualTo(QuestionRole.State));
        foreach (var language in EditionFixture.Languages)
        {
            var content = EditionFixture.Content(input, language);
            AssertSound(content);
            Assert.That(BlockTexts.Flat(content).OfType<FigureBlock>().Select(f => f.Chart), Has.None.InstanceOf<DivergingBarsChart>());
        }
    }

    [Test]
    public void A_questionnaire_without_any_rating_has_an_edition_that_says_so()
    {
        var input = EditionFixture.Of(EditionFixture.Plan, Without(QuestionRole.Change, QuestionRole.State), 5, 500, 2);
        var content = EditionFixture.Content(input, "en");
        AssertSound(content);
        Assert.That(BlockTexts.Flat(content).OfType<SummaryListBlock>().Single().Points.Select(p => p.Sentence), Has.All.Contains("no rating"));
    }

    [Test]
    public void A_plain_yes_or_no_per_point_can_lead()
    {
        var question = EditionFixture.Questionnaire.WithRole(QuestionRole.State)! with
        {
            Key = "openlicense",
            Role = QuestionRole.None,
            Kind = QuestionKind.OneChoice,
            Choices = [new Choice("yes", LocalisedText.Of(("en", "Yes")), null, ChoiceMeaning.Substantive), new Choice("no", LocalisedText.Of(("en", "No")), null, ChoiceMeaning.Substantive)],
            Rungs = [],
            Measure = new Measure(["yes"], []),
        };
        var questionnaire = EditionFixture.Questionnaire with
        {
            Sections = [new Section("points", LocalisedText.Of(("en", "Points")), null, true, [question])],
        };
        var input = EditionFixture.Of(EditionFixture.Plan, questionnaire, 5, 500, 2);
        var content = EditionFixture.Content(input, "en");
        AssertSound(content);
        var chart = (StackedBarsChart)BlockTexts.Flat(content).OfType<FigureBlock>().First(f => f.Chart is StackedBarsChart).Chart;
        Assert.That(chart.Levels.Single(l => l.Label == "Yes").Tone, Is.EqualTo(LevelTone.Step4));
        Assert.That(chart.Levels.Single(l => l.Label == "No").Tone, Is.EqualTo(LevelTone.Step0));
    }

    [Test]
    public void Everyone_who_does_not_know_is_said_to_be_too_little()
    {
        var tally = EditionFixture.Tally("2026", EditionFixture.Plan, EditionFixture.Questionnaire, 3, 600);
        var rated = new[] { "state", "change" };
        var dontKnow = tally with
        {
            Rows = [.. tally.Rows.GroupBy(r => (r.Region, r.Point, r.Question)).SelectMany(g => rated.Contains(g.Key.Question)
                ? [new Reporting.Tallies.TallyRow(g.Key.Region, g.Key.Point, g.Key.Question, "dont-know", g.Sum(r => r.Count))]
                : g.ToList())],
        };
        var whole = EditionFixture.Whole();
        var input = whole with { Cube = DisclosurePass.CubeOf(new RoundInput(dontKnow, EditionFixture.Plan, EditionFixture.Questionnaire), [], [], new DisclosureRules()) };
        foreach (var language in EditionFixture.Languages)
            AssertSound(EditionFixture.Content(input, language));
        Assert.That(EditionFixture.Content(input, "en").Blocks.OfType<SummaryListBlock>().Single().Points.Select(p => p.Sentence), Has.All.StartsWith("Too few ratings"));
    }

    [Test]
    public void One_region_alone_has_an_edition()
    {
        var tally = EditionFixture.Tally("2026", EditionFixture.Plan, EditionFixture.Questionnaire, 3, 600);
        var one = tally with { Rows = [.. tally.Rows.Where(r => r.Region == "africa")], Regions = [.. tally.Regions.Where(r => r.Region == "africa")] };
        var input = EditionFixture.Whole() with { Cube = DisclosurePass.CubeOf(new RoundInput(one, EditionFixture.Plan, EditionFixture.Questionnaire), [], [], new DisclosureRules()) };
        AssertSound(EditionFixture.Content(input, "ar"));
    }

    [Test]
    public void Only_the_texts_in_use_are_kept()
    {
        var source = string.Concat(Directory.EnumerateFiles(Repository.File("src", "Survey.Reporting"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        string[] families = ["languages.", "modes.", "kinds.", "methods.", "data.", "trend.", "said.sizes.", "goals.", "objectives."];
        var unused = EditionFixture.Texts["en"].Entries.Select(e => e.Key)
            .Where(key => !source.Contains($"\"{key}\"", StringComparison.Ordinal) && !families.Any(f => key.StartsWith(f, StringComparison.Ordinal)));
        Assert.That(unused, Is.Empty);
    }

    /// <summary>No text is empty, no place is left unfilled, every table is as wide as its head, the first chapter comes after the contents.</summary>
    private static void AssertSound(EditionContent content)
    {
        foreach (var (where, text) in BlockTexts.Of(content))
        {
            if (where is "HeatmapRow.Number" or "SummaryPoint.Number")
                continue;
            Assert.That(string.IsNullOrWhiteSpace(text), Is.False, $"{content.Language} {where} is empty");
            Assert.That(Place().IsMatch(text) && where != "EditionLabels.PercentPattern", Is.False, $"{where}: {text}");
        }

        Assert.That(BlockTexts.Ids(content.Blocks), Is.Unique);
        foreach (var table in BlockTexts.Flat(content).OfType<TableBlock>())
            Assert.That(table.Rows.Select(r => r.Cells.Count), Has.All.EqualTo(table.Columns.Count), table.Id);
        foreach (var heatmap in BlockTexts.Flat(content).OfType<HeatmapBlock>())
            Assert.That(heatmap.Rows.Select(r => r.Cells.Count), Has.All.EqualTo(heatmap.ColumnLabels.Count));
        Assert.That(content.Blocks.Select(b => b.GetType()).Take(3), Is.EqualTo(new[] { typeof(ImprintBlock), typeof(ContentsBlock), typeof(ChapterBlock) }));
    }

    [Test]
    public void The_imprint_says_who_reviewed_a_translation_and_asks_for_nobody_where_the_words_are_the_networks_own()
    {
        var input = EditionFixture.Whole();
        string Imprint(EditionInput of) => EditionFixture.Content(of, "en").Blocks.OfType<ImprintBlock>().Single().Items.Single(i => i.Term == "Translations").Text;
        Assert.That(Imprint(input), Is.EqualTo("French: translation not reviewed; Spanish: translation not reviewed; Arabic: translation not reviewed"));
        var named = input with { Network = input.Network with { TranslationReviewers = new Dictionary<string, string> { ["fr"] = "Jean Petit", ["es"] = "Ana Ruiz" } } };
        Assert.That(Imprint(named), Is.EqualTo("French: reviewed by Jean Petit; Spanish: reviewed by Ana Ruiz; Arabic: translation not reviewed"));
        var recorded = named with { Reviewers = new Dictionary<string, TranslationReviewer> { ["fr"] = new("Amina Diop", "Horizons solidaires", new DateOnly(2026, 5, 4)), ["ar"] = new("مريم حداد", null, new DateOnly(2026, 5, 5)) } };
        Assert.That(Imprint(recorded), Is.EqualTo("French: reviewed by Amina Diop, Horizons solidaires, 4 May 2026; Spanish: reviewed by Ana Ruiz; Arabic: reviewed by مريم حداد, 5 May 2026"));
        Assert.That(EditionFixture.Languages.Select(l => EditionFixture.Content(input, l).IsUnreviewed), Is.EqualTo(new bool?[] { false, true, true, true }));
        Assert.That(EditionFixture.Languages.Select(l => EditionFixture.Content(recorded, l).IsUnreviewed), Is.All.False);
    }

    private static Questionnaire Without(params QuestionRole[] roles) => EditionFixture.Questionnaire with
    {
        Sections = [.. EditionFixture.Questionnaire.Sections.Select(s => s with { Questions = [.. s.Questions.Where(q => !roles.Contains(q.Role))] })],
    };

    private static string Digits(string text) => NotDigits().Replace(text, "");

    /// <summary>The English texts without a letter of their own: each becomes ⟦ ⟧ around its places, so any other letter in an edition comes from data or from code.</summary>
    private static string Pseudo(string yaml)
    {
        var lines = yaml.Split('\n').ToList();
        var from = lines.FindIndex(l => l.StartsWith("marks:", StringComparison.Ordinal));
        return string.Join('\n', lines.Select((line, i) => i < from ? line.Replace(" and ", " & ", StringComparison.Ordinal) : Value().Replace(line, v => "\"⟦" + string.Concat(Place().Matches(v.Value).Select(m => m.Value)) + "⟧\"")));
    }

    private static List<string> DataTexts(EditionInput input)
    {
        var texts = new List<string>();
        texts.AddRange(BlockTexts.Of(input.Plan).Concat(BlockTexts.Of(input.Questionnaire)).Concat(BlockTexts.Of(input.Network)).Concat(BlockTexts.Of(input.Geography)).Select(t => t.Text));
        foreach (var text in new object[] { input.Plan, input.Questionnaire, input.Network, input.Geography }.SelectMany(AllLocalised))
            texts.AddRange(text.Texts.Values);
        texts.AddRange(EditionFixture.Texts["en"].Formats.Months);
        return [.. texts.Where(t => t.Length > 1 && !EditionFixture.Languages.Contains(t)).Distinct().OrderByDescending(t => t.Length)];
    }

    private static IEnumerable<LocalisedText> AllLocalised(object? node)
    {
        if (node is LocalisedText localised)
            return [localised];
        if (node is null or string or ValueType or byte[])
            return [];
        if (node is System.Collections.IEnumerable items)
            return items.Cast<object?>().SelectMany(AllLocalised);
        return node.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.Name != "Questions").SelectMany(p => AllLocalised(p.GetValue(node)));
    }

    [GeneratedRegex("[^0-9]+")]
    private static partial Regex NotDigits();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("\\p{L}{2,}")]
    private static partial Regex Letters();

    [GeneratedRegex("\\{[A-Za-z0-9]+\\}")]
    private static partial Regex Place();
}
