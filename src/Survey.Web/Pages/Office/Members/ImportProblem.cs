using System.Globalization;
using System.Text.RegularExpressions;
using Survey.Domain;
using Survey.Domain.Imports;
using Survey.Web.Members;

namespace Survey.Web.Pages.Office.Members;

/// <summary>Something that an import found, for a page: its words are <c>memberImport.problem.CODE</c>, where it is, and what stands there.</summary>
public sealed record ImportProblem(string Code, ImportPlace? Place, string Value)
{
    public static ImportProblem Of(Problem problem, CsvTable table, bool isWorkbook)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(table);
        var place = ImportPlace.Of(problem.Where, table, isWorkbook);
        var row = place is null ? null : table.Rows.FirstOrDefault(r => r.Line == place.Row);
        return new(problem.Code, place, row is not null && place!.Column is { } column && table.Column(column) is { } index ? row.Cells[index] : "");
    }
}

/// <summary>Where in a list: the row as the file counts it, the column's name, and in a workbook the cell.</summary>
public sealed partial record ImportPlace(long Row, string? Column, string? Cell)
{
    /// <summary>The place that a problem of the import names; null where it names none.</summary>
    public static ImportPlace? Of(string where, CsvTable? table, bool isWorkbook)
    {
        if (Form().Match(where) is not { Success: true } match)
        {
            return null;
        }

        var row = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var column = match.Groups[2].Success ? match.Groups[2].Value : null;
        return new(row, column, isWorkbook && column is not null && table?.Column(column) is { } index ? Workbook.CellName(index, row) : null);
    }

    [GeneratedRegex("^line ([0-9]{1,9})(?:, column '(.*)')?$")]
    private static partial Regex Form();
}
