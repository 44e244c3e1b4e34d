using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Survey.Web.Members;

/// <summary>
/// Writes a table as an Excel workbook (.xlsx, ECMA-376) of one sheet: every cell is text, never a number, a date or a formula, whatever it begins with. The first row stays in
/// sight. <see cref="Workbook"/> reads it back. The same rows give the same bytes.
/// </summary>
public static class WorkbookFile
{
    /// <summary>The media type of a workbook.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(false), CloseOutput = true };

    /// <summary>The workbook as a file.</summary>
    /// <param name="sheet">The name of the sheet, at most 31 characters.</param>
    public static byte[] Of(string sheet, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(rows);
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", xml =>
            {
                xml.WriteStartElement("Types", "http://schemas.openxmlformats.org/package/2006/content-types");
                Element(xml, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
                Element(xml, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", MediaType + ".main+xml"));
                Element(xml, "Override", ("PartName", "/xl/worksheets/sheet1.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"));
                Element(xml, "Override", ("PartName", "/xl/styles.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"));
            });
            Add(zip, "_rels/.rels", xml => Links(xml, ("officeDocument", "xl/workbook.xml")));
            Add(zip, "xl/workbook.xml", xml =>
            {
                xml.WriteStartElement("workbook", Main);
                xml.WriteStartElement("sheets", Main);
                xml.WriteStartElement("sheet", Main);
                xml.WriteAttributeString("name", sheet);
                xml.WriteAttributeString("sheetId", "1");
                xml.WriteAttributeString("r", "id", Document, "rId1");
            });
            Add(zip, "xl/_rels/workbook.xml.rels", xml => Links(xml, ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")));
            // Style 1 is text that is wrapped: 49 is the number of the format that leaves what is typed as it is.
            Add(zip, "xl/styles.xml", xml => xml.WriteRaw($"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf xfId=\"0\"/><xf xfId=\"0\" numFmtId=\"49\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs></styleSheet>"));
            Add(zip, "xl/worksheets/sheet1.xml", xml => Sheet(xml, rows));
        }

        return file.ToArray();
    }

    private static void Sheet(XmlWriter xml, IEnumerable<IReadOnlyList<string>> rows)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteStartElement("sheetView", Main);
        xml.WriteAttributeString("workbookViewId", "0");
        Element(xml, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        Element(xml, "sheetFormatPr", ("defaultColWidth", "30"), ("defaultRowHeight", "15"));
        xml.WriteStartElement("sheetData", Main);
        foreach (var (at, row) in rows.Index())
        {
            xml.WriteStartElement("row", Main);
            xml.WriteAttributeString("r", XmlConvert.ToString(at + 1));
            foreach (var (column, text) in row.Index().Where(c => c.Item.Length > 0))
            {
                xml.WriteStartElement("c", Main);
                xml.WriteAttributeString("r", Workbook.CellName(column, at + 1));
                xml.WriteAttributeString("s", "1");
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteStartElement("t", Main);
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(text);
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }
    }

    private static void Links(XmlWriter xml, params ReadOnlySpan<(string Type, string Target)> links)
    {
        xml.WriteStartElement("Relationships", Relations);
        foreach (var (at, (type, target)) in links.ToArray().Index())
        {
            Element(xml, "Relationship", ("Id", "rId" + XmlConvert.ToString(at + 1)), ("Type", $"{Document}/{type}"), ("Target", target));
        }
    }

    private static void Element(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteEndElement();
    }

    private static void Add(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var xml = XmlWriter.Create(entry.Open(), Xml);
        xml.WriteStartDocument(standalone: true);
        write(xml);
    }
}
