using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Survey.Domain.Storage.Migrations;

/// <summary>
/// The first tables: rounds with their frozen templates, the population, responses with drafts, submissions and counted answers,
/// quotes, runs, editions and their files, outbox, audit, office accounts.
/// </summary>
[DbContext(typeof(SurveyDb)), Migration("20261121000001_Core")]
internal sealed class M0001Core : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("AspNetRoles", t => new
        {
            Id = t.Column<string>(),
            Name = t.Column<string>(maxLength: 256, nullable: true),
            NormalizedName = t.Column<string>(maxLength: 256, nullable: true),
            ConcurrencyStamp = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetRoles", x => x.Id);
        });
        migrationBuilder.CreateTable("AspNetUsers", t => new
        {
            Id = t.Column<string>(),
            CreatedAt = t.Column<DateTime>(),
            DisabledAt = t.Column<DateTime>(nullable: true),
            SetUpTokenHash = t.Column<string>(maxLength: 64, nullable: true),
            SetUpTokenExpiresAt = t.Column<DateTime>(nullable: true),
            Language = t.Column<string>(maxLength: 8),
            UserName = t.Column<string>(maxLength: 256, nullable: true),
            NormalizedUserName = t.Column<string>(maxLength: 256, nullable: true),
            Email = t.Column<string>(maxLength: 256, nullable: true),
            NormalizedEmail = t.Column<string>(maxLength: 256, nullable: true),
            EmailConfirmed = t.Column<bool>(),
            PasswordHash = t.Column<string>(nullable: true),
            SecurityStamp = t.Column<string>(nullable: true),
            ConcurrencyStamp = t.Column<string>(nullable: true),
            PhoneNumber = t.Column<string>(maxLength: 256, nullable: true),
            PhoneNumberConfirmed = t.Column<bool>(),
            TwoFactorEnabled = t.Column<bool>(),
            LockoutEnd = t.Column<DateTimeOffset>(nullable: true),
            LockoutEnabled = t.Column<bool>(),
            AccessFailedCount = t.Column<int>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetUsers", x => x.Id);
        });
        migrationBuilder.CreateTable("AuditEntries", t => new
        {
            Id = t.Column<long>().Identity(),
            At = t.Column<DateTime>(),
            Actor = t.Column<string>(maxLength: 100),
            Action = t.Column<string>(maxLength: 60),
            Subject = t.Column<string>(maxLength: 200),
            DetailsHash = t.Column<string>(maxLength: 64, nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AuditEntries", x => x.Id);
        });
        migrationBuilder.CreateTable("DataProtectionKeys", t => new
        {
            Id = t.Column<int>().Identity(),
            FriendlyName = t.Column<string>(maxLength: 200),
            Xml = t.Column<string>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
        });
        migrationBuilder.CreateTable("Organisations", t => new
        {
            Id = t.Column<int>().Identity(),
            Code = t.Column<string>(maxLength: 80),
            Name = t.Column<string>(maxLength: 200),
            NameFolded = t.Column<string>(maxLength: 500),
            NameSortKey = t.Column<string>(maxLength: 500),
            Country = t.Column<string>(maxLength: 8),
            Type = t.Column<string>(maxLength: 40),
            Language = t.Column<string>(maxLength: 8),
            IsDiscreet = t.Column<bool>(),
            CreatedAt = t.Column<DateTime>(),
            RetiredAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Organisations", x => x.Id);
        });
        migrationBuilder.CreateTable("Rounds", t => new
        {
            Id = t.Column<int>().Identity(),
            Slug = t.Column<string>(maxLength: 40),
            PlanSlug = t.Column<string>(maxLength: 80),
            QuestionnaireName = t.Column<string>(maxLength: 80),
            RegionsName = t.Column<string>(maxLength: 80),
            State = t.Column<string>(maxLength: 16),
            OptionalPoints = t.Column<string>(maxLength: 400),
            OpensOn = t.Column<DateOnly>(nullable: true),
            ClosesOn = t.Column<DateOnly>(nullable: true),
            ClosesAt = t.Column<DateTime>(nullable: true),
            CreatedAt = t.Column<DateTime>(),
            OpenedAt = t.Column<DateTime>(nullable: true),
            ClosedAt = t.Column<DateTime>(nullable: true),
            FrozenAt = t.Column<DateTime>(nullable: true),
            IsPilot = t.Column<bool>(),
            IsSample = t.Column<bool>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Rounds", x => x.Id);
        });
        migrationBuilder.CreateTable("AspNetRoleClaims", t => new
        {
            Id = t.Column<int>().Identity(),
            RoleId = t.Column<string>(),
            ClaimType = t.Column<string>(nullable: true),
            ClaimValue = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetRoleClaims", x => x.Id);
            t.ForeignKey("FK_AspNetRoleClaims_AspNetRoles_RoleId", x => x.RoleId, "AspNetRoles", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("AspNetUserClaims", t => new
        {
            Id = t.Column<int>().Identity(),
            UserId = t.Column<string>(),
            ClaimType = t.Column<string>(nullable: true),
            ClaimValue = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetUserClaims", x => x.Id);
            t.ForeignKey("FK_AspNetUserClaims_AspNetUsers_UserId", x => x.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("AspNetUserLogins", t => new
        {
            LoginProvider = t.Column<string>(maxLength: 128),
            ProviderKey = t.Column<string>(maxLength: 128),
            ProviderDisplayName = t.Column<string>(nullable: true),
            UserId = t.Column<string>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetUserLogins", x => new { x.LoginProvider, x.ProviderKey });
            t.ForeignKey("FK_AspNetUserLogins_AspNetUsers_UserId", x => x.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("AspNetUserPasskeys", t => new
        {
            CredentialId = t.Column<byte[]>(maxLength: 1024),
            UserId = t.Column<string>(),
            Data = t.Column<string>(type: migrationBuilder.IsNpgsql() ? "jsonb" : "TEXT"),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetUserPasskeys", x => x.CredentialId);
            t.ForeignKey("FK_AspNetUserPasskeys_AspNetUsers_UserId", x => x.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("AspNetUserRoles", t => new
        {
            UserId = t.Column<string>(),
            RoleId = t.Column<string>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetUserRoles", x => new { x.UserId, x.RoleId });
            t.ForeignKey("FK_AspNetUserRoles_AspNetRoles_RoleId", x => x.RoleId, "AspNetRoles", "Id", onDelete: ReferentialAction.Cascade);
            t.ForeignKey("FK_AspNetUserRoles_AspNetUsers_UserId", x => x.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("AspNetUserTokens", t => new
        {
            UserId = t.Column<string>(),
            LoginProvider = t.Column<string>(maxLength: 128),
            Name = t.Column<string>(maxLength: 128),
            Value = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AspNetUserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
            t.ForeignKey("FK_AspNetUserTokens_AspNetUsers_UserId", x => x.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("AuditDetails", t => new
        {
            EntryId = t.Column<long>(),
            Salt = t.Column<string>(maxLength: 64),
            Content = t.Column<string>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_AuditDetails", x => x.EntryId);
            t.ForeignKey("FK_AuditDetails_AuditEntries_EntryId", x => x.EntryId, "AuditEntries", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("Contacts", t => new
        {
            Id = t.Column<int>().Identity(),
            OrganisationId = t.Column<int>(),
            Name = t.Column<string>(maxLength: 200),
            Email = t.Column<string>(maxLength: 254),
            EmailFolded = t.Column<string>(maxLength: 254),
            Language = t.Column<string>(maxLength: 8),
            CreatedAt = t.Column<DateTime>(),
            OptedOutAt = t.Column<DateTime>(nullable: true),
            BouncedAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Contacts", x => x.Id);
            t.ForeignKey("FK_Contacts_Organisations_OrganisationId", x => x.OrganisationId, "Organisations", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("Editions", t => new
        {
            Id = t.Column<int>().Identity(),
            RoundId = t.Column<int>(),
            CreatedAt = t.Column<DateTime>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Editions", x => x.Id);
            t.ForeignKey("FK_Editions_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateTable("Invitations", t => new
        {
            Id = t.Column<int>().Identity(),
            RoundId = t.Column<int>(),
            OrganisationId = t.Column<int>(),
            Name = t.Column<string>(maxLength: 200),
            Country = t.Column<string>(maxLength: 8),
            Region = t.Column<string>(maxLength: 40),
            Type = t.Column<string>(maxLength: 40),
            Language = t.Column<string>(maxLength: 8),
            IsDiscreet = t.Column<bool>(),
            InvitedAt = t.Column<DateTime>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Invitations", x => x.Id);
            t.ForeignKey("FK_Invitations_Organisations_OrganisationId", x => x.OrganisationId, "Organisations", "Id", onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_Invitations_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("RoundTemplates", t => new
        {
            Id = t.Column<int>().Identity(),
            RoundId = t.Column<int>(),
            Kind = t.Column<string>(maxLength: 20),
            Name = t.Column<string>(maxLength: 80),
            Content = t.Column<string>(),
            Sha256 = t.Column<string>(maxLength: 64),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_RoundTemplates", x => x.Id);
            t.ForeignKey("FK_RoundTemplates_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("Runs", t => new
        {
            Id = t.Column<long>().Identity(),
            RoundId = t.Column<int>(),
            Languages = t.Column<string>(maxLength: 200),
            State = t.Column<string>(maxLength: 16),
            Attempt = t.Column<int>(),
            Percent = t.Column<int>(),
            Step = t.Column<string>(maxLength: 40),
            RecomputesNumbers = t.Column<bool>(),
            CancelRequested = t.Column<bool>(),
            RequestedAt = t.Column<DateTime>(),
            RequestedBy = t.Column<string>(maxLength: 200),
            StartedAt = t.Column<DateTime>(nullable: true),
            HeartbeatAt = t.Column<DateTime>(nullable: true),
            EndedAt = t.Column<DateTime>(nullable: true),
            Error = t.Column<string>(maxLength: 4000, nullable: true),
            EditionVersionId = t.Column<int>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Runs", x => x.Id);
            t.ForeignKey("FK_Runs_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("Outbox", t => new
        {
            Id = t.Column<long>().Identity(),
            MessageId = t.Column<string>(maxLength: 200),
            Template = t.Column<string>(maxLength: 80),
            Language = t.Column<string>(maxLength: 8),
            RoundId = t.Column<int>(nullable: true),
            ContactId = t.Column<int>(nullable: true),
            ToAddress = t.Column<string>(maxLength: 254),
            ToName = t.Column<string>(maxLength: 200),
            Subject = t.Column<string>(maxLength: 400),
            Body = t.Column<string>(),
            State = t.Column<string>(maxLength: 16),
            Attempts = t.Column<int>(),
            LastError = t.Column<string>(maxLength: 1000, nullable: true),
            CreatedAt = t.Column<DateTime>(),
            NotBefore = t.Column<DateTime>(nullable: true),
            SentAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Outbox", x => x.Id);
            t.ForeignKey("FK_Outbox_Contacts_ContactId", x => x.ContactId, "Contacts", "Id", onDelete: ReferentialAction.SetNull);
            t.ForeignKey("FK_Outbox_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("PersonalLinks", t => new
        {
            Id = t.Column<int>().Identity(),
            InvitationId = t.Column<int>(),
            ContactId = t.Column<int>(nullable: true),
            TokenHash = t.Column<string>(maxLength: 64),
            CreatedAt = t.Column<DateTime>(),
            RevokedAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_PersonalLinks", x => x.Id);
            t.ForeignKey("FK_PersonalLinks_Contacts_ContactId", x => x.ContactId, "Contacts", "Id", onDelete: ReferentialAction.Cascade);
            t.ForeignKey("FK_PersonalLinks_Invitations_InvitationId", x => x.InvitationId, "Invitations", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("Responses", t => new
        {
            Id = t.Column<long>().Identity(),
            PublicId = t.Column<Guid>(),
            InvitationId = t.Column<int>(),
            RoundId = t.Column<int>(),
            Language = t.Column<string>(maxLength: 8),
            Mode = t.Column<string>(maxLength: 16),
            StartedAt = t.Column<DateTime>(),
            ChangedAt = t.Column<DateTime>(),
            SubmittedAt = t.Column<DateTime>(nullable: true),
            Version = t.Column<int>(),
            Revision = t.Column<long>(),
            SubmittedRevision = t.Column<long>(),
            Review = t.Column<string>(maxLength: 16),
            ReviewReason = t.Column<string>(maxLength: 1000, nullable: true),
            IsLate = t.Column<bool>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Responses", x => x.Id);
            t.ForeignKey("FK_Responses_Invitations_InvitationId", x => x.InvitationId, "Invitations", "Id", onDelete: ReferentialAction.Cascade);
            t.ForeignKey("FK_Responses_Rounds_RoundId", x => x.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("EditionVersions", t => new
        {
            Id = t.Column<int>().Identity(),
            EditionId = t.Column<int>(),
            Number = t.Column<int>(nullable: true),
            PlannedNumber = t.Column<int>(),
            RunId = t.Column<long>(),
            Cube = t.Column<string>(),
            CubeSha256 = t.Column<string>(maxLength: 64),
            DataAsOf = t.Column<DateTime>(),
            CreatedAt = t.Column<DateTime>(),
            PublishedAt = t.Column<DateTime>(nullable: true),
            PublishedBy = t.Column<string>(maxLength: 200),
            Erratum = t.Column<string>(maxLength: 4000),
            IsSample = t.Column<bool>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_EditionVersions", x => x.Id);
            t.ForeignKey("FK_EditionVersions_Editions_EditionId", x => x.EditionId, "Editions", "Id", onDelete: ReferentialAction.Cascade);
            t.ForeignKey("FK_EditionVersions_Runs_RunId", x => x.RunId, "Runs", "Id", onDelete: ReferentialAction.Restrict);
        });
        if (migrationBuilder.IsNpgsql())
        {
            migrationBuilder.CreateTable("Answers", t => new
            {
                ResponseId = t.Column<long>(),
                Point = t.Column<string>(maxLength: 80),
                Question = t.Column<string>(maxLength: 80),
                Slot = t.Column<string>(maxLength: 80),
                RoundId = t.Column<int>(),
                Region = t.Column<string>(maxLength: 80),
                Choice = t.Column<string>(maxLength: 80),
                Number = t.Column<double>(nullable: true),
                Text = t.Column<string>(nullable: true),
            }, constraints: t =>
            {
                t.PrimaryKey("PK_Answers", x => new { x.ResponseId, x.Point, x.Question, x.Slot });
                t.ForeignKey("FK_Answers_Responses_ResponseId", x => x.ResponseId, "Responses", "Id", onDelete: ReferentialAction.Cascade);
            });
        }
        else
        {
            migrationBuilder.Sql("""
                CREATE TABLE "Answers" ("ResponseId" INTEGER NOT NULL, "Point" TEXT NOT NULL, "Question" TEXT NOT NULL, "Slot" TEXT NOT NULL, "RoundId" INTEGER NOT NULL, "Region" TEXT NOT NULL, "Choice" TEXT NOT NULL, "Number" REAL NULL, "Text" TEXT NULL,
                    CONSTRAINT "PK_Answers" PRIMARY KEY ("ResponseId", "Point", "Question", "Slot"),
                    CONSTRAINT "FK_Answers_Responses_ResponseId" FOREIGN KEY ("ResponseId") REFERENCES "Responses" ("Id") ON DELETE CASCADE
                ) WITHOUT ROWID;
                """);
        }
        if (migrationBuilder.IsNpgsql())
        {
            migrationBuilder.CreateTable("DraftAnswers", t => new
            {
                ResponseId = t.Column<long>(),
                Point = t.Column<string>(maxLength: 80),
                Question = t.Column<string>(maxLength: 80),
                Slot = t.Column<string>(maxLength: 80),
                Choice = t.Column<string>(maxLength: 80),
                Number = t.Column<double>(nullable: true),
                Text = t.Column<string>(nullable: true),
            }, constraints: t =>
            {
                t.PrimaryKey("PK_DraftAnswers", x => new { x.ResponseId, x.Point, x.Question, x.Slot });
                t.ForeignKey("FK_DraftAnswers_Responses_ResponseId", x => x.ResponseId, "Responses", "Id", onDelete: ReferentialAction.Cascade);
            });
        }
        else
        {
            migrationBuilder.Sql("""
                CREATE TABLE "DraftAnswers" ("ResponseId" INTEGER NOT NULL, "Point" TEXT NOT NULL, "Question" TEXT NOT NULL, "Slot" TEXT NOT NULL, "Choice" TEXT NOT NULL, "Number" REAL NULL, "Text" TEXT NULL,
                    CONSTRAINT "PK_DraftAnswers" PRIMARY KEY ("ResponseId", "Point", "Question", "Slot"),
                    CONSTRAINT "FK_DraftAnswers_Responses_ResponseId" FOREIGN KEY ("ResponseId") REFERENCES "Responses" ("Id") ON DELETE CASCADE
                ) WITHOUT ROWID;
                """);
        }
        migrationBuilder.CreateTable("Quotes", t => new
        {
            Id = t.Column<long>().Identity(),
            ResponseId = t.Column<long>(),
            RoundId = t.Column<int>(),
            Point = t.Column<string>(maxLength: 80),
            Question = t.Column<string>(maxLength: 80),
            Text = t.Column<string>(),
            Language = t.Column<string>(maxLength: 8),
            Consent = t.Column<string>(maxLength: 16),
            Review = t.Column<string>(maxLength: 16),
            ReviewedBy = t.Column<string>(maxLength: 200, nullable: true),
            ReviewedAt = t.Column<DateTime>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Quotes", x => x.Id);
            t.ForeignKey("FK_Quotes_Responses_ResponseId", x => x.ResponseId, "Responses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("Submissions", t => new
        {
            Id = t.Column<long>().Identity(),
            ResponseId = t.Column<long>(),
            Version = t.Column<int>(),
            Mode = t.Column<string>(maxLength: 16),
            SubmittedAt = t.Column<DateTime>(),
            Content = t.Column<string>(),
            ContentHash = t.Column<string>(maxLength: 64),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Submissions", x => x.Id);
            t.ForeignKey("FK_Submissions_Responses_ResponseId", x => x.ResponseId, "Responses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("Artefacts", t => new
        {
            Id = t.Column<long>().Identity(),
            EditionVersionId = t.Column<int>(),
            Language = t.Column<string>(maxLength: 8),
            Name = t.Column<string>(maxLength: 200),
            MediaType = t.Column<string>(maxLength: 100),
            Sha256 = t.Column<string>(maxLength: 64),
            Length = t.Column<long>(),
            Bytes = t.Column<byte[]>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_Artefacts", x => x.Id);
            t.ForeignKey("FK_Artefacts_EditionVersions_EditionVersionId", x => x.EditionVersionId, "EditionVersions", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("EditionMentions", t => new
        {
            Id = t.Column<long>().Identity(),
            EditionVersionId = t.Column<int>(),
            OrganisationId = t.Column<int>(),
            QuoteId = t.Column<long>(nullable: true),
            Kind = t.Column<string>(maxLength: 16),
            TextHash = t.Column<string>(maxLength: 64),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_EditionMentions", x => x.Id);
            t.ForeignKey("FK_EditionMentions_EditionVersions_EditionVersionId", x => x.EditionVersionId, "EditionVersions", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Answers_Tally", "Answers", ["RoundId", "Region", "Point", "Question", "Choice"]);
        migrationBuilder.CreateIndex("IX_Artefacts_EditionVersionId_Language_Name", "Artefacts", ["EditionVersionId", "Language", "Name"], unique: true);
        migrationBuilder.CreateIndex("IX_AspNetRoleClaims_RoleId", "AspNetRoleClaims", "RoleId");
        migrationBuilder.CreateIndex("RoleNameIndex", "AspNetRoles", "NormalizedName", unique: true);
        migrationBuilder.CreateIndex("IX_AspNetUserClaims_UserId", "AspNetUserClaims", "UserId");
        migrationBuilder.CreateIndex("IX_AspNetUserLogins_UserId", "AspNetUserLogins", "UserId");
        migrationBuilder.CreateIndex("IX_AspNetUserPasskeys_UserId", "AspNetUserPasskeys", "UserId");
        migrationBuilder.CreateIndex("IX_AspNetUserRoles_RoleId", "AspNetUserRoles", "RoleId");
        migrationBuilder.CreateIndex("EmailIndex", "AspNetUsers", "NormalizedEmail");
        migrationBuilder.CreateIndex("UserNameIndex", "AspNetUsers", "NormalizedUserName", unique: true);
        migrationBuilder.CreateIndex("IX_AuditEntries_At", "AuditEntries", "At");
        migrationBuilder.CreateIndex("IX_Contacts_EmailFolded", "Contacts", "EmailFolded");
        migrationBuilder.CreateIndex("IX_Contacts_OrganisationId_EmailFolded", "Contacts", ["OrganisationId", "EmailFolded"], unique: true);
        migrationBuilder.CreateIndex("IX_EditionMentions_EditionVersionId", "EditionMentions", "EditionVersionId");
        migrationBuilder.CreateIndex("IX_EditionMentions_OrganisationId", "EditionMentions", "OrganisationId");
        migrationBuilder.CreateIndex("IX_EditionMentions_QuoteId", "EditionMentions", "QuoteId");
        migrationBuilder.CreateIndex("IX_Editions_RoundId", "Editions", "RoundId", unique: true);
        migrationBuilder.CreateIndex("IX_EditionVersions_EditionId_Number", "EditionVersions", ["EditionId", "Number"], unique: true, filter: "\"Number\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_EditionVersions_RunId", "EditionVersions", "RunId", unique: true);
        migrationBuilder.CreateIndex("IX_Invitations_OrganisationId", "Invitations", "OrganisationId");
        migrationBuilder.CreateIndex("IX_Invitations_RoundId_OrganisationId", "Invitations", ["RoundId", "OrganisationId"], unique: true);
        migrationBuilder.CreateIndex("IX_Organisations_Code", "Organisations", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Organisations_NameFolded", "Organisations", "NameFolded");
        migrationBuilder.CreateIndex("IX_Organisations_NameSortKey", "Organisations", "NameSortKey");
        migrationBuilder.CreateIndex("IX_Outbox_ContactId", "Outbox", "ContactId");
        migrationBuilder.CreateIndex("IX_Outbox_MessageId", "Outbox", "MessageId", unique: true);
        migrationBuilder.CreateIndex("IX_Outbox_RoundId", "Outbox", "RoundId");
        migrationBuilder.CreateIndex("IX_Outbox_State_NotBefore", "Outbox", ["State", "NotBefore"]);
        migrationBuilder.CreateIndex("IX_PersonalLinks_ContactId", "PersonalLinks", "ContactId");
        migrationBuilder.CreateIndex("IX_PersonalLinks_InvitationId", "PersonalLinks", "InvitationId");
        migrationBuilder.CreateIndex("IX_PersonalLinks_TokenHash", "PersonalLinks", "TokenHash", unique: true);
        migrationBuilder.CreateIndex("IX_Quotes_ResponseId_Point_Question", "Quotes", ["ResponseId", "Point", "Question"], unique: true);
        migrationBuilder.CreateIndex("IX_Quotes_RoundId_Review", "Quotes", ["RoundId", "Review"]);
        migrationBuilder.CreateIndex("IX_Responses_InvitationId", "Responses", "InvitationId", unique: true);
        migrationBuilder.CreateIndex("IX_Responses_PublicId", "Responses", "PublicId", unique: true);
        migrationBuilder.CreateIndex("IX_Responses_RoundId", "Responses", "RoundId");
        migrationBuilder.CreateIndex("IX_Rounds_Slug", "Rounds", "Slug", unique: true);
        migrationBuilder.CreateIndex("IX_RoundTemplates_RoundId_Kind_Name", "RoundTemplates", ["RoundId", "Kind", "Name"], unique: true);
        migrationBuilder.CreateIndex("IX_Runs_RoundId", "Runs", "RoundId");
        migrationBuilder.CreateIndex("IX_Runs_State", "Runs", "State");
        migrationBuilder.CreateIndex("IX_Submissions_ResponseId_Version", "Submissions", ["ResponseId", "Version"], unique: true);
    }
}
