using System.Text;
using Survey.Domain.Imports;

namespace Survey.UnitTests.Imports;

/// <summary>Files as streams, and tables read from them.</summary>
internal static class Files
{
    public static MemoryStream Of(string text, Encoding? encoding = null) => new((encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public static MemoryStream WithMark(string text, Encoding encoding) => new([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

    public static CsvTable Table(string text)
    {
        var table = CsvTable.Read(Of(text));
        Assert.That(table.Problems, Is.Empty);
        return table.Value!;
    }
}
