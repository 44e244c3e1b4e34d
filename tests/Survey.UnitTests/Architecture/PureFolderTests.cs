using System.Text.RegularExpressions;
using Survey.Testing;

namespace Survey.UnitTests.Architecture;

/// <summary>
/// The pure folders know no database, file, clock or logger and wait for nothing. Read from the sources, since a pure file may name any type by accident.
/// Streams that a caller hands in (an import's) are fine; opening one is not.
/// </summary>
public sealed partial class PureFolderTests
{
    private static readonly string[] PureReportingFolders = ["Disclosure", "Findings", "Charts", "Editions"];

    [Test]
    public void Pure_folders_touch_no_database_file_clock_or_logger_and_never_wait()
    {
        var files = PureFiles().ToList();
        Assert.That(files, Has.Count.GreaterThan(30), "the folders are where this test looks for them");

        var offences = files.SelectMany(file => File.ReadAllLines(file).Select((line, i) => (file, line: WithoutComment(line), number: i + 1)))
            .Where(x => Impure().IsMatch(x.line))
            .Select(x => $"{Path.GetRelativePath(Repository.Root, x.file)}:{x.number}: {x.line.Trim()}");
        Assert.That(offences, Is.Empty);
    }

    [TestCase("using Microsoft.EntityFrameworkCore;", true)]
    [TestCase("using System.IO;", true)]
    [TestCase("global using Microsoft.Extensions.Logging;", true)]
    [TestCase("using static System.IO.File;", true)]
    [TestCase("    private readonly Npgsql.NpgsqlConnection connection;", true)]
    [TestCase("using Microsoft.Data.Sqlite;", true)]
    [TestCase("    public async Task Run()", true)]
    [TestCase("        var text = File.ReadAllText(path);", true)]
    [TestCase("        foreach (var file in Directory.EnumerateFiles(path))", true)]
    [TestCase("    public Clock(TimeProvider time)", true)]
    [TestCase("using YamlDotNet.RepresentationModel;", false)]
    [TestCase("    // asks no File. and is never async", false)]
    [TestCase("        using var reader = new StreamReader(stream);", false)]
    [TestCase("    public string ProfileName => name;", false)]
    public void The_reader_of_sources_knows_what_is_impure(string line, bool isImpure) =>
        Assert.That(Impure().IsMatch(WithoutComment(line)), Is.EqualTo(isImpure));

    private static IEnumerable<string> PureFiles()
    {
        string domain = Repository.File("src", "Survey.Domain");
        string reporting = Repository.File("src", "Survey.Reporting");
        string[] shell = [Path.Combine(domain, "Storage"), Path.Combine(domain, "obj"), Path.Combine(domain, "bin")];
        return Sources(domain).Where(file => !shell.Any(folder => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Concat(PureReportingFolders.Select(folder => Path.Combine(reporting, folder)).Where(Directory.Exists).SelectMany(Sources));
    }

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories);

    private static string WithoutComment(string line) => LineComment().Replace(line, "");

    [GeneratedRegex(@"\b(Microsoft\.EntityFrameworkCore|System\.IO|Microsoft\.Extensions\.Logging|Npgsql|Microsoft\.Data\.Sqlite)\b|\b(async|await|TimeProvider|ILogger)\b|(?<![\w.])(File|Directory|FileInfo|DirectoryInfo|FileStream)\b\s*[.(]")]
    private static partial Regex Impure();

    [GeneratedRegex(@"(^|\s)//.*$")]
    private static partial Regex LineComment();
}
