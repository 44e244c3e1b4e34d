using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Survey.Domain;

namespace Survey.Web.Members;

/// <summary>
/// Reads the first sheet of an Excel workbook (.xlsx, ECMA-376) as a CSV, row for row, so that a workbook goes the same way as every other table. Values are those that the
/// sheet shows without formatting; a formula gives its last result. It is unpacked in bounded memory: a file that swells beyond the limits is refused at the limit, whatever
/// its own table of contents says. Line breaks within a cell become spaces, so that a line of the CSV is a row of the sheet.
/// </summary>
public static class Workbook
{
    /// <summary>The most rows with the header's, columns, and characters in all.</summary>
    public const int MostRows = 10_001, MostColumns = 200, MostCharacters = 4_000_000;

    private const long MostUnpacked = 64L * 1024 * 1024;

    private static readonly XmlReaderSettings Xml = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = false };

    private static readonly Problem Broken = new("", "table.workbook", "This is no workbook that can be read. Save it again as .xlsx, or as \"CSV UTF-8 (comma delimited)\".");

    private static readonly Problem Large = new("", "table.too-large", $"The sheet is larger than an import takes: {MostRows - 1:N0} rows, {MostColumns} columns, {MostCharacters:N0} characters.");

    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",;\"\t");

    /// <summary>Whether the bytes begin as an .xlsx does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) => start is [0x50, 0x4B, 0x03, 0x04, ..];

    /// <summary>The name of a cell, such as C5: column from 0, row from 1.</summary>
    public static string CellName(int column, long row)
    {
        var letters = "";
        for (var rest = column; rest >= 0; rest = (rest / 26) - 1)
        {
            letters = (char)('A' + (rest % 26)) + letters;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{letters}{row}");
    }

    /// <summary>The first sheet as CSV in UTF-8.</summary>
    public static Parsed<byte[]> ToCsv(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var budget = new Budget();
            if (zip.GetEntry(SheetPath(zip, budget)) is not { } sheet)
            {
                return Parsed<byte[]>.Refused([Broken]);
            }

            var strings = zip.GetEntry("xl/sharedStrings.xml") is { } shared ? Strings(shared, budget) : [];
            return Parsed<byte[]>.Of(Csv(sheet, strings, budget));
        }
        catch (TooLargeException)
        {
            return Parsed<byte[]>.Refused([Large]);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or OverflowException or ArgumentException)
        {
            return Parsed<byte[]>.Refused([Broken]);
        }
    }

    private static string SheetPath(ZipArchive zip, Budget budget)
    {
        var id = First(zip.GetEntry("xl/workbook.xml"), "sheet", budget, r => r.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"));
        var target = id is null ? null : First(zip.GetEntry("xl/_rels/workbook.xml.rels"), "Relationship", budget, r => r.GetAttribute("Id") == id ? r.GetAttribute("Target") : null);
        return target is null ? "xl/worksheets/sheet1.xml" : target.StartsWith('/') ? target[1..] : "xl/" + target;
    }

    private static string? First(ZipArchiveEntry? entry, string element, Budget budget, Func<XmlReader, string?> value)
    {
        if (entry is null)
        {
            return null;
        }

        using var reader = Open(entry, budget);
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Element && reader.LocalName == element && value(reader) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static XmlReader Open(ZipArchiveEntry entry, Budget budget) => XmlReader.Create(new Counted(entry.Open(), budget), Xml);

    private static List<string> Strings(ZipArchiveEntry entry, Budget budget)
    {
        var strings = new List<string>();
        using var reader = Open(entry, budget);
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Element && reader.LocalName == "si")
            {
                strings.Add(Text(reader));
            }
        }

        return strings;
    }

    /// <summary>The text within the element on which the reader stands: all its <c>t</c>, but for what says how it is pronounced.</summary>
    private static string Text(XmlReader reader)
    {
        var text = new StringBuilder();
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var depth = reader.Depth;
        var isSound = false;
        var isText = false;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
            {
                isText = reader is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false };
                isSound = reader.LocalName == "rPh" ? reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false } : isSound;
            }
            else if (isText && !isSound && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(reader.Value);
            }
        }

        return text.ToString();
    }

    private static byte[] Csv(ZipArchiveEntry sheet, List<string> strings, Budget budget)
    {
        var csv = new StringBuilder();
        var (next, width) = (1, 0);
        using var reader = Open(sheet, budget);
        while (reader.Read())
        {
            if (reader.NodeType is not XmlNodeType.Element || reader.LocalName != "row")
            {
                continue;
            }

            var number = reader.GetAttribute("r") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : next;
            if (number < next || number > MostRows)
            {
                throw number < next ? new FormatException() : new TooLargeException();
            }

            csv.Append('\n', number - next);
            next = number + 1;
            var cells = Cells(reader, strings, budget);
            // The first row with cells is the header: a sheet leaves out empty cells at a row's end, a CSV has them.
            width = width == 0 && cells.Count > 0 ? cells.Keys.Last() + 1 : width;
            AppendRow(csv, cells, width);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static SortedDictionary<int, string> Cells(XmlReader row, List<string> strings, Budget budget)
    {
        var cells = new SortedDictionary<int, string>();
        if (row.IsEmptyElement)
        {
            return cells;
        }

        var (depth, next) = (row.Depth, 0);
        while (row.Read() && row.Depth > depth)
        {
            if (row.NodeType is not XmlNodeType.Element || row.LocalName != "c")
            {
                continue;
            }

            var column = row.GetAttribute("r") is { } name ? ColumnOf(name) : next;
            if (column >= MostColumns)
            {
                throw new TooLargeException();
            }

            next = column + 1;
            var value = Value(row, row.GetAttribute("t"), strings);
            budget.Take(value.Length);
            if (value.Length > 0)
            {
                cells[column] = value;
            }
        }

        return cells;
    }

    private static string Value(XmlReader cell, string? type, List<string> strings)
    {
        if (cell.IsEmptyElement)
        {
            return "";
        }

        var (depth, value) = (cell.Depth, "");
        while (cell.Read() && cell.Depth > depth)
        {
            if (cell.NodeType is XmlNodeType.Element && cell.LocalName == "is")
            {
                value = Text(cell);
            }
            else if (cell is { NodeType: XmlNodeType.Element, LocalName: "v", IsEmptyElement: false })
            {
                cell.Read();
                value = cell.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace ? cell.Value : "";
            }
        }

        return type == "s" && value.Length > 0 ? strings[int.Parse(value, CultureInfo.InvariantCulture)] : value;
    }

    private static int ColumnOf(string cell)
    {
        var column = 0;
        foreach (var letter in cell.TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = (column * 26) + letter - 'A' + 1;
        }

        return column > 0 ? column - 1 : throw new FormatException();
    }

    private static void AppendRow(StringBuilder csv, SortedDictionary<int, string> cells, int width)
    {
        var last = cells.Count == 0 ? -1 : Math.Max(cells.Keys.Last(), width - 1);
        for (var column = 0; column <= last; column++)
        {
            var text = string.Join(' ', cells.GetValueOrDefault(column, "").Split(['\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries));
            csv.Append(column > 0 ? "," : "").Append(text.AsSpan().IndexOfAny(Quoted) < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
        }

        csv.Append('\n');
    }

    private sealed class TooLargeException : Exception;

    /// <summary>How much may still be unpacked and kept.</summary>
    private sealed class Budget
    {
        private long unpacked = MostUnpacked, characters = MostCharacters;

        public void Unpack(int bytes) => unpacked = unpacked - bytes is >= 0 and var left ? left : throw new TooLargeException();

        public void Take(int count) => characters = characters - count is >= 0 and var left ? left : throw new TooLargeException();
    }

    /// <summary>Counts what comes out of an entry.</summary>
    private sealed class Counted(Stream inner, Budget budget) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            budget.Unpack(read);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
