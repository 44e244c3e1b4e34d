using Survey.Domain.Responses;

namespace Survey.Domain.Imports;

/// <summary>
/// What a file of answers says, read with its mapping against the rounds and organisations that exist, before anything is written: a sheet for each
/// organisation and round, and every row that cannot be read with line, column, value and reason. A bad row is in no sheet.
/// </summary>
public sealed record AnswersReading(IReadOnlyList<ResponseInFile> Responses, int Rows, int BadRows, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Notices)
{
    /// <summary>The slugs of the rounds that a file names, in order; those that no round may have are among them.</summary>
    public static IReadOnlyList<string> RoundsIn(CsvTable table, AnswersMapping mapping) =>
        mapping.Round.Fixed is { } same ? [same]
        : table.Column(mapping.Round.Column!) is null ? []
        : [.. table.Rows.Select(row => table.Cell(row, mapping.Round.Column!))
            .Select(value => mapping.Round.Values is { } values ? values.GetValueOrDefault(value, "") : value)
            .Where(slug => slug.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads a table. <paramref name="rounds"/> are those of <see cref="RoundsIn"/> that exist.</summary>
    public static AnswersReading Of(CsvTable table, AnswersMapping mapping, IReadOnlyCollection<ImportRound> rounds, OrganisationIndex organisations) =>
        MappingFit.Check(table, mapping, rounds) is { Count: > 0 } problems
            ? new([], table.Rows.Count, 0, problems, [])
            : new AnswersReader(table, mapping, rounds, organisations).Read();

    /// <summary>Whether the file as a whole cannot be read, so that leaving out bad rows would leave nothing or the wrong thing.</summary>
    public bool IsUnreadable => Problems.Count > 0 && BadRows == 0;
}

/// <summary>One organisation's answers in one round as a file gives them; <see cref="Sheet"/> is checked and may be empty (invited, not answered).</summary>
public sealed record ResponseInFile(string Round, OrganisationInFile Organisation, string Language, AnswerSheet Sheet, string Where, int Rows);

/// <summary>The organisation that rows of a file are of, as it was in that round; <see cref="Known"/> is null for one that is to be made.</summary>
public sealed record OrganisationInFile(KnownOrganisation? Known, string Code, string Name, string Country, string Type);
