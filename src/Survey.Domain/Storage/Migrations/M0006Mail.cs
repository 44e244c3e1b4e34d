using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Mailings to many members, which of them a mail belongs to, and when a mail was taken to be sent.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000006_Mail")]
internal sealed class M0006Mail : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("MailingId", "Outbox", nullable: true);
        migrationBuilder.AddColumn<DateTime>("TakenAt", "Outbox", nullable: true);
        migrationBuilder.CreateTable("Mailings", t => new
        {
            Id = t.Column<long>().Identity(),
            RoundId = t.Column<int>(),
            Kind = t.Column<string>(maxLength: 16),
            Wave = t.Column<int>(),
            Regions = t.Column<string>(maxLength: 2000),
            Languages = t.Column<string>(maxLength: 200),
            Organisations = t.Column<string>(),
            RequestedAt = t.Column<DateTime>(),
            RequestedBy = t.Column<string>(maxLength: 100),
            Expected = t.Column<int>(),
            LastContactId = t.Column<int>(),
            PreparedAt = t.Column<DateTime>(nullable: true),
            PausedAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Mailings", x => x.Id);
            t.ForeignKey("FK_Mailings_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Mailings_RoundId_Kind_Wave", "Mailings", ["RoundId", "Kind", "Wave"], unique: true);
        migrationBuilder.CreateIndex("IX_Outbox_MailingId_State", "Outbox", ["MailingId", "State"]);
        migrationBuilder.CreateIndex("IX_Outbox_TakenAt", "Outbox", "TakenAt");
    }
}
