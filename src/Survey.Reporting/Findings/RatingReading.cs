using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;

namespace Survey.Reporting.Findings;

/// <summary>
/// What the printed shares of one cell say in the questionnaire's terms: its groups in scale order, and the sums for, against and between.
/// Everything is a sum of printed shares, so words and bars always agree.
/// </summary>
/// <param name="Positive">The printed shares on the measure's positive side; null when the rung does not keep that side apart.</param>
/// <param name="Negative">The same for the negative side; null also for a share.</param>
public sealed record RatingReading(IReadOnlyList<GroupShare> Groups, int? Positive, int? Negative)
{
    /// <summary>The printed shares on neither side; null unless both sides are known.</summary>
    public int? Between => Positive is { } positive && Negative is { } negative ? 100 - positive - negative : null;

    /// <summary>The reading of a cell with published shares; null of any other.</summary>
    public static RatingReading? Of(Question question, RatingFigures figures, RatingCell? cell)
    {
        if (cell is not { Shares: { } shares, Rung: { } rung } || rung >= figures.Rungs.Count || figures.Rungs[rung].Count != shares.Count)
            return null;
        var groups = GroupsOf(question, figures, rung).Zip(shares, (group, share) => new GroupShare(group, share)).ToList();
        return new RatingReading(groups, Side(groups, question.Measure?.Positive), Side(groups, question.Measure?.Negative));
    }

    /// <summary>The groups of a rung with their labels; a group that the questionnaire does not word is one of its choices.</summary>
    public static IReadOnlyList<RungGroup> GroupsOf(Question question, RatingFigures figures, int rung) =>
        [.. figures.Rungs[rung].Select(code => GroupOf(question, rung, code))];

    /// <summary>What the positive side is called where it stands for itself, most often by a group of a coarser rung; empty without a measure.</summary>
    public static IReadOnlyList<LocalisedText> PositiveLabels(Question question)
    {
        if (question.Measure is not { Positive: { Count: > 0 } positive })
            return [];
        var together = question.Rungs.SelectMany(r => r.Groups).FirstOrDefault(g => g.Choices.ToHashSet(StringComparer.Ordinal).SetEquals(positive));
        return together is not null ? [together.Label] : [.. positive.Select(question.Choice).OfType<Choice>().Select(c => c.Label)];
    }

    private static RungGroup GroupOf(Question question, int rung, string code)
    {
        var own = rung < question.Rungs.Count ? question.Rungs[rung].Groups.FirstOrDefault(g => g.Code == code) : null;
        return own
            ?? (question.Choice(code) is { } choice ? new RungGroup(code, choice.Label, [code]) : null)
            ?? question.Rungs.SelectMany(r => r.Groups).FirstOrDefault(g => g.Code == code)
            ?? Joined(question, code)
            ?? new RungGroup(code, LocalisedText.Of(("en", code)), [code]);
    }

    // Choices that the disclosure pass published together, though the questionnaire has no word for them.
    private static RungGroup? Joined(Question question, string code)
    {
        var choices = code.Split('+').Select(question.Choice).ToList();
        return choices.Count < 2 || choices.Contains(null) ? null
            : new RungGroup(code, LocalisedText.Of([.. choices.SelectMany(c => c!.Label.Texts.Keys).Distinct().Select(language => (language, string.Join(" / ", choices.Select(c => c!.Label.In(language)))))]), [.. choices.Select(c => c!.Code)]);
    }

    private static int? Side(List<GroupShare> groups, IReadOnlyList<string>? side)
    {
        if (side is not { Count: > 0 })
            return null;
        var whole = groups.Where(g => g.Group.Choices.All(side.Contains)).ToList();
        return side.All(choice => whole.Any(g => g.Group.Choices.Contains(choice))) ? whole.Sum(g => g.Percent) : null;
    }
}

/// <summary>One group of a published rung with its printed share in whole per cent.</summary>
public sealed record GroupShare(RungGroup Group, int Percent);
