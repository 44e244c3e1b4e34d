using System.Globalization;

namespace Survey.Domain.TemplateText;

/// <summary>
/// What is noted while one template is read: its problems, given back in the order of the file's lines, whatever order they were found
/// in, and how far the file says its languages can be relied on.
/// </summary>
internal sealed class TemplateProblems(string file)
{
    private readonly List<(int Line, Problem Problem)> _noted = [];

    /// <summary>The status of a text that states none of its own, by language.</summary>
    public Dictionary<string, TranslationStatus> Statuses { get; } = new(StringComparer.Ordinal);

    public bool Any => _noted.Count > 0;

    public string Where(int line) => string.Create(CultureInfo.InvariantCulture, $"{file}:{Math.Max(line, 1)}");

    public void Add(int line, string code, string message) => _noted.Add((line, new Problem(Where(line), code, message)));

    public IReadOnlyList<Problem> All(int most)
    {
        var sorted = _noted.OrderBy(noted => noted.Line).Select(noted => noted.Problem).Distinct().ToList();
        if (sorted.Count <= most)
            return sorted;
        var rest = sorted.Count - most;
        return [.. sorted.Take(most), new Problem(sorted[most].Where, "more-problems", $"{rest} further problems are not shown; put the first ones right and check again.")];
    }
}
