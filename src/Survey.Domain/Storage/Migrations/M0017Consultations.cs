using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Drafts that go to members for comments, and the comments with the office's answers.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000017_Consultations")]
internal sealed class M0017Consultations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Consultations", t => new
        {
            Id = t.Column<int>().Identity(),
            RoundId = t.Column<int>(),
            Number = t.Column<int>(),
            EditionVersionId = t.Column<int>(),
            LastVersionId = t.Column<int>(),
            ShownAt = t.Column<DateTime>(),
            Word = t.Column<string>(maxLength: 2000),
            OpenedAt = t.Column<DateTime>(),
            OpenedBy = t.Column<string>(maxLength: 100),
            ClosesAt = t.Column<DateTime>(),
            ClosedAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Consultations", x => x.Id);
            t.ForeignKey("FK_Consultations_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Consultations_RoundId_Number", "Consultations", ["RoundId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_Consultations_EditionVersionId", "Consultations", "EditionVersionId");
        migrationBuilder.CreateTable("DraftComments", t => new
        {
            Id = t.Column<long>().Identity(),
            ConsultationId = t.Column<int>(),
            InvitationId = t.Column<int>(),
            ContactId = t.Column<int>(nullable: true),
            Chapter = t.Column<string>(maxLength: 80),
            Place = t.Column<int>(),
            Title = t.Column<string>(maxLength: 400),
            Language = t.Column<string>(maxLength: 8),
            Text = t.Column<string>(maxLength: 8000),
            WrittenAt = t.Column<DateTime>(),
            ChangedAt = t.Column<DateTime>(nullable: true),
            State = t.Column<string>(maxLength: 16),
            Answer = t.Column<string>(maxLength: 8000, nullable: true),
            DealtWithAt = t.Column<DateTime>(nullable: true),
            DealtWithBy = t.Column<string>(maxLength: 100, nullable: true),
            Revision = t.Column<int>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_DraftComments", x => x.Id);
            t.ForeignKey("FK_DraftComments_Consultations_ConsultationId", x => x.ConsultationId, "Consultations", "Id", onDelete: ReferentialAction.Cascade);
            t.ForeignKey("FK_DraftComments_Invitations_InvitationId", x => x.InvitationId, "Invitations", "Id", onDelete: ReferentialAction.Cascade);
            t.ForeignKey("FK_DraftComments_Contacts_ContactId", x => x.ContactId, "Contacts", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_DraftComments_ConsultationId_State_Place", "DraftComments", ["ConsultationId", "State", "Place"]);
        migrationBuilder.CreateIndex("IX_DraftComments_ConsultationId_Place_Id", "DraftComments", ["ConsultationId", "Place", "Id"]);
        migrationBuilder.CreateIndex("IX_DraftComments_InvitationId", "DraftComments", "InvitationId");
        migrationBuilder.CreateIndex("IX_DraftComments_ContactId", "DraftComments", "ContactId");
    }
}
