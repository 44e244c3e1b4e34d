using System.Text;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Questionnaires;

/// <summary>
/// Reads a questionnaire from `templates/questionnaires/NAME.yaml` and checks that it can be asked and counted: keys, codes and roles
/// are unique, conditions look back, scales are ordered, and every rung of a rating partitions its scale. The languages named under
/// `status` are the file's languages: every text must be there in each of them.
/// </summary>
public static class QuestionnaireFile
{
    /// <summary>The most code points that a text answer may have.</summary>
    public const int LongestText = 10_000;

    private static readonly IReadOnlyDictionary<string, QuestionKind> Kinds = Words<QuestionKind>();

    private static readonly IReadOnlyDictionary<string, QuestionRole> Roles = Words<QuestionRole>();

    /// <summary>The questionnaire, or every mistake with its line.</summary>
    public static Parsed<Questionnaire> Parse(string text, string file) => YamlText.Read(text, file, root => new Reading(root).Questionnaire());

    /// <summary>How a kind is written in files: <c>one-choice</c>.</summary>
    public static string Word(QuestionKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    /// <summary>How a role is written in files: <c>led-by-migrants</c>.</summary>
    public static string Word(QuestionRole role) => Roles.First(pair => pair.Value == role).Key;

    private static Dictionary<string, T> Words<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(value => Hyphened(value.ToString()), StringComparer.Ordinal);

    private static string Hyphened(string name)
    {
        var word = new StringBuilder();
        foreach (var letter in name)
            word.Append(char.IsUpper(letter) && word.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        return word.ToString();
    }

    private sealed class Reading(MapNode root)
    {
        private static readonly QuestionRole[] PerPointRoles =
            [QuestionRole.Work, QuestionRole.State, QuestionRole.Change, QuestionRole.Actions, QuestionRole.Barriers, QuestionRole.Example, QuestionRole.Consent];

        private static readonly QuestionRole[] Facts =
        [
            QuestionRole.Country, QuestionRole.OtherCountries, QuestionRole.Umbrella, QuestionRole.Type, QuestionRole.LedByMigrants,
            QuestionRole.LedByWomen, QuestionRole.Size,
        ];

        private readonly List<(Question Question, MapNode Node, bool IsPerPoint)> _asked = [];

        private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

        private IReadOnlyCollection<string> _languages = [];

        public Questionnaire Questionnaire()
        {
            _languages = FileLanguages.Of(root);
            var name = root.Slug("name");
            var title = root.Localised("title", _languages);
            var introduction = root.LocalisedOrNull("introduction", _languages);
            var minutes = root.WholeNumber("minutes", least: 1, most: 240);
            var sections = new List<Section>();
            foreach (var node in root.Maps("sections"))
            {
                var section = Section(node);
                if (sections.Exists(other => other.Slug == section.Slug))
                    node.ProblemAt("slug", "duplicate-slug", $"The section '{section.Slug}' is there twice; give one another slug.");
                sections.Add(section);
            }
            if (sections.Count == 0 && root.Has("sections"))
                root.ProblemAt("sections", "no-sections", "A questionnaire needs at least one section.");
            return new Questionnaire(name, title, introduction, minutes, sections);
        }

        private Section Section(MapNode node)
        {
            var slug = node.Slug("slug");
            var title = node.Localised("title", _languages);
            var introduction = node.LocalisedOrNull("introduction", _languages);
            var isPerPoint = node.Bool("perPoint", otherwise: false);
            var questions = new List<Question>();
            foreach (var questionNode in node.Maps("questions"))
            {
                var question = Question(questionNode, isPerPoint);
                questions.Add(question);
                _asked.Add((question, questionNode, isPerPoint));
            }
            if (questions.Count == 0 && node.Has("questions"))
                node.ProblemAt("questions", "no-questions", $"The section '{slug}' asks nothing; add a question or remove the section.");
            return new Section(slug, title, introduction, isPerPoint, questions);
        }

        private Question Question(MapNode node, bool isPerPoint)
        {
            if (!Kinds.ContainsKey(node.TextOrNull("kind") ?? ""))
                return Unreadable(node);
            var kind = Kinds[node.Text("kind")];
            var choices = Choices(node, kind);
            var question = new Question(
                node.Slug("key"),
                kind,
                node.OneOfOrNull("role", [.. Roles.Keys]) is { } role ? Roles[role] : QuestionRole.None,
                node.Localised("text", _languages),
                node.LocalisedOrNull("help", _languages),
                node.Localised("shortTitle", _languages),
                choices,
                Rungs(node, choices),
                Measure(node, choices),
                Maximum(node, kind, choices),
                node.Bool("required", otherwise: false),
                node.Bool("prefill", otherwise: false),
                When(node, isPerPoint),
                node.TextOrNull("since"),
                node.SlugOrNull("replaces"),
                node.Bool("break", otherwise: false));
            if (_asked.Exists(other => other.Question.Key == question.Key))
                node.ProblemAt("key", "duplicate-key", $"The question '{question.Key}' is there twice; give one another key.");
            CheckRole(node, question, isPerPoint);
            CheckMeasure(node, question);
            CheckChange(node, question);
            if (question.IsPrefilled && (isPerPoint || !Facts.Contains(question.Role) && question.Role != QuestionRole.None))
                node.ProblemAt("prefill", "prefill", $"'{question.Key}' must not be prefilled: only facts about the organisation are; remove 'prefill'.");
            return question;
        }

        // Of a question whose kind is unknown nothing else can be said; conditions on it are not held against the file.
        private Question Unreadable(MapNode node)
        {
            node.OneOf("kind", [.. Kinds.Keys]);
            node.Known("role", "text", "help", "shortTitle", "choices", "rungs", "measure", "maximum", "required", "prefill", "when", "since", "replaces", "break");
            var key = node.Slug("key");
            _unreadable.Add(key);
            var none = LocalisedText.Of(("en", ""));
            return new Question(key, default, QuestionRole.None, none, null, none, [], [], null, null, false, false, null, null, null, false);
        }

        private List<Choice> Choices(MapNode node, QuestionKind kind)
        {
            var choices = new List<Choice>();
            var needsChoices = kind is QuestionKind.OneChoice or QuestionKind.SeveralChoices or QuestionKind.Scale;
            if (!needsChoices)
            {
                if (node.Has("choices"))
                    node.ProblemAt("choices", "choices-not-used", $"A question of the kind {Word(kind)} has no choices of its own; remove them or change the kind.");
                return choices;
            }
            var nodes = node.Maps("choices");
            foreach (var choiceNode in nodes)
            {
                var choice = new Choice(choiceNode.Slug("code"), choiceNode.Localised("label", _languages),
                    choiceNode.WholeNumberOrNull("value", least: -100, most: 100),
                    choiceNode.OneOfOrNull("meaning", "substantive", "dont-know", "not-applicable") switch
                    {
                        "dont-know" => ChoiceMeaning.DontKnow,
                        "not-applicable" => ChoiceMeaning.NotApplicable,
                        _ => ChoiceMeaning.Substantive,
                    });
                CheckChoice(choiceNode, choice, choices, kind);
                choices.Add(choice);
            }
            if (nodes.Count > 0 && choices.Count(choice => choice.Meaning == ChoiceMeaning.Substantive) < 2)
                node.ProblemAt("choices", "too-few-choices", "A question needs at least two choices beside don't know and not applicable.");
            return choices;
        }

        private static void CheckChoice(MapNode node, Choice choice, List<Choice> before, QuestionKind kind)
        {
            if (before.Exists(other => other.Code == choice.Code))
                node.ProblemAt("code", "duplicate-code", $"The choice '{choice.Code}' is there twice; give one another code.");
            foreach (var (language, label) in choice.Label.Texts)
            {
                if (before.Exists(other => other.Label.Texts.TryGetValue(language, out var same) && same == label))
                    node.ProblemAt("label", "duplicate-label", $"Two choices read '{label}' ({language}); word them so that they can be told apart.");
            }
            if (choice.Meaning == ChoiceMeaning.Substantive)
            {
                if (choice.Code is "dont-know" or "not-applicable")
                    node.ProblemAt("code", "missing-meaning", $"'{choice.Code}' would count as an opinion; add 'meaning: {choice.Code}'.");
                if (kind != QuestionKind.Scale && choice.Value is not null)
                    node.ProblemAt("value", "value-not-used", "Only the choices of a scale have a value; remove it or make the question a scale.");
                else if (kind == QuestionKind.Scale && choice.Value is null)
                    node.Problem("missing-value", $"The choice '{choice.Code}' of a scale needs its place on the scale; add 'value', for example 0, 1, 2 ….");
                else if (before.LastOrDefault(other => other.Meaning == ChoiceMeaning.Substantive) is { Value: { } last } && choice.Value <= last)
                    node.ProblemAt("value", "scale-order", $"A scale goes from its lowest to its highest value; {choice.Value} follows {last} here.");
                return;
            }
            if (choice.Value is not null)
                node.ProblemAt("value", "value-not-used", "Don't know and not applicable are no step of the scale; remove 'value'.");
            if (before.Exists(other => other.Meaning == choice.Meaning))
                node.ProblemAt("meaning", "duplicate-meaning", $"Two choices mean '{node.TextOrNull("meaning")}'; keep one.");
        }

        private static int? Maximum(MapNode node, QuestionKind kind, List<Choice> choices)
        {
            switch (kind)
            {
                case QuestionKind.ShortText or QuestionKind.LongText:
                    return node.WholeNumber("maximum", least: 1, most: LongestText);
                case QuestionKind.SeveralChoices:
                    return node.WholeNumberOrNull("maximum", least: 1, most: Math.Max(1, choices.Count));
                case QuestionKind.Countries or QuestionKind.Points:
                    return node.WholeNumberOrNull("maximum", least: 1, most: 100);
                case QuestionKind.Number:
                    return node.WholeNumberOrNull("maximum", least: 1);
                default:
                    if (node.Has("maximum"))
                        node.ProblemAt("maximum", "maximum-not-used", $"A question of the kind {Word(kind)} has exactly one answer; remove 'maximum'.");
                    return null;
            }
        }

        private Condition? When(MapNode node, bool isPerPoint)
        {
            if (node.MapOrNull("when") is not { } when)
                return null;
            var condition = new Condition(when.Slug("question"), when.Texts("anyOf"));
            var earlier = _asked.Find(asked => asked.Question.Key == condition.Question);
            if (condition.Question.Length == 0 || _unreadable.Contains(condition.Question))
                return condition;
            if (earlier.Question is null)
            {
                when.ProblemAt("question", "condition-question", $"No question '{condition.Question}' comes before this one; a condition looks back to an earlier question's key.");
                return condition;
            }
            if (earlier.IsPerPoint && !isPerPoint)
                when.ProblemAt("question", "condition-per-point", $"'{condition.Question}' is asked once for each point, this question is not; choose a question that is asked once.");
            if (!earlier.Question.HasChoices && condition.AnyOf.Count > 0)
                when.ProblemAt("anyOf", "condition-code", $"'{condition.Question}' has no choices; leave out 'anyOf' to ask after any answer.");
            foreach (var code in condition.AnyOf.Where(code => earlier.Question.HasChoices && earlier.Question.Choice(code) is null))
                when.ProblemAt("anyOf", "condition-code", $"'{code}' is no choice of '{condition.Question}'; it can be: {Codes(earlier.Question.Choices)}.");
            return condition;
        }

        private List<Rung> Rungs(MapNode node, List<Choice> choices)
        {
            var rungs = new List<Rung>();
            foreach (var rungNode in node.ListOrEmpty("rungs").Maps())
            {
                var rung = Rung(rungNode, choices);
                CheckRung(rungNode, rung, rungs, choices);
                rungs.Add(rung);
            }
            return rungs;
        }

        private Rung Rung(MapNode node, List<Choice> choices)
        {
            if (node.Optional("groups") is TextNode { Value: { } word } text)
            {
                if (word != "each-choice")
                    text.Problem("unknown-word", $"'groups' is '{word}'; write each-choice, or a list of groups.");
                return new Rung([.. Substantive(choices).Select(choice => new RungGroup(choice.Code, choice.Label, [choice.Code]))]);
            }
            var groups = new List<RungGroup>();
            foreach (var groupNode in node.Maps("groups"))
            {
                var codes = groupNode.List("choices").Texts();
                // A group of one choice reads like that choice unless the file says otherwise.
                var label = codes.Count == 1 && !groupNode.Has("label")
                    ? choices.Find(choice => choice.Code == codes[0])?.Label ?? LocalisedText.Of(("en", codes[0]))
                    : groupNode.Localised("label", _languages);
                var group = new RungGroup(groupNode.Slug("code"), label, codes);
                if (groups.Exists(other => other.Code == group.Code))
                    groupNode.ProblemAt("code", "duplicate-code", $"The group '{group.Code}' is there twice; give one another code.");
                var unknown = codes.Where(code => choices.Find(choice => choice.Code == code)?.Meaning != ChoiceMeaning.Substantive).ToList();
                foreach (var code in unknown)
                    groupNode.ProblemAt("choices", "rung-choice", $"'{code}' is no step of this scale; it can be: {Codes(Substantive(choices))}.");
                if (unknown.Count == 0 && choices.Exists(choice => choice.Code == group.Code) && !codes.SequenceEqual([group.Code], StringComparer.Ordinal))
                    groupNode.ProblemAt("code", "rung-code", $"'{group.Code}' is the code of one choice; a group of several needs a code of its own.");
                groups.Add(group);
            }
            return new Rung(groups);
        }

        private static void CheckRung(MapNode node, Rung rung, List<Rung> finer, List<Choice> choices)
        {
            var steps = Substantive(choices).Select(choice => choice.Code).ToList();
            var grouped = rung.Groups.SelectMany(group => group.Choices).ToList();
            if (!grouped.TrueForAll(steps.Contains))
                return;
            if (!grouped.SequenceEqual(steps, StringComparer.Ordinal))
            {
                node.Problem("rung-partition", $"The groups of a rung hold every step of the scale once, in its order: {string.Join(", ", steps)}.");
                return;
            }
            if (finer.Count == 0 || finer[^1].Groups.Sum(group => group.Choices.Count(steps.Contains)) != steps.Count)
                return;
            var last = finer[^1].Groups;
            var splits = last.FirstOrDefault(group => !rung.Groups.Any(coarse => group.Choices.All(coarse.Choices.Contains)));
            if (splits is not null || rung.Groups.Count >= last.Count)
                node.Problem("rung-order", "Rungs go from the finest to the coarsest; each joins whole groups of the one before it.");
        }

        private static Measure? Measure(MapNode node, List<Choice> choices)
        {
            if (node.MapOrNull("measure") is not { } map)
                return null;
            var measure = new Measure(map.List("positive").Texts(), map.Texts("negative"));
            foreach (var (key, codes) in new[] { ("positive", measure.Positive), ("negative", measure.Negative) })
            {
                foreach (var code in codes.Where(code => choices.Find(choice => choice.Code == code)?.Meaning != ChoiceMeaning.Substantive))
                    map.ProblemAt(key, "measure-choice", $"'{code}' is no substantive choice of this question; it can be: {Codes(Substantive(choices))}.");
            }
            if (measure.Positive.Count == 0 && map.Has("positive"))
                map.ProblemAt("positive", "measure-empty", "A measure needs at least one positive choice.");
            foreach (var code in measure.Positive.Intersect(measure.Negative, StringComparer.Ordinal))
                map.ProblemAt("negative", "measure-both", $"'{code}' cannot be both positive and negative; keep one.");
            return measure;
        }

        private static void CheckMeasure(MapNode node, Question question)
        {
            if (question.Kind != QuestionKind.Scale)
            {
                foreach (var key in new[] { "rungs", "measure" }.Where(node.Has))
                    node.ProblemAt(key, key + "-not-used", $"Only a scale has '{key}'; remove it or make the question a scale.");
                return;
            }
            if (question.Role is QuestionRole.State or QuestionRole.Change)
            {
                if (question.Measure is null)
                    node.Problem("missing-measure", $"The rating '{question.Key}' needs its headline figure; add 'measure' with 'positive' (and 'negative' for a net balance).");
                if (question.Rungs.Count == 0)
                    node.Problem("missing-rungs", $"The rating '{question.Key}' needs 'rungs': how it is published for small regions, finest first, beginning with 'groups: each-choice'.");
            }
            if (question.Measure is { } measure)
            {
                // A rung may join the negative choices with others: then it has a share and no net balance. The positive ones stay apart.
                foreach (var group in question.Rungs.SelectMany(rung => rung.Groups))
                {
                    if (group.Choices.Any(measure.Positive.Contains) && !group.Choices.All(measure.Positive.Contains))
                        node.ProblemAt("rungs", "rung-breaks-measure", $"The group '{group.Code}' mixes positive choices of the measure with others; keep {string.Join(", ", measure.Positive)} apart.");
                }
            }
        }

        private void CheckRole(MapNode node, Question question, bool isPerPoint)
        {
            var role = question.Role;
            if (role == QuestionRole.None)
                return;
            if (_asked.Find(other => other.Question.Role == role).Question is { } other)
                node.ProblemAt("role", "duplicate-role", $"'{other.Key}' has the role {Word(role)} already; give this question another role or none.");
            if (PerPointRoles.Contains(role) != isPerPoint)
                node.ProblemAt("role", "role-section", $"The role {Word(role)} belongs in a section {(isPerPoint ? "without" : "with")} 'perPoint: true'; move the question.");
            var kinds = KindsOf(role);
            if (!kinds.Contains(question.Kind))
                node.ProblemAt("kind", "role-kind", $"A question with the role {Word(role)} is of the kind {string.Join(" or ", kinds.Select(Word))}, not {Word(question.Kind)}.");
            else if (CodesOf(role) is { } codes && codes.Except(question.Choices.Select(choice => choice.Code), StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
                node.ProblemAt("choices", "role-codes", $"A question with the role {Word(role)} needs the choices {string.Join(", ", codes)}; missing: {string.Join(", ", missing)}.");
            if (role == QuestionRole.Consent && _asked.Find(asked => asked.Question.Role == QuestionRole.Example).Question?.Key is var example && (example is null || question.When?.Question != example))
            {
                node.Problem("consent-without-example", example is null
                    ? "Consent is asked for an example; put a question with the role example before it."
                    : $"Consent is asked after an example was given; add 'when: {{question: {example}}}'.");
            }
        }

        private static void CheckChange(MapNode node, Question question)
        {
            if (question.Since is null && question.Break)
                node.ProblemAt("break", "break-without-since", "A break needs the round from which it holds; add 'since'.");
            if (question.Since is null && question.Replaces is not null)
                node.ProblemAt("replaces", "replaces-without-since", "A question that replaces another needs the round from which it does; add 'since'.");
            if (question.Replaces == question.Key && question.Replaces is { Length: > 0 })
                node.ProblemAt("replaces", "replaces-itself", "A question cannot replace itself; for a changed question keep the key and add 'since'.");
        }

        private static QuestionKind[] KindsOf(QuestionRole role) => role switch
        {
            QuestionRole.State or QuestionRole.Change => [QuestionKind.Scale],
            QuestionRole.Actions or QuestionRole.Barriers => [QuestionKind.SeveralChoices],
            QuestionRole.Example or QuestionRole.Remark => [QuestionKind.LongText, QuestionKind.ShortText],
            QuestionRole.Priorities => [QuestionKind.Points],
            QuestionRole.Country => [QuestionKind.Country],
            QuestionRole.OtherCountries => [QuestionKind.Countries],
            QuestionRole.Size => [QuestionKind.OneChoice, QuestionKind.Number],
            _ => [QuestionKind.OneChoice],
        };

        // The codes that the product itself understands; a question may have more.
        private static string[]? CodesOf(QuestionRole role) => role switch
        {
            QuestionRole.Consent => ["no-quote", "anonymous", "named"],
            QuestionRole.LedByMigrants or QuestionRole.LedByWomen or QuestionRole.Umbrella or QuestionRole.Listing => ["yes", "no"],
            _ => null,
        };

        private static IEnumerable<Choice> Substantive(IEnumerable<Choice> choices) => choices.Where(choice => choice.Meaning == ChoiceMeaning.Substantive);

        private static string Codes(IEnumerable<Choice> choices) => string.Join(", ", choices.Select(choice => choice.Code));
    }
}
