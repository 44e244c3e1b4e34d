using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Domain.Storage;

/// <summary>
/// Makes two entries of one organisation into one, all or nothing. Rounds that are frozen or published stay as they are, with both. In every other one place stays: the only one that there
/// is, the one that was answered, or of two that were answered the one that the office picks; the other's answers leave the numbers and are kept as a set-aside version
/// (its number is below zero) of the response that stays. Links of both lead there, comments on drafts of both stand there, contacts are united by address, and discretion of either holds. Undone, everything is as
/// it was, but for what was answered since.
/// </summary>
public static class Merging
{
    /// <summary>The actions in the audit.</summary>
    public const string Merged = "organisation.merge", Unmerged = "organisation.unmerge";

    /// <summary>An organisation and, before it, all that went into it: everything that is held about it stands under one of these.</summary>
    public static async Task<IReadOnlyList<int>> EntriesAsync(SurveyDb db, int id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var all = new List<int> { id };
        for (var at = 0; at < all.Count; at++)
        {
            var into = all[at];
            all.AddRange(await db.Organisations.Where(o => o.MergedIntoId == into && !all.Contains(o.Id)).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(cancel));
        }

        all.Reverse();
        return all;
    }

    /// <summary>What a merge of these two would do in each round, the newest first.</summary>
    public static async Task<IReadOnlyList<MergedRound>> RoundsAsync(SurveyDb db, int survivor, int merged, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var places = await (
            from invitation in db.Invitations.AsNoTracking()
            where invitation.OrganisationId == survivor || invitation.OrganisationId == merged
            join round in db.Rounds on invitation.RoundId equals round.Id
            join found in db.Responses on invitation.Id equals found.InvitationId into answered
            from response in answered.DefaultIfEmpty()
            select new
            {
                round.Id,
                round.Slug,
                IsOver = round.FrozenAt != null || round.State == RoundState.Frozen || db.EditionVersions.Any(v => v.Edition!.RoundId == round.Id && v.Number != null),
                Place = new MergedPlace(invitation.Id, invitation.OrganisationId, response == null ? null : response.Version, response == null ? null : response.SubmittedAt),
            }).ToListAsync(cancel);
        return
        [
            .. places.GroupBy(p => (p.Id, p.Slug, p.IsOver)).OrderByDescending(g => g.Key.Id).Select(g => new MergedRound(
                g.Key.Id, g.Key.Slug, g.Key.IsOver, g.FirstOrDefault(p => p.Place.OrganisationId == survivor)?.Place, g.FirstOrDefault(p => p.Place.OrganisationId == merged)?.Place)),
        ];
    }

