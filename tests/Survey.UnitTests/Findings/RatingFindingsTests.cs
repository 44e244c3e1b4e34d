using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.UnitTests.Findings;

/// <summary>Cubes written by hand: which sentence is said, and that its numbers are those of the cell or sums of its printed shares.</summary>
public sealed class RatingFindingsTests
{
    private static readonly Question Change = EditionFixture.Questionnaire.WithRole(QuestionRole.Change)!;
    private static readonly Question State = EditionFixture.Questionnaire.WithRole(QuestionRole.State)!;
    private static readonly IReadOnlyList<IReadOnlyList<string>> ChangeRungs = [.. Change.Rungs.Select(r => r.Groups.Select(g => g.Code).ToList())];
    private static readonly IReadOnlyList<IReadOnlyList<string>> StateRungs = [.. State.Rungs.Select(r => r.Groups.Select(g => g.Code).ToList())];

    private static RatingCell Five(string region, int[] shares, int low, int high, int n = 120) =>
        new(region, CellTreatment.Plain, n, 4, 0, shares, new Headline(shares[3] + shares[4] - shares[0] - shares[1], low, high));

    private static RatingFigures ChangeOf(RatingCell world, IReadOnlyList<RatingCell>? regions = null, params Trend[] trends) =>
        new(Change.Key, true, ChangeRungs, world, regions ?? [], trends);

    private static RatingFigures StateOf(int[] shares, params Trend[] trends) =>
        new(State.Key, false, StateRungs, new RatingCell(Cube.World, CellTreatment.Plain, 200, null, 0, shares, new Headline(shares[3] + shares[4], shares[3] + shares[4] - 6, shares[3] + shares[4] + 7)), [], trends);

    private static RatingFindings FindingsOf(Question question, RatingFigures figures, string language = "en")
    {
        var words = new Wording(EditionFixture.Texts[language]);
        return new RatingFindings(words, new EditionNames(EditionFixture.Whole(size: 60), words), question, figures, new DisclosureRules());
    }

    private static Finding Headline(RatingFigures figures, string language = "en") => FindingsOf(figures.IsNetBalance == true ? Change : State, figures, language).Headline("x", Cube.World);

    private static double ValueOf(Finding finding, string name) => finding.Numbers.Single(n => n.Name == name).Value;

    [TestCase(new[] { 5, 10, 25, 45, 15 }, 30, 58, Direction.Forward, "Of the members that rated the change, more say that the situation advanced (60%) than that it went back (15%).")]
    [TestCase(new[] { 5, 15, 35, 35, 10 }, 5, 40, Direction.Forward, "Of the members that rated the change, more say that the situation advanced (45%) than that it went back (20%).")]
    [TestCase(new[] { 20, 40, 20, 15, 5 }, -55, -20, Direction.Back, "Of the members that rated the change, more say that the situation went back (60%) than that it advanced (20%).")]
    [TestCase(new[] { 15, 30, 30, 20, 5 }, -35, -4, Direction.Back, "Of the members that rated the change, more say that the situation went back (45%) than that it advanced (25%).")]
    [TestCase(new[] { 5, 15, 55, 20, 5 }, -10, 20, Direction.Unclear, "Of the members that rated the change, more than half see none (55%); 25% say that the situation advanced, 20% that it went back.")]
    [TestCase(new[] { 10, 25, 25, 30, 10 }, -12, 22, Direction.Unclear, "The members that rated the change are divided, with no clear balance: 40% say that the situation advanced, 35% that it went back.")]
    public void Change_is_said_by_the_range_and_the_printed_sums(int[] shares, int low, int high, Direction direction, string text)
    {
        var finding = Headline(ChangeOf(Five(Cube.World, shares, low, high)));
        Assert.That(finding.Text, Is.EqualTo(text));
        Assert.That(finding.Direction, Is.EqualTo(direction));
        Assert.That(ValueOf(finding, "positive"), Is.EqualTo(shares[3] + shares[4]));
        Assert.That(ValueOf(finding, "negative"), Is.EqualTo(shares[0] + shares[1]));
    }

    [Test]
    public void A_range_that_touches_zero_claims_no_direction()
    {
        Assert.That(Headline(ChangeOf(Five(Cube.World, [5, 15, 35, 35, 10], 0, 40))).Direction, Is.EqualTo(Direction.Unclear));
        Assert.That(Headline(ChangeOf(Five(Cube.World, [15, 30, 30, 20, 5], -35, 0))).Direction, Is.EqualTo(Direction.Unclear));
    }

