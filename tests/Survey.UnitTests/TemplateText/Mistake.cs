using Survey.Domain;

namespace Survey.UnitTests.TemplateText;

/// <summary>
/// A whole template into which a test puts one mistake: so the test says what is wrong and where, and the rest of the file stays as it ships.
/// </summary>
internal sealed class Mistake(string template, string file, Func<string, string, IReadOnlyList<Problem>> check)
{
    /// <summary>
    /// Puts <paramref name="wrong"/> in the place of <paramref name="right"/> (found once, or after the first <paramref name="after"/>) and
    /// returns each problem as "code at line", the line counted from that of the place.
    /// </summary>
    public IReadOnlyList<string> Of(string right, string wrong, string after = "")
    {
        var from = template.IndexOf(after, StringComparison.Ordinal);
        var at = from < 0 ? -1 : template.IndexOf(right, from, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), $"The template has no '{right}' after '{after}'.");
        var line = template[..at].Count(c => c == '\n') + 1;
        var problems = check(template[..at] + wrong + template[(at + right.Length)..], file);
        return [.. problems.Select(problem =>
        {
            Assert.That(problem.Where, Does.StartWith(file + ":"));
            var offset = int.Parse(problem.Where[(file.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture) - line;
            return offset == 0 ? problem.Code : $"{problem.Code} {offset:+0;-0}";
        })];
    }
}
