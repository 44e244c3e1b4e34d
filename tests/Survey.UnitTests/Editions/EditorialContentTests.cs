using System.Text.Json;
using System.Text.Json.Nodes;
using Survey.Domain.Editions;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

/// <summary>What the office adds to an edition, and its order of the findings.</summary>
internal sealed class EditorialContentTests
{
    private static readonly string Point = EditionFixture.Plan.Points[0].Slug;

    private static readonly EditionInput Input = EditionFixture.Whole();

    private static EditionContent With(string language, IReadOnlyList<EditorialWords> texts, params ChosenFinding[] findings) =>
        EditionFixture.Content(Input with { Editorial = new(texts, findings) }, language);

    [Test]
    public void Nothing_written_and_nothing_chosen_changes_nothing() =>
        Assert.That(BlockTexts.Of(With("en", [])), Is.EqualTo(BlockTexts.Of(EditionFixture.Content(Input, "en"))));

    [Test]
    public void Texts_stand_in_their_places_and_only_in_their_language()
    {
        var region = Input.Cube.Regions[0].Slug;
        EditorialWords[] texts =
        [
            new(EditorialKind.Foreword, "", "en", "Dear **members**.\n\n### Thanks\n\nAll.", "Ada Okoro", "Chair"),
            new(EditorialKind.Point, Point, "en", "About the point."),
            new(EditorialKind.Region, region, "en", "About the region."),
            new(EditorialKind.Acknowledgements, "", "en", "We thank all."),
        ];
        var content = With("en", texts);
        var blocks = content.Blocks.ToList();
        var chapters = blocks.OfType<ChapterBlock>().Select(c => c.Id).ToList();
        Assert.That((blocks[2], chapters[0], chapters[^1]), Is.EqualTo((blocks.OfType<ChapterBlock>().First(), "foreword", "acknowledgements")));
        var foreword = (RichTextBlock)blocks[3];
        Assert.That((foreword.HeadingLevel, foreword.Parts[1].Id, string.Concat(foreword.Parts[^1].Lines[0].Spans.Select(s => s.Text))), Is.EqualTo((2, "foreword--text-1", "Ada Okoro\nChair")));
        foreach (var (chapter, words) in new[] { ("point-" + Point, "About the point."), ("region-" + region, "About the region.") })
        {
            var from = blocks.FindIndex(b => b is ChapterBlock c && c.Id == chapter);
            var at = blocks.FindIndex(from, b => b is HeadingBlock h && h.Id == chapter + "--comment");
            Assert.That(at, Is.GreaterThan(from).And.LessThan(blocks.FindIndex(from + 1, b => b is ChapterBlock)));
            Assert.That(((HeadingBlock)blocks[at]).Text, Is.EqualTo("Comment by the coordinating office"));
            Assert.That(((RichTextBlock)blocks[at + 1]).Parts[0].Lines[0].Spans[0].Text, Is.EqualTo(words));
            Assert.That(blocks.Skip(from + 1).Take(at - from - 1), Has.None.InstanceOf<HeadingBlock>().And.Some.InstanceOf<FindingBlock>().Or.Some.InstanceOf<TilesBlock>());
        }

        Assert.That(BlockTexts.Ids(content.Blocks), Is.Unique);
        Assert.That(With("fr", texts).Blocks, Has.None.InstanceOf<RichTextBlock>());
    }

    [Test]
    public void A_hidden_finding_leaves_the_spread_alone_and_the_change_log_says_so([Values("en", "ar")] string language)
    {
        var whole = EditionFixture.Content(Input, language);
        var part = FindingOrder.PartsOf(whole.Blocks)[0];
        var hidden = part.Findings[0];
        var content = With(language, [], new ChosenFinding(hidden.Id!, true, null));
        Assert.That(content.Blocks.OfType<FindingBlock>().Select(f => f.Id), Is.EqualTo(whole.Blocks.OfType<FindingBlock>().Where(f => f != hidden).Select(f => f.Id)));
        Assert.That(content.Blocks.Where(b => b is TableBlock or FigureBlock or SummaryListBlock), Has.Exactly(whole.Blocks.Count(b => b is TableBlock or FigureBlock or SummaryListBlock)).Items);
        Assert.That(content.Blocks.OfType<ListBlock>().Last().Items.Single(), Does.Contain(hidden.Text));
        Assert.That(content.Blocks.SkipWhile(b => b is not ChapterBlock { Id: "annex-changes" }).OfType<HeadingBlock>().Single().Id, Is.EqualTo("annex-changes--hidden"));
    }

