namespace Survey.Domain.Imports;

/// <summary>A row of a table: the line of the file on which it begins (the header's is 1) and its cells, one for each header, cleaned and trimmed.</summary>
public sealed record CsvRow(long Line, IReadOnlyList<string> Cells);