    /// <summary>
    /// Merges; <paramref name="counting"/> names, for each round that asks for a choice, the organisation whose answers count. Null where one of them is gone or merged
    /// already, or a choice is missing (also one that came to be since the page was made); nothing is changed then.
    /// </summary>
    public static async Task<MemberMerge?> RunAsync(SurveyDb db, int survivor, int merged, IReadOnlyDictionary<int, int> counting, string actor, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(counting);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await LockAsync(db, survivor, merged, cancel);
        var both = await db.Organisations.AsNoTracking().Where(o => (o.Id == survivor || o.Id == merged) && o.ErasedAt == null && o.MergedIntoId == null).ToListAsync(cancel);
        var rounds = await RoundsAsync(db, survivor, merged, cancel);
        if (both.Count != 2 || rounds.Any(r => r.NeedsChoice && !(counting.TryGetValue(r.Id, out var chosen) && (chosen == survivor || chosen == merged))))
        {
            return null;
        }

        var (stays, goes) = (both.Single(o => o.Id == survivor), both.Single(o => o.Id == merged));
        var (moved, revived, twins) = await UniteContactsAsync(db, survivor, merged, cancel);
        var undone = new List<RoundUndo>();
        foreach (var round in rounds.Where(r => !r.IsOver && r.Merged is not null))
        {
            undone.Add(await UniteRoundAsync(db, round, survivor, counting.GetValueOrDefault(round.Id), twins, at, cancel));
        }

        await db.Organisations.Where(o => o.Id == merged).ExecuteUpdateAsync(s => s.SetProperty(o => o.MergedIntoId, survivor).SetProperty(o => o.RetiredAt, o => o.RetiredAt ?? at), cancel);
        await db.Organisations.Where(o => o.Id == survivor)
            .ExecuteUpdateAsync(s => s.SetProperty(o => o.IsDiscreet, stays.IsDiscreet || goes.IsDiscreet).SetProperty(o => o.WantsDiscretion, stays.WantsDiscretion || goes.WantsDiscretion), cancel);
        var merge = new MemberMerge
        {
            SurvivorId = survivor,
            MergedId = merged,
            At = at,
            By = actor,
            Undo = JsonSerializer.Serialize(new MergeUndo(moved, revived, stays.IsDiscreet, stays.WantsDiscretion, goes.RetiredAt, undone)),
        };
        db.Merges.Add(merge);
        db.Record(at, actor, Merged, FormattableString.Invariant($"organisation:{survivor}/organisation:{merged}"), $"{goes.Name} → {stays.Name}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return merge;
    }

    /// <summary>Whether a merge can be undone: not done yet, both are still as it left them, and none of its rounds was frozen or published since.</summary>
    public static async Task<bool> CanBeUndoneAsync(SurveyDb db, MemberMerge merge, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(merge);
        if (!await Standing(db).AnyAsync(m => m.Id == merge.Id, cancel))
        {
            return false;
        }

        var rounds = Read(merge).Rounds.Select(r => r.RoundId).ToList();
        return !await db.Rounds.AnyAsync(r => rounds.Contains(r.Id) && (r.FrozenAt != null || db.EditionVersions.Any(v => v.Edition!.RoundId == r.Id && v.Number != null)), cancel);
    }

    /// <summary>Merges that stand as they were done, but for those on which a later one into the same organisation rests.</summary>
    public static IQueryable<MemberMerge> Standing(SurveyDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Merges.Where(m => m.UndoneAt == null
            && db.Organisations.Any(o => o.Id == m.MergedId && o.MergedIntoId == m.SurvivorId)
            && db.Organisations.Any(o => o.Id == m.SurvivorId && o.MergedIntoId == null && o.ErasedAt == null)
            && !db.Merges.Any(later => later.SurvivorId == m.SurvivorId && later.Id > m.Id && later.UndoneAt == null));
    }

    /// <summary>Undoes a merge; false where it cannot be undone (any more), with nothing changed.</summary>
    public static async Task<bool> UndoAsync(SurveyDb db, int id, string actor, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Merges.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } found)
        {
            return false;
        }

        await LockAsync(db, found.SurvivorId, found.MergedId, cancel);
        var merge = await db.Merges.AsNoTracking().SingleAsync(m => m.Id == id, cancel);
        if (!await CanBeUndoneAsync(db, merge, cancel))
        {
            return false;
        }

        var undo = Read(merge);
        foreach (var round in undo.Rounds)
        {
            await SeparateRoundAsync(db, round, cancel);
        }

