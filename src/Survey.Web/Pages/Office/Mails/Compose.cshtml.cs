using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Mail;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Mails;

/// <summary>
/// Invitations or reminders before they are sent: to whom, how many, who cannot be reached, what the mail says in each language, a test mail to oneself. Confirming stores
/// the <see cref="Mailing"/>; the rest happens in the background. Whom it is limited to stands in the address, single organisations in short (<see cref="MemberChoice"/>), so
/// that the page can be loaded again; they are typed into a form that is sent, since a thousand names fit in no address. The form to
/// confirm names the wave that it is for, so that a second click leads to the first one's mailing.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class ComposeModel(SurveyDb db, RoundForms forms, MailPost post, UiTexts texts, Network network, UserManager<OfficeAccount> accounts, TimeProvider time, IServiceProvider services) : PageModel
{
    /// <summary>The most unreachable organisations that are listed.</summary>
    public const int MostListed = 50;

    // A thousand whole names of full length, and room to spare.
    private const int MostTyped = 400_000;

    public SurveyRound Round { get; private set; } = null!;

    public MailingKind Kind { get; private set; }

    /// <summary>The kind as addresses and text keys name it.</summary>
    public string KindName => Kind is MailingKind.Invitation ? "invitation" : "reminder";

    public bool IsOpen { get; private set; }

    /// <summary>The wave that confirming makes.</summary>
    public int Wave { get; private set; }

    public IReadOnlyList<Region> Regions { get; private set; } = [];

    public IReadOnlyList<string> Languages => network.Languages;

    public MailingSelection Selection { get; private set; } = new([], [], []);

    /// <summary>Single organisations as they were typed, or as they could be.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>The single organisations in the address.</summary>
    public string Chosen => MemberChoice.Of(Selection.Organisations);

    /// <summary>What was typed and is no organisation of this round.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = [];

    public int Organisations { get; private set; }

    public int Persons { get; private set; }

    /// <summary>How many persons get which message.</summary>
    public IReadOnlyList<(string Template, int Persons)> ByTemplate { get; private set; } = [];

    public IReadOnlyList<(int Id, string Name)> Unreachable { get; private set; } = [];

    public int UnreachableCount { get; private set; }

    public IReadOnlyList<OutboxMessage> Previews { get; private set; } = [];

    /// <summary>A test mail was put into the outbox.</summary>
    public bool IsTested { get; private set; }

    /// <summary>Another mailing was started since the page was loaded; this one was not.</summary>
    public bool IsMeanwhile { get; private set; }

    /// <summary>Confirming was refused because there is nobody to write to.</summary>
    public bool IsNobody { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, string kind, string[] region, string[] language, string? chosen, bool tested, CancellationToken cancel)
    {
        if (!await FindAsync(slug, kind, cancel) || await ChosenAsync(chosen, cancel) is not { } single)
        {
            return KindPage.NotFound();
        }

        IsTested = tested;
        await ShowAsync(region, language, single, cancel);
        return Page();
    }

    /// <summary>Limits the mailing to what was chosen and typed: leads to the address that says so, or comes back with the lines that are no organisation.</summary>
    public async Task<IActionResult> OnPostLimitAsync(string slug, string kind, string[] region, string[] language, string? organisations, CancellationToken cancel)
    {
        if (!await FindAsync(slug, kind, cancel))
        {
            return KindPage.NotFound();
        }

        var single = await TypedAsync(organisations, cancel);
        if (Unknown.Count == 0)
        {
            return Redirect($"/office/rounds/{slug}/mails/{KindName}{Query(region, language, MemberChoice.Of(single))}#to");
        }

        await ShowAsync(region, language, single, cancel);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Puts the mail in one language to who is signed in into the outbox.</summary>
    public async Task<IActionResult> OnPostTestAsync(string slug, string kind, string speaks, string? variant, string[] region, string[] language, string? chosen, CancellationToken cancel)
    {
        if (!await FindAsync(slug, kind, cancel) || !texts.Has(speaks) || Templates().FirstOrDefault(t => t == variant) is not { } template || await accounts.GetUserAsync(User) is not { Email: { } address })
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        post.Put(db, Sample(template, speaks, isDiscreet: false, new Contact { Email = address, EmailFolded = address.ToLowerInvariant() }, $"test-{Guid.NewGuid():N}"), now);
        db.Record(now, OfficeActor.Of(User), "mail.test", $"round:{slug}");
        await db.SaveChangesAsync(cancel);
        await post.LookAsync(cancel);
        // Whom it would go to stays chosen: the next click may send.
        return Redirect($"/office/rounds/{slug}/mails/{KindName}{Query(region, language, chosen, ("tested", "true"))}#preview");
    }

    public async Task<IActionResult> OnPostAsync(string slug, string kind, string[] region, string[] language, string? chosen, int wave, CancellationToken cancel)
    {
        if (!await FindAsync(slug, kind, cancel) || await ChosenAsync(chosen, cancel) is not { } single)
        {
            return KindPage.NotFound();
        }

        await ShowAsync(region, language, single, cancel);
        if (await ExistingAsync(wave, cancel) is { } already)
        {
            return IsSame(already) ? Redirect($"/office/mailings/{already.Id}") : Meanwhile();
        }

        if (!IsOpen || Persons == 0 || wave != Wave)
        {
            IsNobody = Persons == 0;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var now = time.GetUtcNow().UtcDateTime;
        var mailing = new Mailing
        {
            RoundId = Round.Id,
            Kind = Kind,
            Wave = wave,
            Regions = string.Join(' ', Selection.Regions),
            Languages = string.Join(' ', Selection.Languages),
            Organisations = string.Join(' ', Selection.Organisations),
            RequestedAt = now,
            RequestedBy = OfficeActor.Of(User),
            Expected = Persons,
        };
        db.Mailings.Add(mailing);
        db.Record(now, OfficeActor.Of(User), $"mailing.{KindName}", string.Create(CultureInfo.InvariantCulture, $"round:{slug}/wave:{wave}"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            // The same click twice at one moment: the other one stored it.
            db.ChangeTracker.Clear();
            if (await ExistingAsync(wave, cancel) is { } other)
            {
                return IsSame(other) ? Redirect($"/office/mailings/{other.Id}") : Meanwhile();
            }

            throw;
        }

        if (services.GetService<JobSignal>() is { } signal)
        {
            await signal.LookAsync(MailingTask.TaskName, cancel);
        }

        return Redirect($"/office/mailings/{mailing.Id}");
    }

    private Task<Mailing?> ExistingAsync(int wave, CancellationToken cancel) =>
        db.Mailings.AsNoTracking().FirstOrDefaultAsync(m => m.RoundId == Round.Id && m.Kind == Kind && m.Wave == wave, cancel);

    /// <summary>Whether a stored mailing is this very click, made before.</summary>
    private bool IsSame(Mailing stored) => stored.RequestedBy == OfficeActor.Of(User)
        && (stored.Regions, stored.Languages, stored.Organisations) == (string.Join(' ', Selection.Regions), string.Join(' ', Selection.Languages), string.Join(' ', Selection.Organisations));

    /// <summary>Somebody else's mailing came first: nothing is sent, and the page shows whom one would go to now.</summary>
    private PageResult Meanwhile()
    {
        IsMeanwhile = true;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> FindAsync(string slug, string kind, CancellationToken cancel)
    {
        if (kind is not ("invitation" or "reminder") || await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return false;
        }

        (Round, Kind, IsOpen) = (round, kind == "invitation" ? MailingKind.Invitation : MailingKind.Reminder, round.IsOpenAt(time.GetUtcNow().UtcDateTime));
        Wave = 1 + await db.Mailings.Where(m => m.RoundId == round.Id && m.Kind == Kind).MaxAsync(m => (int?)m.Wave, cancel) ?? 1;
        Regions = round.State is RoundState.Planned ? [] : (await forms.OfAsync(db, round.Id, cancel)).Places.Regions;
        return true;
    }

    private static QueryString Query(string[] region, string[] language, string? chosen, params (string Name, string Value)[] more) => new QueryBuilder(
    [
        .. region.Select(r => new KeyValuePair<string, string>("region", r)), .. language.Select(l => new KeyValuePair<string, string>("language", l)),
        .. string.IsNullOrEmpty(chosen) ? [] : new[] { new KeyValuePair<string, string>("chosen", chosen) }, .. more.Select(m => new KeyValuePair<string, string>(m.Name, m.Value)),
    ]).ToQueryString();

    private async Task ShowAsync(string[] region, string[] language, IReadOnlyList<int> single, CancellationToken cancel)
    {
        Selection = new([.. Regions.Select(r => r.Slug).Where(region.Contains)], [.. Languages.Where(language.Contains)], single);
        Previews = [.. from template in Templates() from speaks in Languages from isDiscreet in new[] { false, true } select post.Written(Sample(template, speaks, isDiscreet, new Contact { Email = network.ContactEmail, EmailFolded = "" }, "preview"), time.GetUtcNow().UtcDateTime)];
        if (Unknown.Count > 0 || !IsOpen)
        {
            return;
        }

        var found = await MailingAudience.Of(db, Round.Id, Kind, Selection).AsNoTracking().Select(a => new { a.Invitation.Id, Version = a.Response == null ? (int?)null : a.Response.Version }).ToListAsync(cancel);
        (Organisations, Persons) = (found.Select(f => f.Id).Distinct().Count(), found.Count);
        ByTemplate = Kind is MailingKind.Invitation
            ? []
            : [.. new[] { (MailTemplates.Reminder, found.Count(f => f.Version is null)), (MailTemplates.ReminderStarted, found.Count(f => f.Version == 0)), (MailTemplates.UnsentChanges, found.Count(f => f.Version > 0)) }];
        var unreachable = MailingAudience.Unreachable(db, Round.Id, Kind, Selection).AsNoTracking();
        UnreachableCount = await unreachable.CountAsync(cancel);
        Unreachable = [.. (await unreachable.OrderBy(p => p.Organisation.NameSortKey).ThenBy(p => p.Organisation.Id).Take(MostListed).Select(p => new { p.Organisation.Id, p.Organisation.Name }).ToListAsync(cancel)).Select(p => (p.Id, p.Name))];
    }

    private IEnumerable<string> Templates() => Kind is MailingKind.Invitation ? [MailTemplates.Invitation] : [MailTemplates.Reminder, MailTemplates.ReminderStarted, MailTemplates.UnsentChanges];

    /// <summary>
    /// The organisations of this round among the chosen ones; null where there were some and none of them is in it, since an empty choice means all. Each is shown by its
    /// name, or by its code where others of the round have that name.
    /// </summary>
    private async Task<IReadOnlyList<int>?> ChosenAsync(string? chosen, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(chosen))
        {
            return [];
        }

        var ids = MemberChoice.Read(chosen);
        var found = await db.Invitations.AsNoTracking().Where(i => i.RoundId == Round.Id && EF.Parameter(ids).Contains(i.OrganisationId))
            .OrderBy(i => i.Organisation!.NameSortKey).ThenBy(i => i.OrganisationId).Select(i => new { i.OrganisationId, i.Organisation!.Code, i.Organisation.Name, i.Organisation.NameFolded }).ToListAsync(cancel);
        var names = await db.Invitations.AsNoTracking().Where(i => i.RoundId == Round.Id).GroupBy(i => i.Organisation!.NameFolded).Where(g => g.Count() > 1).Select(g => g.Key).ToListAsync(cancel);
        Typed = string.Join('\n', found.Select(f => names.Contains(f.NameFolded) ? f.Code : f.Name));
        return found.Count == 0 ? null : [.. found.Select(f => f.OrganisationId).Order()];
    }

    // By code or by whole name, one a line; a name that several organisations have is not known well enough.
    private async Task<IReadOnlyList<int>> TypedAsync(string? organisations, CancellationToken cancel)
    {
        Typed = DoorText.Cut(DoorText.Clean(organisations ?? ""), MostTyped);
        var lines = Typed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        var folded = lines.ConvertAll(FoldedText.Of);
        var found = lines.Count == 0
            ? []
            : await db.Invitations.AsNoTracking().Where(i => i.RoundId == Round.Id && (EF.Parameter(lines).Contains(i.Organisation!.Code) || EF.Parameter(folded).Contains(i.Organisation.NameFolded)))
                .Select(i => new { i.OrganisationId, i.Organisation!.Code, i.Organisation.NameFolded }).ToListAsync(cancel);
        var (byCode, byName) = (found.ToLookup(f => f.Code, StringComparer.Ordinal), found.ToLookup(f => f.NameFolded, StringComparer.Ordinal));
        List<int> ids = [];
        List<string> unknown = [];
        foreach (var line in lines)
        {
            var those = byCode.Contains(line) ? byCode[line] : byName[FoldedText.Of(line)];
            if (those.Take(2).ToList() is [var one])
            {
                ids.Add(one.OrganisationId);
            }
            else
            {
                unknown.Add(line);
            }
        }

        Unknown = unknown;
        return [.. ids.Distinct()];
    }

    private Letter Sample(string template, string language, bool isDiscreet, Contact to, string key)
    {
        var name = texts.In(language).Text("mails.sampleOrganisation");
        var invitation = new Invitation { Name = name, Country = "", Region = "" };
        return new Letter(template, key, language, to, invitation, Round) { IsDiscreet = isDiscreet, Link = post.Address("/a/example") };
    }
}
