using System.Globalization;
using System.Security;
using System.Text;
using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Reporting.OpenData;

/// <summary>
/// A heatmap as SVG, in the colours and with the marks of the printed one: full colour where the whole range lies on one side of zero, only a frame where it does not, stripes on a small base.
/// Words are text in the reader's fonts, whose widths are guessed with room to spare. In a right-to-left language it is turned round.
/// </summary>
public static class HeatmapDrawing
{
    // The report's own classes from -2 to 2 (templates/report/blocks.typ), each with the ink that is read on it.
    private static readonly (string Fill, string Ink)[] Classes = [("#A3440B", "#FFFFFF"), ("#EFB47C", "#14263B"), ("#DEE3E8", "#14263B"), ("#76ACD5", "#14263B"), ("#154B82", "#FFFFFF")];

    private const int Labels = 190, Cell = 74, Height = 36, Line = 12, Gap = 2, LettersInLabel = 32, LettersInHead = 12;

    /// <summary>The picture.</summary>
    public static string Of(HeatmapBlock heatmap, EditionContent content)
    {
        ArgumentNullException.ThrowIfNull(heatmap);
        ArgumentNullException.ThrowIfNull(content);
        var isTurned = content.Direction is TextDirection.RightToLeft;
        var width = Labels + (Cell * heatmap.ColumnLabels.Count);
        var heads = heatmap.ColumnLabels.Select(l => Wrap(l, LettersInHead)).ToList();
        var top = (heads.Count == 0 ? 1 : heads.Max(h => h.Count)) * Line;
        top += 8;
        var svg = new StringBuilder();
        foreach (var (i, head) in heads.Index())
        {
            Text(head, Labels + (Cell * i) + (Cell / 2), top - 6 - ((head.Count - 1) * Line), "middle", "#4F5D6C", 9.5);
        }

        foreach (var (r, row) in heatmap.Rows.Index())
        {
            var y = top + (r * (Height + Gap));
            var label = Wrap($"{row.Number} {row.Label}".Trim(), LettersInLabel).Take(3).ToList();
            Text(label, 0, y + (Height / 2) + 3.5 - ((label.Count - 1) * Line / 2.0), "start", "#14263B", 10.5);
            foreach (var (c, cell) in row.Cells.Index())
            {
                Draw(cell, Labels + (Cell * c), y);
            }
        }

        var bottom = top + (heatmap.Rows.Count * (Height + Gap)) + 14;
        var (at, down) = (0.0, bottom);
        foreach (var (i, words) in heatmap.ClassLabels.Index())
        {
            Entry(words, $"<rect width=\"9\" height=\"9\" fill=\"{Classes[Math.Min(i, 4)].Fill}\"/>");
        }

        foreach (var mark in heatmap.MarkLegend.Where(m => m.Direction is not Direction.None))
        {
            Entry(mark.Label, $"<g transform=\"translate(4.5 4.5)\" fill=\"#14263B\">{Mark(mark.Direction)}</g>");
        }

        if (heatmap.SmallBaseLabel is { } small)
        {
            Entry(small, "<rect width=\"9\" height=\"9\" fill=\"#F4F6F8\"/><path d=\"M3,0L0,3M6,0L0,6M9,0L0,9M9,3L3,9M9,6L6,9\" stroke=\"#93A1AE\" stroke-width=\"0.8\"/>");
        }

        var height = down + 12;
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"system-ui, sans-serif\"{(isTurned ? " direction=\"rtl\"" : "")}><rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>{svg}</svg>\n";

        double Side(double x, double wide = 0) => isTurned ? width - x - wide : x;

        void Draw(HeatmapCell cell, double x, double y)
        {
            var left = Side(x + 1, Cell - Gap);
            var isClear = cell.Direction is Direction.Forward or Direction.Back;
            var (fill, ink) = cell.Class is { } shade ? Classes[Math.Clamp(shade + 2, 0, 4)] : ("#F4F6F8", "#4F5D6C");
            var isFramed = cell.Class is not null && !isClear;
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({N(left)} {N(y)})\">");
            svg.Append(isFramed
                ? $"<rect x=\"1\" y=\"1\" width=\"{Cell - Gap - 2}\" height=\"{Height - 2}\" fill=\"#FFFFFF\" stroke=\"{(cell.Class == 0 ? "#B9C3CC" : fill)}\" stroke-width=\"2\"/>"
                : $"<rect width=\"{Cell - Gap}\" height=\"{Height}\" fill=\"{fill}\"/>");
            if (cell.IsSmallBase)
            {
                // Only at the edges, so that no stripe runs through the figure.
                svg.Append("<path d=\"M2,8L8,2M2,14L14,2M2,20L20,2M52,34L70,16M58,34L70,22M64,34L70,28\" stroke=\"#93A1AE\" stroke-width=\"0.8\" fill=\"none\"/>");
            }

            svg.Append("</g>");
            var hasMark = cell.Class is not null && cell.Direction is not Direction.None;
            var colour = isFramed ? "#14263B" : ink;
            Text([cell.Text], x + (Cell / 2) - (hasMark ? 6 : 0), y + (Height / 2) + 4, "middle", colour, 11);
            if (hasMark)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({N(Side(x + (Cell / 2) + 18))} {N(y + (Height / 2))})\" fill=\"{(isFramed ? "#6B7A89" : colour)}\">{Mark(cell.Direction)}</g>");
            }
        }

        void Entry(string words, string swatch)
        {
            var wide = 16 + (words.Length * 6.2) + 16;
            if (at > 0 && at + wide > width)
            {
                (at, down) = (0, down + 16);
            }

            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({N(Side(at, 9))} {N(down - 8)})\">{swatch}</g>");
            Text([words], at + 14, down, "start", "#14263B", 9.5);
            at += wide;
        }

        void Text(IReadOnlyList<string> lines, double x, double y, string anchor, string fill, double size)
        {
            foreach (var (i, line) in lines.Index())
            {
                // The anchor follows the text's own direction: in a right-to-left text its start is at the right.
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(Side(x))}\" y=\"{N(y + (i * Line))}\" text-anchor=\"{anchor}\" font-size=\"{N(size)}\" fill=\"{fill}\">{SecurityElement.Escape(line)}</text>");
            }
        }
    }

    private static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private static string Mark(Direction direction) => direction switch
    {
        Direction.Forward => "<path d=\"M0,-4L4.5,4L-4.5,4Z\"/>",
        Direction.Back => "<path d=\"M0,4L4.5,-4L-4.5,-4Z\"/>",
        Direction.Unclear => "<path d=\"M0,-4.5L4.5,0L0,4.5L-4.5,0Z\"/>",
        _ => "",
    };

    private static List<string> Wrap(string words, int letters)
    {
        var lines = new List<string>();
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines is [.., var last] && last.Length + 1 + word.Length <= letters)
            {
                lines[^1] = last + " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