    [Test]
    public void Three_steps_give_the_same_sums_and_two_steps_only_the_advance()
    {
        var three = Headline(ChangeOf(new RatingCell(Cube.World, CellTreatment.SmallBase, 20, null, 1, [20, 30, 50], new Headline(30, 2, 55))));
        Assert.That((ValueOf(three, "positive"), ValueOf(three, "negative")), Is.EqualTo((50.0, 20.0)));
        var two = Headline(ChangeOf(new RatingCell(Cube.World, CellTreatment.SmallBase, 12, null, 2, [58, 42], null)));
        Assert.That(two.Text, Is.EqualTo("Of the members that rated the change, 42% say that the situation advanced."));
        Assert.That(two.Direction, Is.EqualTo(Direction.None));
    }

    [Test]
    public void What_is_not_published_is_said_to_be_too_little()
    {
        Assert.That(Headline(ChangeOf(new RatingCell(Cube.World, CellTreatment.Hidden, null, null, null, null, null))).Text, Is.EqualTo("Too few ratings to show."));
        Assert.That(Headline(ChangeOf(new RatingCell(Cube.World, CellTreatment.CountOnly, 7, null, null, null, null))).Text, Is.EqualTo("Too few answers to show shares (7 answers)."));
        Assert.That(Headline(ChangeOf(new RatingCell(Cube.World, CellTreatment.CountOnly, 46, null, null, null, null))).Text, Is.EqualTo("Shares are not shown, to protect small groups (46 answers)."));
    }

    [Test]
    public void State_names_its_favourable_steps_together()
    {
        Assert.That(Headline(StateOf([20, 20, 22, 25, 13])).Text, Is.EqualTo("Of the members that rated this point, 38% answer “Largely or fully”."));
        Assert.That(Headline(StateOf([10, 10, 20, 35, 25])).Text, Is.EqualTo("Of the members that rated this point, 60% answer “Largely or fully”."));
        Assert.That(Headline(StateOf([40, 30, 15, 10, 5])).Text, Is.EqualTo("Of the members that rated this point, 15% answer “Largely or fully”."));
    }

    [TestCase(15, 3, 27, true, "The balance of answers on the change is clearly more favourable than last year (2025): a net balance of +25, after +10 (difference +15, range +3 to +27).")]
    [TestCase(-15, -27, -3, true, "The balance of answers on the change is clearly less favourable than last year (2025): a net balance of +25, after +40 (difference −15, range −27 to −3).")]
    [TestCase(15, -3, 31, false, "No clear change since 2025 in the net balance: +25, after +10 (difference +15, range −3 to +31).")]
    [TestCase(15, 3, 31, false, "No clear change since 2025 in the net balance: +25, after +10 (difference +15, range +3 to +31). The range leaves out zero, but the change is no longer clear once the number of comparisons, and the organisations that answered both times, are taken into account.")]
    public void A_change_is_claimed_only_by_its_verdict(int value, int low, int high, bool isClear, string text)
    {
        var now = new Headline(25, 10, 38);
        var trend = new Trend(Cube.World,
            [new TrendPoint("2025", 100, new Headline(25 - value, 25 - value - 14, 25 - value + 14), false), new TrendPoint("2026", 120, now, false)],
            new Change("2025", value, low, high, isClear, new MatchedChange(80, 30, 20, 30, 9, -4, 21, 0.2)));
        var findings = FindingsOf(Change, ChangeOf(Five(Cube.World, [5, 15, 35, 35, 10], 10, 38), null, trend));
        var finding = findings.Change("x", Cube.World)!;
        Assert.That(finding.Text, Is.EqualTo(text));
        Assert.That(ValueOf(finding, "difference"), Is.EqualTo(ValueOf(finding, "now") - ValueOf(finding, "then")));
        Assert.That(findings.Matched("x", Cube.World)!.Text, Is.EqualTo(
            "Among the same 80 members that rated the change in 2025 and in this round, 30 answer higher on the scale, 20 lower and 30 the same (balance in points +9, range −4 to +21; p = 0.20)."));
    }

