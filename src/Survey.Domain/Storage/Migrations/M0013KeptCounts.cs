using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>What a correction takes away of quotes, what deleted mails and contacts count for, the day of a review, and how answered texts begin.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000013_KeptCounts")]
internal sealed class M0013KeptCounts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Quotes", "Corrections", nullable: true);
        migrationBuilder.AddColumn<bool>("WasMailed", "Invitations", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<int>("SentAndDeleted", "Mailings", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<DateOnly>("ReviewedOn", "TranslationReviews", nullable: true);
        migrationBuilder.AddColumn<string>("TextStart", "Answers", maxLength: 80, nullable: true);
        migrationBuilder.Sql("""UPDATE "Answers" SET "TextStart" = substr("Text", 1, 80) WHERE "Text" IS NOT NULL;""");
        migrationBuilder.CreateIndex("IX_Answers_Texts", "Answers", ["RoundId", "TextStart", "ResponseId"], filter: "\"TextStart\" IS NOT NULL");
    }
}