        await db.Contacts.Where(c => undo.Contacts.Contains(c.Id) && c.OrganisationId == merge.SurvivorId).ExecuteUpdateAsync(s => s.SetProperty(c => c.OrganisationId, merge.MergedId), cancel);
        foreach (var (contact, removed) in undo.Revived)
        {
            await db.Contacts.Where(c => c.Id == contact).ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAt, removed), cancel);
        }

        await db.Organisations.Where(o => o.Id == merge.MergedId).ExecuteUpdateAsync(s => s.SetProperty(o => o.MergedIntoId, (int?)null).SetProperty(o => o.RetiredAt, undo.MergedRetiredAt), cancel);
        await db.Organisations.Where(o => o.Id == merge.SurvivorId).ExecuteUpdateAsync(s => s.SetProperty(o => o.IsDiscreet, undo.WasDiscreet).SetProperty(o => o.WantsDiscretion, undo.WantedDiscretion), cancel);
        // What it kept stands in its own rows again.
        await db.Merges.Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.UndoneAt, at).SetProperty(m => m.Undo, ""), cancel);
        db.Record(at, actor, Unmerged, FormattableString.Invariant($"organisation:{merge.SurvivorId}/organisation:{merge.MergedId}"));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Which of the versions that merges set aside at a place in a population were only begun by their members, never sent.</summary>
    public static async Task<IReadOnlySet<int>> NeverSentAsync(SurveyDb db, int invitationId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var merges = await db.Merges.AsNoTracking().Where(m => m.UndoneAt == null).ToListAsync(cancel);
        return merges.SelectMany(m => Read(m).Rounds).Where(r => r.StayingId == invitationId && r.Parked is { Response.Version: 0 }).Select(r => r.SetAside).OfType<int>().ToHashSet();
    }

    /// <summary>How many merges keep answers of a round that <see cref="ForgetAsync"/> would take out.</summary>
    internal static async Task<int> KeepAnswersAsync(SurveyDb db, int round, bool isAll, CancellationToken cancel) =>
        (await db.Merges.AsNoTracking().Where(m => m.UndoneAt == null).ToListAsync(cancel)).Count(m => Read(m).Rounds.Any(r => KeepsAnswers(r, round, isAll)));

    /// <summary>
    /// Takes what merges keep of a round's answers for their undo out of them, and the version that was set aside with it: all, when the term of answers is over
    /// (<paramref name="isAll"/>), or what was never sent. An undo brings back the place without them.
    /// </summary>
    internal static async Task ForgetAsync(SurveyDb db, int round, bool isAll, CancellationToken cancel)
    {
        foreach (var merge in await db.Merges.Where(m => m.UndoneAt == null).ToListAsync(cancel))
        {
            var undo = Read(merge);
            var rounds = new List<RoundUndo>();
            foreach (var kept in undo.Rounds)
            {
                if (!KeepsAnswers(kept, round, isAll))
                {
                    rounds.Add(kept);
                    continue;
                }

                var parked = kept.Parked! with { Drafts = [] };
                rounds.Add(kept with { SetAside = null, Parked = isAll ? parked with { Submissions = [], Answers = [], Quotes = [], Corrections = [] } : parked });
                await db.Submissions.Where(s => s.Version == kept.SetAside && db.Responses.Any(r => r.Id == s.ResponseId && r.InvitationId == kept.StayingId)).ExecuteDeleteAsync(cancel);
            }

            merge.Undo = JsonSerializer.Serialize(undo with { Rounds = rounds });
        }

        await db.SaveChangesAsync(cancel);
    }

    private static bool KeepsAnswers(RoundUndo undo, int round, bool isAll) => undo.RoundId == round && undo.Parked is { } parked
        && (isAll ? parked.Submissions.Count + parked.Drafts.Count + parked.Answers.Count + parked.Quotes.Count + parked.Corrections.Count > 0 : parked is { Response.Version: 0, Drafts.Count: > 0 });

    private static MergeUndo Read(MemberMerge merge) => JsonSerializer.Deserialize<MergeUndo>(merge.Undo)!;

    /// <summary>Both organisations, their rounds and their responses wait until this transaction is over; always in the same order, so that two never wait for each other.</summary>
    private static async Task LockAsync(SurveyDb db, int one, int other, CancellationToken cancel)
    {
        await db.LockOrganisationAsync(Math.Min(one, other), cancel);
        await db.LockOrganisationAsync(Math.Max(one, other), cancel);
        await db.Rounds.Where(r => db.Invitations.Any(i => i.RoundId == r.Id && (i.OrganisationId == one || i.OrganisationId == other))).ExecuteUpdateAsync(s => s.SetProperty(r => r.OpensOn, r => r.OpensOn), cancel);
        await db.Responses.Where(r => r.Invitation!.OrganisationId == one || r.Invitation.OrganisationId == other).ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, r => r.Revision), cancel);
        await db.Invitations.Where(i => i.OrganisationId == one || i.OrganisationId == other).ExecuteUpdateAsync(s => s.SetProperty(i => i.WasMailed, i => i.WasMailed), cancel);
    }

    /// <summary>Moves the contacts, but for those whose address the survivor has: those stay behind, and what leads to them leads to its own.</summary>
    private static async Task<(List<int> Moved, Dictionary<int, DateTime> Revived, Dictionary<int, int> Twins)> UniteContactsAsync(SurveyDb db, int survivor, int merged, CancellationToken cancel)
    {
        var own = await db.Contacts.AsNoTracking().Where(c => c.OrganisationId == survivor).ToDictionaryAsync(c => c.EmailFolded, cancel);
        var others = await db.Contacts.AsNoTracking().Where(c => c.OrganisationId == merged).ToListAsync(cancel);
        var moved = others.Where(c => !own.ContainsKey(c.EmailFolded)).Select(c => c.Id).ToList();
        var twins = others.Where(c => own.ContainsKey(c.EmailFolded)).ToDictionary(c => c.Id, c => own[c.EmailFolded].Id);
        var revived = others.Where(c => c.RemovedAt is null && own.TryGetValue(c.EmailFolded, out var twin) && twin.RemovedAt is not null).ToDictionary(c => own[c.EmailFolded].Id, c => own[c.EmailFolded].RemovedAt!.Value);
        await db.Contacts.Where(c => moved.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.OrganisationId, survivor), cancel);
        var back = revived.Keys.ToList();
        await db.Contacts.Where(c => back.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAt, (DateTime?)null), cancel);
        return (moved, revived, twins);
    }

    private static async Task<RoundUndo> UniteRoundAsync(SurveyDb db, MergedRound round, int survivor, int counting, Dictionary<int, int> twins, DateTime at, CancellationToken cancel)
    {
        var (own, other) = (round.Survivor, round.Merged!);
        var staying = own is null || (round.NeedsChoice ? counting == other.OrganisationId : other.Rank > own.Rank) ? other : own;
        var leaving = staying == own ? other : own;
        var ids = new[] { own?.InvitationId ?? 0, other.InvitationId };
        var links = await db.PersonalLinks.AsNoTracking().Where(l => ids.Contains(l.InvitationId)).Select(l => new LinkUndo(l.Id, l.InvitationId, l.ContactId)).ToListAsync(cancel);
        var parked = leaving is null ? null : await ParkAsync(db, leaving.InvitationId, cancel);
        var left = leaving?.InvitationId ?? 0;
        var comments = await db.DraftComments.Where(c => c.InvitationId == left).Select(c => c.Id).ToListAsync(cancel);
        await db.DraftComments.Where(c => c.InvitationId == left).ExecuteUpdateAsync(s => s.SetProperty(c => c.InvitationId, staying.InvitationId), cancel);
        await db.PersonalLinks.Where(l => ids.Contains(l.InvitationId)).ExecuteUpdateAsync(s => s.SetProperty(l => l.InvitationId, staying.InvitationId), cancel);
        foreach (var (twin, contact) in twins)
        {
            await db.PersonalLinks.Where(l => l.InvitationId == staying.InvitationId && l.ContactId == twin).ExecuteUpdateAsync(s => s.SetProperty(l => l.ContactId, contact), cancel);
        }

        if (parked is not null)
        {
            await db.Invitations.Where(i => i.Id == parked.Invitation.Id).ExecuteDeleteAsync(cancel);
            await db.Invitations.Where(i => i.Id == staying.InvitationId && parked.Invitation.WasMailed).ExecuteUpdateAsync(s => s.SetProperty(i => i.WasMailed, true), cancel);
        }

        await db.Invitations.Where(i => i.Id == staying.InvitationId).ExecuteUpdateAsync(s => s.SetProperty(i => i.OrganisationId, survivor), cancel);
        return new(round.Id, staying.InvitationId, staying.OrganisationId, parked, links, parked is null ? null : await SetAsideAsync(db, staying.InvitationId, parked, at, cancel)) { Comments = comments };
    }

    private static async Task<ParkedPlace> ParkAsync(SurveyDb db, int invitationId, CancellationToken cancel)
    {
        var invitation = await db.Invitations.AsNoTracking().SingleAsync(i => i.Id == invitationId, cancel);
        var response = await db.Responses.AsNoTracking().FirstOrDefaultAsync(r => r.InvitationId == invitationId, cancel);
        var id = response?.Id ?? 0;
        return new(
            invitation, response, await db.Submissions.AsNoTracking().Where(s => s.ResponseId == id).ToListAsync(cancel), await db.DraftAnswers.AsNoTracking().Where(s => s.ResponseId == id).ToListAsync(cancel),
            await db.Answers.AsNoTracking().Where(s => s.ResponseId == id).ToListAsync(cancel), await db.Quotes.AsNoTracking().Where(s => s.ResponseId == id).ToListAsync(cancel),
            await db.Corrections.AsNoTracking().Where(s => s.ResponseId == id).ToListAsync(cancel));
    }

    /// <summary>Keeps the other's last answers (the draft where nothing was sent) with the response that stays, under a number below zero; null where there were none.</summary>
    private static async Task<int?> SetAsideAsync(SurveyDb db, int invitationId, ParkedPlace parked, DateTime at, CancellationToken cancel)
    {
        var sent = parked.Submissions.FirstOrDefault(s => s.Version == parked.Response?.Version);
        var sheet = sent is not null ? AnswerSheet.FromJson(sent.Content) : AnswerSheet.FromDraft(parked.Drafts);
        if (sheet.Answers.Count == 0 || await db.Responses.Where(r => r.InvitationId == invitationId).Select(r => (long?)r.Id).FirstOrDefaultAsync(cancel) is not { } response)
        {
            return null;
        }

        var lowest = await db.Submissions.Where(s => s.ResponseId == response).Select(s => (int?)s.Version).MinAsync(cancel) ?? 0;
        var version = Math.Min(lowest, 0) - 1;
        db.Submissions.Add(new Submission
        {
            ResponseId = response,
            Version = version,
            Mode = sent?.Mode ?? parked.Response!.Mode,
            SubmittedAt = sent?.SubmittedAt ?? at,
            Content = sheet.ToJson(),
            ContentHash = sheet.Hash(),
            PrivacyVersion = sent?.PrivacyVersion,
        });
        await db.SaveChangesAsync(cancel);
        return version;
    }

    private static async Task SeparateRoundAsync(SurveyDb db, RoundUndo round, CancellationToken cancel)
    {
        await db.Invitations.Where(i => i.Id == round.StayingId).ExecuteUpdateAsync(s => s.SetProperty(i => i.OrganisationId, round.StayingOrganisationId), cancel);
        if (round.Parked is { } parked)
        {
            db.Invitations.Add(parked.Invitation);
            await db.SaveChangesAsync(cancel);
            if (parked.Response is not null)
            {
                db.Responses.Add(parked.Response);
                await db.SaveChangesAsync(cancel);
                db.AddRange([.. parked.Submissions, .. parked.Drafts, .. parked.Answers, .. parked.Quotes, .. parked.Corrections]);
                await db.SaveChangesAsync(cancel);
            }
        }

        if (round is { Parked: { } apart, Comments: { Count: > 0 } moved })
        {
            await db.DraftComments.Where(c => moved.Contains(c.Id) && c.InvitationId == round.StayingId).ExecuteUpdateAsync(s => s.SetProperty(c => c.InvitationId, apart.Invitation.Id), cancel);
        }

        if (round.SetAside is { } version)
        {
            await db.Submissions.Where(s => s.Version == version && db.Responses.Any(r => r.Id == s.ResponseId && r.InvitationId == round.StayingId)).ExecuteDeleteAsync(cancel);
        }

        foreach (var link in round.Links)
        {
            await db.PersonalLinks.Where(l => l.Id == link.Id).ExecuteUpdateAsync(s => s.SetProperty(l => l.InvitationId, link.InvitationId).SetProperty(l => l.ContactId, link.ContactId), cancel);
        }
    }
}

/// <summary>A round of two organisations that are to be one; <see cref="IsOver"/> where it stays as it is.</summary>
public sealed record MergedRound(int Id, string Slug, bool IsOver, MergedPlace? Survivor, MergedPlace? Merged)
{
    /// <summary>Whether both answered alike, so that the office has to pick.</summary>
    public bool NeedsChoice => !IsOver && Survivor is { Rank: > 0 } one && Merged is { } other && one.Rank == other.Rank;
}

/// <summary>A place in a round's population and how far its response is: the version is null where there is none.</summary>
public sealed record MergedPlace(int InvitationId, int OrganisationId, int? Version, DateTime? SubmittedAt)
{
    /// <summary>Not answered, begun, sent.</summary>
    public int Rank => Version switch { null => 0, 0 => 1, _ => 2 };
}
