using Survey.Domain.Plans;

namespace Survey.Domain.Questionnaires;

/// <summary>What became of a question or a point since the round before.</summary>
public enum Comparison
{
    /// <summary>Reads as it did: differences are computed.</summary>
    Same,

    /// <summary>Changed, as the file declares, without a break: differences are computed and the report notes the change.</summary>
    DeclaredChange,

    /// <summary>Changed so that no difference is computed.</summary>
    Break,

    /// <summary>Was not asked before.</summary>
    New,

    /// <summary>Changed without a word in the file: the round does not open.</summary>
    Undeclared,
}

/// <summary>One question (by key) or point (by slug) against the round before, where it may have had another name.</summary>
public sealed record Compared(string Key, string? LastKey, Comparison Comparison)
{
    /// <summary>The languages, parted by spaces, in which only the translation was corrected: the English words are the same, so what was asked is too.</summary>
    public string Retranslated { get; init; } = "";

    /// <summary>Whether a difference between the two rounds may be computed.</summary>
    public bool IsComparable => Comparison is Comparison.Same or Comparison.DeclaredChange;
}

/// <summary>
/// What may be compared between a round and the one before it. A changed wording, scale, set of choices, maximum or condition must be
/// declared by a new <c>since</c>; what was counted differently (another kind, other steps of a scale, another headline figure) by
/// <c>break: true</c> too. Otherwise there is a problem and the round does not open. Help texts, short titles and the order of
/// questions are no part of this, nor is a language that only one of the two has. What was asked is what the English words say: a better translation of the same
/// words is named, and needs no declaration. Without English every language counts.
/// </summary>
public sealed record Comparability(IReadOnlyList<Compared> Items, IReadOnlyList<Problem> Problems)
{
    private const string Source = "en";

    /// <summary>The question or point with this key or slug, or null.</summary>
    public Compared? Item(string key) => Items.FirstOrDefault(item => item.Key == key);

    /// <summary>Compares this round's questionnaire with that of the round before.</summary>
    public static Comparability Of(Questionnaire last, Questionnaire current)
    {
        var items = new List<Compared>();
        var problems = new List<Problem>();
        foreach (var question in current.Questions)
        {
            var before = last.Question(question.Replaces ?? question.Key) ?? last.Question(question.Key);
            var (comparison, problem) = before is null ? (Comparison.New, null) : Compare(before, question, current.Name);
            items.Add(new Compared(question.Key, before?.Key, comparison) { Retranslated = before is null ? "" : Retranslated([(before.Text, question.Text), .. Labels(before, question)]) });
            if (problem is not null)
                problems.Add(problem);
        }
        return new Comparability(items, problems);
    }

    /// <summary>
    /// Compares this round's plan with that of the round before. In one plan a point is known by its slug; a point of another plan carries
    /// on a trend only if it says so.
    /// </summary>
    public static Comparability Of(Plan last, Plan current)
    {
        var items = new List<Compared>();
        var problems = new List<Problem>();
        foreach (var point in current.Points)
        {
            if (last.Slug != current.Slug)
            {
                var continued = last.Points.FirstOrDefault(old => point.Continues == $"{last.Slug}/{old.Slug}");
                items.Add(new Compared(point.Slug, continued?.Slug, continued is null ? Comparison.New : point.Break ? Comparison.Break : Comparison.DeclaredChange));
                continue;
            }
            var before = last.Point(point.Replaces ?? point.Slug) ?? last.Point(point.Slug);
            var isChanged = before is not null && (before.Slug != point.Slug || HasNewWords(before.Title, point.Title));
            var isDeclared = before is not null && point.Since is not null && (point.Since != before.Since || before.Slug != point.Slug);
            var comparison = before is null ? Comparison.New
                : isDeclared && point.Break ? Comparison.Break
                : !isChanged ? Comparison.Same
                : isDeclared ? Comparison.DeclaredChange
                : Comparison.Undeclared;
            items.Add(new Compared(point.Slug, before?.Slug, comparison) { Retranslated = before is null ? "" : Retranslated([(before.Title, point.Title)]) });
            if (comparison == Comparison.Undeclared)
                problems.Add(new Problem($"{current.Slug}: {point.Slug}", "undeclared-change", $"The title of the point '{point.Slug}' has changed since the last round; declare it with 'since' (and 'break: true' if it means something else now), or undo the change."));
        }
        return new Comparability(items, problems);
    }

    /// <summary>
    /// For each question of the newest round the first round since which it can be compared without a gap.
    /// </summary>
    /// <param name="roundsOldestFirst">Rounds by slug with their questionnaires; pilots are not among them.</param>
    public static IReadOnlyDictionary<string, string> ComparableSince(IReadOnlyList<(string Round, Questionnaire Questionnaire)> roundsOldestFirst) =>
        Since([.. roundsOldestFirst.Select(round => round.Round)],
            roundsOldestFirst.Count == 0 ? [] : [.. roundsOldestFirst[^1].Questionnaire.Questions.Select(question => question.Key)],
            index => Of(roundsOldestFirst[index - 1].Questionnaire, roundsOldestFirst[index].Questionnaire));

