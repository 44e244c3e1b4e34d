using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>The head of the audit chain with each published version.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000014_EditionHead")]
internal sealed class M0014EditionHead : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>("AuditHead", "EditionVersions", maxLength: 90, nullable: true);
}
