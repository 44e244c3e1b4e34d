using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Findings;

/// <summary>
/// A sentence being filled in. Every number goes in by one of its methods and is noted with its words, so none can stand in a finding untagged.
/// </summary>
public sealed class Sentence(Wording words)
{
    private readonly List<(string Place, object Value)> _values = [];
    private readonly List<FindingNumber> _numbers = [];

    /// <summary>A share in whole per cent.</summary>
    public Sentence Percent(string place, int value) => Numbered(place, value, words.Percent(value));

    /// <summary>Points with their sign.</summary>
    public Sentence Signed(string place, int value) => Numbered(place, value, words.Signed(value));

    /// <summary>A headline figure or an end of its range.</summary>
    public Sentence Figure(string place, int value, bool isNet) => Numbered(place, value, words.Figure(value, isNet));

    /// <summary>A bare whole number.</summary>
    public Sentence Number(string place, long value) => Numbered(place, value, words.Number(value));

    /// <summary>A number with what it counts, in the right plural.</summary>
    public Sentence Count(string place, long value, string key) => Numbered(place, value, words.Plural(key, value));

    /// <summary>Words without a number of their own: a label, a region, a round.</summary>
    public Sentence Words(string place, string value)
    {
        _values.Add((place, value));
        return this;
    }

    /// <summary>The finished finding.</summary>
    public Finding Finding(string id, string key, Direction? direction, int weight) =>
        new(id, words.Text(key, [.. _values]), [.. _numbers], direction, weight);

    private Sentence Numbered(string place, long value, string text)
    {
        _values.Add((place, text));
        _numbers.Add(new FindingNumber(place, value, text));
        return this;
    }
}
