using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>What the office does with responses: who read them, corrections, and leave to answer after the close.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000007_Checking")]
internal sealed class M0007Checking : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("ReviewedBy", "Responses", maxLength: 100, nullable: true);
        migrationBuilder.AddColumn<DateTime>("ReviewedAt", "Responses", nullable: true);
        migrationBuilder.AddColumn<DateTime>("ReopenedUntil", "Invitations", nullable: true);
        migrationBuilder.AddColumn<string>("Shortened", "Quotes", nullable: true);
        migrationBuilder.AddColumn<string>("ReviewReason", "Quotes", maxLength: 1000, nullable: true);
        migrationBuilder.CreateTable("Corrections", t => new
        {
            Id = t.Column<long>().Identity(),
            ResponseId = t.Column<long>(),
            Point = t.Column<string>(maxLength: 80),
            Question = t.Column<string>(maxLength: 80),
            Before = t.Column<string>(),
            After = t.Column<string>(),
            Version = t.Column<int>(),
            Reason = t.Column<string>(maxLength: 1000),
            CorrectedBy = t.Column<string>(maxLength: 100),
            CorrectedAt = t.Column<DateTime>(),
            UndoneBy = t.Column<string>(maxLength: 100, nullable: true),
            UndoneAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Corrections", x => x.Id);
            t.ForeignKey("FK_Corrections_Responses_ResponseId", x => x.ResponseId, "Responses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Corrections_ResponseId", "Corrections", "ResponseId");
    }
}
