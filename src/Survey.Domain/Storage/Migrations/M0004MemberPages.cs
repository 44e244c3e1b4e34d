using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Finding members by country.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000004_MemberPages")]
internal sealed class M0004MemberPages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex("IX_Organisations_Country", "Organisations", "Country");
    }
}