    [Test]
    public void A_moved_finding_changes_places_with_its_neighbours_only()
    {
        var whole = EditionFixture.Content(Input, "en");
        var part = FindingOrder.PartsOf(whole.Blocks).First(p => p.Findings.Count > 1);
        var ids = part.Findings.Select(f => f.Id!).Reverse().ToList();
        var content = With("en", [], [.. ids.Select((id, i) => new ChosenFinding(id, false, i))]);
        Assert.That(FindingOrder.PartsOf(content.Blocks).First(p => (p.Chapter, p.Heading) == (part.Chapter, part.Heading)).Findings.Select(f => f.Id), Is.EqualTo(ids));
        Assert.That(content.Blocks.Select(b => b.GetType()).Take(whole.Blocks.Count), Is.EqualTo(whole.Blocks.Select(b => b.GetType())), "every other block stays");
        Assert.That(((ParagraphBlock)content.Blocks[^1]).Text, Does.StartWith("The coordinating office changed the order"));
        Assert.That(With("en", [], [.. ids.AsEnumerable().Reverse().Select((id, i) => new ChosenFinding(id, false, i))]).Blocks, Has.Count.EqualTo(whole.Blocks.Count), "put back by hand it is no change");
    }

    [Test]
    public void A_finding_that_was_never_placed_stays_behind_the_one_it_follows()
    {
        FindingBlock[] findings = [F("a"), F("new"), F("b"), F("c")];
        var choices = new[] { new ChosenFinding("c", false, 0), new ChosenFinding("a", false, 1), new ChosenFinding("b", false, 2) }.ToDictionary(c => c.Id);
        Assert.That(FindingOrder.Sorted(findings, choices).Select(f => f.Id), Is.EqualTo(new[] { "c", "a", "new", "b" }));

        static FindingBlock F(string id) => new(id, [], null, id);
    }

    [Test]
    public void A_round_whose_words_know_nothing_of_it_goes_without()
    {
        var old = EditionFixture.Texts["en"];
        Assert.That(old.Has("editorial.foreword"), Is.True);
        var without = Survey.Domain.TemplateText.TextCatalogue.Parse(WithoutEditorial(), "en.yaml").Value!;
        var content = EditionFixture.Content(Input with { Editorial = new([new(EditorialKind.Foreword, "", "en", "Dear members.")], [new(FindingOrder.PartsOf(EditionFixture.Content(Input, "en").Blocks)[0].Findings[0].Id!, true, null)]) }, without);
        Assert.That(BlockTexts.Of(content), Is.EqualTo(BlockTexts.Of(EditionFixture.Content(Input, "en"))));
    }

    private static string WithoutEditorial()
    {
        var text = File.ReadAllText(Path.Combine(Survey.Testing.Repository.Templates, "report", "en.yaml"));
        var from = text.IndexOf("\neditorial:", StringComparison.Ordinal);
        return text[..from] + text[text.IndexOf("\n\n", from, StringComparison.Ordinal)..];
    }

    [Test]
    public void Two_versions_are_told_apart_by_words_quotes_and_names()
    {
        var before = EditionFixture.Content(Input, "en");
        var same = ContentComparison.Of(before, before);
        Assert.That((same.Findings.Count, same.QuotesAdded.Count + same.QuotesGone.Count, same.ListedAdded.Count + same.ListedGone.Count, same.TextsChanged.Count, same.Reordered.Count), Is.EqualTo((0, 0, 0, 0, 0)));
        var finding = FindingOrder.PartsOf(before.Blocks)[0].Findings[0];
        var after = EditionFixture.Content(Input with { Editorial = new([new(EditorialKind.Foreword, "", "en", "Dear members.")], [new ChosenFinding(finding.Id!, true, null)]), Quotes = [.. Input.Quotes.Skip(1)], Listed = [.. Input.Listed, new("New House", "FR")] }, "en");
        var told = ContentComparison.Of(before, after);
        Assert.That(told.Findings.Select(f => (f.Id, f.Before, f.After)), Is.EqualTo(new[] { (finding.Id!, finding.Text, (string?)null) }));
        Assert.That((told.QuotesAdded.Count, told.QuotesGone.Count, told.ListedGone.Count), Is.EqualTo((0, 1, 0)), string.Join(Environment.NewLine, told.QuotesAdded.Concat(told.QuotesGone)));
        Assert.That(told.Reordered, Is.Empty, "one is gone, and the others stand as they stood");
        var part = FindingOrder.PartsOf(before.Blocks).First(p => p.Findings.Count > 1);
        var moved = EditionFixture.Content(Input with { Editorial = new([], [new ChosenFinding(part.Findings[0].Id!, false, 1), new ChosenFinding(part.Findings[1].Id!, false, 0)]) }, "en");
        Assert.That(ContentComparison.Of(before, moved).Reordered, Has.Count.EqualTo(1));
        Assert.That(told.ListedAdded, Is.EqualTo(new[] { "New House" }));
        Assert.That(told.TextsChanged, Is.EqualTo(new[] { "Foreword" }));
    }

