using System.Text;
using System.Text.RegularExpressions;
using Survey.Domain.Erasures;

namespace Survey.Web.Mail;

/// <summary>Deletes an erased organisation's mails from the mail folder: those that the outbox still knew, and older ones that are to one of its addresses or hold its name.</summary>
public static partial class ErasedMails
{
    /// <summary>Deletes them and says how many; a folder that is not there holds none.</summary>
    public static int Delete(string folder, ErasureTraces traces)
    {
        ArgumentNullException.ThrowIfNull(traces);
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        var known = traces.MessageIds.Select(MailFolder.FileNameOf).ToHashSet(StringComparer.Ordinal);
        string[] words = [.. traces.Addresses, .. traces.Names];
        var deleted = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories))
        {
            if (known.Contains(Path.GetFileName(path)) || Holds(File.ReadAllText(path, Encoding.UTF8), words))
            {
                File.Delete(path);
                deleted++;
            }
        }

        return deleted;
    }

    private static bool Holds(string mail, string[] words)
    {
        var plain = string.Join('\n', [mail, QuotedPrintable(mail), .. EncodedWord().Matches(mail).Select(Decoded), .. Base64().Matches(mail).Select(m => OfBase64(m.Value))]);
        return Array.Exists(words, w => plain.Contains(w, StringComparison.OrdinalIgnoreCase));
    }

    private static string Decoded(Match word) => word.Groups[1].Value is "B" or "b" ? OfBase64(word.Groups[2].Value) : QuotedPrintable(word.Groups[2].Value.Replace('_', ' '));

    private static string QuotedPrintable(string text) => QuotedBytes().Replace(SoftBreak().Replace(text, ""), m => Encoding.UTF8.GetString([.. m.Value.Split('=', StringSplitOptions.RemoveEmptyEntries).Select(b => Convert.ToByte(b, 16))]));

    private static string OfBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.ReplaceLineEndings("").Trim(), bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : "";
    }

    [GeneratedRegex("=\\?utf-8\\?([BbQq])\\?([^?]*)\\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex("=\r?\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex("(=[0-9A-F]{2})+")]
    private static partial Regex QuotedBytes();

    [GeneratedRegex("(?:[A-Za-z0-9+/]{40,}\r?\n)*[A-Za-z0-9+/]{16,}={0,2}")]
    private static partial Regex Base64();
}
