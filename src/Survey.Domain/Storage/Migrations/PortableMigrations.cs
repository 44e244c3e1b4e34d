using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Survey.Domain.Storage.Migrations;

/// <summary>
/// What lets one migration serve both databases: columns carry no store type, so that each provider maps the CLR type; each generator ignores
/// the other's annotations. A later migration that drops or alters a column on SQLite needs <c>BuildTargetModel</c> with the whole table as it is afterwards.
/// </summary>
internal static class PortableMigrations
{
    /// <summary>A number given by the database.</summary>
    public static OperationBuilder<AddColumnOperation> Identity(this OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

    /// <summary>Whether the migration runs on PostgreSQL.</summary>
    public static bool IsNpgsql(this MigrationBuilder migration) => migration.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL";
}
