using Survey.Domain.Questionnaires;
using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

/// <summary>What the methods chapter tells of the questions: which changed, by the questionnaire's own declarations, and how many were left open, by the printed numbers alone.</summary>
public sealed class QuestionNotesTests
{
    [Test]
    public void Declared_changes_stand_in_the_methods_and_below_their_figures()
    {
        // Of the shipped questionnaire: "size" broke in 2025, "barriers" has had one more choice since 2026. Points come behind.
        var blocks = BlockTexts.Flat(EditionFixture.Content(EditionFixture.Whole(), "en"));
        var rows = blocks.OfType<TableBlock>().Single(t => t.Id == "methods-changed-table").Rows.Take(2).Select(r => string.Join(" | ", r.Cells.Select(c => c.Text)));
        Assert.That(rows, Is.EqualTo(new[] { "Size | 2025 | Break: no difference is computed across it.", "What stood in the way | 2026 | No break is declared: earlier answers, if any, may be compared." }));
        foreach (var figure in blocks.OfType<FigureBlock>())
            Assert.That(figure.Note?.Contains("reads as it does now since 2026", StringComparison.Ordinal) == true, Is.EqualTo(figure.Id.EndsWith("--barriers-figure", StringComparison.Ordinal)), figure.Id);
    }

    [Test]
    public void A_first_round_declares_no_change_that_its_readers_meet()
    {
        var blocks = BlockTexts.Flat(EditionFixture.Content(OddNetworks.Of("first-round"), "en"));
        Assert.That(blocks.OfType<TableBlock>().Select(t => t.Id), Has.None.EqualTo("methods-changed-table"));
        Assert.That(blocks.OfType<FigureBlock>().Select(f => f.Note), Has.None.Contains("reads as it does now"));
    }

    [TestCase("2026", "The question was changed in 2026; no difference to earlier rounds is computed.")]
    [TestCase("2025", null, Description = "What comes after the break is compared.")]
    public void A_break_of_the_rating_that_is_followed_is_noted_below_its_trend_where_it_ends_comparison(string since, string? note)
    {
        var whole = EditionFixture.Whole();
        var questionnaire = whole.Questionnaire with
        {
            Sections = [.. whole.Questionnaire.Sections.Select(s => s with { Questions = [.. s.Questions.Select(q => q.Role is QuestionRole.State ? q with { Since = since, Break = true } : q)] })],
        };
        var figures = BlockTexts.Flat(EditionFixture.Content(whole with { Questionnaire = questionnaire }, "en")).OfType<FigureBlock>().Where(f => f.Id.EndsWith("--state-trend", StringComparison.Ordinal)).ToList();
        Assert.That(figures, Is.Not.Empty);
        Assert.That(figures.Select(f => f.Note), note is null ? Has.None.Contains("The question was changed") : Has.All.Contains(note));
    }

    [Test]
    public void Left_open_is_what_the_printed_numbers_tell()
    {
        var input = EditionFixture.Whole();
        var cube = input.Cube;
        var table = BlockTexts.Flat(EditionFixture.Content(input, "en")).OfType<TableBlock>().Single(t => t.Id == "methods-open-table");
        var shares = table.Rows.ToDictionary(r => r.Cells[0].Text, r => r.Cells[1].Text);

        // Written out apart: all that answered the survey were asked who leads them, and those that work on a point or follow it what they did.
        var led = cube.Rating("led-by-migrants")!.World;
        var left = 100 - (int)Math.Round(100.0 * led.ValidN!.Value / cube.Participation.Responses, MidpointRounding.AwayFromZero);
        Assert.That(shares["Led by migrants"], Is.EqualTo($"{left}%"));
        var done = cube.Points.Select(p =>
        {
            var work = p.Rating("work")!;
            var asked = work.World.Shares!.Zip(work.Rungs[work.World.Rung!.Value]).Where(s => s.Second is not "no").Sum(s => s.First) * work.World.ValidN!.Value / 100.0;
            return Math.Max(0, (int)Math.Round(100 - (100 * p.SeveralOf("actions")!.World.AnsweredN!.Value / asked), MidpointRounding.AwayFromZero));
        }).ToList();
        Assert.That(shares["What members did*"], Is.EqualTo(done.Min() == done.Max() ? $"{done.Min()}%" : $"{done.Min()}% to {done.Max()}%"));
        Assert.That(table.Note, Does.StartWith("*:"));
    }

    [Test]
    public void Nobody_leaves_no_question_open() =>
        Assert.That(BlockTexts.Flat(EditionFixture.Content(OddNetworks.Of("nobody"), "ar")).OfType<TableBlock>().Select(t => t.Id), Has.None.EqualTo("methods-open-table"));

    [Test]
    public void Objectives_of_the_compact_have_a_title_in_every_language([ValueSource(typeof(EditionFixture), nameof(EditionFixture.Languages))] string language)
    {
        var texts = EditionFixture.Texts[language];
        var titles = Enumerable.Range(1, 23).Select(i => texts.Text($"objectives.o{i}")).ToList();
        Assert.That(titles, Is.Unique);
        var index = BlockTexts.Flat(EditionFixture.Content(EditionFixture.Whole(), language)).OfType<IndexBlock>().Single(b => b.Id == "annex-index-gcm");
        Assert.That(index.Entries.Where(e => !titles.Exists(t => e.Text.EndsWith(t, StringComparison.Ordinal))), Is.Empty);
    }
}
