using Survey.Domain.Storage;

namespace Survey.Web;

/// <summary>
/// Where this installation keeps things: the folder with templates and the typesetter, and the database. Taken from the environment
/// (<c>PROGRESS_ROOT</c>, <c>PROGRESS_TEMPLATES</c>, <c>PROGRESS_DATABASE</c>, <c>PROGRESS_MAIL_FOLDER</c>) unless an option says otherwise.
/// </summary>
public sealed record Installation(string Root, string Templates, string Database)
{
    /// <summary>The folder into which mails are written: <c>mail</c> beside the SQLite file, or below <c>data</c> with PostgreSQL.</summary>
    public string MailFolder => Named("PROGRESS_MAIL_FOLDER") is { } named
        ? Path.GetFullPath(named)
        : Path.Combine(StorageSetup.IsPostgres(Database) ? Path.Combine(Root, "data") : Path.GetDirectoryName(StorageSetup.SqlitePath(Database))!, "mail");

    /// <summary>The installation that the environment describes; <paramref name="database"/> wins over it.</summary>
    public static Installation Find(string? database)
    {
        var root = Named("PROGRESS_ROOT") ?? Above(AppContext.BaseDirectory) ?? Directory.GetCurrentDirectory();
        return new(
            root,
            Named("PROGRESS_TEMPLATES") ?? Path.Combine(root, "templates"),
            database ?? Named("PROGRESS_DATABASE") ?? $"Data Source={Path.Combine(root, "data", "progress.db")}");
    }

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "templates", "plans")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
