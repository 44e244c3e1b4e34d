using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Links by which the office fills in for a member, and quotes in the report's other languages.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000012_OfficeWords")]
internal sealed class M0012OfficeWords : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Mode", "PersonalLinks", maxLength: 16, nullable: true);
        migrationBuilder.CreateTable("QuoteTranslations", t => new
        {
            QuoteId = t.Column<long>(),
            Language = t.Column<string>(maxLength: 8),
            Of = t.Column<string>(),
            Text = t.Column<string>(),
            TranslatedBy = t.Column<string>(maxLength: 100),
            TranslatedAt = t.Column<DateTime>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_QuoteTranslations", x => new { x.QuoteId, x.Language });
            t.ForeignKey("FK_QuoteTranslations_Quotes_QuoteId", x => x.QuoteId, "Quotes", "Id", onDelete: ReferentialAction.Cascade);
        });
    }
}
