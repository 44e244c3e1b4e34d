using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Imports;

/// <summary>
/// Reads the rows of one file in order and gathers them by round and organisation. For each row: which round, point and organisation; its answers, each
/// checked against the round's questionnaire; then whether an earlier row says the same. A row with any problem is wholly left out.
/// </summary>
internal sealed class AnswersReader
{
    private readonly CsvTable table;
    private readonly AnswersMapping mapping;
    private readonly Dictionary<string, ImportRound> rounds;
    private readonly OrganisationIndex organisations;
    private readonly (string Word, string Slug)[] points;
    private readonly List<Problem> problems;
    private readonly List<Problem> notices = [];
    private readonly Dictionary<(string Round, string Code), Gathered> gathered = [];
    private readonly HashSet<long> badLines = [];
    private int ignored;
    private int empty;

    public AnswersReader(CsvTable table, AnswersMapping mapping, IReadOnlyCollection<ImportRound> rounds, OrganisationIndex organisations)
    {
        this.table = table;
        this.mapping = mapping;
        this.rounds = rounds.ToDictionary(r => r.Slug, StringComparer.Ordinal);
        this.organisations = organisations;
        points = [.. MappingFit.Points(mapping, rounds)];
        problems = [.. table.RowProblems];
    }

    public AnswersReading Read()
    {
        foreach (var row in table.Rows)
            Read(row);

        var responses = new List<ResponseInFile>();
        var skipped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in gathered.Values.OrderBy(g => g.Round.Slug, StringComparer.Ordinal).ThenBy(g => g.Organisation.Code, StringComparer.Ordinal))
        {
            var rows = one.Rows.Values.Where(r => !badLines.Contains(r.Row.Line)).ToList();
            if (rows.Count == 0 && !one.IsNamedByGoodRow(badLines))
                continue;
            var given = AnswerSheet.Of(rows.SelectMany(r => r.Answers.Select(a => KeyValuePair.Create(a.Key, a.Value))));
            var sheet = given.Applicable(one.Round.Questionnaire);
            // A fixed answer that finds no question is no loss, so only the file's own are counted.
            foreach (var key in rows.SelectMany(r => r.Answers).Where(a => a.Column is not null).Select(a => a.Key).Distinct().Where(k => sheet.Find(k.Point, k.Question) is null))
                skipped[key.Question] = skipped.GetValueOrDefault(key.Question) + 1;
            responses.Add(new(one.Round.Slug, one.Organisation, one.Language, sheet, one.Where, one.Lines.Count));
        }

