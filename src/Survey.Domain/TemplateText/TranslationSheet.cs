using CsvHelper;
using Survey.Domain.Imports;
using CsvRow = Survey.Domain.Imports.CsvRow;

namespace Survey.Domain.TemplateText;

/// <summary>
/// The strings of one or several templates as a table for translators: a row per string, a column per language with its status beside it, and in `source` the hash of the English words
/// that the row was made from. Read back, it gives the words that changed; a row whose English words have changed in the file since is refused, because what was
/// translated is not what stands there now.
/// </summary>
public static class TranslationSheet
{
    private const string Key = "key", Source = "source", English = "en";

    /// <summary>The longest words of a cell, in code points.</summary>
    public const int Longest = 5000;

    /// <summary>The column of a language's status.</summary>
    public static string StatusColumn(string language) => $"{language}-status";

    /// <summary>The sheet: the names of the columns, then a row for each string.</summary>
    /// <param name="languages">All languages of the round, English among them.</param>
    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<SheetPart> parts, IReadOnlyList<string> languages)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(languages);
        var others = languages.Where(l => l != English).ToList();
        yield return [Key, Source, English, .. others.SelectMany(l => new[] { l, StatusColumn(l) })];
        foreach (var (part, line) in parts.SelectMany(p => p.Strings.All.Select(s => (p, s))))
        {
            yield return [part.KeyOf(line.Key), TemplateStrings.HashOf(line.English), line.English, .. others.SelectMany(l => line.Words.TryGetValue(l, out var words) ? [words.Text, Word(words.Status)] : new[] { "", Word(null) })];
        }
    }

    /// <summary>Writes the sheet as CSV with a byte order mark, for spreadsheets; a cell that one would take for a formula gets an apostrophe in front.</summary>
    public static void Write(IReadOnlyList<SheetPart> parts, IReadOnlyList<string> languages, Stream file)
    {
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var row in Rows(parts, languages))
        {
            Row(csv, row);
        }
    }

    /// <summary>The words that a sheet changes, by key as the sheet has it and by language; or every row and cell that cannot be taken. Rows that are not there change nothing.</summary>
    public static Parsed<IReadOnlyDictionary<(string Key, string Language), Translation>> Read(CsvTable table, IReadOnlyList<SheetPart> parts, IReadOnlyList<string> languages)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(languages);
        var others = languages.Where(l => l != English).ToList();
        var missing = new[] { Key, Source, English }.Concat(others).Where(c => table.Column(c) is null).ToList();
        if (missing.Count > 0)
        {
            return Parsed<IReadOnlyDictionary<(string, string), Translation>>.Refused([.. missing.Select(c => new Problem("line 1", "sheet.no-column", $"There is no column '{c}'."))]);
        }

        var lines = parts.SelectMany(p => p.Strings.All.Select(s => (Key: p.KeyOf(s.Key), Line: s))).ToDictionary(s => s.Key, s => s.Line, StringComparer.Ordinal);
        var problems = new List<Problem>(table.RowProblems);
        var changes = new Dictionary<(string, string), Translation>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var key = Cell(table, row, Key);
            if (!lines.TryGetValue(key, out var line))
            {
                problems.Add(new(CsvTable.Where(row, Key), "sheet.unknown-key", $"The questionnaire has no string '{key}'."));
            }
            else if (!seen.Add(key))
            {
                problems.Add(new(CsvTable.Where(row, Key), "sheet.twice", $"'{key}' is there twice."));
            }
            else if (Cell(table, row, Source) != TemplateStrings.HashOf(line.English))
            {
                problems.Add(new(CsvTable.Where(row, Source), "sheet.outdated", $"The English words of '{key}' have changed since this sheet was made."));
            }
            else
            {
                ReadRow(table, row, line with { Key = key }, others, changes, problems);
            }
        }

        return problems.Count > 0 ? Parsed<IReadOnlyDictionary<(string, string), Translation>>.Refused(problems) : Parsed<IReadOnlyDictionary<(string, string), Translation>>.Of(changes);
    }

    private static void ReadRow(CsvTable table, CsvRow row, TemplateString line, List<string> others, Dictionary<(string, string), Translation> changes, List<Problem> problems)
    {
        var english = Kept(Cell(table, row, English), line.English);
        var places = Places(english);
        if (english != line.English)
        {
            changes[(line.Key, English)] = new(english, null, null);
        }

        foreach (var language in others.Prepend(English))
        {
            var text = Cell(table, row, language);
            var (code, message) = text.Length == 0 ? ("sheet.missing", "There are no words in this cell.")
                : DoorText.Length(text) > Longest ? ("sheet.too-long", $"At most {Longest} characters fit.")
                : Places(text) != places ? ("sheet.places", $"The places to fill in ({{name}}) are not those of the English words: {(places.Length == 0 ? "none" : places)}.") : ("", "");
            if (code.Length > 0)
            {
                problems.Add(new(CsvTable.Where(row, language), code, message));
            }
        }

        foreach (var language in others)
        {
            var before = line.Words.GetValueOrDefault(language);
            var (text, word) = (Kept(Cell(table, row, language), before?.Text ?? ""), table.Column(StatusColumn(language)) is null ? "" : Cell(table, row, StatusColumn(language)).ToLowerInvariant());
            if (word.Length > 0 && Status(word) is null)
            {
                problems.Add(new(CsvTable.Where(row, StatusColumn(language)), "sheet.status", $"The status '{word}' is none of: provisional, reviewed, official."));
                continue;
            }

            // New words are provisional until somebody says more of them.
            var isNew = text != before?.Text;
            var status = Status(word) is { } said && !(isNew && said == before?.Status) ? said : isNew ? TranslationStatus.Provisional : before!.Status!.Value;
            var of = isNew || status != before!.Status ? TemplateStrings.HashOf(english) : before.Of ?? (english == line.English ? null : TemplateStrings.HashOf(line.English));
            if (isNew || status != before!.Status || of != before.Of)
            {
                changes[(line.Key, language)] = new(text, status, of);
            }
        }
    }

    private static string Places(string text) => string.Join(' ', new PatternText(text).Places.Select(place => "{" + place + "}").Order(StringComparer.Ordinal).Distinct());

    private static string Word(TranslationStatus? status) => (status ?? TranslationStatus.Provisional).ToString().ToLowerInvariant();

    private static TranslationStatus? Status(string word) => word switch { "official" => TranslationStatus.Official, "reviewed" => TranslationStatus.Reviewed, "provisional" => TranslationStatus.Provisional, _ => null };

    /// <summary>What stands in the file where a cell says the same on one line: a workbook comes back with spaces for line breaks.</summary>
    private static string Kept(string cell, string stored) => stored.Contains('\n', StringComparison.Ordinal) && cell == string.Join(' ', stored.Split('\n', StringSplitOptions.RemoveEmptyEntries)) ? stored : cell;

    /// <summary>A cell without the apostrophe that keeps a spreadsheet from taking words for a formula.</summary>
    private static string Cell(CsvTable table, CsvRow row, string column)
    {
        var cell = table.Cell(row, column).ReplaceLineEndings("\n");
        return cell.Length > 1 && cell[0] == '\'' && "=+-@\t".Contains(cell[1], StringComparison.Ordinal) ? cell[1..] : cell;
    }

    private static void Row(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.EndRecord();
    }
}

/// <summary>A template's strings in a sheet. The keys of one with a name have it and a colon in front, so that several templates fit in one sheet.</summary>
public sealed record SheetPart(string Name, TemplateStrings Strings)
{
    /// <summary>A string's key in the sheet.</summary>
    public string KeyOf(string key) => Name.Length == 0 ? key : $"{Name}:{key}";

    /// <summary>This template's file with those of the sheet's changes that are its own.</summary>
    public string With(IReadOnlyDictionary<(string Key, string Language), Translation> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var own = Strings.All.ToDictionary(s => KeyOf(s.Key), s => s.Key, StringComparer.Ordinal);
        return Strings.With(changes.Where(c => own.ContainsKey(c.Key.Key)).ToDictionary(c => (own[c.Key.Key], c.Key.Language), c => c.Value));
    }
}
