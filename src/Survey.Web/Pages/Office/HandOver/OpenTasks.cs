using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Mail;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Office.Accounts;
using Survey.Web.Pages.Office.Mails;
using Survey.Web.Pages.Office.Quotes;
using Survey.Web.Pages.Office.Responses;
using Survey.Web.Pages.Office.Rounds;

namespace Survey.Web.Pages.Office.HandOver;

/// <summary>
/// What is open in the office at a moment, by group; a group without anything is left out. Everybody of the office sees the counts; names, addresses and the links to
/// pages that hold them go to who may open those pages. The database counts; the rules are those of the pages on which the work is done.
/// </summary>
public sealed class OpenTasks(SurveyDb db, RoundForms forms, ClaimsPrincipal user, DateTime now)
{
    /// <summary>A round that closes within this time is named.</summary>
    public static readonly TimeSpan ClosingSoon = TimeSpan.FromDays(14);

    /// <summary>How long a disabled account is named: who takes over asks once who does that person's work now.</summary>
    public static readonly TimeSpan DisabledOfLate = TimeSpan.FromDays(30);

    /// <summary>The most that are named one by one.</summary>
    private const int MostNamed = 20;

    private bool MayEdit => OfficeMay.Edit(user);

    public async Task<IReadOnlyList<TaskGroup>> OfAsync(IReadOnlyList<SurveyRound> rounds, IReadOnlyList<AccountLine> accounts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentNullException.ThrowIfNull(accounts);
        TaskGroup[] all =
        [
            new("rounds", await RoundsAsync(rounds, cancel)),
            new("mails", await MailsAsync(rounds, cancel)),
            new("reports", await ReportsAsync(rounds, cancel)),
            new("members", await MembersAsync(cancel)),
            new("accounts", OfficeMay.Administer(user) ? Accounts(accounts) : []),
        ];
        return [.. all.Where(g => g.Tasks.Count > 0)];
    }

