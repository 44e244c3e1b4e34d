using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Duplicates that went into another organisation, and who continues whom.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000010_Merges")]
internal sealed class M0010Merges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("MergedIntoId", "Organisations", nullable: true);
        migrationBuilder.CreateTable("Merges", t => new
        {
            Id = t.Column<int>().Identity(),
            SurvivorId = t.Column<int>(),
            MergedId = t.Column<int>(),
            At = t.Column<DateTime>(),
            By = t.Column<string>(maxLength: 100),
            Undo = t.Column<string>(),
            UndoneAt = t.Column<DateTime>(nullable: true),
        }, constraints: t => t.PrimaryKey("PK_Merges", x => x.Id));
        migrationBuilder.CreateIndex("IX_Merges_SurvivorId", "Merges", "SurvivorId");
        migrationBuilder.CreateTable("Continuations", t => new
        {
            OrganisationId = t.Column<int>(),
            ContinuesId = t.Column<int>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Continuations", x => new { x.OrganisationId, x.ContinuesId });
            t.ForeignKey("FK_Continuations_Organisations_OrganisationId", x => x.OrganisationId, "Organisations", "Id", onDelete: ReferentialAction.Cascade);
            t.ForeignKey("FK_Continuations_Organisations_ContinuesId", x => x.ContinuesId, "Organisations", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Continuations_ContinuesId", "Continuations", "ContinuesId");
    }
}
