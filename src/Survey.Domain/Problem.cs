namespace Survey.Domain;

/// <summary>
/// Something that a person can put right: an answer left out, a wrong line in a template or an import.
/// A value, never thrown. <paramref name="Where"/> is what the person looks at (<c>file:line</c>, a row and column, a form field);
/// <paramref name="Code"/> is stable and greppable; <paramref name="Message"/> says what is wrong and what to do.
/// </summary>
public sealed record Problem(string Where, string Code, string Message)
{
    /// <summary>One line for a terminal or a log: where, then what.</summary>
    public override string ToString() => $"{Where}: {Message}";
}
