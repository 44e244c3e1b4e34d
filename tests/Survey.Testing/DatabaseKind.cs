namespace Survey.Testing;

/// <summary>The databases that everything is tested on. Use <c>[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]</c>.</summary>
public enum DatabaseKind { Sqlite, Postgres }

/// <summary>Both kinds, as a source of fixtures and cases.</summary>
public static class DatabaseKinds
{
    public static readonly DatabaseKind[] Each = [DatabaseKind.Sqlite, DatabaseKind.Postgres];
}
