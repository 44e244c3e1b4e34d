using System.Diagnostics.CodeAnalysis;

namespace Survey.Domain;

/// <summary>
/// What a pure check or parser made of its input: either a whole value and no problem, or at least one problem and no value.
/// Never half a value.
/// </summary>
public sealed record Parsed<T> where T : class
{
    private Parsed(T? value, IReadOnlyList<Problem> problems) => (Value, Problems) = (value, problems);

    /// <summary>The value; null when there is a problem.</summary>
    public T? Value { get; }

    /// <summary>All problems found, in the order of the input; empty when there is a value.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsWhole => Value is not null;

    /// <summary>A whole value.</summary>
    public static Parsed<T> Of(T value) => new(value, []);

    /// <summary>No value, for these reasons (at least one).</summary>
    public static Parsed<T> Refused(IReadOnlyList<Problem> problems) =>
        problems.Count > 0 ? new(null, problems) : throw new ArgumentException("A refusal needs a reason.", nameof(problems));
}
