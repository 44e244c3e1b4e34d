using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>Who can open this response. People are added while the round takes answers, and removed at any time.</summary>
public sealed class ColleaguesModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks, MailPost post)
    : MemberPage(db, session, forms, texts, time, marks)
{
    /// <summary>Values of the button: add, remove.</summary>
    public const string Add = "add", Remove = "remove";

    public IReadOnlyList<Person> People { get; private set; } = [];

    /// <summary>How many links that the office gave without a name lead here.</summary>
    public int OfficeLinks { get; private set; }

    /// <summary>Whom the page asks about before it removes; null when it asks nothing.</summary>
    public Person? Leaving { get; private set; }

    /// <summary>Who was just added or removed, in words that were typed; null when nobody was.</summary>
    public string? AddedName { get; private set; }

    public string? RemovedName { get; private set; }

    /// <summary>Whether the reader removed itself: nothing here opens any more.</summary>
    public bool IsGone { get; private set; }

    /// <summary>The name of a problem under <c>colleagues.problem</c> by field; the field of one that belongs to none is empty.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>What was typed.</summary>
    public string PersonName { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string PersonLanguage { get; private set; } = "";

    // Adding is refused below, in words.
    protected override bool IsAlwaysAllowed => true;

    public async Task OnGetAsync(int? remove, int? added, int? removed, CancellationToken cancel)
    {
        await ShowAsync(cancel);
        Leaving = People.FirstOrDefault(p => p.Id == remove);
        AddedName = People.FirstOrDefault(p => p.Id == added)?.Shown;
        RemovedName = removed is null ? null : await Db.Contacts.Where(c => c.Id == removed && c.OrganisationId == Held.Invitation.OrganisationId && c.RemovedAt != null)
            .Select(c => c.Name != "" ? c.Name : c.Email).FirstOrDefaultAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(string? name, string? email, string? language, int contact, string? then, CancellationToken cancel)
    {
        (PersonName, Email, PersonLanguage) = (DoorText.Clean(name ?? "").Trim(), email ?? "", language ?? "");
        if (AskedLanguage is { } spoken)
        {
            await SpeakAsync(spoken);
        }
        else if (then == Remove)
        {
            return await RemoveAsync(contact, cancel);
        }
        else if (then == Add && !IsOpen)
        {
            return KindPage.Closed();
        }
        else if (then == Add && await AddAsync(cancel) is { } done)
        {
            return done;
        }

        await ShowAsync(cancel);
        return Page();
    }

    private async Task<IActionResult?> AddAsync(CancellationToken cancel)
    {
        var problems = new Dictionary<string, string>();
        var address = EmailAddress.Of(Email);
        if (!ColleagueChanges.IsName(PersonName))
        {
            problems["name"] = PersonName.Length == 0 ? "noName" : "name";
        }

        if (address is null)
        {
            problems["email"] = "email";
        }

        if (Texts.Languages.All(l => l.Language != PersonLanguage))
        {
            problems["language"] = "language";
        }

        if (problems.Count == 0 && await ColleagueChanges.AddAsync(Db, post, Held, PersonName, address!, PersonLanguage, Now, cancel) is { } refused)
        {
            problems[refused == "there" ? "email" : ""] = refused;
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return null;
        }

        await post.LookAsync(cancel);
        var folded = address!.ToLowerInvariant();
        var id = await Db.Contacts.Where(c => c.OrganisationId == Held.Invitation.OrganisationId && c.EmailFolded == folded).Select(c => c.Id).SingleAsync(cancel);
        return Redirect(To($"colleagues?added={id}"));
    }

    private async Task<IActionResult> RemoveAsync(int contact, CancellationToken cancel)
    {
        await ColleagueChanges.RemoveAsync(Db, Held, contact, Now, cancel);
        if (contact != Held.ContactId)
        {
            return Redirect(To($"colleagues?removed={contact}"));
        }

        IsGone = true;
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        var invitation = Held.Invitation.Id;
        var people = await Db.Contacts.AsNoTracking().Where(c => c.OrganisationId == Held.Invitation.OrganisationId && c.RemovedAt == null).OrderBy(c => c.Id)
            .Select(c => new Person(c.Id, c.Name, c.Email, c.Language, c.Id == Held.ContactId,
                Db.PersonalLinks.Any(l => l.ContactId == c.Id && l.InvitationId == invitation && l.RevokedAt == null))).ToListAsync(cancel);
        People = [.. people.OrderByDescending(p => p.IsYou)];
        OfficeLinks = await Db.PersonalLinks.CountAsync(l => l.InvitationId == invitation && l.ContactId == null && l.RevokedAt == null, cancel);
    }

    /// <summary>A person of the organisation; one without a link may ask for it.</summary>
    public sealed record Person(int Id, string Name, string Email, string Language, bool IsYou, bool HasLink)
    {
        /// <summary>The name, or the address of who gave none.</summary>
        public string Shown => Name.Length > 0 ? Name : Email;
    }
}
