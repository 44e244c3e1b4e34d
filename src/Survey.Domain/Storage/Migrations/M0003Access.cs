using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>The chain of the audit log. What was written before is chained when the migration has run (<see cref="AuditChain"/>), for the key is not in the database.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000003_Access")]
internal sealed class M0003Access : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("Number", "AuditEntries", nullable: true);
        migrationBuilder.AddColumn<string>("Link", "AuditEntries", maxLength: 64, nullable: true);
        migrationBuilder.AddColumn<string>("KeyName", "AuditEntries", maxLength: 16, nullable: true);
        migrationBuilder.CreateIndex("IX_AuditEntries_Number", "AuditEntries", "Number", unique: true);
        migrationBuilder.CreateTable("AuditHeads", t => new
        {
            Id = t.Column<int>(),
            Number = t.Column<long>(),
            Link = t.Column<string>(maxLength: 64),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AuditHeads", x => x.Id);
        });
        migrationBuilder.Sql("""INSERT INTO "AuditHeads" ("Id", "Number", "Link") VALUES (1, 0, '');""");
    }
}
