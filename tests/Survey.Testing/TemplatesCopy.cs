namespace Survey.Testing;

/// <summary>
/// A copy of the shipped templates that a test may change. Until it is disposed of, the commands of this process read it
/// (<c>PROGRESS_TEMPLATES</c>); fixtures that use one are <c>NonParallelizable</c>, so nobody else sees it.
/// </summary>
public sealed class TemplatesCopy : IDisposable
{
    private const string Variable = "PROGRESS_TEMPLATES";
    private readonly TestFolder folder = new();
    private readonly string? before = Environment.GetEnvironmentVariable(Variable);

    public TemplatesCopy()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Templates, "*", SearchOption.AllDirectories))
        {
            var copy = File(Path.GetRelativePath(Repository.Templates, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }

        Environment.SetEnvironmentVariable(Variable, folder.Path);
    }

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => folder.File(name);

    /// <summary>Changes a text in one file; fails when it does not stand there, so that no test passes because the shipped words changed.</summary>
    public void Replace(string name, string text, string with)
    {
        var content = System.IO.File.ReadAllText(File(name));
        if (!content.Contains(text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{name} does not contain '{text}'.");
        }

        System.IO.File.WriteAllText(File(name), content.Replace(text, with, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, before);
        folder.Dispose();
    }
}
