using System.Globalization;
using System.Text;
using Survey.Domain.Watching;

namespace Survey.Web.Pages.Office.Watching;

/// <summary>
/// The picture of responses over time, as lines in a box of <see cref="Width"/> × <see cref="Height"/>: this year's as far as it has come, last year's over the same
/// days. The page sets the words beside it, and a table holds the same numbers by week.
/// </summary>
public sealed record CurvePicture(int Days, int Most, string Now, string? Then, IReadOnlyList<CurvePoint> Weeks)
{
    public const int Width = 600, Height = 240;

    /// <summary>The lines, for a round of <paramref name="length"/> days of which <paramref name="day"/> have begun.</summary>
    public static CurvePicture Of(WatchedRound now, WatchedRound? before, int day, int length)
    {
        ArgumentNullException.ThrowIfNull(now);
        var days = Math.Max(2, length);
        var curve = ResponseCurve.Of(now.SentAt, now.OpenedAt, day);
        var earlier = before is null ? null : ResponseCurve.Of(before.SentAt, before.OpenedAt, days);
        var most = Math.Max(1, Math.Max(curve[^1], earlier?[^1] ?? 0));
        var weeks = new List<CurvePoint>();
        for (var end = Math.Min(7, days); end <= days; end = end < days && end + 7 > days ? days : end + 7)
        {
            weeks.Add(new(end, end <= day ? curve[end - 1] : null, earlier?[end - 1]));
        }

        if (weeks.TrueForAll(w => w.Day != day) && day <= days)
        {
            weeks.Add(new(day, curve[^1], earlier?[day - 1]));
            weeks.Sort((a, b) => a.Day.CompareTo(b.Day));
        }

        return new(days, most, Line(curve, days, most), earlier is null ? null : Line(earlier, days, most), weeks);
    }

    private static string Line(IReadOnlyList<int> curve, int days, int most)
    {
        // Everything begins with nobody, at the opening.
        var line = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"0,{Height}"));
        for (var day = 0; day < curve.Count; day++)
        {
            line.Append(CultureInfo.InvariantCulture, $" {Width * (day + 1.0) / days:0.#},{Height - (Height * (double)curve[day] / most):0.#}");
        }

        return line.ToString();
    }
}

/// <summary>How many had sent by the end of a day, from 1; null where the day is still to come or there was no round.</summary>
public sealed record CurvePoint(int Day, int? Now, int? Then);
