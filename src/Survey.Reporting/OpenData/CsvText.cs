using System.Globalization;
using System.Text;

namespace Survey.Reporting.OpenData;

/// <summary>
/// A CSV file being written (RFC 4180, comma, UTF-8 without a mark, line feeds): the same rows are the same bytes. A value that is not published is an
/// empty field, never a zero.
/// </summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();

    public CsvText(params string[] columns) => Row(columns);

    /// <summary>Adds a row; numbers are written with digits alone, null as an empty field.</summary>
    public void Row(params object?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                _text.Append(',');
            _text.Append(Field(fields[i]));
        }

        _text.Append('\n');
    }

    public DataFile ToFile(string name) => new(name, "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(_text.ToString()));

    private static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            bool isTrue => isTrue ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
