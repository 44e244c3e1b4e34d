using System.Globalization;
using Survey.Domain;
using Survey.Domain.TemplateText;

namespace Survey.Reporting.Editions;

/// <summary>
/// One language's words for an edition: the report's texts, and how figures, ranges and lists are put together from them. Holds no words of its own:
/// even a bracket comes from the texts.
/// </summary>
public sealed class Wording(TextCatalogue texts)
{
    /// <summary>The language's code.</summary>
    public string Language => texts.Language;

    /// <summary>Which way the language is read.</summary>
    public TextDirection Direction => texts.IsRightToLeft ? TextDirection.RightToLeft : TextDirection.LeftToRight;

    /// <inheritdoc cref="TextCatalogue.Text"/>
    public string Text(string key, params ReadOnlySpan<(string Place, object Value)> values) => texts.Text(key, values);

    /// <inheritdoc cref="TextCatalogue.Plural"/>
    public string Plural(string key, long number, params ReadOnlySpan<(string Place, object Value)> values) => texts.Plural(key, number, values);

    /// <summary>Whether the texts have this key; for codes that a round may bring of which the texts know only some.</summary>
    public bool Has(string key) => texts.Has(key);

    /// <summary>The text in this language.</summary>
    public string In(LocalisedText text) => text.In(Language);

    /// <inheritdoc cref="TextCatalogue.Number(long)"/>
    public string Number(long number) => texts.Number(number);

    /// <inheritdoc cref="TextCatalogue.Percent"/>
    public string Percent(int percent) => texts.Percent(percent);

    /// <inheritdoc cref="TextCatalogue.Signed"/>
    public string Signed(int number) => texts.Signed(number);

    /// <inheritdoc cref="TextCatalogue.Date"/>
    public string Date(DateOnly date) => texts.Date(date);

    /// <summary>A headline figure: points with their sign for a net balance, else per cent.</summary>
    public string Figure(int value, bool isNet) => isNet ? Signed(value) : Percent(value);

    /// <summary>Two ends of a range.</summary>
    public string Range(int low, int high, bool isNet) => Text("marks.range", ("low", Figure(low, isNet)), ("high", Figure(high, isNet)));

    /// <summary>A number of at least 0 with two decimals, as "1.06".</summary>
    public string Decimal(double number)
    {
        var hundredths = (long)Math.Round(number * 100, MidpointRounding.AwayFromZero);
        return Text("marks.decimal", ("whole", Number(hundredths / 100)), ("hundredths", (hundredths % 100).ToString("00", CultureInfo.InvariantCulture)));
    }

    /// <summary>A p-value, as "p = 0.20"; one below 0.01 as "p < 0.01".</summary>
    public string Probability(double value) => value < 0.01 ? Text("said.probabilityBelow", ("p", Decimal(0.01))) : Text("said.probability", ("p", Decimal(value)));

    /// <summary>How large a share is in words, by fixed classes: the nearest of the simple fractions where one lies within two points, else between which it lies. Rounded to 0 or 100 it is hardly any or almost all; "all" is said only where <paramref name="isExact"/>.</summary>
    public string Size(int percent, bool isExact) => Text("said.sizes." + (Has("said.sizes.underHalf") ? SizeOf(percent, isExact) : CoarseSizeOf(percent, isExact)));

    /// <summary>The classes of words that were frozen before there were finer ones, in a language that does not ship any more.</summary>
    private static string CoarseSizeOf(int percent, bool isExact) => percent switch
    {
        <= 0 => "hardlyAny",
        < 8 => "few",
        < 15 => "tenth",
        < 23 => "fifth",
        < 30 => "quarter",
        < 37 => "third",
        < 45 => "twoFifths",
        < 55 => "half",
        < 64 => "threeFifths",
        < 71 => "twoThirds",
        < 80 => "threeQuarters",
        < 92 => "large",
        >= 100 when isExact => "all",
        _ => "nearlyAll",
    };

    private static string SizeOf(int percent, bool isExact) => percent switch
    {
        <= 0 => "hardlyAny",
        < 8 => "few",
        < 13 => "tenth",
        < 16 => "seventh",
        < 19 => "sixth",
        < 23 => "fifth",
        < 28 => "quarter",
        < 32 => "threeTenths",
        < 36 => "third",
        < 38 => "overThird",
        < 43 => "twoFifths",
        < 48 => "underHalf",
        < 53 => "half",
        < 58 => "overHalf",
        < 63 => "threeFifths",
        < 65 => "overThreeFifths",
        < 69 => "twoThirds",
        < 73 => "sevenTenths",
        < 78 => "threeQuarters",
        < 83 => "fourFifths",
        < 92 => "large",
        >= 100 when isExact => "all",
        _ => "nearlyAll",
    };

    /// <summary>Words in this language's quotation marks.</summary>
    public string Quoted(string words) => Text("marks.quoted", ("words", words));

    /// <summary>A label and what is said of it.</summary>
    public string Pair(string label, string value) => Text("marks.pair", ("label", label), ("value", value));

    /// <summary>Several things as "a, b and c".</summary>
    public string List(IReadOnlyList<string> items) => texts.List(items);

    /// <summary>Several things that hold commas themselves, set apart more strongly.</summary>
    public string Chain(IReadOnlyList<string> items) => Fold("marks.chain", items);

    /// <summary>Several things of which one holds.</summary>
    public string Either(IReadOnlyList<string> items) => Fold("marks.either", items);

    /// <summary>Parts of an address or a citation, the empty ones left out.</summary>
    public string Parts(params IReadOnlyList<string?> parts) => Fold("marks.parts", [.. parts.OfType<string>().Where(p => !string.IsNullOrWhiteSpace(p))]);

    private string Fold(string key, IReadOnlyList<string> items) => items.Count == 0 ? "" : items.Aggregate((first, second) => Text(key, ("first", first), ("second", second)));
}
