using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Who reviewed the words of each language.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000011_TranslationReviews")]
internal sealed class M0011TranslationReviews : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("TranslationReviews", t => new
        {
            Language = t.Column<string>(maxLength: 8),
            Name = t.Column<string>(maxLength: 200),
            Organisation = t.Column<string>(maxLength: 200, nullable: true),
            WordsHash = t.Column<string>(maxLength: 64),
            At = t.Column<DateTime>(),
            By = t.Column<string>(maxLength: 100),
        }, constraints: t => t.PrimaryKey("PK_TranslationReviews", x => x.Language));
}
