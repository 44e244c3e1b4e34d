using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Findings;

namespace Survey.Reporting.Editions;

/// <summary>What is told of the questions themselves: how many were left open, and which changed between the rounds. A round whose words were frozen before there were any for it goes without.</summary>
public sealed partial class ContentBuilder
{
    /// <summary>
    /// The share of those asked that left a question open, from the printed numbers alone: it tells nothing that the cube does not. For a question about points from the lowest to the highest.
    /// </summary>
    private IEnumerable<EditionBlock> LeftOpen()
    {
        if (!_words.Has("open.title") || Cube.Participation.Responses == 0)
            yield break;
        var isSomeOnly = false;
        var rows = new List<TableRow>();
        foreach (var question in _input.Questionnaire.Questions)
        {
            var shares = _input.Questionnaire.IsPerPoint(question) ? Cube.Points.Select(p => OpenShare(question, p)).OfType<int>().ToList() : OpenShare(question, null) is { } one ? [one] : [];
            if (shares.Count == 0)
                continue;
            isSomeOnly |= question.When is not null;
            var title = _words.In(question.ShortTitle);
            rows.Add(new TableRow(
            [
                new(question.When is null ? title : _words.Text("open.some", ("question", title))),
                new(shares.Min() == shares.Max() ? _words.Percent(shares[0]) : _words.Range(shares.Min(), shares.Max(), false)),
            ]));
        }

        if (rows.Count == 0)
            yield break;
        yield return new HeadingBlock(2, _words.Text("open.title"), "methods-open");
        yield return new ParagraphBlock(_words.Text("open.lead"));
        yield return new TableBlock("methods-open-table", _words.Text("open.table"), null,
            [new(_words.Text("changed.what"), CellAlignment.Start, 3), new(_words.Text("open.share"), CellAlignment.End, 1.4)], rows,
            isSomeOnly ? _words.Text("open.someNote") : null);
    }

    /// <summary>The share that left a question open, at a point or outside points; null where the printed numbers do not tell it.</summary>
    private int? OpenShare(Question question, PointFigures? point)
    {
        if (Asked(question.When, point) is not { } asked || asked < Cube.Rules.PlainFrom || Answered(question, point) is not { } answered)
            return null;
        return Math.Clamp((int)Math.Round(100 * (1 - (answered / asked)), MidpointRounding.AwayFromZero), 0, 100);
    }

    /// <summary>How many gave an answer, "don't know" among them; null where one of the two is not printed.</summary>
    private double? Answered(Question question, PointFigures? point)
    {
        if ((point is null ? Cube.SeveralOf(question.Key) : point.SeveralOf(question.Key)) is { } several)
            return several.World.AnsweredN;
        if ((point is null ? Cube.Rating(question.Key) : point.Rating(question.Key)) is not { World: { ValidN: { } n } world } || question.Choices.Any(c => c.Meaning is ChoiceMeaning.NotApplicable))
            return null;
        return question.Choices.All(c => c.Meaning is not ChoiceMeaning.DontKnow) ? n : world.DontKnowShare is { } share and < 100 ? n / (1 - (share / 100.0)) : null;
    }

    // Below it what rounding takes from the printed shares would be more than a point or two of those asked.
    private const int LeastAsked = 40;

    /// <summary>How many were asked: all that answered the survey, or those that gave certain answers to another question, where the printed steps keep these apart.</summary>
    private double? Asked(Condition? when, PointFigures? point)
    {
        if (when is null)
            return Cube.Participation.Responses;
        if (_input.Questionnaire.Question(when.Question) is not { } before || when.AnyOf.Count == 0
            || (point?.Rating(before.Key) ?? Cube.Rating(before.Key)) is not { } figures || figures.World.ValidN is not { } n || RatingReading.Of(before, figures, figures.World) is not { } reading)
            return null;
        var shares = reading.Groups.Select(g => (g.Percent, In: g.Group.Choices.Count(when.AnyOf.Contains), All: g.Group.Choices.Count)).ToList();
        var asked = shares.Where(s => s.In > 0).Sum(s => s.Percent);
        return asked < LeastAsked || shares.Exists(s => s.In > 0 && s.In < s.All) ? null : n * asked / 100.0;
    }

    /// <summary>What questionnaire and plan declare to have changed since the first round of this report; nothing where they declare none.</summary>
    private IEnumerable<EditionBlock> ChangedQuestions()
    {
        if (!_words.Has("changed.title"))
            yield break;
        var changed = _input.Questionnaire.Questions.Where(q => IsChange(q.Since)).Select(q => (Name: _words.In(q.ShortTitle), Since: q.Since!, q.Break))
            .Concat(Cube.Points.Where(WasThere).Select(p => _input.Plan.Point(p.Point)).OfType<Domain.Plans.PlanPoint>().Where(p => IsChange(p.Since)).Select(p => (Name: _names.NumberedPoint(p.Slug), Since: p.Since!, p.Break))).ToList();
        if (changed.Count == 0)
            yield break;
        yield return new HeadingBlock(2, _words.Text("changed.title"), "methods-changed");
        yield return new ParagraphBlock(_words.Text("changed.lead"));
        yield return new TableBlock("methods-changed-table", _words.Text("changed.table"), null,
            [new(_words.Text("changed.what"), CellAlignment.Start, 2), new(_words.Text("changed.since"), CellAlignment.Start, 1), new(_words.Text("changed.comparison"), CellAlignment.Start, 3)],
            [.. changed.Select(c => new TableRow([new(c.Name), new(c.Since), new(_words.Text(c.Break ? "changed.broken" : "changed.compared"))]))], null);

        // A point declares its first round as it declares a change.
        static bool WasThere(PointFigures point) => point.Ratings.Any(r => r.Trends.Any(t => t.Points.Count > 1));
    }

    /// <summary>The note below a figure whose question changed within the rounds of this report; null where it did not, and where the break lies further back: the figure marks it, and what comes after it is compared.</summary>
    private string? ChangedNote(Question question) => !IsChange(question.Since) ? null
        : question.Break ? Rounds()[^1].StartsWith(question.Since!, StringComparison.Ordinal) ? _words.Text("trend.break", ("round", question.Since!)) : null
        : _words.Has("changed.note") ? _words.Text("changed.note", ("round", question.Since!)) : null;

    // A declaration of the first round, or of one before it, is none that a reader of these rounds would meet.
    private bool IsChange(string? since) => since is not null && Rounds() is [_, .. var later] && later.Exists(r => r.StartsWith(since, StringComparison.Ordinal));
}
