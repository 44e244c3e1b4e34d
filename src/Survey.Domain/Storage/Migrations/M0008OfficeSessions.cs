using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>Where office accounts are signed in, so that sessions can be listed and ended.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000008_OfficeSessions")]
internal sealed class M0008OfficeSessions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("OfficeSessions", t => new
        {
            Id = t.Column<string>(maxLength: 32),
            AccountId = t.Column<string>(),
            CreatedAt = t.Column<DateTime>(),
            SeenAt = t.Column<DateTime>(),
            EndedAt = t.Column<DateTime>(nullable: true),
            Browser = t.Column<string>(maxLength: 60),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_OfficeSessions", x => x.Id);
            t.ForeignKey("FK_OfficeSessions_AspNetUsers_AccountId", x => x.AccountId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_OfficeSessions_AccountId", "OfficeSessions", "AccountId");
    }
}
