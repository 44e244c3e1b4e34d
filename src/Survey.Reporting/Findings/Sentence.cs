using System.Globalization;
using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Findings;

/// <summary>
/// A sentence being filled in. Every number goes in by one of its methods and is noted with its words and its place in the cube, so none can stand in a finding untagged.
/// </summary>
public sealed class Sentence(Wording words)
{
    private readonly List<(string Place, object Value)> _values = [];
    private readonly List<FindingNumber> _numbers = [];

    /// <summary>A share in whole per cent.</summary>
    public Sentence Percent(string place, int value, string cell) => Numbered(place, value, words.Percent(value), cell);

    /// <summary>Points with their sign.</summary>
    public Sentence Signed(string place, int value, string cell) => Numbered(place, value, words.Signed(value), cell);

    /// <summary>A headline figure or an end of its range.</summary>
    public Sentence Figure(string place, int value, bool isNet, string cell) => Numbered(place, value, words.Figure(value, isNet), cell);

    /// <summary>A bare whole number.</summary>
    public Sentence Number(string place, long value, string cell) => Numbered(place, value, words.Number(value), cell);

    /// <summary>A number with what it counts, in the right plural.</summary>
    public Sentence Count(string place, long value, string key, string cell) => Numbered(place, value, words.Plural(key, value), cell);

    /// <summary>A p-value with two decimals; one below 0.01 is said to be so.</summary>
    public Sentence Probability(string place, double value, string cell) => Numbered(place, value, words.Probability(value), cell);

    /// <summary>Words without a number of their own: a label, a region, a round.</summary>
    public Sentence Words(string place, string value)
    {
        _values.Add((place, value));
        return this;
    }

    /// <summary>A list in which each item carries a figure, such as regions with theirs.</summary>
    public Sentence Each(string place, IEnumerable<FindingItem> items)
    {
        var said = items.ToList();
        foreach (var number in said.SelectMany(i => i.Numbers))
            _numbers.Add(number);
        return Words(place, words.List(said.ConvertAll(i => i.Text)));
    }

    /// <summary>What was filled in so far, put into this text, becomes one of the words.</summary>
    public Sentence Clause(string place, string key) => Words(place, words.Text(key, [.. _values]));

    /// <summary>The finished finding; it begins with a capital where its language has them.</summary>
    public Finding Finding(string id, string key, Direction? direction, int weight) =>
        new(id, Begun(words.Text(key, [.. _values])), [.. _numbers], direction, weight);

    private static string Begun(string text) => text.Length > 0 && char.IsLower(text[0]) ? string.Concat(text[..1].ToUpper(CultureInfo.InvariantCulture), text.AsSpan(1)) : text;

    private Sentence Numbered(string place, double value, string text, string cell)
    {
        _values.Add((place, text));
        _numbers.Add(new FindingNumber(place, value, text, cell));
        return this;
    }
}

/// <summary>One item of a list with its numbers.</summary>
public sealed record FindingItem(string Text, IReadOnlyList<FindingNumber> Numbers);
