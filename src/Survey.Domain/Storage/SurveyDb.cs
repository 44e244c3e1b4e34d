using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Survey.Domain.Audit;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Erasures;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Translations;

namespace Survey.Domain.Storage;

/// <summary>
/// The one context, on SQLite or PostgreSQL with the same model and migrations. All moments are UTC, cut to microseconds, which both databases keep.
/// Enumerations are stored by name. What the pure checks promise, the schema enforces a second time.
/// </summary>
public sealed class SurveyDb(DbContextOptions<SurveyDb> options) : IdentityDbContext<OfficeAccount>(options)
{
    public DbSet<SurveyRound> Rounds => Set<SurveyRound>();
    public DbSet<RoundTemplate> RoundTemplates => Set<RoundTemplate>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<ErasedOrganisation> ErasedOrganisations => Set<ErasedOrganisation>();
    public DbSet<MemberMerge> Merges => Set<MemberMerge>();
    public DbSet<Continuation> Continuations => Set<Continuation>();
    public DbSet<MemberUpload> MemberUploads => Set<MemberUpload>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<PersonalLink> PersonalLinks => Set<PersonalLink>();
    public DbSet<LinkRequest> LinkRequests => Set<LinkRequest>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<Mailing> Mailings => Set<Mailing>();
    public DbSet<SurveyResponse> Responses => Set<SurveyResponse>();
    public DbSet<DraftAnswer> DraftAnswers => Set<DraftAnswer>();
    public DbSet<Answer> Answers => Set<Answer>();
    public DbSet<Submission> Submissions => Set<Submission>();
    public DbSet<Quote> Quotes => Set<Quote>();
    public DbSet<OfficeSession> OfficeSessions => Set<OfficeSession>();
    public DbSet<QuoteTranslation> QuoteTranslations => Set<QuoteTranslation>();
    public DbSet<TranslationReview> TranslationReviews => Set<TranslationReview>();
    public DbSet<Correction> Corrections => Set<Correction>();
    public DbSet<AnswerCopy> AnswerCopies => Set<AnswerCopy>();
    public DbSet<PrivacyNotice> PrivacyNotices => Set<PrivacyNotice>();
    public DbSet<ReportRun> Runs => Set<ReportRun>();
    public DbSet<Edition> Editions => Set<Edition>();
    public DbSet<EditionVersion> EditionVersions => Set<EditionVersion>();
    public DbSet<Artefact> Artefacts => Set<Artefact>();
    public DbSet<EditionMention> EditionMentions => Set<EditionMention>();
    public DbSet<EditorialText> EditorialTexts => Set<EditorialText>();
    public DbSet<FindingChoice> FindingChoices => Set<FindingChoice>();
    public DbSet<Consultation> Consultations => Set<Consultation>();
    public DbSet<DraftComment> DraftComments => Set<DraftComment>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<AuditDetail> AuditDetails => Set<AuditDetail>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMoment>();
        configurationBuilder.Properties<RoundState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OutboxState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<MailingKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<ResponseMode>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<ReviewState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<QuoteConsent>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<QuoteReview>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<CopyState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<MentionKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<RunState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<EditorialKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<CommentState>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<OfficeAccount>(e =>
        {
            e.Property(a => a.SetUpTokenHash).HasMaxLength(64);
            e.Property(a => a.Language).HasMaxLength(8);
            // Counted by guarded statements alone: saving an account as it was read must not put an older count back.
            e.Property(a => a.AccessFailedCount).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            e.Property(a => a.LockoutEnd).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        });
        builder.Entity<OfficeSession>(e =>
        {
            e.Property(s => s.Id).HasMaxLength(32);
            e.Property(s => s.Browser).HasMaxLength(60);
            e.HasIndex(s => s.AccountId);
            e.HasOne<OfficeAccount>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SurveyRound>(e =>
        {
            e.ToTable("Rounds");
            e.Property(r => r.Slug).HasMaxLength(40);
            e.HasIndex(r => r.Slug).IsUnique();
            e.Property(r => r.PlanSlug).HasMaxLength(80);
            e.Property(r => r.QuestionnaireName).HasMaxLength(80);
            e.Property(r => r.RegionsName).HasMaxLength(80);
            e.Property(r => r.OptionalPoints).HasMaxLength(400);
            e.HasMany(r => r.Templates).WithOne().HasForeignKey(t => t.RoundId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<RoundTemplate>(e =>
        {
            e.Property(t => t.Kind).HasMaxLength(20);
            e.Property(t => t.Name).HasMaxLength(80);
            e.Property(t => t.Sha256).HasMaxLength(64);
            e.HasIndex(t => new { t.RoundId, t.Kind, t.Name }).IsUnique();
        });
        builder.Entity<Organisation>(e =>
        {
            e.Property(o => o.Code).HasMaxLength(80);
            e.HasIndex(o => o.Code).IsUnique();
            e.Property(o => o.Name).HasMaxLength(200);
            e.Property(o => o.NameFolded).HasMaxLength(500);
            e.HasIndex(o => o.NameFolded);
            e.Property(o => o.NameSortKey).HasMaxLength(500);
            e.HasIndex(o => o.NameSortKey);
            e.Property(o => o.Country).HasMaxLength(8);
            e.HasIndex(o => o.Country);
            e.Property(o => o.Type).HasMaxLength(40);
            e.Property(o => o.Language).HasMaxLength(8);
            e.Property(o => o.WantsDiscretion).HasDefaultValue(false);
            e.HasMany(o => o.Contacts).WithOne().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ErasedOrganisation>(e =>
        {
            e.Property(o => o.CodeHash).HasMaxLength(64);
            e.Property(o => o.Salt).HasMaxLength(32);
        });
        builder.Entity<MemberMerge>(e =>
        {
            e.ToTable("Merges");
            e.Property(m => m.By).HasMaxLength(100);
            e.HasIndex(m => m.SurvivorId);
        });
        builder.Entity<Continuation>(e =>
        {
            e.HasKey(c => new { c.OrganisationId, c.ContinuesId });
            e.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne<Organisation>().WithMany().HasForeignKey(c => c.ContinuesId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<MemberUpload>(e =>
        {
            e.Property(u => u.Id).ValueGeneratedNever();
            e.Property(u => u.UploadedBy).HasMaxLength(100);
        });
        builder.Entity<Contact>(e =>
        {
            e.Property(c => c.Name).HasMaxLength(200);
            e.Property(c => c.Email).HasMaxLength(254);
            e.Property(c => c.EmailFolded).HasMaxLength(254);
            e.Property(c => c.Language).HasMaxLength(8);
            e.Property(c => c.IsAddedByMember).HasDefaultValue(false);
            e.HasIndex(c => new { c.OrganisationId, c.EmailFolded }).IsUnique();
            e.HasIndex(c => c.EmailFolded);
        });
        builder.Entity<Invitation>(e =>
        {
            e.Property(i => i.WasMailed).HasDefaultValue(false);
            e.Property(i => i.Name).HasMaxLength(200);
            e.Property(i => i.Country).HasMaxLength(8);
            e.Property(i => i.Region).HasMaxLength(40);
            e.Property(i => i.Type).HasMaxLength(40);
            e.Property(i => i.Language).HasMaxLength(8);
            e.HasIndex(i => new { i.RoundId, i.OrganisationId }).IsUnique();
            e.HasOne(i => i.Round).WithMany().HasForeignKey(i => i.RoundId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne(i => i.Organisation).WithMany().HasForeignKey(i => i.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<PersonalLink>(e =>
        {
            e.Property(l => l.TokenHash).HasMaxLength(64);
            e.HasIndex(l => l.TokenHash).IsUnique();
            e.HasOne(l => l.Invitation).WithMany().HasForeignKey(l => l.InvitationId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne<Contact>().WithMany().HasForeignKey(l => l.ContactId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<LinkRequest>(e =>
        {
            e.Property(r => r.EmailFolded).HasMaxLength(254);
            e.Property(r => r.Language).HasMaxLength(8);
            e.HasIndex(r => new { r.EmailFolded, r.RequestedAt });
        });
        builder.Entity<OutboxMessage>(e =>
        {
            e.ToTable("Outbox");
            e.Property(m => m.MessageId).HasMaxLength(200);
            e.HasIndex(m => m.MessageId).IsUnique();
            e.Property(m => m.Template).HasMaxLength(80);
            e.Property(m => m.Language).HasMaxLength(8);
            e.Property(m => m.ToAddress).HasMaxLength(254);
            e.Property(m => m.ToName).HasMaxLength(200);
            e.Property(m => m.Subject).HasMaxLength(400);
            e.Property(m => m.LastError).HasMaxLength(1000);
            e.HasIndex(m => new { m.State, m.NotBefore });
            e.HasIndex(m => new { m.MailingId, m.State });
            e.HasIndex(m => m.TakenAt);
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(m => m.RoundId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne<Contact>().WithMany().HasForeignKey(m => m.ContactId).OnDelete(DeleteBehavior.SetNull);
        });
        builder.Entity<Mailing>(e =>
        {
            e.Property(m => m.SentAndDeleted).HasDefaultValue(0);
            e.Property(m => m.Regions).HasMaxLength(2000);
            e.Property(m => m.Languages).HasMaxLength(200);
            e.Property(m => m.RequestedBy).HasMaxLength(100);
            e.HasIndex(m => new { m.RoundId, m.Kind, m.Wave }).IsUnique();
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(m => m.RoundId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SurveyResponse>(e =>
        {
            e.ToTable("Responses");
            e.HasIndex(r => r.PublicId).IsUnique();
            e.HasIndex(r => r.InvitationId).IsUnique();
            e.HasIndex(r => r.RoundId);
            e.Property(r => r.Language).HasMaxLength(8);
            e.Property(r => r.ReviewReason).HasMaxLength(1000);
            e.Property(r => r.ReviewedBy).HasMaxLength(100);
            e.Ignore(r => r.Counts);
            e.Ignore(r => r.HasUnsentChanges);
            e.HasOne(r => r.Invitation).WithOne().HasForeignKey<SurveyResponse>(r => r.InvitationId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(r => r.RoundId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<DraftAnswer>(e =>
        {
            e.HasKey(a => new { a.ResponseId, a.Point, a.Question, a.Slot });
            Codes(e.Property(a => a.Point), e.Property(a => a.Question), e.Property(a => a.Slot), e.Property(a => a.Choice));
            e.HasOne<SurveyResponse>().WithMany().HasForeignKey(a => a.ResponseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Answer>(e =>
        {
            e.HasKey(a => new { a.ResponseId, a.Point, a.Question, a.Slot });
            Codes(e.Property(a => a.Point), e.Property(a => a.Question), e.Property(a => a.Slot), e.Property(a => a.Choice), e.Property(a => a.Region));
            // In the order of the tally's grouping: without it SQLite sorts all rows in a temporary tree.
            e.HasIndex(a => new { a.RoundId, a.Region, a.Point, a.Question, a.Choice }).HasDatabaseName("IX_Answers_Tally");
            e.Property(a => a.TextStart).HasMaxLength(Answer.StartLength);
            e.HasIndex(a => new { a.RoundId, a.TextStart, a.ResponseId }).HasDatabaseName("IX_Answers_Texts").HasFilter("\"TextStart\" IS NOT NULL");
            e.HasOne<SurveyResponse>().WithMany().HasForeignKey(a => a.ResponseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Submission>(e =>
        {
            e.HasIndex(s => new { s.ResponseId, s.Version }).IsUnique();
            e.Property(s => s.ContentHash).HasMaxLength(64);
            e.Property(s => s.PrivacyVersion).HasMaxLength(40);
            e.HasOne<SurveyResponse>().WithMany().HasForeignKey(s => s.ResponseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Quote>(e =>
        {
            e.HasIndex(q => new { q.ResponseId, q.Point, q.Question }).IsUnique();
            e.HasIndex(q => new { q.RoundId, q.Review });
            Codes(e.Property(q => q.Point), e.Property(q => q.Question));
            e.Property(q => q.Language).HasMaxLength(8);
            e.Property(q => q.ReviewedBy).HasMaxLength(200);
            e.Property(q => q.ReviewReason).HasMaxLength(1000);
            e.HasOne<SurveyResponse>().WithMany().HasForeignKey(q => q.ResponseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<QuoteTranslation>(e =>
        {
            e.HasKey(t => new { t.QuoteId, t.Language });
            e.Property(t => t.Language).HasMaxLength(8);
            e.Property(t => t.TranslatedBy).HasMaxLength(100);
            e.HasOne<Quote>().WithMany().HasForeignKey(t => t.QuoteId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<TranslationReview>(e =>
        {
            e.HasKey(r => r.Language);
            e.Property(r => r.Language).HasMaxLength(8);
            e.Property(r => r.Name).HasMaxLength(TranslationReview.LongestName);
            e.Property(r => r.Organisation).HasMaxLength(TranslationReview.LongestName);
            e.Property(r => r.WordsHash).HasMaxLength(64);
            e.Ignore(r => r.Day);
            e.Property(r => r.By).HasMaxLength(100);
        });
        builder.Entity<Correction>(e =>
        {
            Codes(e.Property(c => c.Point), e.Property(c => c.Question));
            e.Property(c => c.Reason).HasMaxLength(1000);
            e.Property(c => c.CorrectedBy).HasMaxLength(100);
            e.Property(c => c.UndoneBy).HasMaxLength(100);
            e.HasOne<SurveyResponse>().WithMany().HasForeignKey(c => c.ResponseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<AnswerCopy>(e =>
        {
            e.Property(c => c.Language).HasMaxLength(8);
            e.Property(c => c.Error).HasMaxLength(1000);
            e.HasIndex(c => new { c.ResponseId, c.Version, c.Language }).IsUnique();
            e.HasIndex(c => c.State);
            e.HasOne<SurveyResponse>().WithMany().HasForeignKey(c => c.ResponseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<PrivacyNotice>(e =>
        {
            e.HasKey(n => new { n.Version, n.Language });
            e.Property(n => n.Version).HasMaxLength(40);
            e.Property(n => n.Language).HasMaxLength(8);
            e.Property(n => n.Sha256).HasMaxLength(64);
        });
        builder.Entity<ReportRun>(e =>
        {
            e.Property(r => r.AcceptsUnreviewed).HasDefaultValue(false);
            e.ToTable("Runs");
            e.Property(r => r.Languages).HasMaxLength(200);
            e.Property(r => r.Step).HasMaxLength(40);
            e.Property(r => r.RequestedBy).HasMaxLength(200);
            e.Property(r => r.Error).HasMaxLength(4000);
            e.Property(r => r.Reason).HasMaxLength(2000);
            e.HasIndex(r => r.State);
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(r => r.RoundId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Edition>(e =>
        {
            e.HasIndex(d => d.RoundId).IsUnique();
            // Published bytes never go with a round: they must be taken back first, in words.
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(d => d.RoundId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(d => d.Versions).WithOne(v => v.Edition).HasForeignKey(v => v.EditionId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<EditionVersion>(e =>
        {
            e.HasIndex(v => new { v.EditionId, v.Number }).IsUnique().HasFilter("\"Number\" IS NOT NULL");
            e.HasIndex(v => v.RunId).IsUnique();
            e.Property(v => v.CubeSha256).HasMaxLength(64);
            e.Property(v => v.PublishedBy).HasMaxLength(200);
            e.Property(v => v.Erratum).HasMaxLength(4000);
            e.Property(v => v.AuditHead).HasMaxLength(90);
            e.Property(v => v.Doi).HasMaxLength(Doi.Longest);
            e.HasOne<ReportRun>().WithMany().HasForeignKey(v => v.RunId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(v => v.Artefacts).WithOne().HasForeignKey(a => a.EditionVersionId).OnDelete(DeleteBehavior.Cascade);
            e.HasMany(v => v.Mentions).WithOne().HasForeignKey(m => m.EditionVersionId).OnDelete(DeleteBehavior.Cascade);
        });
        // Lengths are promised in code points, of which one may take two places.
        builder.Entity<EditorialText>(e =>
        {
            e.HasKey(t => new { t.RoundId, t.Kind, t.Subject, t.Language });
            e.Property(t => t.Subject).HasMaxLength(80);
            e.Property(t => t.Language).HasMaxLength(8);
            e.Property(t => t.SignedBy).HasMaxLength(2 * EditorialText.LongestName);
            e.Property(t => t.SignedAs).HasMaxLength(2 * EditorialText.LongestName);
            e.Property(t => t.NamesErased).HasDefaultValue(false);
            e.Property(t => t.ChangedBy).HasMaxLength(100);
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(t => t.RoundId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<FindingChoice>(e =>
        {
            e.HasKey(c => new { c.RoundId, c.Finding });
            e.Property(c => c.Finding).HasMaxLength(200);
            e.Property(c => c.Reason).HasMaxLength(2 * FindingChoice.LongestReason);
            e.Property(c => c.Said).HasMaxLength(64);
            e.Property(c => c.ChangedBy).HasMaxLength(100);
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(c => c.RoundId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Consultation>(e =>
        {
            e.Ignore(c => c.EndsAt);
            e.Property(c => c.Word).HasMaxLength(2 * Consultation.LongestWord);
            e.Property(c => c.OpenedBy).HasMaxLength(100);
            e.HasIndex(c => new { c.RoundId, c.Number }).IsUnique();
            e.HasIndex(c => c.EditionVersionId);
            e.HasOne<SurveyRound>().WithMany().HasForeignKey(c => c.RoundId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<DraftComment>(e =>
        {
            e.Property(c => c.Chapter).HasMaxLength(80);
            e.Property(c => c.Title).HasMaxLength(2 * DraftComment.LongestTitle);
            e.Property(c => c.Language).HasMaxLength(8);
            e.Property(c => c.Text).HasMaxLength(2 * DraftComment.Longest);
            e.Property(c => c.Answer).HasMaxLength(2 * DraftComment.Longest);
            e.Property(c => c.DealtWithBy).HasMaxLength(100);
            // In the order of the office's list, whole or of one state.
            e.HasIndex(c => new { c.ConsultationId, c.Place, c.Id });
            e.HasIndex(c => new { c.ConsultationId, c.State, c.Place });
            e.HasOne(c => c.Consultation).WithMany().HasForeignKey(c => c.ConsultationId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne(c => c.Invitation).WithMany().HasForeignKey(c => c.InvitationId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne<Contact>().WithMany().HasForeignKey(c => c.ContactId).OnDelete(DeleteBehavior.SetNull);
        });
        builder.Entity<EditionMention>(e =>
        {
            e.Property(m => m.TextHash).HasMaxLength(64);
            e.HasIndex(m => m.OrganisationId);
            e.HasIndex(m => m.QuoteId);
        });
        builder.Entity<Artefact>(e =>
        {
            e.HasIndex(a => new { a.EditionVersionId, a.Language, a.Name }).IsUnique();
            e.Property(a => a.Language).HasMaxLength(8);
            e.Property(a => a.Name).HasMaxLength(200);
            e.Property(a => a.MediaType).HasMaxLength(100);
            e.Property(a => a.Sha256).HasMaxLength(64);
        });
        builder.Entity<AuditEntry>(e =>
        {
            e.Property(a => a.Actor).HasMaxLength(100);
            e.Property(a => a.Action).HasMaxLength(60);
            e.Property(a => a.Subject).HasMaxLength(200);
            e.Property(a => a.DetailsHash).HasMaxLength(64);
            e.Property(a => a.Link).HasMaxLength(64);
            e.Property(a => a.KeyName).HasMaxLength(16);
            e.HasIndex(a => a.At);
            e.HasIndex(a => a.Number).IsUnique();
        });
        builder.Entity<AuditHead>(e =>
        {
            e.Property(h => h.Id).ValueGeneratedNever();
            e.Property(h => h.Link).HasMaxLength(64);
        });
        builder.Entity<AuditDetail>(e =>
        {
            e.HasKey(d => d.EntryId);
            e.Property(d => d.EntryId).ValueGeneratedNever();
            e.Property(d => d.Salt).HasMaxLength(64);
            e.HasOne<AuditEntry>().WithOne(a => a.Detail).HasForeignKey<AuditDetail>(d => d.EntryId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<DataProtectionKey>().Property(k => k.FriendlyName).HasMaxLength(200);
    }

    /// <summary>Saves, and chains the audit entries that are saved with it in the same transaction.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var entries = AuditChain.AddedTo(this);
        if (entries.Count == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await AuditChain.ExtendAsync(this, entries, cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return saved;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => AuditChain.AddedTo(this).Count == 0
        ? base.SaveChanges(acceptAllChangesOnSuccess)
        : throw new InvalidOperationException("Audit entries are saved with SaveChangesAsync, which chains them.");

    private static void Codes(params Microsoft.EntityFrameworkCore.Metadata.Builders.PropertyBuilder<string>[] codes)
    {
        foreach (var code in codes)
        {
            code.HasMaxLength(80);
        }
    }

    /// <summary>SQLite hands moments back without a kind and PostgreSQL refuses to write such; both keep microseconds.</summary>
    private sealed class UtcMoment() : ValueConverter<DateTime, DateTime>(
        v => new DateTime(v.Ticks - (v.Ticks % 10), DateTimeKind.Utc),
        v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
}
