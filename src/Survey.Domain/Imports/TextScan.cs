using System.Globalization;
using System.Text;

namespace Survey.Domain.Imports;

/// <summary>
/// Looks through a whole file before it is read as a table and says how its bytes are text, or why they are not. One buffer of 64 KiB, whatever
/// the file holds. In order: marks of workbooks and other formats; the byte order mark; without one UTF-8, and at the first byte that UTF-8
/// forbids the whole again as Windows-1252, which is what Excel writes on older systems.
/// </summary>
internal sealed class TextScan
{
    /// <summary>The longest line, in characters. The longest answer is far shorter; a longer line is another kind of file.</summary>
    public const int LongestLine = 1024 * 1024;

    /// <summary>The largest file, in bytes.</summary>
    public const long LargestFile = 256L * 1024 * 1024;

    private const int HeadLength = 64 * 1024;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private TextScan(Encoding? encoding, string head) => (Encoding, Head) = (encoding, head);

    /// <summary>What to read the bytes with; null where a byte order mark or plain UTF-8 says it.</summary>
    public Encoding? Encoding { get; }

    /// <summary>The beginning of the text, at most 64 Ki characters.</summary>
    public string Head { get; }

    /// <summary>Scans from the stream's beginning and leaves it there.</summary>
    public static (TextScan? Scan, Problem? Problem) Of(Stream stream)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("A table is looked through before it is read; give a stream that can go back.", nameof(stream));
        var start = new byte[4];
        stream.Position = 0;
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var (encoding, isMarked, foreign) = (start.AsSpan(0, length)) switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)new UTF8Encoding(false, true), true, (string?)null),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), true, null),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), true, null),
            [0x50, 0x4B, 0x03, 0x04] => (Windows1252, false, "an Excel or other office file (or a zip archive)"),
            [0xD0, 0xCF, 0x11, 0xE0] => (Windows1252, false, "an old Excel file"),
            [0x25, 0x50, 0x44, 0x46] => (Windows1252, false, "a PDF"),
            _ => (new UTF8Encoding(false, true), false, null),
        };
        if (foreign is not null)
            return (null, new("line 1", "table.not-csv", $"This is {foreign}, not a CSV. Open it and save it as \"CSV UTF-8 (comma delimited)\"."));
        var (head, problem) = Scan(stream, encoding);
        if (problem is { Code: "table.encoding" } && !isMarked)
            ((head, problem), encoding, isMarked) = (Scan(stream, Windows1252), Windows1252, false);
        stream.Position = 0;
        return problem is null ? (new TextScan(ReferenceEquals(encoding, Windows1252) ? encoding : null, head), null) : (null, problem);
    }

    private static (string Head, Problem? Problem) Scan(Stream stream, Encoding encoding)
    {
        stream.Position = 0;
        var decoder = encoding.GetDecoder();
        var bytes = new byte[HeadLength];
        var chars = new char[encoding.GetMaxCharCount(bytes.Length)];
        var head = new StringBuilder();
        long line = 1, total = 0;
        var lineLength = 0;
        var isBlank = true;
        var previous = '\0';
        for (; ; )
        {
            var read = stream.Read(bytes);
            total += read;
            if (total > LargestFile)
                return ("", At(line, "table.too-large", $"The file is larger than {LargestFile / 1024 / 1024} MiB. Check that it is the right file, or import it in parts."));
            int count;
            try
            {
                count = decoder.GetChars(bytes, 0, read, chars, 0, flush: read == 0);
            }
            catch (DecoderFallbackException)
            {
                return ("", At(line, "table.encoding", $"The file begins like Unicode text but holds bytes that are none, at this line or soon after. Save it again as \"CSV UTF-8\"."));
            }
            if (head.Length < HeadLength)
                head.Append(chars, 0, Math.Min(count, HeadLength - head.Length));
            foreach (var c in chars.AsSpan(0, count))
            {
                if (c == '\0')
                    return ("", At(line, "table.nul", $"The file holds a NUL character, so it is no CSV text. Open it in a spreadsheet program and save it as \"CSV UTF-8\"."));
                // Windows-1252 leaves five bytes undefined; a text never holds them, a picture soon does.
                if (ReferenceEquals(encoding, Windows1252) && c is '\u0081' or '\u008D' or '\u008F' or '\u0090' or '\u009D')
                    return ("", At(line, "table.not-csv", $"The file is neither UTF-8 nor Windows-1252 text. Save it as \"CSV UTF-8\"."));
                isBlank = isBlank && (char.IsWhiteSpace(c) || c is ',' or ';' or '\uFEFF');
                if (c == '\r' || (c == '\n' && previous != '\r'))
                    line++;
                lineLength = c is '\r' or '\n' ? 0 : lineLength + 1;
                if (lineLength > LongestLine)
                    return ("", At(line, "table.line-too-long", $"This line is longer than {LongestLine:N0} characters, so it is no CSV of answers or members. Check that it is the right file, with one row per line."));
                previous = c;
            }
            if (read == 0)
                return isBlank ? ("", At(1, "table.empty", $"The file is empty. It should have a line of column names and then one line for each row.")) : (head.ToString(), null);
        }
    }

    private static Problem At(long line, string code, FormattableString message) =>
        new(FormattableString.Invariant($"line {line}"), code, message.ToString(CultureInfo.InvariantCulture));
}
