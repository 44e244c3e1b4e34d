using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Survey.Testing.Site;

/// <summary>A mail's file as a mail program reads it: headers unfolded and decoded (RFC 5322, RFC 2047), its parts decoded (RFC 2045).</summary>
public sealed partial class SeenMail
{
    private readonly Dictionary<string, string> headers;
    private readonly List<(string Type, string Words)> parts = [];

    private SeenMail(string file)
    {
        var (head, body) = Split(file);
        headers = Headers(head);
        var boundary = Boundary().Match(headers["Content-Type"]).Groups[1].Value;
        foreach (var part in body.Split("--" + boundary).Skip(1).SkipLast(1))
        {
            // The line end before a boundary belongs to the boundary (RFC 2046, 5.1.1).
            var (partHead, partBody) = Split(part["\r\n".Length..^"\r\n".Length]);
            var of = Headers(partHead);
            parts.Add((of["Content-Type"], Encoding.UTF8.GetString(QuotedPrintable(partBody, isHeader: false))));
        }
    }

    public string Subject => headers["Subject"];

    public string From => Unquoted(headers["From"]);

    public string To => Unquoted(headers["To"]);

    public string MessageId => headers["Message-ID"];

    /// <summary>A header's words; null where it is not there.</summary>
    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>A mail as it came over the line.</summary>
    public static SeenMail Read(string text) => new(text);

    /// <summary>The part for programs that show words only.</summary>
    public string Text => Part("text/plain");

    /// <summary>The part for programs that show HTML.</summary>
    public string Html => Part("text/html");

    /// <summary>Everything of it that a reader or an onlooker could see, decoded.</summary>
    public string All => string.Join('\n', headers.Select(h => $"{h.Key}: {h.Value}").Concat(parts.Select(p => p.Words)));

    /// <summary>The mails in a folder, in the order in which they were written.</summary>
    public static IReadOnlyList<SeenMail> In(string folder) =>
        [.. Directory.GetFiles(folder, "*.eml").OrderBy(File.GetLastWriteTimeUtc).Select(file => new SeenMail(File.ReadAllText(file, Encoding.Latin1)))];

    private string Part(string type) => parts.Single(p => p.Type.StartsWith(type, StringComparison.Ordinal)).Words.ReplaceLineEndings("\n");

    private static (string Head, string Body) Split(string text)
    {
        var at = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (text[..at], text[(at + 4)..]);
    }

    private static Dictionary<string, string> Headers(string head) =>
        Folded().Replace(head, " ").Split("\r\n").Select(line => line.Split(": ", 2)).ToDictionary(h => h[0], h => Decoded(h[1]), StringComparer.OrdinalIgnoreCase);

    private static string Unquoted(string address) => address.Replace("\"", "", StringComparison.Ordinal);

    // Blanks between two encoded words are no part of the text.
    private static string Decoded(string value) => EncodedWord().Replace(BetweenWords().Replace(value, "?==?"), word =>
        Encoding.UTF8.GetString(word.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(word.Groups[2].Value) : QuotedPrintable(word.Groups[2].Value, isHeader: true)));

    private static byte[] QuotedPrintable(string text, bool isHeader)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && text.AsSpan(i + 1).StartsWith("\r\n"))
            {
                i += 2;
            }
            else if (text[i] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add(isHeader && text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex("boundary=\"?([^\";]+)")]
    private static partial Regex Boundary();
}
