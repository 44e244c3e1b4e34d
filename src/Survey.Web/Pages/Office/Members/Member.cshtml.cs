using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;
using Survey.Web.Pages.Answer;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Members;

/// <summary>One organisation: its facts, its contacts, the rounds it was invited to. Rounds that have opened keep what was known when it joined them.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberModel(SurveyDb db, RoundForms forms, Installation installation, TimeProvider time, MailPost post) : PageModel
{
    public Organisation Member { get; private set; } = null!;

    public MemberTerms Terms { get; private set; } = null!;

    public MemberFacts Facts { get; private set; } = null!;

    /// <summary>What stands in the database, in short.</summary>
    public string Seen { get; private set; } = "";

    public IReadOnlyList<ContactLine> Contacts { get; private set; } = [];

    public IReadOnlyList<RoundLine> Rounds { get; private set; } = [];

    /// <summary>Duplicates that went into it.</summary>
    public IReadOnlyList<MemberMerges> Merges { get; private set; } = [];

    /// <summary>Whom it continues, after a real merger or split, and who continues it.</summary>
    public IReadOnlyList<MemberName> Continues { get; private set; } = [];

    public IReadOnlyList<MemberName> ContinuedBy { get; private set; } = [];

    /// <summary>The round that takes answers now, or null.</summary>
    public SurveyRound? Round { get; private set; }

    /// <summary>Whether it can answer now, in the open round or in one that was reopened for it.</summary>
    public bool TakesAnswers { get; private set; }

    /// <summary>Whether it is in that round.</summary>
    public bool IsInRound => Rounds.Any(r => r.RoundId == Round?.Id);

    /// <summary>What was just done (<c>members.done.WORD</c>), or null.</summary>
    public string? Done { get; private set; }

    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGetAsync(int id, string? done, CancellationToken cancel)
    {
        if (await db.Organisations.Where(o => o.Id == id && o.MergedIntoId != null).Select(o => o.MergedIntoId).FirstOrDefaultAsync(cancel) is { } survivor)
        {
            return Redirect(FormattableString.Invariant($"/office/members/{survivor}"));
        }

        if (!await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        Done = done is "added" or "saved" or "contact" or "removed" or "retired" or "back" or "joined" or "merged" or "unmerged" or "continues" ? done : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, string? seen, string? name, string? country, string? type, string? language, bool discreet, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockOrganisationAsync(id, cancel);
        if (!await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        var stored = Facts;
        if (seen != stored.Seen)
        {
            return Refuse(new Dictionary<string, string> { [""] = "changed" }, StatusCodes.Status409Conflict);
        }

        Facts = MemberFacts.Typed(name, country, type, language, discreet);
        var problems = Facts.Problems(Terms, stored);
        var folded = FoldedText.Of(Facts.Name);
        if (problems.Count == 0 && (folded, Facts.Country) != (Member.NameFolded, stored.Country)
            && await db.Organisations.AnyAsync(o => o.Id != id && o.MergedIntoId == null && o.NameFolded == folded && o.Country == Facts.Country, cancel))
        {
            problems["name"] = "sameName";
        }

        if (problems.Count > 0)
        {
            return Refuse(problems, StatusCodes.Status422UnprocessableEntity);
        }

        if (Facts == stored)
        {
            return Redirect(Address("saved"));
        }

        var organisation = await db.Organisations.SingleAsync(o => o.Id == id, cancel);
        Facts.WriteTo(organisation);
        await db.SaveChangesAsync(cancel);
        if (Facts.IsDiscreet && !stored.IsDiscreet)
        {
            await DiscretionChoice.HideWaitingAsync(db, post, id, cancel);
        }

        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), "organisation.change", FormattableString.Invariant($"organisation:{id}"), $"{stored} → {Facts}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(Address("saved"));
    }

    public async Task<IActionResult> OnPostJoinAsync(int id, CancellationToken cancel)
    {
        if (!await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        if (Round is null || Member.RetiredAt is not null)
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        var form = await forms.OfAsync(db, Round.Id, cancel);
        if (form.Places.RegionOf(Member.Country) is null)
        {
            return Refuse(new Dictionary<string, string> { ["country"] = "roundCountry" }, StatusCodes.Status422UnprocessableEntity);
        }

        await RoundJoining.AddAsync(db, Round, form.Places, [id], OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, cancel);
        return Redirect(Address("joined"));
    }

    private string Address(string done) => FormattableString.Invariant($"/office/members/{Member.Id}?done={done}");

    private PageResult Refuse(Dictionary<string, string> problems, int status)
    {
        Problems = problems;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> ShowAsync(int id, CancellationToken cancel)
    {
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.ErasedAt == null, cancel) is not { } member)
        {
            return false;
        }

        (Member, Facts) = (member, MemberFacts.Of(member));
        Seen = Facts.Seen;
        Terms = await OpenRound.TermsAsync(db, forms, installation, cancel);
        Round = await OpenRound.OfAsync(db, time.GetUtcNow().UtcDateTime, cancel);
        TakesAnswers = await OpenRound.InvitationAsync(db, id, time.GetUtcNow().UtcDateTime, cancel) is not null;
        Contacts = await db.Contacts.AsNoTracking().Where(c => c.OrganisationId == id && c.RemovedAt == null).OrderBy(c => c.Id)
            .Select(c => new ContactLine(c.Id, c.Name, c.Email, c.Language, c.OptedOutAt, c.BouncedAt, c.IsAddedByMember)).ToListAsync(cancel);
        Merges = await MemberMerges.OfAsync(db, id, cancel);
        Continues = await (from c in db.Continuations.AsNoTracking() where c.OrganisationId == id join o in db.Organisations on c.ContinuesId equals o.Id orderby o.Id select new MemberName(o.Id, o.Name)).ToListAsync(cancel);
        ContinuedBy = await (from c in db.Continuations.AsNoTracking() where c.ContinuesId == id join o in db.Organisations on c.OrganisationId equals o.Id orderby o.Id select new MemberName(o.Id, o.Name)).ToListAsync(cancel);
        Rounds = await (
            from invitation in db.Invitations.AsNoTracking()
            where invitation.OrganisationId == id
            join round in db.Rounds on invitation.RoundId equals round.Id
            join found in db.Responses on invitation.Id equals found.InvitationId into answered
            from response in answered.DefaultIfEmpty()
            orderby round.Id descending
            select new RoundLine(round.Id, round.Slug, invitation.Name, invitation.Country, response == null ? null : response.Version)).ToListAsync(cancel);
        return true;
    }

    /// <summary>A person of the organisation.</summary>
    public sealed record ContactLine(int Id, string Name, string Email, string Language, DateTime? OptedOutAt, DateTime? BouncedAt, bool IsAddedByMember);

    /// <summary>A round that it was invited to, with what was known then; the version is of its response, null where there is none.</summary>
    public sealed record RoundLine(int RoundId, string Slug, string Name, string Country, int? Version)
    {
        public string Stage => Version switch { null => "invited", 0 => "started", _ => "sent" };
    }
}
