using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Consultations;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Mail;
using Survey.Web.Pages.Office.Editions;
using Survey.Web.Pages.Office.Rounds;
using Survey.Web.Rounds;

namespace Survey.Web.Pages.Office.Consultations;

/// <summary>
/// Shows a draft to members: until when, what the office says to them, how many get a mail in which language. Only a draft that could come out as far as its words and numbers go may be shown, since members see
/// what the public would. Confirming stores the consultation and the mailing together; a second click leads to the first one's page. While a consultation is open another draft can take the place of its draft,
/// without a mail.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class StartModel(SurveyDb db, TimeProvider time, IServiceProvider services) : PageModel
{
    // Of what stands in the way of publishing, what does not concern a draft that is only read.
    private static readonly string[] Elsewhere = ["publish.done", "publish.withdrawn"];

    private static readonly MailingSelection Everybody = new([], [], []);

    private SurveyRound round = null!;

    public VersionSeen Version { get; private set; } = null!;

    /// <summary>The number that the consultation would have.</summary>
    public int Number { get; private set; }

    /// <summary>What stands in the way: the last parts of <c>consultation.start.against.NAME</c>.</summary>
    public IReadOnlyList<string> Against { get; private set; } = [];

    /// <summary>The open consultation of another draft, whose place this one can take.</summary>
    public Consultation? Open { get; private set; }

    /// <summary>Whether this draft may take that place.</summary>
    public bool MayReplace { get; private set; }

    /// <summary>How many people get a mail, by language, and of how many organisations they are.</summary>
    public IReadOnlyList<(string Language, int Persons)> Persons { get; private set; } = [];

    public int Organisations { get; private set; }

    /// <summary>How many organisations have nobody who can be written to.</summary>
    public int Unreachable { get; private set; }

    /// <summary>The last day and the word to members as they were typed.</summary>
    public string Day { get; private set; } = "";

    public string Word { get; private set; } = "";

    /// <summary>What is wrong with them: the last parts of <c>consultation.start.problem.NAME</c>.</summary>
    public string? WrongDay { get; private set; }

    public string? WrongWord { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(int id, int number, string? day, string? word, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        (Day, Word) = ((day ?? "").Trim(), DoorText.Clean(word ?? "").Trim());
        DateTime? closesAt = RoundDay.Read(Day) is { } last ? SurveyRound.EndOfDayAnywhere(last) : null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await HoldAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        await RoundLock.TakeAsync(db, round.Id, cancel);
        if (await db.Consultations.AnyAsync(c => c.RoundId == round.Id && c.Number == number && c.EditionVersionId == id, cancel))
        {
            return Redirect(PageOf(number));
        }

        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        if (Against.Count > 0 || number != Number)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        (WrongDay, WrongWord) = (ConsultationStart.WrongDay(closesAt, now), DoorText.Length(Word) > Consultation.LongestWord ? "word" : null);
        if (WrongDay is not null || WrongWord is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var actor = OfficeActor.Of(User);
        db.Consultations.Add(new Consultation { RoundId = round.Id, Number = number, EditionVersionId = id, LastVersionId = await LastVersionAsync(cancel), ShownAt = now, Word = Word, OpenedAt = now, OpenedBy = actor, ClosesAt = closesAt!.Value });
        db.Mailings.Add(new Mailing { RoundId = round.Id, Kind = MailingKind.Consultation, Wave = number, RequestedAt = now, RequestedBy = actor, Expected = Persons.Sum(p => p.Persons) });
        Record(now, "consultation.open", number);
        db.Record(now, actor, "mailing.consultation", string.Create(CultureInfo.InvariantCulture, $"round:{round.Slug}/wave:{number}"));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (services.GetService<JobSignal>() is { } signal)
        {
            await signal.LookAsync(MailingTask.TaskName, cancel);
        }

        return Redirect(PageOf(number));
    }

    /// <summary>Puts this draft in the place of the one that members read, as after an erasure; comments stay.</summary>
    public async Task<IActionResult> OnPostReplaceAsync(int id, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await HoldAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        await RoundLock.TakeAsync(db, round.Id, cancel);
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        if (!MayReplace)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        var last = await LastVersionAsync(cancel);
        await db.Consultations.Where(c => c.Id == Open!.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.EditionVersionId, id).SetProperty(c => c.LastVersionId, last).SetProperty(c => c.ShownAt, now), cancel);
        Record(now, "consultation.replace", Open!.Number);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(PageOf(Open!.Number));
    }

    /// <summary>The page of one of the round's consultations.</summary>
    public string PageOf(int number) => string.Create(CultureInfo.InvariantCulture, $"/office/rounds/{Version.Round}/consultation/{number}");

    private void Record(DateTime at, string action, int number) =>
        db.Record(at, OfficeActor.Of(User), action, string.Create(CultureInfo.InvariantCulture, $"round:{round.Slug}/consultation:{number}"));

    /// <summary>Holds the draft until the transaction ends; false where an erasure deleted it meanwhile.</summary>
    private async Task<bool> HoldAsync(int id, CancellationToken cancel) => await db.EditionVersions.Where(v => v.Id == id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, v => v.Erratum), cancel) == 1;

    private Task<int> LastVersionAsync(CancellationToken cancel) => db.EditionVersions.Where(v => v.Edition!.RoundId == round.Id).MaxAsync(v => v.Id, cancel);

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return false;
        }

        var now = time.GetUtcNow().UtcDateTime;
        Version = version;
        round = await db.Rounds.AsNoTracking().FirstAsync(r => r.Slug == version.Round, cancel);
        var earlier = await db.Consultations.AsNoTracking().Where(c => c.RoundId == round.Id).OrderBy(c => c.Number).ToListAsync(cancel);
        Number = earlier.Count + 1;
        var draft = (await EditionPublishing.ProblemsAsync(db, id, now, cancel)).Select(p => p.Code).Except(Elsewhere).Select(c => c["publish.".Length..]).ToList();
        var (isPublished, isWithdrawn) = (version.Number is not null, version.WithdrawnAt is not null);
        Against = [.. ConsultationStart.Against(isPublished, isWithdrawn, earlier, now), .. draft];
        Open = earlier.Find(c => c.IsOpenAt(now) && c.EditionVersionId != id);
        MayReplace = Open is not null && !isPublished && !isWithdrawn && draft.Count == 0;
        var people = await MailingAudience.Of(db, round.Id, MailingKind.Consultation, Everybody).AsNoTracking().Select(a => new { a.Contact.Language, a.Invitation.Id }).ToListAsync(cancel);
        Persons = [.. people.CountBy(p => p.Language).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value))];
        Organisations = people.Select(p => p.Id).Distinct().Count();
        Unreachable = await MailingAudience.Unreachable(db, round.Id, MailingKind.Consultation, Everybody).CountAsync(cancel);
        return true;
    }
}