    private async Task<IReadOnlyList<OpenTask>> RoundsAsync(IReadOnlyList<SurveyRound> rounds, CancellationToken cancel)
    {
        var overdue = await RoundDesk.OverdueAsync(db, rounds, now, cancel);
        var questions = await db.Responses.Where(r => r.Version > 0 && r.Review == ReviewState.HasQuestion).GroupBy(r => r.RoundId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var tasks = new List<OpenTask>();
        foreach (var round in rounds.Where(r => r.State is not RoundState.Frozen))
        {
            var home = $"/office/rounds/{round.Slug}";
            var state = RoundStanding.StateOf(round, now);
            if (state is RoundState.Planned)
            {
                tasks.Add(new(overdue.Contains(round.Slug) ? "overdue" : "planned", home, round));
                continue;
            }

            if (state is RoundState.Closed)
            {
                tasks.Add(new("notFrozen", home, round));
                tasks.AddRange(await ReopenedAsync(round, $"{home}/responses", cancel));
            }
            else if (round.ClosesAt is null)
            {
                tasks.Add(new("noLastDay", home, round));
            }
            else if (round.ClosesAt <= now + ClosingSoon)
            {
                tasks.Add(new("closing", home, round));
            }

            var looks = (await SecondLooks.OfRoundAsync(db, round, await forms.OfAsync(db, round.Id, cancel), cancel)).DistinctBy(l => l.ResponseId).Count();
            tasks.AddRange(Counted("questions", $"{home}/responses?show={ResponseFilter.HasQuestion}", questions.GetValueOrDefault(round.Id), round));
            tasks.AddRange(Counted("looks", $"{home}/second-look", looks, round));
        }

        tasks.AddRange(Counted("quotes", "/office/quotes", await QuotesModel.Waiting(db).CountAsync(cancel)));
        return tasks;
    }

    /// <summary>Organisations that may still answer although the round is over.</summary>
    private async Task<IEnumerable<OpenTask>> ReopenedAsync(SurveyRound round, string address, CancellationToken cancel)
    {
        var reopened = db.Invitations.Where(i => i.RoundId == round.Id && i.ReopenedUntil >= now);
        var names = MayEdit
            ? await reopened.OrderBy(i => i.Organisation!.NameSortKey).ThenBy(i => i.Id).Take(MostNamed).Select(i => new { i.Id, i.Name }).ToListAsync(cancel)
            : [];
        return Counted("reopened", address, await reopened.CountAsync(cancel), round, [.. names.Select(i => new TaskPlace(i.Name, FormattableString.Invariant($"/office/invitations/{i.Id}/reopen")))]);
    }

    private async Task<IReadOnlyList<OpenTask>> MailsAsync(IReadOnlyList<SurveyRound> rounds, CancellationToken cancel)
    {
        var counts = await db.Outbox.Where(m => m.State == OutboxState.Uncertain || m.State == OutboxState.Waiting || m.State == OutboxState.Sending)
            .GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var paused = (await MailingLine.OfAsync(db, db.Mailings.Where(m => m.PausedAt != null), cancel)).Where(l => l.IsPaused).CountBy(l => l.Mailing.RoundId).ToDictionary();
        List<OpenTask> tasks =
        [
            .. Counted("failed", $"/office/mails?state={OutboxState.Failed}", await OfficeMail.FailedAndOpen(db).CountAsync(cancel)),
            .. Counted("uncertain", $"/office/mails?state={OutboxState.Uncertain}", counts.GetValueOrDefault(OutboxState.Uncertain)),
            .. Counted("waiting", $"/office/mails?state={OutboxState.Waiting}", counts.GetValueOrDefault(OutboxState.Waiting) + counts.GetValueOrDefault(OutboxState.Sending)),
        ];
        foreach (var round in rounds)
        {
            tasks.AddRange(Counted("paused", $"/office/rounds/{round.Slug}/mails", paused.GetValueOrDefault(round.Id), round));
            if (round.IsOpenAt(now))
            {
                var unreachable = await MailingAudience.Unreachable(db, round.Id, MailingKind.Invitation, new([], [], [])).CountAsync(cancel);
                tasks.AddRange(Counted("unreachable", $"/office/rounds/{round.Slug}/mails/invitation", unreachable, round));
            }
        }

        return tasks;
    }

    private async Task<IReadOnlyList<OpenTask>> ReportsAsync(IReadOnlyList<SurveyRound> rounds, CancellationToken cancel)
    {
        var due = await DueVersion.RoundsAsync(db, forms, rounds, cancel);
        var runs = await LatestRuns.OfAsync(db, cancel);
        // Of the drafts of an edition only the newest can be meant, and only if its files say the number that comes next.
        var drafts = await db.EditionVersions.AsNoTracking()
            .Where(v => v.Number == null && v.WithdrawnAt == null && v.PlannedNumber == (v.Edition!.Versions.Max(o => o.Number) ?? 0) + 1 && !v.Edition.Versions.Any(o => o.Number == null && o.Id > v.Id))
            .Select(v => new { v.Id, v.Edition!.RoundId, v.PlannedNumber }).ToDictionaryAsync(v => v.RoundId, cancel);
        var comments = await db.DraftComments.Where(c => c.State == CommentState.Open).GroupBy(c => new { c.Consultation!.RoundId, c.Consultation.Number })
            .Select(g => new { g.Key.RoundId, g.Key.Number, Count = g.Count() }).OrderBy(g => g.Number).ToListAsync(cancel);
        var tasks = new List<OpenTask>();
        foreach (var round in rounds)
        {
            foreach (var group in comments.Where(c => c.RoundId == round.Id))
            {
                tasks.AddRange(Counted("comments", FormattableString.Invariant($"/office/rounds/{round.Slug}/consultation/{group.Number}?show={CommentState.Open}"), group.Count, round));
            }

            if (due.Contains(round.Slug))
            {
                tasks.Add(new("due", $"/office/rounds/{round.Slug}", round));
            }

            if (runs.TryGetValue(round.Id, out var run) && run.State is RunState.Failed)
            {
                tasks.Add(new("failedRun", FormattableString.Invariant($"/office/runs/{run.Id}"), round));
            }

            if (!round.IsPilot && drafts.TryGetValue(round.Id, out var draft))
            {
                tasks.Add(new("draft", FormattableString.Invariant($"/office/editions/{draft.Id}"), round, Version: draft.PlannedNumber));
            }
        }

        return tasks;
    }

    private async Task<IReadOnlyList<OpenTask>> MembersAsync(CancellationToken cancel)
    {
        var (me, yesterday) = (OfficeActor.Of(user), now.AddDays(-1));
        var uploads = await db.MemberUploads.Where(u => u.UploadedAt >= yesterday).Select(u => new { u.Id, u.UploadedBy }).ToListAsync(cancel);
        var own = uploads.Find(u => u.UploadedBy == me);
        List<OpenTask> tasks = own is null ? [] : [new("ownUpload", $"/office/members/import/{own.Id}")];
        tasks.AddRange(Counted("upload", "/office/members/import", uploads.Count(u => u.UploadedBy != me)));
        // Where no round that is not frozen has the organisation, nothing presses: the merge can be undone next year as well.
        var merges = await Merging.Standing(db).AsNoTracking()
            .Where(m => db.Invitations.Any(i => i.OrganisationId == m.SurvivorId && i.InvitedAt <= m.At && i.Round!.FrozenAt == null)).OrderByDescending(m => m.Id).ToListAsync(cancel);
        var open = new List<MemberMerge>();
        foreach (var merge in merges)
        {
            if (await Merging.CanBeUndoneAsync(db, merge, cancel))
            {
                open.Add(merge);
            }
        }

        var survivors = MayEdit ? open.ConvertAll(m => m.SurvivorId) : [];
        var names = await db.ByName(db.Organisations.Where(o => survivors.Contains(o.Id))).Take(MostNamed).Select(o => new { o.Id, o.Name }).ToListAsync(cancel);
        tasks.AddRange(Counted("merges", null, open.Count, null, [.. names.Select(o => new TaskPlace(o.Name, FormattableString.Invariant($"/office/members/{o.Id}")))]));
        return tasks;
    }

    private List<OpenTask> Accounts(IReadOnlyList<AccountLine> accounts)
    {
        List<OpenTask> tasks = [.. Named("notSetUp", accounts.Where(a => a is { IsSetUp: false, DisabledAt: null }))];
        if (accounts.Count(a => a.CanSignIn && a.Role == OfficeRoles.Administrator) == 1)
        {
            tasks.Add(new("oneAdministrator", "/office/accounts"));
        }

        tasks.AddRange(Named("disabled", accounts.Where(a => a.DisabledAt >= now - DisabledOfLate)));
        return tasks;
    }

    private IEnumerable<OpenTask> Named(string name, IEnumerable<AccountLine> accounts)
    {
        var places = accounts.Select(a => new TaskPlace(a.Email, $"/office/accounts/{a.Id}")).ToList();
        return Counted(name, "/office/accounts", places.Count, null, [.. places.Take(MostNamed)]);
    }

    /// <summary>The task if there is one, with its link for editors: all of these lead to pages that a reader may not open.</summary>
    private IEnumerable<OpenTask> Counted(string name, string? address, int count, SurveyRound? round = null, IReadOnlyList<TaskPlace>? places = null) =>
        count == 0 ? [] : [new(name, MayEdit ? address : null, round, count) { Places = places ?? [] }];
}
