using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Translations;

/// <summary>
/// Everything that people read in one language, beside its English words, for a native reader. The same files give the same sheet and the same hash; the hash is of this
/// language's words alone.
/// </summary>
public sealed record ReviewSheet(string Language, IReadOnlyList<ReviewFile> Files)
{
    /// <summary>SHA-256 of all words with their keys, lower-case hexadecimal.</summary>
    public string Hash { get; } = HashOf(Files);

    /// <summary>
    /// Writes the sheet as CSV with a byte order mark, for spreadsheets: a row for each string, and an empty cell for the reader's remark. A cell that a spreadsheet would
    /// take for a formula gets an apostrophe in front.
    /// </summary>
    public void Write(Stream file)
    {
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
        Row(csv, "key", "English", "translation", "remark");
        foreach (var part in Files)
        {
            foreach (var line in part.Strings)
            {
                Row(csv, $"{part.Name}/{line.Key}", line.English, line.Words, "");
            }
        }
    }

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.EndRecord();
    }

    // No text of a template holds a NUL, so that nothing can move from one string to the next unseen.
    private static string HashOf(IReadOnlyList<ReviewFile> files) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(files.SelectMany(f => f.Strings.Select(s => $"{f.Name}/{s.Key}\0{s.Words}\0"))))));
}

/// <summary>The strings of one kind of template, in their order.</summary>
public sealed record ReviewFile(string Name, IReadOnlyList<ReviewString> Strings)
{
    private static readonly DateOnly ADay = new(2026, 3, 9);

    /// <summary>The texts of a catalogue, each form of a plural a string of its own, and how the language writes numbers and dates. A form that English lacks stands beside its form other.</summary>
    public static ReviewFile Of(string name, TextCatalogue words, TextCatalogue? english)
    {
        ArgumentNullException.ThrowIfNull(words);
        var beside = english?.Entries.ToDictionary(e => e.Key, StringComparer.Ordinal) ?? [];
        return new(name, [.. Formats(words).Zip(english is null ? Formats(words).Select(_ => ("", "")) : Formats(english), (own, other) => new ReviewString(own.Key, other.Item2, own.Words)), .. words.Entries.SelectMany(Strings)]);

        IEnumerable<ReviewString> Strings(CatalogueEntry entry)
        {
            var other = beside.GetValueOrDefault(entry.Key);
            return entry.Text is { } text
                ? [new(entry.Key, other?.Text?.Written ?? "", text.Written)]
                : entry.Forms!.Select(form => new ReviewString($"{entry.Key}.{form.Key}", other?.Forms?.GetValueOrDefault(form.Key, other.Forms["other"]).Written ?? "", form.Value.Written));
        }
    }

    /// <summary>The strings of a template that holds all languages in one file.</summary>
    public static ReviewFile Of(string name, TemplateStrings template, string language)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new(name,
        [
            .. from line in template.All
               where line.Key != "translationReviewers" && (line.Words.ContainsKey(language) || line.English.Length > 0)
               select new ReviewString(line.Key, line.English, line.Words.TryGetValue(language, out var words) ? words.Text : ""),
        ]);
    }

    /// <summary>Messages by name: subject and body of each.</summary>
    public static ReviewFile Of(string name, IEnumerable<(string Name, MailText Words, MailText? English)> mails) => new(name,
    [
        .. mails.SelectMany(m => new ReviewString[]
        {
            new($"{m.Name}.subject", m.English?.Subject.Written ?? "", m.Words.Subject.Written),
            new($"{m.Name}.body", m.English?.Body.Written ?? "", m.Words.Body.Written),
        }),
    ]);

    /// <summary>A text in Markdown, paragraph by paragraph.</summary>
    public static ReviewFile Of(string name, string words, string english)
    {
        var (own, other) = (Paragraphs(words), Paragraphs(english));
        return new(name, [.. Enumerable.Range(0, Math.Max(own.Length, other.Length)).Select(i => new ReviewString(FormattableString.Invariant($"{i + 1}"), other.ElementAtOrDefault(i) ?? "", own.ElementAtOrDefault(i) ?? ""))]);
    }

    private static string[] Paragraphs(string text) => text.Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(string Key, string Words)> Formats(TextCatalogue catalogue) =>
    [
        .. Enumerable.Range(1, 12).Select(month => (FormattableString.Invariant($"formats.months.{month}"), catalogue.Month(month))),
        ("formats.date", catalogue.Date(ADay)),
        ("formats.dateShort", catalogue.DateShort(ADay)),
        ("formats.time", catalogue.Time(new TimeOnly(16, 5))),
        ("formats.number", catalogue.Number(12345.6m, 1)),
        ("formats.percent", catalogue.Percent(50)),
        ("formats.signed", catalogue.Signed(-7)),
        ("formats.list", catalogue.List(["1", "2", "3"])),
    ];
}

/// <summary>One string as people read it, with its places to fill in; empty words where this language has none.</summary>
public sealed record ReviewString(string Key, string English, string Words);
