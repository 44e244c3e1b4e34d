using Survey.Domain.Questionnaires;

namespace Survey.Reporting.Charts;

/// <summary>
/// Which tone a published group has. A tone means the same in every chart of an edition: sides of a balance from the measure, steps of a share from the
/// scale's order, "together" for a group of several choices. Scales with more steps than tones share tones; their bars are drawn in sums.
/// </summary>
public static class Tones
{
    /// <summary>The tone of each group of a rung, in the groups' order.</summary>
    public static IReadOnlyList<LevelTone> Of(Question question, IReadOnlyList<RungGroup> groups) =>
        question.Measure is { IsNetBalance: true } balance ? OfBalance(balance, groups) : OfSteps(question, groups);

    private static List<LevelTone> OfBalance(Measure balance, IReadOnlyList<RungGroup> groups)
    {
        var back = groups.Where(g => g.Choices.All(balance.Negative.Contains)).ToList();
        var forward = groups.Where(g => g.Choices.All(balance.Positive.Contains)).ToList();
        // The groups stand from back to forward, or the other way round where the file lists them so.
        var isReversed = back.Count > 0 && forward.Count > 0 && IndexOf(groups, back[0]) > IndexOf(groups, forward[0]);
        return [.. groups.Select(g => g switch
        {
            _ when back.Contains(g) => Side(back, g, isReversed, LevelTone.StronglyBack, LevelTone.Back, LevelTone.BackTogether),
            _ when forward.Contains(g) => Side(forward, g, !isReversed, LevelTone.StronglyForward, LevelTone.Forward, LevelTone.ForwardTogether),
            _ when g.Choices.Any(balance.Negative.Contains) => LevelTone.NotForward,
            _ => LevelTone.Neutral,
        })];
    }

    private static LevelTone Side(List<RungGroup> side, RungGroup group, bool strongIsLast, LevelTone strong, LevelTone mild, LevelTone together)
    {
        if (side.Count == 1)
            return group.Choices.Count > 1 ? together : mild;
        return group == (strongIsLast ? side[^1] : side[0]) ? strong : mild;
    }

    private static List<LevelTone> OfSteps(Question question, IReadOnlyList<RungGroup> groups)
    {
        var scale = question.SubstantiveChoices.Select(c => c.Code).ToList();
        if (IsHighFirst(question))
            scale.Reverse();
        var positive = question.Measure?.Positive ?? [];
        return [.. groups.Select(g => g.Choices.Count == 1
            ? Step(scale, g.Choices[0])
            : g.Choices.All(positive.Contains) ? LevelTone.HighTogether
            : groups.Count == 2 ? LevelTone.NotHigh
            : LevelTone.LowTogether)];
    }

    private static LevelTone Step(List<string> scale, string choice)
    {
        var at = Math.Max(0, scale.IndexOf(choice));
        return LevelTone.Step0 + (scale.Count < 2 ? 4 : (int)Math.Round(at * 4.0 / (scale.Count - 1), MidpointRounding.AwayFromZero));
    }

    // By the scale's values; without values the measure's side is the high end.
    private static bool IsHighFirst(Question question)
    {
        var choices = question.SubstantiveChoices.ToList();
        if (choices.Count < 2)
            return false;
        if (choices[0].Value is { } first && choices[^1].Value is { } last)
            return first > last;
        return question.Measure is { } measure && measure.Positive.Contains(choices[0].Code) && !measure.Positive.Contains(choices[^1].Code);
    }

    private static int IndexOf(IReadOnlyList<RungGroup> groups, RungGroup group) => groups.TakeWhile(g => g != group).Count();
}