    [Test]
    public void A_round_that_is_not_last_year_is_not_called_so()
    {
        var trend = new Trend(Cube.World, [new TrendPoint("2024", 100, new Headline(5, -4, 14), false), new TrendPoint("2026", 120, new Headline(25, 10, 38), false)], new Change("2024", 20, 4, 34, true, null));
        Assert.That(FindingsOf(Change, ChangeOf(Five(Cube.World, [5, 15, 35, 35, 10], 10, 38), null, trend)).Change("x", Cube.World)!.Text, Does.StartWith("The balance of answers on the change is clearly more favourable than in 2024:"));
    }

    [TestCase(0, "en", "None of the 200 members that rated this point answers “Largely or fully” (0%;")]
    [TestCase(0, "fr", "Aucun des 200 membres qui ont évalué ce point ne répond «")]
    [TestCase(0, "es", "Ninguno de los 200 miembros que valoraron este punto responde «")]
    [TestCase(100, "fr", "Les 200 membres qui ont évalué ce point répondent tous «")]
    [TestCase(100, "es", "Todos los 200 miembros que valoraron este punto responden «")]
    [TestCase(14, "en", "About one in seven")]
    [TestCase(37, "en", "More than one in three")]
    [TestCase(45, "en", "Fewer than half")]
    [TestCase(63, "en", "More than three in five")]
    [TestCase(3, "en", "Very few of the 200 members")]
    [TestCase(33, "en", "About one in three of the 200 members that rated this point answer “Largely or fully” (33%; uncertainty range 27% to 40%).")]
    [TestCase(49, "en", "About half of the 200 members")]
    [TestCase(85, "en", "A large majority of the 200 members")]
    [TestCase(100, "en", "All of the 200 members")]
    [TestCase(33, "fr", "Environ un tiers des 200 membres qui ont évalué ce point répondent «\u202FEn grande partie ou entièrement\u202F»")]
    [TestCase(33, "es", "Cerca de un tercio de los 200 miembros que valoraron este punto responden «")]
    [TestCase(33, "ar", "نحو 1 من كل 3 (33%؛ نطاق عدم اليقين 27% إلى 40%).")]
    public void How_large_a_share_is_stands_in_words_before_its_number(int share, string language, string text) =>
        Assert.That(FindingsOf(State, StateOf([100 - share, 0, 0, share, 0]), language).Whole("x", Cube.World, "said.shareFirst", 90).Text, Does.Contain(text));

    [TestCase(0, "en", "Hardly any of the 700 members")]
    [TestCase(100, "en", "Almost all of the 700 members")]
    [TestCase(0, "ar", "لا أحد تقريبا (0%؛")]
    public void Among_many_a_rounded_share_is_not_called_none_or_all(int share, string language, string text)
    {
        // Three of 700 are 0 per cent, and may be shown.
        var figures = StateOf([100 - share, 0, 0, share, 0]);
        Assert.That(FindingsOf(State, figures with { World = figures.World with { ValidN = 700 } }, language).Whole("x", Cube.World, "said.shareFirst", 90).Text, Does.Contain(text));
    }

    [Test]
    public void A_standing_that_is_a_balance_is_told_as_one()
    {
        // A questionnaire without state: the change question carries the trend.
        var input = EditionFixture.Whole();
        var words = new Wording(EditionFixture.Texts["en"]);
        var said = new PlanReading(words, new EditionNames(input, words), input, Change, null).Moved("x", Cube.World).Select(f => f.Text).ToList();
        Assert.That(said, Is.Not.Empty);
        Assert.That(said, Has.All.Contains("balance of answers").And.None.Contains("Advanced"));
    }

    [TestCase(8, true, "That is clearly more than last year (2025), when it was 30% (difference in points +8, range +1 to +15).", Direction.Forward)]
    [TestCase(-8, true, "That is clearly less than last year (2025), when it was 46% (difference in points −8, range −15 to −1).", Direction.Back)]
    [TestCase(8, false, "That is no clear change from 2025, when it was 30% (difference in points +8, range +1 to +15). The range leaves out zero, but the change is no longer clear once the number of comparisons, and the organisations that answered both times, are taken into account.", Direction.Unclear)]
    [TestCase(0, false, "The share is the same as in 2025 (38%; difference in points 0, range −7 to +7): no clear change.", Direction.Unclear)]
    public void The_verdict_says_whether_state_moved(int value, bool isClear, string text, Direction direction)
    {
        var trend = new Trend(Cube.World, [new TrendPoint("2025", 90, new Headline(38 - value, 20, 50), false), new TrendPoint("2026", 200, new Headline(38, 32, 45), false)],
            new Change("2025", value, value - 7, value + 7, isClear, null));
        var finding = FindingsOf(State, StateOf([20, 20, 22, 25, 13], trend)).Whole("x", Cube.World, "said.shareSecond", 100);
        Assert.That(finding.Text, Does.StartWith("Of the 200 members that rated this point, about two in five answer “Largely or fully” (38%;"));
        Assert.That(finding.Text, Does.EndWith(text));
        Assert.That(finding.Direction, Is.EqualTo(direction));
    }

