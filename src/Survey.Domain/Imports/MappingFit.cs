using Survey.Domain.Questionnaires;

namespace Survey.Domain.Imports;

/// <summary>Whether a mapping fits the file and the rounds: every column that it names is there, every question and choice is one of some round.</summary>
internal static class MappingFit
{
    public static IReadOnlyList<Problem> Check(CsvTable table, AnswersMapping mapping, IReadOnlyCollection<ImportRound> rounds)
    {
        var problems = new List<Problem>();
        void Column(string? name, string where)
        {
            if (name is not null && table.Column(name) is null)
                problems.Add(new($"line 1, column '{name}'", "import.missing-column", $"The file has no such column; {where} of the mapping names it. The file's columns are: {string.Join(", ", table.Headers)}."));
        }

        Column(mapping.Round.Column, "'round'");
        Column(mapping.Organisation.Code, "'organisation'");
        Column(mapping.Organisation.Name, "'organisation'");
        Column(mapping.Organisation.Type, "'organisation'");
        Column(mapping.Country?.Column, "'country'");
        Column(mapping.Point?.Column, "'point'");
        Column(mapping.Language.Column, "'language'");
        if (problems.Count > 0)
            return problems;

        if (rounds.Count == 0)
        {
            var named = AnswersReading.RoundsIn(table, mapping);
            return [new("line 1", "import.no-round", named.Count == 0 ? "The file names no round." : $"There is no round {string.Join(", ", named)}; create it first ('round create').")];
        }
        foreach (var slug in (mapping.Point?.Values?.Values ?? []).Append(mapping.Point?.Fixed ?? "").Where(slug => slug.Length > 0 && !rounds.Any(r => r.Points.Contains(slug))).Distinct())
            problems.Add(new(mapping.File, "import.unknown-point", $"The mapping names the point '{slug}', which no round of the file asks; its points are: {string.Join(", ", rounds.SelectMany(r => r.Points).Distinct())}."));
        foreach (var question in mapping.Questions)
        {
            Question(problems, mapping, question, rounds);
            foreach (var name in Columns(question.Source).SelectMany(c => Names(c, mapping, rounds)).Distinct(StringComparer.OrdinalIgnoreCase))
                Column(name, question.Where);
        }
        return problems;
    }

    /// <summary>The file's words for the points of a wide file, with their slugs.</summary>
    public static IEnumerable<(string Word, string Slug)> Points(AnswersMapping mapping, IEnumerable<ImportRound> rounds) =>
        mapping.Point?.Values is { } values ? values.Select(v => (v.Key, v.Value)) : rounds.SelectMany(r => r.Points).Distinct().Select(slug => (slug, slug));

    private static IEnumerable<ColumnName> Columns(AnswerSource source) => source switch
    {
        AnswerSource.OneColumn one => [one.Column],
        AnswerSource.ColumnPerChoice several => several.Columns.Values,
        AnswerSource.Same => [],
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "A source of answers without columns."),
    };

    private static IEnumerable<string> Names(ColumnName column, AnswersMapping mapping, IReadOnlyCollection<ImportRound> rounds) =>
        column.ByPoint is { } byPoint ? byPoint.Values
        : column.DependsOnPoint ? Points(mapping, rounds).Select(p => column.For(p.Slug, p.Word)!)
        : [column.Pattern!];

    private static void Question(List<Problem> problems, AnswersMapping mapping, QuestionMapping mapped, IReadOnlyCollection<ImportRound> rounds)
    {
        var asked = rounds.Select(r => (r.Questionnaire, Question: r.Questionnaire.Question(mapped.Question))).Where(q => q.Question is not null).ToList();
        if (asked.Count == 0)
        {
            problems.Add(new(mapped.Where, "import.unknown-question", $"No round of the file asks '{mapped.Question}'; they ask: {string.Join(", ", rounds.SelectMany(r => r.Questionnaire.Questions).Select(q => q.Key).Distinct())}."));
            return;
        }
        var question = asked[0].Question!;
        var isPerPoint = asked.Any(a => a.Questionnaire.IsPerPoint(a.Question!));
        var dependsOnPoint = Columns(mapped.Source).Any(c => c.DependsOnPoint);
        if (mapping.Form is TableForm.Wide && isPerPoint != dependsOnPoint && mapped.Source is not AnswerSource.Same)
        {
            problems.Add(new(mapped.Where, "import.point-column", isPerPoint
                ? $"'{mapped.Question}' is asked for each point; a wide file needs a column for each: write {ColumnName.PointMark} in the column's name, or list the columns by point."
                : $"'{mapped.Question}' is asked once, not for each point; name one column without {ColumnName.PointMark}."));
        }

        var codes = asked.SelectMany(a => a.Question!.Choices).Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        var named = (mapped.Values?.Values ?? []).Concat(mapped.Bands.Select(b => b.Choice))
            .Concat((mapped.Source as AnswerSource.ColumnPerChoice)?.Columns.Keys ?? [])
            .Concat((mapped.Source as AnswerSource.Same)?.Values ?? []).Distinct();
        if (question.Kind is QuestionKind.OneChoice or QuestionKind.Scale or QuestionKind.SeveralChoices)
        {
            foreach (var code in named.Where(code => !codes.Contains(code)))
                problems.Add(new(mapped.Where, "import.unknown-choice", $"'{code}' is no choice of '{mapped.Question}'; its choices are: {string.Join(", ", codes)}."));
        }
        if (!Responses.AnswerSheet.TakesSeveral(question.Kind) && (mapped.Separator is not null || mapped.Source is AnswerSource.ColumnPerChoice))
            problems.Add(new(mapped.Where, "import.one-choice", $"'{mapped.Question}' takes one answer, so it has neither a 'separator' nor a column for each choice."));
        if (mapped.Bands.Count > 0 && question.Kind is not (QuestionKind.OneChoice or QuestionKind.Scale))
            problems.Add(new(mapped.Where, "import.bands", $"Bands of numbers give one choice; '{mapped.Question}' takes something else."));
    }
}