    /// <summary>For each point of the newest round's plan the first round since which it can be compared without a gap.</summary>
    /// <param name="roundsOldestFirst">Rounds by slug with their plans; pilots are not among them.</param>
    public static IReadOnlyDictionary<string, string> ComparableSince(IReadOnlyList<(string Round, Plan Plan)> roundsOldestFirst) =>
        Since([.. roundsOldestFirst.Select(round => round.Round)],
            roundsOldestFirst.Count == 0 ? [] : [.. roundsOldestFirst[^1].Plan.Points.Select(point => point.Slug)],
            index => Of(roundsOldestFirst[index - 1].Plan, roundsOldestFirst[index].Plan));

    private static Dictionary<string, string> Since(List<string> rounds, List<string> keys, Func<int, Comparability> withTheRoundBefore)
    {
        var since = keys.ToDictionary(key => key, _ => rounds[^1], StringComparer.Ordinal);
        var name = keys.ToDictionary(key => key, key => key, StringComparer.Ordinal);
        var open = new HashSet<string>(keys, StringComparer.Ordinal);
        for (var index = rounds.Count - 1; index > 0 && open.Count > 0; index--)
        {
            var comparability = withTheRoundBefore(index);
            foreach (var key in open.ToList())
            {
                if (comparability.Item(name[key]) is { IsComparable: true, LastKey: { } before })
                    (since[key], name[key]) = (rounds[index - 1], before);
                else
                    open.Remove(key);
            }
        }
        return since;
    }

    private static (Comparison, Problem?) Compare(Question last, Question current, string questionnaire)
    {
        // What is declared stays in the file in later years: only a `since` that the last round did not have is news.
        var isDeclared = current.Since is not null && (current.Since != last.Since || current.Key != last.Key);
        var countedDifferently = CountedDifferently(last, current);
        var changes = Changes(last, current).ToList();
        if (current.Key != last.Key)
            changes.Add("key");
        if (isDeclared && current.Break)
            return (Comparison.Break, null);
        if (countedDifferently is not null)
        {
            return (Comparison.Undeclared, new Problem($"{questionnaire}: {current.Key}", "undeclared-break",
                $"The {countedDifferently} of '{current.Key}' differs from the last round, so the two cannot be compared; declare it with 'since' and 'break: true', or undo the change."));
        }
        if (changes.Count == 0)
            return (Comparison.Same, null);
        if (isDeclared)
            return (Comparison.DeclaredChange, null);
        return (Comparison.Undeclared, new Problem($"{questionnaire}: {current.Key}", "undeclared-change",
            $"The {string.Join(", ", changes)} of '{current.Key}' differs from the last round; declare it with 'since' (and 'break: true' if answers cannot be compared), or undo the change."));
    }

    private static string? CountedDifferently(Question last, Question current)
    {
        if (last.Kind != current.Kind)
            return "kind";
        if (current.Kind == QuestionKind.Scale && !Steps(last).SequenceEqual(Steps(current)))
            return "scale";
        return Headline(last) != Headline(current) ? "measure" : null;
    }

    private static IEnumerable<string> Changes(Question last, Question current)
    {
        if (HasNewWords(last.Text, current.Text))
            yield return "wording";
        if (!last.Choices.Select(choice => (choice.Code, choice.Meaning)).SequenceEqual(current.Choices.Select(choice => (choice.Code, choice.Meaning))))
            yield return "set of choices";
        if (Labels(last, current).Any(label => HasNewWords(label.Last, label.Current)))
            yield return "wording of choices";
        if (last.Maximum != current.Maximum)
            yield return "maximum";
        if (last.When?.Question != current.When?.Question || !(last.When?.AnyOf ?? []).Order(StringComparer.Ordinal).SequenceEqual((current.When?.AnyOf ?? []).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            yield return "condition";
    }

    private static IEnumerable<(string, int?)> Steps(Question question) => question.SubstantiveChoices.Select(choice => (choice.Code, choice.Value));

    private static string Headline(Question question) => question.Measure is { } measure
        ? string.Join(' ', measure.Positive.Order(StringComparer.Ordinal)) + " - " + string.Join(' ', measure.Negative.Order(StringComparer.Ordinal))
        : "";

    /// <summary>The labels of the choices that both have.</summary>
    private static IEnumerable<(LocalisedText Last, LocalisedText Current)> Labels(Question last, Question current) =>
        current.Choices.Join(last.Choices, choice => choice.Code, old => old.Code, (choice, old) => (old.Label, choice.Label), StringComparer.Ordinal);

    private static bool HasNewWords(LocalisedText last, LocalisedText current) =>
        last.Texts.TryGetValue(Source, out var before) && current.Texts.TryGetValue(Source, out var now) ? before != now : Changed(last, current).Any();

    private static string Retranslated(IEnumerable<(LocalisedText Last, LocalisedText Current)> texts) =>
        string.Join(' ', texts.Where(t => !HasNewWords(t.Last, t.Current)).SelectMany(t => Changed(t.Last, t.Current)).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Changed(LocalisedText last, LocalisedText current) =>
        current.Texts.Where(text => last.Texts.TryGetValue(text.Key, out var before) && before != text.Value).Select(text => text.Key);
}
