using System.IO.Compression;
using System.Text;

namespace Survey.Testing;

/// <summary>Small .xlsx files, made of the parts that a spreadsheet program writes.</summary>
public static class Workbooks
{
    /// <summary>A workbook whose first sheet has these rows (XML) over these shared strings.</summary>
    public static MemoryStream Of(string rows, params string[] shared) =>
        OfSheet($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>", shared);

    /// <summary>A workbook of cells that are all texts.</summary>
    public static MemoryStream OfTexts(params string[][] rows) => Of(string.Concat(rows.Select((row, y) =>
        $"<row r=\"{y + 1}\">{string.Concat(row.Select((cell, x) => cell.Length == 0 ? "" : $"<c r=\"{(char)('A' + x)}{y + 1}\" t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(cell)}</t></is></c>"))}</row>")));

    /// <summary>A workbook whose first sheet is this XML.</summary>
    public static MemoryStream OfSheet(string sheet, params string[] shared)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Members\" sheetId=\"3\" r:id=\"rId7\"/></sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"styles.xml\"/><Relationship Id=\"rId7\" Target=\"worksheets/members.xml\"/></Relationships>");
            Add(zip, "xl/worksheets/members.xml", sheet);
            Add(zip, "xl/sharedStrings.xml", $"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{string.Concat(shared.Select(s => $"<si><t>{s}</t></si>"))}</sst>");
        }

        file.Position = 0;
        return file;
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }
}
