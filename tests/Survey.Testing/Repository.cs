namespace Survey.Testing;

/// <summary>Where the sources under test are: the folder that holds ProgressReport.sln, found upwards from the test's binaries.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The shipped templates.</summary>
    public static string Templates => Path.Combine(Root, "templates");

    /// <summary>The full path of a file in the repository.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "ProgressReport.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No ProgressReport.sln above {from}.");
    }
}
