using System.IO.Compression;
using System.Text;
using Survey.Domain.Imports;
using Survey.Testing;
using Survey.Web.Members;

namespace Survey.UnitTests.Imports;

/// <summary>Workbooks as Excel and LibreOffice write them, by ECMA-376 part 1; and files that only pretend to be small.</summary>
public sealed class WorkbookTests
{
    [Test]
    public void Shared_inline_and_number_cells_become_a_table_row_for_row()
    {
        var csv = Workbook.ToCsv(Workbooks.Of("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>code</t></is></c></row>
            <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="str"><f>UPPER("ke")</f><v>KE</v></c><c r="C3"><v>17</v></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><r><t>Two </t></r><r><t>lines, "quoted"</t></r><rPh><t>sound</t></rPh></is></c></row>
            """, "name", "country", "Hope\nCentre"));
        Assert.That(csv.Problems, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(csv.Value!), Is.EqualTo("name,country,code\n\nHope Centre,KE,17\n\"Two lines, \"\"quoted\"\"\",,\n"));
        var table = CsvTable.Read(new MemoryStream(csv.Value!)).Value!;
        Assert.That(table.Rows.Select(r => r.Line), Is.EqualTo(new[] { 3L, 4L }), "a line of the table is a row of the sheet");
    }

    [TestCase(0, 5, "A5")]
    [TestCase(25, 1, "Z1")]
    [TestCase(26, 1, "AA1")]
    [TestCase(701, 9, "ZZ9")]
    public void Cells_have_the_names_of_the_spreadsheet(int column, int row, string name) => Assert.That(Workbook.CellName(column, row), Is.EqualTo(name));

    [Test]
    public void What_swells_on_unpacking_is_refused_in_bounded_memory()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var rows = new StringBuilder("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>").Append('x', 70_000_000).Append("</t></is></c></row>");
        var file = Workbooks.Of(rows.ToString());
        Assert.That(file.Length, Is.LessThan(1_000_000));
        Assert.That(Workbook.ToCsv(file).Problems.Select(p => p.Code), Is.EqualTo(new[] { "table.too-large" }));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true), Is.GreaterThan(before));
    }

    [TestCase("<row r=\"10002\"><c r=\"A1\"><v>1</v></c></row>", "table.too-large")]
    [TestCase("<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>", "table.too-large")]
    [TestCase("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>9</v></c></row>", "table.workbook")]
    [TestCase("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>", "table.workbook")]
    [TestCase("<row r=\"2\"/><row r=\"1\"/>", "table.workbook")]
    [TestCase("<row", "table.workbook")]
    public void Wrong_sheets_are_refused_in_words(string rows, string code) => Assert.That(Workbook.ToCsv(Workbooks.Of(rows, "a")).Problems.Select(p => p.Code), Is.EqualTo(new[] { code }));

    [Test]
    public void Entities_and_other_files_are_refused()
    {
        Assert.That(Workbook.ToCsv(Workbooks.OfSheet("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData></worksheet>")).Problems.Single().Code, Is.EqualTo("table.workbook"));
        var empty = new MemoryStream();
        using (var zip = new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("readme.txt");
        }

        empty.Position = 0;
        Assert.That(Workbook.ToCsv(empty).Problems.Single().Code, Is.EqualTo("table.workbook"));
        Assert.That(Workbook.ToCsv(new MemoryStream("PK\u0003\u0004 and nothing"u8.ToArray())).Problems.Single().Code, Is.EqualTo("table.workbook"));
    }
}
