using CsvHelper;

namespace Survey.Domain.Imports;

/// <summary>
/// A table from a file as people have them: comma, semicolon or tab, with Excel's `sep=` line or without, UTF-8, UTF-16 or Windows-1252.
/// A file that is no table gives one clear problem and is read in bounded memory. A row with too few or too many cells is a
/// <see cref="RowProblems"/> and not among <see cref="Rows"/>; rows without any value are left out.
/// Every cell passed <see cref="DoorText"/> and has no white space around it.
/// </summary>
public sealed class CsvTable
{
    /// <summary>The most rows that one file may have.</summary>
    public const int MostRows = 2_000_000;

    private readonly Dictionary<string, int> columns;

    private CsvTable(IReadOnlyList<string> headers, IReadOnlyList<CsvRow> rows, IReadOnlyList<Problem> rowProblems)
    {
        Headers = headers;
        Rows = rows;
        RowProblems = rowProblems;
        columns = headers.Index().Where(h => h.Item.Length > 0).ToDictionary(h => h.Item, h => h.Index, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The names of the columns; empty for a column without a name, which cannot be asked for.</summary>
    public IReadOnlyList<string> Headers { get; }

    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>The rows that could not be read, in the file's order.</summary>
    public IReadOnlyList<Problem> RowProblems { get; }

    /// <summary>The place of a column by its name, in any case; null if there is none.</summary>
    public int? Column(string name) => columns.TryGetValue(name.Trim(), out var index) ? index : null;

    /// <summary>The cell of a row in the column with this name.</summary>
    public string Cell(CsvRow row, string column) => row.Cells[columns[column.Trim()]];

    /// <summary>Where a problem with a cell is: the line of the file, and the column's name.</summary>
    public static string Where(CsvRow row, string? column = null) =>
        Line(row.Line) + (column is null ? "" : $", column '{column}'");

    private static string Line(long line) => FormattableString.Invariant($"line {line}");

    /// <summary>Reads a stream that can go back (a file, a buffered upload) from its beginning.</summary>
    public static Parsed<CsvTable> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (scan, refused) = TextScan.Of(stream);
        if (scan is null)
            return Parsed<CsvTable>.Refused([refused!]);
        var hasSeparatorLine = scan.Head.TrimStart('\uFEFF').StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
        var separator = hasSeparatorLine ? null : Separator(scan.Head);
        if (separator is null && !hasSeparatorLine)
            return Parsed<CsvTable>.Refused([new("line 1", "table.not-csv", "The first line has no comma, semicolon or tab, so it is no line of column names. Save the table as \"CSV UTF-8 (comma delimited)\".")]);
        var problems = new List<Problem>();
        var options = new CsvReaderOptions
        {
            Encoding = scan.Encoding,
            Separator = separator,
            DetectSeparatorHint = true,
            TrackLineNumbers = true,
            MaxRecordSize = TextScan.LongestLine * 4,
            PoolStrings = true,
            HasHeader = false,
            // A quote inside a name (Centre "Espoir") is harmless; text after a closing quote means that cells have run together.
            OnMalformedRecord = bad => Note(problems, bad),
        };
        try
        {
            return Read(stream, options, problems);
        }
        catch (CsvFormatException e)
        {
            return Parsed<CsvTable>.Refused([new(Line(Math.Max(1, e.LineNumber)), "table.row-too-long",
                "A row that begins here is larger than an import can hold; most often a quote (\") was opened and never closed.")]);
        }
    }

    private static void Note(List<Problem> problems, CsvMalformedRecord bad)
    {
        var where = Line(bad.LineNumber);
        if (bad.Reason is CsvMalformedReason.UnterminatedQuote)
            problems.Add(new(where, "table.quote", "A quote (\") is opened in this row and never closed, so the rest of the file would be one cell. Close it, or double it if it belongs to the text."));
        else if (bad.Reason is CsvMalformedReason.TextAfterClosingQuote)
            problems.Add(new(where, "table.quote", "After a closing quote (\") there is more text before the next separator. Double the quotes that belong to the text."));
    }

    private static Parsed<CsvTable> Read(Stream stream, CsvReaderOptions options, List<Problem> problems)
    {
        using var reader = CsvReader.Create(stream, options, leaveOpen: true);
        if (!reader.Read())
            return Parsed<CsvTable>.Refused([new("line 1", "table.empty", "The file is empty. It should have a line of column names and then one line for each row.")]);
        var headers = Cells(reader, reader.FieldCount);
        headers[0] = headers[0].TrimStart('\uFEFF').Trim();
        var twice = headers.Where(h => h.Length > 0).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        if (twice.Count > 0)
            return Parsed<CsvTable>.Refused([.. twice.Select(name => new Problem($"{Line(reader.LineNumber)}, column '{name}'", "table.duplicate-column", $"Two columns are called '{name}' (capitals do not count); give each its own name."))]);

        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var cells = Cells(reader, Math.Max(reader.FieldCount, headers.Length));
            if (Array.TrueForAll(cells, cell => cell.Length == 0))
                continue;
            if (reader.FieldCount < headers.Length || cells.Skip(headers.Length).Any(cell => cell.Length > 0))
            {
                problems.Add(new(Line(reader.LineNumber), "table.ragged",
                    FormattableString.Invariant($"The row has {reader.FieldCount} cells and the header has {headers.Length}; a separator is missing, or one too many (a cell that holds one needs quotes).")));
                continue;
            }
            if (rows.Count == MostRows)
                return Parsed<CsvTable>.Refused([new(Line(reader.LineNumber), "table.too-large", FormattableString.Invariant($"The file has more than {MostRows:N0} rows; import it in parts."))]);
            rows.Add(new CsvRow(reader.LineNumber, cells.Length == headers.Length ? cells : cells[..headers.Length]));
        }
        // A quote that swallowed the rest leaves nothing to go on with; other bad rows can be left out.
        if (problems.FirstOrDefault(p => p.Code == "table.quote" && p.Message.Contains("never closed", StringComparison.Ordinal)) is { } open)
            return Parsed<CsvTable>.Refused([open]);
        if (rows.Count == 0 && problems.Count == 0)
            return Parsed<CsvTable>.Refused([new("line 1", "table.no-rows", "The file has column names but no rows.")]);
        var quoted = problems.Where(p => p.Code == "table.quote").Select(p => p.Where).ToHashSet(StringComparer.Ordinal);
        rows.RemoveAll(row => quoted.Contains(Where(row)));
        return Parsed<CsvTable>.Of(new CsvTable(headers, rows, [.. problems.DistinctBy(p => p.Where)]));
    }

    private static string[] Cells(CsvReader reader, int count)
    {
        var cells = new string[count];
        for (var i = 0; i < count; i++)
            cells[i] = i < reader.FieldCount ? DoorText.Clean(reader.GetString(i)).Trim() : "";
        return cells;
    }

    /// <summary>The separator that stands most often in the first line, outside quotes; null when there is none.</summary>
    private static char? Separator(string head)
    {
        int comma = 0, semicolon = 0, tab = 0;
        var isQuoted = false;
        foreach (var c in head.TrimStart('\uFEFF').TrimStart('\r', '\n'))
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && c is '\r' or '\n')
                break;
            else if (!isQuoted)
                (comma, semicolon, tab) = (comma + (c == ',' ? 1 : 0), semicolon + (c == ';' ? 1 : 0), tab + (c == '\t' ? 1 : 0));
        }
        return comma + semicolon + tab == 0 ? null : tab >= comma && tab >= semicolon ? '\t' : semicolon > comma ? ';' : ',';
    }
}