    [Test]
    public void Regions_that_moved_or_lie_apart_are_named()
    {
        static RatingCell Cell(string region, int share, int low, int high) => new(region, CellTreatment.Plain, 60, null, 0, [100 - share, 0, 0, share, 0], new Headline(share, low, high));
        static Trend Clear(string region, int then, int now, bool isClear) => new(region, [new TrendPoint("2025", 50, new Headline(then, then - 9, then + 9), false), new TrendPoint("2026", 60, new Headline(now, now - 9, now + 9), false)],
            new Change("2025", now - then, now - then - 5, now - then + 5, isClear, null));
        var figures = StateOf([20, 20, 22, 25, 13], Clear("africa", 40, 60, true), Clear("north-america", 30, 12, true), Clear("asia-pacific", 36, 40, false)) with
        {
            Regions = [Cell("africa", 60, 51, 68), Cell("north-america", 12, 6, 21), Cell("asia-pacific", 40, 31, 50)],
        };
        var findings = FindingsOf(State, figures);
        Assert.That(findings.Moved("x").Select(f => (f.Id, f.Text)), Is.EqualTo(new[]
        {
            ("x.moved-up", "The share of members that answers “Largely or fully” is clearly larger than last year (2025) in Africa (60%, after 40%)."),
            ("x.moved-down", "The share of members that answers “Largely or fully” is clearly smaller than last year (2025) in North America (12%, after 30%)."),
        }));
        Assert.That(findings.Apart("x").Select(f => (f.Id, f.Text)), Is.EqualTo(new[]
        {
            ("x.above", "The share that answers “Largely or fully” is above that of the world (38%) in Africa (60%): the uncertainty ranges do not overlap."),
            ("x.below", "The share that answers “Largely or fully” is below that of the world (38%) in North America (12%): the uncertainty ranges do not overlap."),
        }));
    }

    [Test]
    public void Across_a_break_no_difference_is_said()
    {
        var trend = new Trend(Cube.World, [new TrendPoint("2025", 100, new Headline(5, -4, 14), false), new TrendPoint("2026", 120, new Headline(25, 10, 38), true)], null);
        var finding = FindingsOf(Change, ChangeOf(Five(Cube.World, [5, 15, 35, 35, 10], 10, 38), null, trend)).Change("x", Cube.World)!;
        Assert.That(finding.Text, Is.EqualTo("The question was changed in 2026; no difference to earlier rounds is computed."));
        Assert.That(finding.Numbers, Is.Empty);
    }

    [Test]
    public void A_share_points_where_its_clear_change_points()
    {
        static Trend Of(int value, int low, int high) => new(Cube.World, [new TrendPoint("2025", 90, new Headline(38 - value, 20, 50), false), new TrendPoint("2026", 200, new Headline(38, 32, 45), false)],
            new Change("2025", value, low, high, low > 0 || high < 0, null));
        Assert.That(FindingsOf(State, StateOf([20, 20, 22, 25, 13], Of(8, 1, 15))).DirectionOf(Cube.World), Is.EqualTo(Direction.Forward));
        Assert.That(FindingsOf(State, StateOf([20, 20, 22, 25, 13], Of(-8, -15, -1))).DirectionOf(Cube.World), Is.EqualTo(Direction.Back));
        Assert.That(FindingsOf(State, StateOf([20, 20, 22, 25, 13], Of(3, -4, 9))).DirectionOf(Cube.World), Is.EqualTo(Direction.Unclear));
        Assert.That(FindingsOf(State, StateOf([20, 20, 22, 25, 13])).DirectionOf(Cube.World), Is.EqualTo(Direction.None));
    }

