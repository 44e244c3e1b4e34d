using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>What an erasure leaves: nameless places in populations, versions whose files are gone, and the list of what was erased. And member lists that wait to be confirmed.</summary>
[DbContext(typeof(SurveyDb)), Migration("20261127000009_Erasure")]
internal sealed class M0009Erasure : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<DateTime>("ErasedAt", "Organisations", nullable: true);
        migrationBuilder.AddColumn<DateTime>("WithdrawnAt", "EditionVersions", nullable: true);
        migrationBuilder.CreateTable("ErasedOrganisations", t => new
        {
            Id = t.Column<int>().Identity(),
            OrganisationId = t.Column<int>(),
            CodeHash = t.Column<string>(maxLength: 64),
            Salt = t.Column<string>(maxLength: 32),
            At = t.Column<DateTime>(),
        }, constraints: t => t.PrimaryKey("PK_ErasedOrganisations", x => x.Id));
        migrationBuilder.CreateTable("MemberUploads", t => new
        {
            Id = t.Column<Guid>(),
            UploadedAt = t.Column<DateTime>(),
            UploadedBy = t.Column<string>(maxLength: 100),
            Content = t.Column<byte[]>(),
            IsWorkbook = t.Column<bool>(),
        }, constraints: t => t.PrimaryKey("PK_MemberUploads", x => x.Id));
    }
}
