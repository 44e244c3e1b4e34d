using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Office.Mails;

/// <summary>All mails by how they stand, the newest first; those that need a decision can be sent again or said to have arrived.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class OutboxModel(SurveyDb db, MailPost post, TimeProvider time) : PageModel
{
    private const int PageSize = 50;

    public OutboxState? State { get; private set; }

    public long? Mailing { get; private set; }

    public string Address { get; private set; } = "";

    public IReadOnlyDictionary<OutboxState, int> Counts { get; private set; } = new Dictionary<OutboxState, int>();

    public IReadOnlyList<MailLine> Mails { get; private set; } = [];

    /// <summary>The id before which the next page begins; null on the last.</summary>
    public long? Before { get; private set; }

    /// <summary>A decision could not be carried out.</summary>
    public bool IsRefused { get; private set; }

    public Task OnGetAsync(OutboxState? state, long? mailing, string? address, long? before, CancellationToken cancel) => ShowAsync(state, mailing, address, before, cancel);

    public async Task<IActionResult> OnPostAsync(long id, string? decision, OutboxState? state, CancellationToken cancel)
    {
        if (!ModelState.IsValid || decision is not ("again" or "arrived") || !await db.Outbox.AnyAsync(m => m.Id == id, cancel))
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        var isDone = decision == "again"
            ? await OfficeMail.SendAgainAsync(db, id, OfficeActor.Of(User), now, cancel)
            : await OfficeMail.ArrivedAsync(db, id, OfficeActor.Of(User), now, cancel);
        if (!isDone)
        {
            db.ChangeTracker.Clear();
            await ShowAsync(state, null, null, null, cancel);
            IsRefused = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        await post.LookAsync(cancel);
        return Redirect($"/office/mails?state={state}");
    }

    private async Task ShowAsync(OutboxState? state, long? mailing, string? address, long? before, CancellationToken cancel)
    {
        (State, Mailing, Address) = (state, mailing, (address ?? "").Trim());
        var part = Address.ToLowerInvariant();
        Counts = await db.Outbox.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
#pragma warning disable CA1304, CA1311, CA1862 // ToLower becomes the database's lower(), which knows no culture; comparisons with one are not translated
        var found = await (
            from message in db.Outbox.AsNoTracking()
            where (state == null || message.State == state) && (mailing == null || message.MailingId == mailing) && (before == null || message.Id < before)
                && (part == "" || message.ToAddress.ToLower().Contains(part))
            join round in db.Rounds on message.RoundId equals round.Id into rounds
            from round in rounds.DefaultIfEmpty()
            orderby message.Id descending
            select new MailLine(message.Id, message.State, message.ToAddress, message.Subject, round == null ? null : round.Slug, round != null && round.IsSample, message.Body.Length > 0, message.Attempts, message.LastError, message.CreatedAt, message.SentAt, message.NotBefore))
            .Take(PageSize + 1).ToListAsync(cancel);
#pragma warning restore CA1304, CA1311, CA1862
        Mails = [.. found.Take(PageSize)];
        Before = found.Count > PageSize ? Mails[^1].Id : null;
    }

    /// <summary>A mail in the list.</summary>
    public sealed record MailLine(long Id, OutboxState State, string To, string Subject, string? Round, bool IsSample, bool HasBody, int Attempts, string? LastError, DateTime CreatedAt, DateTime? SentAt, DateTime? NotBefore)
    {
        public bool CanBeSentAgain => State is OutboxState.Failed or OutboxState.Uncertain && HasBody;
    }
}
