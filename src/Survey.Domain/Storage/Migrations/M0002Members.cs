using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>What members do beside answering: colleagues, discretion, new links, copies of their answers, and the privacy notice they were shown.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261122000002_Members")]
internal sealed class M0002Members : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<bool>("WantsDiscretion", "Organisations", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<bool>("IsAddedByMember", "Contacts", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<DateTime>("RemovedAt", "Contacts", nullable: true);
        migrationBuilder.AddColumn<string>("PrivacyVersion", "Submissions", maxLength: 40, nullable: true);
        migrationBuilder.CreateTable("LinkRequests", t => new
        {
            Id = t.Column<long>().Identity(),
            EmailFolded = t.Column<string>(maxLength: 254),
            Language = t.Column<string>(maxLength: 8),
            RequestedAt = t.Column<DateTime>(),
            DoneAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_LinkRequests", x => x.Id);
        });
        migrationBuilder.CreateTable("PrivacyNotices", t => new
        {
            Version = t.Column<string>(maxLength: 40),
            Language = t.Column<string>(maxLength: 8),
            Content = t.Column<string>(),
            Sha256 = t.Column<string>(maxLength: 64),
            FirstShownAt = t.Column<DateTime>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_PrivacyNotices", x => new { x.Version, x.Language });
        });
        migrationBuilder.CreateTable("AnswerCopies", t => new
        {
            Id = t.Column<long>().Identity(),
            ResponseId = t.Column<long>(),
            Version = t.Column<int>(),
            Language = t.Column<string>(maxLength: 8),
            State = t.Column<string>(maxLength: 16),
            Attempt = t.Column<int>(),
            RequestedAt = t.Column<DateTime>(),
            StartedAt = t.Column<DateTime>(nullable: true),
            EndedAt = t.Column<DateTime>(nullable: true),
            Error = t.Column<string>(maxLength: 1000, nullable: true),
            Bytes = t.Column<byte[]>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AnswerCopies", x => x.Id);
            t.ForeignKey("FK_AnswerCopies_Responses_ResponseId", x => x.ResponseId, "Responses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_LinkRequests_EmailFolded_RequestedAt", "LinkRequests", ["EmailFolded", "RequestedAt"]);
        migrationBuilder.CreateIndex("IX_AnswerCopies_ResponseId_Version_Language", "AnswerCopies", ["ResponseId", "Version", "Language"], unique: true);
        migrationBuilder.CreateIndex("IX_AnswerCopies_State", "AnswerCopies", "State");
    }
}
