using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Survey.Domain.Storage;

/// <summary>
/// The key of the audit chain, which the database never holds: <c>PROGRESS_AUDIT_KEY</c>, or else a file, <c>PROGRESS_AUDIT_KEY_FILE</c> or <c>audit.key</c> beside the
/// SQLite database (with PostgreSQL in <c>data</c>). The file is made at first use, readable for its owner only. Several machines need the same key.
/// </summary>
public static class AuditKey
{
    private const int Shortest = 32;

    private static readonly ConcurrentDictionary<string, byte[]> Read = new();

    /// <summary>The key for the database of this context; made if there is none yet.</summary>
    public static byte[] Of(SurveyDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Environment.GetEnvironmentVariable("PROGRESS_AUDIT_KEY") is { Length: > 0 } given)
        {
            return OfText(given, "PROGRESS_AUDIT_KEY");
        }

        return Read.GetOrAdd(FileOf(db), OfFile);
    }

    /// <summary>The key in a file.</summary>
    public static byte[] InFile(string path) => OfText(File.ReadAllText(path).Trim(), path);

    private static string FileOf(SurveyDb db) =>
        Environment.GetEnvironmentVariable("PROGRESS_AUDIT_KEY_FILE") is { Length: > 0 } named ? Path.GetFullPath(named)
        : StorageSetup.BesideDatabase(db, "audit.key");

    private static byte[] OfText(string text, string from) => text.Length >= Shortest
        ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
        : throw new IOException($"{from}: a key of the audit chain has {Shortest} characters or more.");

    private static byte[] OfFile(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var made = path + "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(made, options))
            {
                file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"));
                file.Flush(flushToDisk: true);
            }

            try
            {
                // Whole or not at all; of two processes that begin together the first one's stays.
                File.Move(made, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(made);
            }
        }

        return InFile(path);
    }
}
