using System.Text.RegularExpressions;
using Survey.Testing;

namespace Survey.UnitTests.Architecture;

/// <summary>Documents that name files which are not there mislead: every path in back-ticks and every link to a file must exist.</summary>
internal sealed partial class DocumentTests
{
    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Repository.Root, f)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Documents))]
    public void Every_path_that_a_document_names_exists(string document)
    {
        var text = File.ReadAllText(Repository.File(document));
        var folder = Path.GetDirectoryName(Repository.File(document))!;
        var missing = Quoted().Matches(text).Select(m => m.Groups[1].Value).Where(IsPath).Where(p => !Exists(Repository.Root, p))
            .Concat(Links().Matches(text).Select(m => m.Groups[1].Value).Where(l => !l.Contains(':', StringComparison.Ordinal)).Where(l => !Exists(folder, l.Split('#')[0])));
        Assert.That(missing.Distinct(), Is.Empty);
    }

    /// <summary>A path begins with a folder of the repository; what is made at run time (data/, out/) and patterns are none.</summary>
    private static bool IsPath(string quoted) =>
        TopFolders.Any(f => quoted.StartsWith(f + "/", StringComparison.Ordinal)) && quoted.IndexOfAny(['*', '<', ' ', '{']) < 0 && !quoted.Any(char.IsUpper) | quoted.StartsWith("src/", StringComparison.Ordinal) | quoted.StartsWith("tests/", StringComparison.Ordinal);

    private static readonly string[] TopFolders = ["src", "tests", "templates", "docs", "benchmarks", "scripts", ".ci"];

    private static bool Exists(string folder, string path) => path.Length == 0 || File.Exists(Path.Combine(folder, path)) || Directory.Exists(Path.Combine(folder, path));

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
