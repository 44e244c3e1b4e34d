namespace Survey.Reporting.Typesetting;

/// <summary>Where the typesetter finds what it needs, and how long and how much it may take.</summary>
public sealed class TypesettingOptions
{
    /// <summary>The folder that holds <c>node_modules</c> and <c>templates</c>; by default the nearest one above the program that holds both <c>package.json</c> and <c>templates</c>.</summary>
    public string Root { get; set; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The folder of <c>report/</c> and <c>charts/</c>; by default <c>templates</c> in the root.</summary>
    public string? Templates { get; set; }

    /// <summary>Another Node 24 than the pinned one.</summary>
    public string? NodePath { get; set; }

    /// <summary>A run that takes longer is stopped.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What each of Node's two heaps (what draws, what sets) may take, in MiB; Typst's own memory is beside them.</summary>
    public int MemoryLimit { get; set; } = 1024;

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "package.json")) && Directory.Exists(Path.Combine(folder.FullName, "templates")))
                return folder.FullName;
        }

        return from;
    }
}
