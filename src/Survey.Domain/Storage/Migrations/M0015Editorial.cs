using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>What the office writes for a report and decides about its findings; why numbers are counted anew; languages that are added to a published version; a version's DOI.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000015_Editorial")]
internal sealed class M0015Editorial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Reason", "Runs", maxLength: 2000, nullable: true);
        migrationBuilder.AddColumn<int>("AddsToVersionId", "Runs", nullable: true);
        migrationBuilder.AddColumn<bool>("AcceptsUnreviewed", "Runs", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<string>("Doi", "EditionVersions", maxLength: 200, nullable: true);
        migrationBuilder.AddColumn<string>("Editorial", "EditionVersions", nullable: true);
        migrationBuilder.CreateTable("EditorialTexts", t => new
        {
            RoundId = t.Column<int>(),
            Kind = t.Column<string>(maxLength: 16),
            Subject = t.Column<string>(maxLength: 80),
            Language = t.Column<string>(maxLength: 8),
            Text = t.Column<string>(),
            SignedBy = t.Column<string>(maxLength: 400),
            SignedAs = t.Column<string>(maxLength: 400),
            Version = t.Column<int>(),
            ChangedBy = t.Column<string>(maxLength: 100),
            ChangedAt = t.Column<DateTime>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_EditorialTexts", x => new { x.RoundId, x.Kind, x.Subject, x.Language });
            t.ForeignKey("FK_EditorialTexts_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("FindingChoices", t => new
        {
            RoundId = t.Column<int>(),
            Finding = t.Column<string>(maxLength: 200),
            IsHidden = t.Column<bool>(),
            Position = t.Column<int>(nullable: true),
            Reason = t.Column<string>(maxLength: 1000),
            Said = t.Column<string>(maxLength: 64, nullable: true),
            ChangedBy = t.Column<string>(maxLength: 100),
            ChangedAt = t.Column<DateTime>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_FindingChoices", x => new { x.RoundId, x.Finding });
            t.ForeignKey("FK_FindingChoices_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
    }
}
