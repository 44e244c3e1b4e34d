using System.Text;
using Survey.Domain.Imports;

namespace Survey.UnitTests.Imports;

public sealed class CsvTableTests
{
    private const string Text = "code,name\na1,Côte d'Ivoire – ñandú\n";
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return new TestCaseData(Files.Of(Text)).SetArgDisplayNames("UTF-8");
        yield return new TestCaseData(Files.WithMark(Text, new UTF8Encoding(true))).SetArgDisplayNames("UTF-8 with mark");
        yield return new TestCaseData(Files.WithMark(Text, Encoding.Unicode)).SetArgDisplayNames("UTF-16");
        yield return new TestCaseData(Files.WithMark(Text, Encoding.BigEndianUnicode)).SetArgDisplayNames("UTF-16 big-endian");
        yield return new TestCaseData(Files.Of(Text, Windows1252)).SetArgDisplayNames("Windows-1252");
        yield return new TestCaseData(Files.Of(Text.Replace('\n', '\r'))).SetArgDisplayNames("CR");
        yield return new TestCaseData(Files.Of(Text.Replace("\n", "\r\n", StringComparison.Ordinal))).SetArgDisplayNames("CRLF");
    }

    [TestCaseSource(nameof(Encodings))]
    public void Text_is_read_whatever_its_encoding(Stream file)
    {
        var table = CsvTable.Read(file).Value!;

        Assert.That(table.Headers, Is.EqualTo(new[] { "code", "name" }));
        Assert.That(table.Rows.Single().Cells, Is.EqualTo(new[] { "a1", "Côte d'Ivoire – ñandú" }));
    }

    [TestCase("a,b;x\n1,2\n", "a|b;x")]
    [TestCase("a;b\n1,5;2\n", "a|b")]
    [TestCase("a\tb,c\n1\t2\n", "a|b,c")]
    [TestCase("\"x,y,z\";b\n1;2\n", "x,y,z|b")]
    [TestCase("sep=;\na;b,c,d\n1;2\n", "a|b,c,d")]
    public void Separator_is_found_in_the_first_line(string text, string headers) =>
        Assert.That(string.Join('|', Files.Table(text).Headers), Is.EqualTo(headers));

    [Test]
    public void Cells_are_trimmed_and_in_one_normal_form()
    {
        var table = Files.Table("a,b\n  Luxembourg \u00a0, e\u0301 \n");

        Assert.That(table.Rows.Single().Cells, Is.EqualTo(new[] { "Luxembourg", "é" }));
    }

    [Test]
    public void Lines_are_the_files_own_with_breaks_inside_quotes_and_empty_lines()
    {
        var table = Files.Table("a,b\n1,\"two\nlines\"\n\n,\n3,4\n");

        Assert.That(table.Rows.Select(r => r.Line), Is.EqualTo(new[] { 2, 6 }));
        Assert.That(table.Rows[0].Cells[1], Is.EqualTo("two\nlines"));
    }

    [TestCase("", "table.empty", "line 1")]
    [TestCase(" \r\n;;\n", "table.empty", "line 1")]
    [TestCase("\uFEFF", "table.empty", "line 1")]
    [TestCase("a,b\n", "table.no-rows", "line 1")]
    [TestCase("<html><body>no table</body></html>", "table.not-csv", "line 1")]
    [TestCase("just words\nmore words\n", "table.not-csv", "line 1")]
    [TestCase("a,b\n1,\0\n", "table.nul", "line 2")]
    [TestCase("a,A ,b\n1,2,3\n", "table.duplicate-column", "line 1, column 'a'")]
    [TestCase("a,b\n1,\"2\n3,4\n5,6\n", "table.quote", "line 2")]
    public void File_that_is_no_table_gets_one_clear_problem(string text, string code, string where)
    {
        var table = CsvTable.Read(Files.Of(text));

        Assert.That(table.Problems.Select(p => (p.Code, p.Where)), Is.EqualTo(new[] { (code, where) }));
    }

    [Test]
    public void Workbook_and_picture_are_refused_in_words()
    {
        var workbook = CsvTable.Read(new MemoryStream([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00]));
        var picture = CsvTable.Read(new MemoryStream([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x9D, 0x81]));
        var utf16 = CsvTable.Read(Files.Of(Text, Encoding.Unicode));
        var broken = CsvTable.Read(new MemoryStream([0xEF, 0xBB, 0xBF, .. "a,b\n1,"u8, 0xC3, 0x28]));

        Assert.That(workbook.Problems.Single().Message, Does.StartWith("This is an Excel or other office file"));
        Assert.That(picture.Problems.Single().Code, Is.EqualTo("table.not-csv"));
        Assert.That(utf16.Problems.Single().Code, Is.EqualTo("table.nul"));
        Assert.That(broken.Problems.Single().Code, Is.EqualTo("table.encoding"));
    }

    [Test]
    public void Rows_with_too_few_or_too_many_cells_are_bad_rows_and_the_others_stay()
    {
        var table = Files.Table("a,b\n1\n1,2\n1,2,3\n1,2,,\n\"x\"y,2\n");

        Assert.That(table.Rows.Select(r => r.Line), Is.EqualTo(new[] { 3, 5 }));
        Assert.That(table.RowProblems.Select(p => (p.Where, p.Code)), Is.EquivalentTo(new[] { ("line 2", "table.ragged"), ("line 4", "table.ragged"), ("line 6", "table.quote") }));
    }

    [Test]
    public void Quotes_inside_a_name_are_kept()
    {
        var table = Files.Table("a,b\nCentre \"Espoir\",\"say \"\"yes\"\"\"\n");

        Assert.That(table.Rows.Single().Cells, Is.EqualTo(new[] { "Centre \"Espoir\"", "say \"yes\"" }));
    }

    [TestCase("x", "table.line-too-long")]
    [TestCase("\"", "table.line-too-long")]
    [TestCase("x,", "table.line-too-long")]
    public void One_line_of_a_gigabyte_is_refused_in_bounded_memory(string repeated, string code)
    {
        using var file = new Repeated(Encoding.ASCII.GetBytes(repeated), 1L << 30);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var table = CsvTable.Read(file);

        Assert.That(table.Problems.Single().Code, Is.EqualTo(code));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(16L << 20));
    }

    [Test]
    public void Quote_that_is_never_closed_over_many_lines_is_refused_in_bounded_memory()
    {
        using var file = new Repeated([.. "a,b\n"u8], 1L << 27, [.. "a,b\n1,\""u8]);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var table = CsvTable.Read(file);

        Assert.That(table.Problems.Select(p => (p.Where, p.Code)), Is.EqualTo(new[] { ("line 2", "table.row-too-long") }));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(64L << 20));
    }

    /// <summary>A file that says the same over and over and takes no memory.</summary>
    private sealed class Repeated(byte[] unit, long length, byte[]? start = null) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var n = (int)Math.Min(count, length - Position);
            for (var i = 0; i < n; i++, Position++)
                buffer[offset + i] = start is not null && Position < start.Length ? start[Position] : unit[Position % unit.Length];
            return n;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset;
        public override void Flush() => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