    [Test]
    public void Regions_are_told_apart_only_where_their_ranges_are()
    {
        var world = Five(Cube.World, [5, 15, 35, 35, 10], 10, 38);
        RatingFindings Regions(int lowOfHighest) => FindingsOf(Change, ChangeOf(world, [Five("africa", [5, 5, 30, 40, 20], lowOfHighest, 66), Five("north-america", [10, 30, 30, 20, 10], -28, 10)]));
        Assert.That(Regions(30).Regions("x")!.Text, Is.EqualTo("By region, the figures run from −10 (North America) to +50 (Africa); their uncertainty ranges do not overlap."));
        Assert.That(Regions(9).Regions("x")!.Text, Does.EndWith("this order is not certain."));
        Assert.That(FindingsOf(Change, ChangeOf(world, [Five("africa", [5, 5, 30, 40, 20], 30, 66)])).Regions("x"), Is.Null);
        var both = FindingsOf(Change, ChangeOf(world, [Five("africa", [5, 5, 30, 40, 20], 30, 66), Five("north-america", [5, 5, 30, 40, 20], 12, 70)]));
        Assert.That(both.Regions("x")!.Text, Is.EqualTo("All regions shown have the same figure: +50."));
        Assert.That(both.Everywhere("x")!.Direction, Is.EqualTo(Direction.Forward));
    }

    [Test]
    public void Arabic_counts_members_in_every_plural_form()
    {
        string Said(int n) => FindingsOf(Change, ChangeOf(Five(Cube.World, [5, 15, 35, 35, 10], 10, 38, n)), "ar").Whole("x", Cube.World, "said.shareFirst", 90).Text;
        Assert.That(Said(1), Does.Contain("عضو واحد"));
        Assert.That(Said(2), Does.Contain("عضوين"));
        Assert.That(Said(7), Does.Contain("7 أعضاء"));
        Assert.That(Said(45), Does.Contain("45 عضوا"));
        Assert.That(Said(100), Does.Contain("100 عضو)"));
        Assert.That(Said(103), Does.Contain("103 أعضاء"));
    }

    /// <summary>The codes are written out here, apart from the questionnaire's own measure.</summary>
    [Test]
    public void Every_number_of_a_headline_is_a_sum_of_the_cells_printed_shares()
    {
        var cube = EditionFixture.Whole().Cube;
        var said = 0;
        foreach (var figures in cube.Points.SelectMany(p => new[] { p.Rating("change")!, p.Rating("state")! }))
        {
            var isChange = figures.Question == "change";
            var findings = FindingsOf(isChange ? Change : State, figures);
            foreach (var cell in figures.Regions.Append(figures.World))
            {
                int Sum(params string[] codes) => cell.Shares!.Where((_, i) => codes.Contains(figures.Rungs[cell.Rung!.Value][i])).Sum();
                foreach (var number in findings.Headline("x", cell.Region).Numbers)
                {
                    said++;
                    Assert.That(number.Value, Is.EqualTo(number.Name switch
                    {
                        "positive" => Sum("advanced", "advanced-a-lot", "advanced-any"),
                        "negative" => Sum("back", "back-a-lot", "back-any"),
                        "between" => Sum("no-change"),
                        "share" => isChange ? Sum("advanced-any") : Sum("largely", "fully", "largely-or-fully"),
                        "n" => cell.ValidN,
                        _ => throw new InvalidOperationException(number.Name),
                    }), $"{figures.Question} {cell.Region} {number.Name}");
                }

            }
        }

        Assert.That(said, Is.GreaterThan(100));
    }

    [TestCase("fr", "Parmi les membres qui ont évalué l’évolution, davantage disent que la situation a progressé (45\u202F%) que reculé (20\u202F%).")]
    [TestCase("es", "De los miembros que valoraron el cambio, son más los que dicen que la situación ha avanzado (45\u202F%) que los que dicen que ha retrocedido (20\u202F%).")]
    [TestCase("ar", "بين الأعضاء الذين قيّموا التغير، من يقولون إن الوضع تقدم (45%) أكثر ممن يقولون إنه تراجع (20%).")]
    public void The_same_finding_in_every_language(string language, string text) =>
        Assert.That(Headline(ChangeOf(Five(Cube.World, [5, 15, 35, 35, 10], 5, 40)), language).Text, Is.EqualTo(text));
}
