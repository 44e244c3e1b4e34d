using System.Globalization;
using System.Text;

namespace Survey.Domain.TemplateText;

/// <summary>
/// How a language writes numbers, dates and lists, by the patterns of its file and never by the machine's own data, so that the same
/// input gives the same bytes everywhere. Digits are always 0-9.
/// </summary>
public sealed class TextFormats
{
    private readonly PatternText _date, _dateShort, _percent, _signed, _time;
    private readonly IReadOnlyList<string> _months;
    private readonly string _decimal, _thousands, _plus, _minus, _listBetween, _listLast;
    private readonly int _thousandsFrom;

    private TextFormats(MapNode node)
    {
        _date = Pattern(node, "date", "day", "month", "year");
        _dateShort = Pattern(node, "dateShort", "day", "month", "year", "dd", "mm");
        _time = node.Has("time") ? Pattern(node, "time", "hh", "mm") : new PatternText("{hh}:{mm}");
        _percent = Pattern(node, "percent", "number");
        _signed = node.Has("signed") ? Pattern(node, "signed", "sign", "number") : new PatternText("{sign}{number}");
        _months = node.List("months").Texts();
        if (_months.Count != 12 && node.Has("months"))
            node.ProblemAt("months", "months", $"'months' has {_months.Count} names; write the twelve from January to December.");
        _decimal = Mark(node, "decimal", ".");
        _thousands = Mark(node, "thousands", "");
        _thousandsFrom = node.Has("thousandsFrom") ? node.WholeNumber("thousandsFrom", least: 4, most: 7) : 4;
        _plus = Mark(node, "signedPlus", "+");
        _minus = Mark(node, "signedMinus", "\u2212");
        _listBetween = Mark(node, "listBetween", ", ");
        _listLast = Mark(node, "listLast", _listBetween);
    }

    /// <summary>The names of the months, January first.</summary>
    public IReadOnlyList<string> Months => _months;

    /// <summary>How a date is written, with its places {day}, {month} and {year}; for script, which fills it in with the reader's own.</summary>
    public string DatePattern => _date.Written;

    /// <summary>How a time is written, with its places {hh} and {mm}.</summary>
    public string TimePattern => _time.Written;

    /// <summary>A whole number with its thousands set apart; below zero with the language's minus.</summary>
    public string Number(long number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture).TrimStart('-');
        return (number < 0 ? _minus : "") + Grouped(digits);
    }

    /// <summary>A number with this many decimals, rounded half away from zero.</summary>
    public string Number(decimal number, int decimals)
    {
        var written = Math.Round(Math.Abs(number), decimals, MidpointRounding.AwayFromZero).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var parts = written.Split('.');
        var isNegative = number < 0 && written.Any(c => c is >= '1' and <= '9');
        return (isNegative ? _minus : "") + Grouped(parts[0]) + (parts.Length > 1 ? _decimal + parts[1] : "");
    }

    /// <summary>A whole per cent, 0 to 100 in most uses.</summary>
    public string Percent(int percent)
    {
        var number = Number(percent);
        return _percent.Fill(_ => number);
    }

    /// <summary>A whole number with its sign, plus or minus; zero has none.</summary>
    public string Signed(int number)
    {
        if (number == 0)
            return "0";
        var sign = number < 0 ? _minus : _plus;
        var amount = Number(Math.Abs((long)number));
        return _signed.Fill(place => place == "sign" ? sign : amount);
    }

    /// <summary>A date with the month's name.</summary>
    public string Date(DateOnly date) => Fill(_date, date);

    /// <summary>A date for tables and narrow places.</summary>
    public string DateShort(DateOnly date) => Fill(_dateShort, date);

    /// <summary>A time of day, hours and minutes of 24 hours.</summary>
    public string Time(TimeOnly time) => _time.Fill(place => (place == "hh" ? time.Hour : time.Minute).ToString("00", CultureInfo.InvariantCulture));

    /// <summary>The name of a month, 1 to 12.</summary>
    public string Month(int month) => _months[month - 1];

    /// <summary>Several things in one line: "a, b and c".</summary>
    public string List(IReadOnlyList<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.Count < 2 ? string.Concat(items) : string.Join(_listBetween, items.SkipLast(1)) + _listLast + items[^1];
    }

    internal static TextFormats Read(MapNode node) => new(node);

    private string Fill(PatternText pattern, DateOnly date) => pattern.Fill(place => place switch
    {
        "day" => date.Day.ToString(CultureInfo.InvariantCulture),
        "dd" => date.Day.ToString("00", CultureInfo.InvariantCulture),
        "mm" => date.Month.ToString("00", CultureInfo.InvariantCulture),
        "month" => Month(date.Month),
        _ => date.Year.ToString("0000", CultureInfo.InvariantCulture),
    });

    private string Grouped(string digits)
    {
        if (digits.Length < _thousandsFrom)
            return digits;
        var grouped = new StringBuilder(digits);
        for (var at = digits.Length - 3; at > 0; at -= 3)
            grouped.Insert(at, _thousands);
        return grouped.ToString();
    }

    private static PatternText Pattern(MapNode node, string key, params string[] places)
    {
        var pattern = new PatternText(node.Text(key));
        foreach (var unknown in pattern.Places.Except(places, StringComparer.Ordinal))
            node.ProblemAt(key, "unknown-placeholder", $"'{{{unknown}}}' is not known in '{key}'; known: {string.Join(", ", places.Select(p => "{" + p + "}"))}.");
        return pattern;
    }

    // A mark may be a space or nothing, which a text must not be: so it is taken as it was written.
    private static string Mark(MapNode node, string key, string otherwise) =>
        node.Optional(key) is TextNode { Value: { } mark } ? mark : node.TextOrNull(key) ?? otherwise;
}