        foreach (var (question, count) in skipped)
            notices.Add(new("the file", "import.not-asked", FormattableString.Invariant($"{count} answers to '{question}' are left out: by the questionnaire's conditions these organisations were not asked.")));
        if (ignored > 0)
            notices.Add(new("the file", "import.ignored", FormattableString.Invariant($"{ignored} rows are left out because the mapping ignores their round or point.")));
        if (empty > 0)
            notices.Add(new("the file", "import.no-answers", FormattableString.Invariant($"{empty} rows hold no answer.")));
        return new(responses, table.Rows.Count + table.RowProblems.Count, badLines.Count + table.RowProblems.Count, problems, notices);
    }

    private void Read(CsvRow row)
    {
        var slug = Coded(row, mapping.Round, "round");
        if (slug is null)
            return;
        if (!rounds.TryGetValue(slug, out var round))
        {
            Bad(row, mapping.Round.Column, "import.no-round", $"There is no round '{slug}'; create it first, or leave its rows out with 'values' and 'others: ignore'.");
            return;
        }
        var point = "";
        if (mapping.Form is TableForm.Long)
        {
            if (Coded(row, mapping.Point!, "point") is not { } found)
                return;
            if (!round.Points.Contains(found))
            {
                Bad(row, mapping.Point!.Column, "import.unknown-point", $"'{found}' is no point of round {slug}; its points are: {string.Join(", ", round.Points)}.");
                return;
            }
            point = found;
        }

        var organisation = Organisation(row, round);
        var answers = Answers(row, round, point);
        var language = Language(row, organisation);
        if (organisation is null || answers is null || language is null)
            return;
        if (!gathered.TryGetValue((slug, organisation.Code), out var one))
            gathered.Add((slug, organisation.Code), one = new(round, organisation, language, CsvTable.Where(row)));
        else if (one.Organisation.Country != organisation.Country)
        {
            Bad(row, mapping.Country?.Column, "import.contradiction", $"'{organisation.Code}' is in {organisation.Country} here and in {one.Organisation.Country} on {one.Where}; an organisation is in one country in a round.");
            return;
        }
        if (answers.Count == 0)
        {
            one.Lines.Add(row.Line);
            empty++;
            return;
        }
        Add(row, one, point, answers);
    }

    private void Add(CsvRow row, Gathered one, string point, IReadOnlyList<ReadAnswer> answers)
    {
        var read = new ReadRow(row, answers);
        var about = $"round {one.Round.Slug}, organisation '{one.Organisation.Code}'" + (point.Length > 0 ? $", point '{point}'" : "");
        if (one.Rows.TryGetValue(point, out var earlier))
        {
            if (earlier.Says(read))
            {
                notices.Add(new(CsvTable.Where(row), "import.duplicate", $"This row repeats {CsvTable.Where(earlier.Row)} ({about}); it counts once."));
                return;
            }
            if (mapping.Duplicates is DuplicateRule.Refuse)
            {
                // Neither is taken: which of the two is right is not for the import to say.
                Bad(row, null, "import.conflict", $"This row and {CsvTable.Where(earlier.Row)} give different answers for {about}; remove one, or write 'duplicates: first' or 'last' in the mapping.");
                badLines.Add(earlier.Row.Line);
                one.Lines.Add(row.Line);
                return;
            }
            notices.Add(new(CsvTable.Where(row), "import.duplicate", $"This row and {CsvTable.Where(earlier.Row)} give different answers for {about}; the {(mapping.Duplicates is DuplicateRule.First ? "first" : "last")} one counts."));
            if (mapping.Duplicates is DuplicateRule.First)
                return;
        }
        // What is asked once for all points stands in every row of a long file.
        foreach (var answer in answers.Where(a => a.Key.Point.Length == 0))
        {
            var other = one.Rows.Where(r => r.Key != point && !badLines.Contains(r.Value.Row.Line)).SelectMany(r => r.Value.Answers.Select(a => (r.Value.Row, Answer: a)))
                .FirstOrDefault(a => a.Answer.Key == answer.Key && !a.Answer.SameAs(answer));
            if (other.Answer is not null)
            {
                Bad(row, answer.Column, "import.contradiction", $"'{answer.Key}' of '{one.Organisation.Code}' has another answer here than on {CsvTable.Where(other.Row)}; it is asked once, so its rows must agree.");
                return;
            }
        }
        one.Rows[point] = read;
        one.Lines.Add(row.Line);
    }

    /// <summary>The code in a coded column; null when the row is left out or bad.</summary>
    private string? Coded(CsvRow row, CodedColumn column, string what)
    {
        if (column.Fixed is { } same)
            return same;
        var text = table.Cell(row, column.Column!);
        if (column.Values is null && text.Length > 0)
            return text;
        if (column.Values?.TryGetValue(text, out var code) is true)
            return code;
        if (column.IgnoresOthers)
            ignored++;
        else if (text.Length == 0)
            Bad(row, column.Column, "import.empty", $"The {what} is empty.");
        else
            Bad(row, column.Column, $"import.unknown-{what}", $"'{text}' is no {what} of the mapping; it lists: {string.Join(", ", column.Values!.Keys)}.");
        return null;
    }

    private OrganisationInFile? Organisation(CsvRow row, ImportRound round)
    {
        var columns = mapping.Organisation;
        var code = columns.Code is null ? null : table.Cell(row, columns.Code);
        var name = columns.Name is null ? null : table.Cell(row, columns.Name);
        if (code is { Length: 0 } || (code is null && name is { Length: 0 }))
        {
            Bad(row, code is null ? columns.Name : columns.Code, "import.empty", "The organisation is empty.");
            return null;
        }
        if (!Country(row, round, out var country))
            return null;
        var named = code is null ? organisations.Named(name!, country) : null;
        if (named is { Count: > 1 })
        {
            Bad(row, columns.Name, "import.ambiguous", $"Several organisations are called '{name}' ({string.Join(", ", named.Select(o => o.Code))}); give the column of their codes.");
            return null;
        }
        var known = code is not null ? organisations.WithCode(code) : named is [var only] ? only : country is null ? null : organisations.WithCode(OrganisationIndex.CodeOf(name!, country));
        var column = code is null ? columns.Name : columns.Code;
        if (known is null && columns.Missing is not MissingOrganisation.Create)
        {
            Bad(row, column, "import.unknown-organisation", $"There is no organisation '{code ?? name}'; import the member list first, or write 'missing: create' in the mapping.");
            return null;
        }
        if (known is not null && columns.Missing is MissingOrganisation.Refuse && !round.Population.Contains(known.Id))
        {
            Bad(row, column, "import.not-invited", $"'{known.Code}' is not in the population of round {round.Slug}; write 'missing: invite' in the mapping if it should be.");
            return null;
        }
        country ??= known?.Country;
        if (country is null || round.Regions.RegionOf(country) is null)
        {
            Bad(row, mapping.Country?.Column ?? column, "import.no-region", country is null ? $"'{code ?? name}' is new, and its country is empty." : $"The region scheme of round {round.Slug} does not know '{country}', the country of '{known!.Code}'.");
            return null;
        }
        name = name is { Length: > 0 } ? name : known?.Name;
        if (name is null || DoorText.Length(name) > 200 || code is { Length: > OrganisationIndex.LongestCode })
        {
            Bad(row, column, "import.bad-name", name is null ? $"'{code}' is new, and its name is empty." : "The name may have 200 characters and the code 80.");
            return null;
        }
        var type = columns.Type is null ? "" : table.Cell(row, columns.Type);
        if (type.Length > 40)
        {
            Bad(row, columns.Type, "import.bad-type", "The type of an organisation is a code of at most 40 characters.");
            return null;
        }
        return new(known, known?.Code ?? code ?? OrganisationIndex.CodeOf(name, country), name, country, type.Length > 0 ? type : known?.Type ?? "");
    }

    /// <summary>The country's code, null where the file gives none; false when the row is bad.</summary>
    private bool Country(CsvRow row, ImportRound round, out string? code)
    {
        code = null;
        if (mapping.Country is not { } column || table.Cell(row, column.Column) is not { Length: > 0 } text)
            return true;
        var match = round.Places.Match(column.Aliases.GetValueOrDefault(text) ?? text);
        code = match.Code;
        if (code is null)
            Bad(row, column.Column, "import.country", PlaceWords.Unknown(text, match));
        return code is not null;
    }

    private string? Language(CsvRow row, OrganisationInFile? organisation)
    {
        var fallback = organisation?.Known?.Language ?? "en";
        if (mapping.Language.Fixed is null && mapping.Language.Column is null)
            return fallback;
        if (mapping.Language.Column is { } column && table.Cell(row, column).Length == 0)
            return fallback;
        var language = Coded(row, mapping.Language, "language");
        if (language is null or { Length: >= 2 and <= 8 })
            return language;
        Bad(row, mapping.Language.Column, "import.unknown-language", $"'{language}' is no language code such as en.");
        return null;
    }

    /// <summary>The answers of a row; null when one is bad.</summary>
    private List<ReadAnswer>? Answers(CsvRow row, ImportRound round, string rowPoint)
    {
        var answers = new List<ReadAnswer>();
        var isBad = false;
        foreach (var mapped in mapping.Questions.Where(m => m.Source is not AnswerSource.Same))
        {
            var question = round.Questionnaire.Question(mapped.Question);
            var isPerPoint = question is not null && round.Questionnaire.IsPerPoint(question);
            IEnumerable<(string Word, string Slug)> places = mapping.Form is TableForm.Long ? [("", isPerPoint ? rowPoint : "")]
                : mapped.Source is AnswerSource.OneColumn { Column.DependsOnPoint: false } ? [("", "")]
                : mapped.Source is AnswerSource.ColumnPerChoice several && !several.Columns.Values.Any(c => c.DependsOnPoint) ? [("", "")]
                : points;
            foreach (var (word, slug) in places)
                isBad |= !Answer(row, round, mapped, question, word, slug, answers);
        }
        // The same in every row says nothing of its own: it joins a row (in a wide file, a point) that has another answer.
        foreach (var mapped in mapping.Questions)
        {
            if (mapped.Source is not AnswerSource.Same same || round.Questionnaire.Question(mapped.Question) is not { } question)
                continue;
            var places = round.Questionnaire.IsPerPoint(question) ? answers.Select(a => a.Key.Point).Where(p => p.Length > 0).Distinct().ToList() : answers.Count > 0 ? [""] : [];
            foreach (var slug in places)
            {
                var value = question.Kind is QuestionKind.ShortText or QuestionKind.LongText ? AnswerValue.OfText(same.Values[0]) : new AnswerValue([.. same.Values.Order(StringComparer.Ordinal)]);
                answers.Add(new(new(slug, question.Key), value, null));
            }
        }
        if (isBad)
            return null;
        var wrong = AnswerSheet.Of(answers.Select(a => KeyValuePair.Create(a.Key, a.Value))).Check(round.Questionnaire, round.Points, code => round.Regions.Country(code) is not null);
        foreach (var problem in wrong)
            Bad(row, answers.FirstOrDefault(a => a.Key.ToString() == problem.Where)?.Column, problem.Code, problem.Message);
        return wrong.Count > 0 ? null : answers;
    }

    private bool Answer(CsvRow row, ImportRound round, QuestionMapping mapped, Question? question, string word, string slug, List<ReadAnswer> answers)
    {
        if (mapped.Source is AnswerSource.ColumnPerChoice several)
            return Choices(row, round, mapped, several, question, word, slug, answers);
        if (((AnswerSource.OneColumn)mapped.Source).Column.For(slug, word) is not { } column)
            return true;
        var text = table.Cell(row, column);
        if (question is null)
            return NotAsked(row, column, text, mapped, round);
        var (value, reason) = AnswerWords.Read(text, mapped, question, round, mapping);
        if (reason is not null)
        {
            Bad(row, column, "import.bad-value", reason);
            return false;
        }
        if (value is not null)
            answers.Add(new(new(slug, question.Key), value, column));
        return true;
    }

    private bool Choices(CsvRow row, ImportRound round, QuestionMapping mapped, AnswerSource.ColumnPerChoice source, Question? question, string word, string slug, List<ReadAnswer> answers)
    {
        var given = new SortedSet<string>(StringComparer.Ordinal);
        string? firstColumn = null;
        foreach (var (choice, name) in source.Columns)
        {
            if (name.For(slug, word) is not { } column)
                continue;
            var text = table.Cell(row, column);
            if (question is null)
            {
                if (!NotAsked(row, column, source.No.Contains(text) ? "" : text, mapped, round))
                    return false;
                continue;
            }
            if (source.Yes.Contains(text))
                given.Add(choice);
            else if (text.Length > 0 && !source.No.Contains(text) && !mapped.Missing.Contains(text))
            {
                Bad(row, column, "import.bad-value", $"'{text}' is neither yes ({string.Join(", ", source.Yes)}) nor no ({(source.No.Count > 0 ? string.Join(", ", source.No) : "an empty cell")}).");
                return false;
            }
            firstColumn ??= column;
        }
        if (given.Count > 0)
            answers.Add(new(new(slug, question!.Key), new AnswerValue([.. given]), firstColumn));
        return true;
    }

    private bool NotAsked(CsvRow row, string column, string text, QuestionMapping mapped, ImportRound round)
    {
        if (text.Length == 0 || mapped.Missing.Contains(text))
            return true;
        Bad(row, column, "import.not-in-round", $"Round {round.Slug} does not ask '{mapped.Question}', but the row has '{text}'.");
        return false;
    }

    private void Bad(CsvRow row, string? column, string code, string message)
    {
        badLines.Add(row.Line);
        problems.Add(new(CsvTable.Where(row, column), code, message));
    }

    private sealed record ReadAnswer(AnswerKey Key, AnswerValue Value, string? Column)
    {
        public bool SameAs(ReadAnswer other) =>
            Key == other.Key && Value.Number == other.Value.Number && Value.Text == other.Value.Text && Value.Choices.SequenceEqual(other.Value.Choices);
    }

    private sealed record ReadRow(CsvRow Row, IReadOnlyList<ReadAnswer> Answers)
    {
        public bool Says(ReadRow other) => Answers.Count == other.Answers.Count && Answers.Zip(other.Answers).All(pair => pair.First.SameAs(pair.Second));
    }

    private sealed record Gathered(ImportRound Round, OrganisationInFile Organisation, string Language, string Where)
    {
        public Dictionary<string, ReadRow> Rows { get; } = new(StringComparer.Ordinal);
        public List<long> Lines { get; } = [];

        public bool IsNamedByGoodRow(HashSet<long> bad) => Lines.Any(line => !bad.Contains(line));
    }
}