    [Test]
    public void Two_cubes_are_told_apart_number_by_number()
    {
        var before = Input.Cube;
        Assert.That(CubeComparison.Of(before, before), Is.Empty);
        var who = before.Participation;
        var figures = before.Points[0].Ratings.First(r => r.World.Headline is not null);
        var changed = figures with { World = figures.World with { ValidN = figures.World.ValidN + 1, DontKnowShare = null, Headline = figures.World.Headline! with { Value = figures.World.Headline.Value - 1 } } };
        var after = before with
        {
            Participation = who with { Responses = who.Responses + 1 },
            Points = [before.Points[0] with { Ratings = [.. before.Points[0].Ratings.Select(r => r == figures ? changed : r)] }, .. before.Points.Skip(1)],
        };
        Assert.That(CubeComparison.Of(before, after).Select(c => (c.Place.Point, c.Place.Region, c.Place.What, c.Before, c.After)), Is.EqualTo(new[]
        {
            ("", "world", CellNumber.Responses, (int?)who.Responses, (int?)(who.Responses + 1)),
            (Point, "world", CellNumber.Answers, figures.World.ValidN, figures.World.ValidN + 1),
            (Point, "world", CellNumber.Headline, figures.World.Headline!.Value, figures.World.Headline.Value - 1),
            (Point, "world", CellNumber.DontKnow, figures.World.DontKnowShare, null),
        }));
    }

    [Test]
    public void Every_number_of_a_cube_is_compared()
    {
        var figures = Input.Cube.Points[0].Ratings.First(r => r.Trends.Any(t => t.Change is not null));
        var trend = figures.Trends.First(t => t.Change is not null);
        var whole = trend with { Change = trend.Change! with { Matched = new MatchedChange(40, 10, 5, 25, 12, -3, 27, 0.302), Overlap = new OverlapRange(-2, 9) } };
        var rich = figures with { Trends = [.. figures.Trends.Select(t => t == trend ? whole : t)], Weighted = new WeightedHeadline(41, 30, 52, 1.27, 310) };
        var cube = Input.Cube with { Points = [Input.Cube.Points[0] with { Ratings = [.. Input.Cube.Points[0].Ratings.Select(r => r == figures ? rich : r)] }] };
        Assert.That(new[] { cube.Participation.Types.Count, cube.Participation.Modes.Count, cube.Participation.Earlier.Count, cube.Regions.Count }, Has.All.Positive);
        var json = CubeJson.Write(cube);
        // Of a trend's points the last is this round's, whose numbers stand in its cell too and are named there.
        var own = $".points[{trend.Points.Count - 1}].";
        Assert.That(trend.Points[^1].Round, Is.EqualTo(cube.Round));
        bool IsOwn(string path) => path.Contains(".trends", StringComparison.Ordinal) && path.Contains(own, StringComparison.Ordinal) && !path.EndsWith("isBreakBefore", StringComparison.Ordinal);
        var leaves = Leaves(JsonNode.Parse(json)!).Where(p => !p.StartsWith("$.rules", StringComparison.Ordinal) && !IsOwn(p)).ToList();
        Assert.That(leaves.Count(l => l.Contains(".trends", StringComparison.Ordinal)), Is.Positive);
        var missed = leaves.Where(path => CubeComparison.Of(cube, Changed(json, path)).Count == 0).ToList();
        Assert.That(missed, Is.Empty);

        static IEnumerable<string> Leaves(JsonNode node) => node switch
        {
            JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Leaves(p.Value!)),
            JsonArray a => a.OfType<JsonNode>().SelectMany(Leaves),
            // The index of a rung is no number that is printed; its shares are.
            _ when node.GetValueKind() is JsonValueKind.Number && !node.GetPath().EndsWith(".rung", StringComparison.Ordinal) => [node.GetPath()],
            _ when node.GetValueKind() is JsonValueKind.True or JsonValueKind.False => [node.GetPath()],
            _ => [],
        };

