namespace Survey.Domain.Questionnaires;

/// <summary>
/// The questions of a round. Sections marked per point are asked once for each point of the round's plan.
/// Question keys are stable across years; answers are stored as choice codes, never as labels.
/// </summary>
public sealed record Questionnaire(
    string Name,
    LocalisedText Title,
    LocalisedText? Introduction,
    int Minutes,
    IReadOnlyList<Section> Sections)
{
    /// <summary>All questions in the order they are asked, each once.</summary>
    public IEnumerable<Question> Questions => Sections.SelectMany(s => s.Questions);

    /// <summary>The question with this key, or null.</summary>
    public Question? Question(string key) => Questions.FirstOrDefault(q => q.Key == key);

    /// <summary>The question that plays this part in the report, or null when the questionnaire has none.</summary>
    public Question? WithRole(QuestionRole role) => Questions.FirstOrDefault(q => q.Role == role);

    /// <summary>Whether this question is asked once for each point.</summary>
    public bool IsPerPoint(Question question) => Sections.Any(s => s.IsPerPoint && s.Questions.Contains(question));
}

/// <summary>A part of the questionnaire with its own page or pages; <see cref="IsPerPoint"/> repeats it for each point of the plan.</summary>
public sealed record Section(string Slug, LocalisedText Title, LocalisedText? Introduction, bool IsPerPoint, IReadOnlyList<Question> Questions);

/// <summary>The kinds of question. Adding one makes every <c>switch</c> over it list the places to change.</summary>
public enum QuestionKind
{
    /// <summary>Exactly one of the choices.</summary>
    OneChoice,

    /// <summary>Up to <see cref="Question.Maximum"/> of the choices.</summary>
    SeveralChoices,

    /// <summary>One step of an ordered scale, or don't know.</summary>
    Scale,

    /// <summary>A whole or decimal number.</summary>
    Number,

    /// <summary>One line of text.</summary>
    ShortText,

    /// <summary>Several lines of text, up to <see cref="Question.Maximum"/> code points.</summary>
    LongText,

    /// <summary>A country code of the round's region scheme, or <c>global</c>.</summary>
    Country,

    /// <summary>Up to <see cref="Question.Maximum"/> country codes.</summary>
    Countries,

    /// <summary>Up to <see cref="Question.Maximum"/> points of the plan, by slug.</summary>
    Points,
}

/// <summary>The part that a question plays in the report; None is tabulated in the annex only.</summary>
public enum QuestionRole
{
    None, Work, State, Change, Actions, Barriers, Example, Consent, Priorities,
    Country, OtherCountries, Umbrella, Type, LedByMigrants, LedByWomen, Size, Remark, Listing,
}

/// <summary>
/// One question. <see cref="Maximum"/> is the most choices (several choices), the most code points (texts) or the largest number.
/// A change of wording, scale or choices against last year is declared by <see cref="Since"/>, <see cref="Replaces"/> and <see cref="Break"/>;
/// across a break no difference is computed.
/// </summary>
public sealed record Question(
    string Key,
    QuestionKind Kind,
    QuestionRole Role,
    LocalisedText Text,
    LocalisedText? Help,
    LocalisedText ShortTitle,
    IReadOnlyList<Choice> Choices,
    IReadOnlyList<Rung> Rungs,
    Measure? Measure,
    int? Maximum,
    bool IsRequired,
    bool IsPrefilled,
    Condition? When,
    string? Since,
    string? Replaces,
    bool Break)
{
    /// <summary>The choice with this code, or null.</summary>
    public Choice? Choice(string code) => Choices.FirstOrDefault(c => c.Code == code);

    /// <summary>What a choice, or a group of choices on one of the <see cref="Rungs"/>, is called; null where the question has neither.</summary>
    public LocalisedText? LabelOf(string code) => Choice(code)?.Label ?? Rungs.SelectMany(r => r.Groups).FirstOrDefault(g => g.Code == code)?.Label;

    /// <summary>Whether its answers are choices of the question itself (not countries, points, numbers or words).</summary>
    public bool HasChoices => Kind is QuestionKind.OneChoice or QuestionKind.SeveralChoices or QuestionKind.Scale;

    /// <summary>The choices that belong to the valid base: all but don't know and not applicable.</summary>
    public IEnumerable<Choice> SubstantiveChoices => Choices.Where(c => c.Meaning == ChoiceMeaning.Substantive);
}

/// <summary>What a choice says about the base of a share (methods 2.4).</summary>
public enum ChoiceMeaning { Substantive, DontKnow, NotApplicable }

/// <summary>An answer that can be picked; <see cref="Value"/> is its place on an ordered scale (for example -2..+2).</summary>
public sealed record Choice(string Code, LocalisedText Label, int? Value, ChoiceMeaning Meaning);

/// <summary>
/// One coarseness on which a rating may be published: groups of choices in scale order. Rungs are listed from finest to coarsest;
/// below the last there is "n only" (methods 2.7).
/// </summary>
public sealed record Rung(IReadOnlyList<RungGroup> Groups);

/// <summary>Choices published together under one label.</summary>
public sealed record RungGroup(string Code, LocalisedText Label, IReadOnlyList<string> Choices);

/// <summary>
/// A rating's headline figure: <see cref="Negative"/> empty makes it a share (top box), otherwise a net balance, share positive less share negative.
/// Each list holds choice codes; every rung keeps each list a union of whole groups, or has no headline.
/// </summary>
public sealed record Measure(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative)
{
    /// <summary>Whether the headline is a net balance.</summary>
    public bool IsNetBalance => Negative.Count > 0;
}

/// <summary>
/// Asked only when the earlier question <see cref="Question"/> (of the same point, where it is per point) has one of <see cref="AnyOf"/>,
/// or, where that is empty, any answer at all. A question that is not asked has no answer.
/// </summary>
public sealed record Condition(string Question, IReadOnlyList<string> AnyOf);
