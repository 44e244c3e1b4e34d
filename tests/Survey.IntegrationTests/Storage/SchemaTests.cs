using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Storage;

/// <summary>The migrations carry no snapshot; this proves instead that the schema which they make is the one that the model describes.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class SchemaTests(DatabaseKind kind)
{
    [Test]
    public async Task Migrated_schema_equals_the_model()
    {
        await using var migrated = await TestDatabase.CreateAsync(kind);
        await using var modelled = await TestDatabase.CreateEmptyAsync(kind);
        await using var a = migrated.Open();
        await using var b = modelled.Open();
        await b.Database.EnsureCreatedAsync();
        Assert.That(await CatalogAsync(a), Is.EqualTo(await CatalogAsync(b)));
    }

    [Test]
    public async Task Migrating_twice_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        await StorageSetup.MigrateAsync(db);
        Assert.That(await StorageSetup.IsUpToDateAsync(db), Is.True);
    }

    [Test]
    public async Task An_empty_database_is_not_up_to_date()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(kind);
        await using var db = database.Open();
        Assert.That(await StorageSetup.IsUpToDateAsync(db), Is.False);
    }

    private async Task<IReadOnlyList<string>> CatalogAsync(SurveyDb db)
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        if (kind is DatabaseKind.Postgres)
        {
            return await RowsAsync(connection, """
                SELECT concat_ws('|', table_name, column_name, data_type, character_maximum_length, numeric_precision, is_nullable, is_identity, column_default)
                FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '__EFMigrationsHistory'
                UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory'
                UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '%EFMigrations%'
                """);
        }

        return await RowsAsync(connection, """
            SELECT m.name || '|' || x.name || '|' || x.type || '|' || x."notnull" || '|' || coalesce(x.dflt_value, '') || '|' || x.pk
            FROM sqlite_master m JOIN pragma_table_xinfo(m.name) x WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\' AND m.name NOT LIKE 'sqlite%'
            UNION ALL SELECT m.name || ' -> ' || f."table" || '|' || f."from" || '|' || f."to" || '|' || f.on_delete
            FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
            UNION ALL SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            UNION ALL SELECT name || (CASE WHEN sql LIKE '%AUTOINCREMENT%' THEN ' counts up' ELSE '' END) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\_\_EF%' ESCAPE '\' AND name NOT LIKE 'sqlite%'
            """);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Regex.Replace(reader.GetString(0), @"\s+", " "));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