        static Cube Changed(string json, string path)
        {
            var root = JsonNode.Parse(json)!;
            Change(root, path);
            return CubeJson.Read(root.ToJsonString());
        }

        static bool Change(JsonNode node, string path)
        {
            if (node is JsonObject or JsonArray)
            {
                return (node is JsonObject o ? o.Select(p => p.Value).ToList() : [.. node.AsArray()]).OfType<JsonNode>().Any(n => path.StartsWith(n.GetPath(), StringComparison.Ordinal) && Change(n, path));
            }

            if (node.GetPath() != path)
            {
                return false;
            }

            node.ReplaceWith(node.GetValueKind() is JsonValueKind.Number ? JsonValue.Create(node.GetValue<decimal>() + (node.ToJsonString().Contains('.', StringComparison.Ordinal) ? 0.01m : 1m)) : JsonValue.Create(!node.GetValue<bool>()));
            return true;
        }
    }

    [Test]
    public void A_hidden_sentence_that_stays_as_a_title_is_not_said_to_be_left_out()
    {
        var (input, finding) = new[] { 600, 60, 30, 20, 14 }.Select(EditionFixture.Whole).SelectMany(i =>
        {
            var content = EditionFixture.Content(i, "en");
            return FindingOrder.PartsOf(content.Blocks).SelectMany(p => p.Findings.Where(f => FindingOrder.TitlesOf(content.Blocks, p.Chapter).Contains(f.Text)).Select(f => (i, f)));
        }).First();
        var hidden = EditionFixture.Content(input with { Editorial = new([], [new(finding.Id!, true, null)]) }, "en");
        Assert.That(hidden.Blocks.OfType<FindingBlock>().Select(f => f.Id), Does.Not.Contain(finding.Id));
        Assert.That(hidden.Blocks.OfType<HeadingBlock>().Select(h => h.Id), Does.Not.Contain("annex-changes--hidden"));
    }

    [Test]
    public void A_finding_s_numbers_are_known_again_in_every_language()
    {
        var (english, arabic) = (EditionFixture.Content(Input, "en").Blocks.OfType<FindingBlock>().Where(f => f.Id is not null).ToList(), EditionFixture.Content(Input, "ar").Blocks.OfType<FindingBlock>().Where(f => f.Id is not null).ToList());
        Assert.That(arabic.Select(FindingOrder.SaidBy), Is.EqualTo(english.Select(FindingOrder.SaidBy)));
        var one = english.First(f => f.Numbers.Count > 0);
        Assert.That(FindingOrder.SaidBy(one with { Numbers = [one.Numbers[0] with { Value = one.Numbers[0].Value + 1 }, .. one.Numbers.Skip(1)] }), Is.Not.EqualTo(FindingOrder.SaidBy(one)));
    }

    [TestCase(9, null)]
    [TestCase(10, 6)] // the mean of 5 and 6 minutes, a half rounded up
    [TestCase(11, 6)]
    public void The_median_time_is_said_of_ten_or_more(int measured, int? minutes) =>
        Assert.That(TimeTaken.MedianMinutes(Enumerable.Range(1, measured).Select(m => TimeSpan.FromMinutes(m)).Append(TimeSpan.FromDays(3)).Append(TimeSpan.Zero)), Is.EqualTo(minutes));

    [TestCase("10.1234/report-2026", "10.1234/report-2026")]
    [TestCase(" https://doi.org/10.5281/zenodo.123 ", "10.5281/zenodo.123")]
    [TestCase("doi: 10.1234/a(b)", "10.1234/a(b)")]
    [TestCase("11.1234/x", null)]
    [TestCase("10.1234/", null)]
    [TestCase("10.1234/a b", null)]
    [TestCase("10.1234/<script>", null)]
    public void An_identifier_is_kept_bare_or_refused(string typed, string? kept) => Assert.That(Doi.Of(typed), Is.EqualTo(kept));

    [TestCase("foreword")]
    [TestCase("acknowledgements")]
    [TestCase("point-labour-rights")]
    [TestCase("region-africa")]
    public void A_text_s_key_is_read_as_it_is_written(string key) => Assert.That(EditorialKey.Of(key)?.ToString(), Is.EqualTo(key));

    [TestCase(null)]
    [TestCase("point-")]
    [TestCase("Foreword")]
    public void Anything_else_is_no_key(string? key) => Assert.That(EditorialKey.Of(key), Is.Null);
}
