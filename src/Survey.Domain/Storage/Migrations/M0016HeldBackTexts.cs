using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Texts of the office that hold the name of an erased organisation are printed no more until they have been saved again.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000016_HeldBackTexts")]
internal sealed class M0016HeldBackTexts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<bool>("NamesErased", "EditorialTexts", nullable: false, defaultValue: false);
}
