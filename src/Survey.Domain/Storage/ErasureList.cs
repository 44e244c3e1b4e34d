using System.Text;
using Survey.Domain.Erasures;

namespace Survey.Domain.Storage;

/// <summary>
/// The erasure list beside the database: <c>PROGRESS_ERASURE_LIST</c>, or else <c>erasures.list</c> beside the SQLite file (with PostgreSQL in <c>data</c>). It outlives a
/// restore of an older copy, so that what was erased can be erased from that copy too. Lines are only ever added. The same stands in the table
/// <c>ErasedOrganisations</c>, and so in every later copy of the database.
/// </summary>
public static class ErasureList
{
    /// <summary>The list's file for the database of this context.</summary>
    public static string FileOf(SurveyDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Environment.GetEnvironmentVariable("PROGRESS_ERASURE_LIST") is { Length: > 0 } named ? Path.GetFullPath(named) : StorageSetup.BesideDatabase(db, "erasures.list");
    }

    /// <summary>Adds a line, which is on the disk when this returns.</summary>
    public static void Add(SurveyDb db, ErasedOrganisation erased)
    {
        var path = FileOf(db);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.ASCII.GetBytes(ErasureLine.Of(erased) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>All lines of the file; none where there is no file.</summary>
    public static Parsed<IReadOnlyList<ErasedOrganisation>> Read(SurveyDb db)
    {
        var path = FileOf(db);
        return ErasureLine.Parse(File.Exists(path) ? File.ReadAllLines(path) : [], path);
    }
}
