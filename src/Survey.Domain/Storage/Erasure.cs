using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Erasures;
using Survey.Domain.Geography;
using Survey.Domain.Organisations;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Domain.Storage;

/// <summary>
/// Erases one organisation, all or nothing: first a line on the erasure list, then one transaction, then the file itself (<see cref="ScrubAsync"/>). Name, people, addresses,
/// links, drafts, sent versions, free text, quotes, corrections, mails, copies and audit details go from every round. Of a round that is frozen or published only a nameless
/// place in the population stays, with region, type, language and coded answers, so that no number changes; it belongs to an organisation that is in this round
/// alone, so that nothing ties two years together, and country answers are gone from it. A round that is neither loses the place and the answers. Published versions that
/// list or quote it, or name it in a text of the office, lose their page and reports at once, drafts that do are deleted (of one that members have read the numbers stay), and a run that may have read it begins anew. A round of which members have read a draft is treated as a published one.
/// </summary>
public static class Erasure
{
    /// <summary>The action in the audit.</summary>
    public const string Erased = "organisation.erase";

    /// <summary>What stands for a name that is gone.</summary>
    public const string NoName = "–";

    /// <summary>The shortest name of a person by which audit details are searched; shorter ones stand in too many other words.</summary>
    private const int ShortestPerson = 5;

    private const int DeletedAtATime = 500;

    // SQLite's result codes.
    private const int Busy = 5, Locked = 6, Full = 13;

    /// <summary>What erasing would take away, with the duplicates that went into it; null where there is no such organisation. Nothing changes.</summary>
    public static async Task<ErasureCounts?> CountAsync(SurveyDb db, int id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!await db.Organisations.AnyAsync(o => o.Id == id && o.ErasedAt == null, cancel))
        {
            return null;
        }

        var ids = await Merging.EntriesAsync(db, id, cancel);
        var responses = db.Responses.Where(r => ids.Contains(r.Invitation!.OrganisationId)).Select(r => r.Id);
        var search = new NameSearch(await NamesAsync(db, ids, cancel));
        return new(
            await db.Contacts.CountAsync(c => ids.Contains(c.OrganisationId), cancel),
            await db.PersonalLinks.CountAsync(l => ids.Contains(l.Invitation!.OrganisationId), cancel),
            await responses.CountAsync(cancel),
            await db.Quotes.CountAsync(q => responses.Contains(q.ResponseId), cancel),
            await db.Outbox.CountAsync(m => db.Contacts.Any(c => c.Id == m.ContactId && ids.Contains(c.OrganisationId)), cancel),
            await db.AnswerCopies.CountAsync(c => responses.Contains(c.ResponseId), cancel),
            await RoundsAsync(db, ids, cancel),
            [.. (await EditionsAsync(db, ids, cancel)).UnionBy((await CorrectionsAsync(db, search, cancel)).Published, e => e.Id).UnionBy((await PrintingAsync(db, search, cancel)).Published, e => e.Id)])
        {
            Texts = await TextsAsync(db, search, cancel),
            Comments = await db.DraftComments.CountAsync(c => ids.Contains(c.Invitation!.OrganisationId), cancel),
        };
    }

    // As it is called, and as each round called it.
    private static async Task<List<string>> NamesAsync(SurveyDb db, IReadOnlyList<int> ids, CancellationToken cancel) =>
        [.. (await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).Select(o => o.Name).ToListAsync(cancel))
            .Concat(await db.Invitations.AsNoTracking().Where(i => ids.Contains(i.OrganisationId)).Select(i => i.Name).ToListAsync(cancel)).Where(n => n.Length > 1).Distinct()];

    /// <summary>Erases; null where there is no such organisation. <paramref name="reason"/> must not hold a name: it is kept.</summary>
    public static async Task<ErasureTraces?> RunAsync(SurveyDb db, int id, string actor, string? reason, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await db.Organisations.AsNoTracking().Where(o => o.Id == id && o.ErasedAt == null).Select(o => o.Code).FirstOrDefaultAsync(cancel) is not { } code)
        {
            return null;
        }

        var line = ErasedOrganisation.Of(id, code, at);
        // Before the deed: a copy that is restored after a crash in between loses what was to go.
        ErasureList.Add(db, line);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockOrganisationAsync(id, cancel) == 0)
        {
            return null;
        }

        db.ErasedOrganisations.Add(line);
        var traces = await DeleteAsync(db, id, at, cancel);
        db.Record(at, actor, Erased, FormattableString.Invariant($"organisation:{id}"), reason);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return traces;
    }

    /// <summary>
    /// Rewrites a SQLite file without what was deleted from it, and empties its log: deleted rows stay in free pages until then. False where another process held the file
    /// or the disk was full; then <c>members erase --apply-list</c> does it. PostgreSQL takes nothing deleted into a dump, and frees its pages by itself.
    /// </summary>
    public static async Task<bool> ScrubAsync(SurveyDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!db.Database.IsSqlite())
        {
            return true;
        }

        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandTimeout = 0;
            command.CommandText = "VACUUM";
            await command.ExecuteNonQueryAsync(cancel);
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture) == 0;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked or Full)
        {
            // The erasure itself is done: it is said, and can be made good.
            return false;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The organisations here that stand on the list, in the file or in this database: what an older copy brought back.</summary>
    public static async Task<IReadOnlyList<int>> BroughtBackAsync(SurveyDb db, IReadOnlyList<ErasedOrganisation> file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var all = file.Concat(await db.ErasedOrganisations.AsNoTracking().ToListAsync(cancel)).ToList();
        var ids = all.Select(e => e.OrganisationId).Distinct().ToList();
        var here = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id) && o.ErasedAt == null).OrderBy(o => o.Id).Select(o => new { o.Id, o.Code }).ToListAsync(cancel);
        return [.. here.Where(o => all.Exists(e => e.Is(o.Id, o.Code))).Select(o => o.Id)];
    }

    private static IQueryable<SurveyResponse> Responses(SurveyDb db, int id) => db.Responses.Where(r => r.Invitation!.OrganisationId == id);

    private static Task<List<ErasedRound>> RoundsAsync(SurveyDb db, IReadOnlyList<int> ids, CancellationToken cancel) =>
        db.Rounds.Where(r => db.Invitations.Any(i => i.RoundId == r.Id && ids.Contains(i.OrganisationId))).OrderByDescending(r => r.Id)
            .Select(r => new ErasedRound(r.Id, r.Slug, r.FrozenAt != null || r.State == RoundState.Frozen || db.EditionVersions.Any(v => v.Edition!.RoundId == r.Id && v.Number != null) || db.Consultations.Any(c => c.RoundId == r.Id))).ToListAsync(cancel);

    private static Task<List<NamingVersion>> EditionsAsync(SurveyDb db, IReadOnlyList<int> ids, CancellationToken cancel) => (
        from version in db.EditionVersions
        where version.Number != null && version.WithdrawnAt == null && db.EditionMentions.Any(m => m.EditionVersionId == version.Id && ids.Contains(m.OrganisationId))
        join round in db.Rounds on version.Edition!.RoundId equals round.Id
        orderby round.Id descending, version.Number
        select new NamingVersion(version.Id, round.Slug, version.Number!.Value)).ToListAsync(cancel);

    private static async Task<ErasureTraces> DeleteAsync(SurveyDb db, int id, DateTime at, CancellationToken cancel)
    {
        var organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == id, cancel);
        var contacts = await db.Contacts.AsNoTracking().Where(c => c.OrganisationId == id).ToListAsync(cancel);
        var invitations = await db.Invitations.AsNoTracking().Where(i => i.OrganisationId == id).ToListAsync(cancel);
        // Held until the end, and raised: a save that read before is refused.
        await Responses(db, id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, r => r.Revision + 1), cancel);
        // A comment that is being kept is waited for, and one that comes after finds no place.
        await db.Invitations.Where(i => i.OrganisationId == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.WasMailed, i => i.WasMailed), cancel);
        var responses = await Responses(db, id).AsNoTracking().ToListAsync(cancel);
        var rounds = await RoundsAsync(db, [id], cancel);
        await StopRunsAsync(db, cancel);
        // Held until the end: a draft that is published meanwhile is either seen here as published, or comes too late.
        await db.EditionVersions.Where(v => v.WithdrawnAt == null).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, v => v.Erratum), cancel);
        var editions = await EditionsAsync(db, [id], cancel);
        var folded = contacts.Select(c => c.EmailFolded).Distinct().ToList();
        // An address may serve other members too, who go on having it.
        var shared = await db.Contacts.Where(c => c.OrganisationId != id && folded.Contains(c.EmailFolded)).Select(c => c.EmailFolded).ToListAsync(cancel);
        var addresses = contacts.Select(c => c.Email).Concat(folded).Where(a => !shared.Contains(a.ToLowerInvariant())).Distinct().ToList();
        var names = await NamesAsync(db, [id], cancel);

        var search = new NameSearch(names);
        var corrections = await CorrectionsAsync(db, search, cancel);
        var printing = await PrintingAsync(db, search, cancel);
        editions = [.. editions.UnionBy(corrections.Published, e => e.Id).UnionBy(printing.Published, e => e.Id)];
        corrections.Drafts.AddRange(printing.Drafts);
        await WithdrawAsync(db, id, editions, corrections, at, cancel);
        var quotes = await DeleteAnswersAsync(db, [.. responses.Select(r => r.Id)], cancel);
        var comments = await DeleteCommentsAsync(db, id, search, cancel);
        var words = names.Concat(addresses).Concat(contacts.Select(c => c.Name).Where(n => n.Length >= ShortestPerson)).ToList();
        HashSet<string> subjects =
        [
            $"organisation:{id}", .. contacts.Select(c => $"contact:{c.Id}"), .. invitations.Select(i => $"invitation:{i.Id}"),
            .. responses.Select(r => $"response:{r.Id}"), .. quotes.Select(q => $"quote:{q}"), .. comments.Select(c => $"comment:{c}"),
        ];
        await DeleteDetailsAsync(db, subjects, words, search, cancel);
        var messages = await DeleteMailsAsync(db, [.. contacts.Select(c => c.Id)], addresses, names, cancel);
        await db.LinkRequests.Where(r => addresses.Contains(r.EmailFolded)).ExecuteDeleteAsync(cancel);
        await db.MemberUploads.ExecuteDeleteAsync(cancel);
        await db.Merges.Where(m => m.SurvivorId == id || m.MergedId == id).ExecuteDeleteAsync(cancel);
        await db.PersonalLinks.Where(l => l.Invitation!.OrganisationId == id).ExecuteDeleteAsync(cancel);
        foreach (var round in rounds)
        {
            var invitation = invitations.Single(i => i.RoundId == round.Id);
            if (round.StaysCounted)
            {
                await TakeNameAsync(db, invitation.Id, round.Id, responses.Find(r => r.InvitationId == invitation.Id), at, cancel);
            }
            else
            {
                await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteDeleteAsync(cancel);
            }
        }

        await db.Organisations.Where(o => o.Id == id).ExecuteDeleteAsync(cancel);
        await ForgetReasonsAsync(db, search, cancel);
        await ForgetKeptTextsAsync(db, search, [.. printing.Published.Select(v => v.Id), .. printing.Drafts], cancel);
        var texts = await TextsAsync(db, search, cancel);
        await HoldBackAsync(db, texts, cancel);
        return new(messages, addresses, names, editions) { Texts = texts };
    }

    /// <summary>The office's own texts that hold one of these names.</summary>
    private static async Task<IReadOnlyList<NamingText>> TextsAsync(SurveyDb db, NameSearch search, CancellationToken cancel) =>
    [
        .. (await (from text in db.EditorialTexts.AsNoTracking() join round in db.Rounds on text.RoundId equals round.Id select new { round.Slug, text }).ToListAsync(cancel))
            .Where(t => search.IsInText(t.text.Text, t.text.SignedBy, t.text.SignedAs))
            .Select(t => new NamingText(t.Slug, new EditorialKey(t.text.Kind, t.text.Subject), t.text.Language)).OrderBy(t => t.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>The office's own texts that hold the name are not rewritten; they are printed no more until somebody has saved them again, from a page that was opened since.</summary>
    private static async Task HoldBackAsync(SurveyDb db, IReadOnlyList<NamingText> texts, CancellationToken cancel)
    {
        foreach (var text in texts)
        {
            await db.EditorialTexts.Where(t => t.Kind == text.Key.Kind && t.Subject == text.Key.Subject && t.Language == text.Language && db.Rounds.Any(r => r.Id == t.RoundId && r.Slug == text.Round))
                .ExecuteUpdateAsync(s => s.SetProperty(t => t.NamesErased, true).SetProperty(t => t.Version, t => t.Version + 1), cancel);
        }
    }

    /// <summary>Why numbers were counted anew or a finding was hidden is for the office alone: where it holds a name, it goes.</summary>
    private static async Task ForgetReasonsAsync(SurveyDb db, NameSearch search, CancellationToken cancel)
    {
        var runs = (await db.Runs.AsNoTracking().Where(r => r.Reason != null).Select(r => new { r.Id, r.Reason }).ToListAsync(cancel)).Where(r => search.IsIn(r.Reason!)).Select(r => r.Id).ToList();
        await db.Runs.Where(r => runs.Contains(r.Id)).ExecuteUpdateAsync(s => s.SetProperty(r => r.Reason, (string?)null), cancel);
        foreach (var choice in (await db.FindingChoices.AsNoTracking().Where(c => c.Reason != "").ToListAsync(cancel)).Where(c => search.IsIn(c.Reason)))
        {
            await db.FindingChoices.Where(c => c.RoundId == choice.RoundId && c.Finding == choice.Finding).ExecuteUpdateAsync(s => s.SetProperty(c => c.Reason, ""), cancel);
        }
    }

    /// <summary>
    /// A run that has read the name would store it after the deed: it begins anew, which is no failed attempt, and one that a command works at ends. One that waits is held, so that it does not begin before the deed is done. Of any round: a text of the office may
    /// name who had no place in it.
    /// </summary>
    private static async Task StopRunsAsync(SurveyDb db, CancellationToken cancel)
    {
        var running = db.Runs.Where(r => r.State == RunState.Running);
        await running.Where(r => r.RequestedBy == "command").ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Cancelled), cancel);
        await db.Runs.Where(r => r.State == RunState.Running || r.State == RunState.Queued)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Attempt, r => r.State == RunState.Running ? r.Attempt - 1 : r.Attempt).SetProperty(r => r.State, RunState.Queued), cancel);
    }

    /// <summary>The versions whose words on what they correct hold one of these names, and the later ones of the same editions, whose change log prints those words: published ones that still stand, and drafts.</summary>
    private static async Task<NamingCorrections> CorrectionsAsync(SurveyDb db, NameSearch search, CancellationToken cancel)
    {
        var telling = (await db.EditionVersions.AsNoTracking().Where(v => v.Erratum != "").Select(v => new { v.Id, v.EditionId, Number = v.Number ?? v.PlannedNumber, v.Erratum }).ToListAsync(cancel))
            .Where(v => search.IsIn(v.Erratum)).ToList();
        var editions = telling.ConvertAll(v => v.EditionId);
        var printing = (await (
            from version in db.EditionVersions
            where version.WithdrawnAt == null && editions.Contains(version.EditionId)
            join round in db.Rounds on version.Edition!.RoundId equals round.Id
            orderby round.Id descending, version.Number
            select new { version.Id, version.EditionId, version.Number, version.PlannedNumber, round.Slug }).ToListAsync(cancel))
            .Where(v => telling.Exists(t => t.EditionId == v.EditionId && t.Number < (v.Number ?? v.PlannedNumber))).ToList();
        return new(
            telling.ConvertAll(v => v.Id),
            [.. printing.Where(v => v.Number is not null).Select(v => new NamingVersion(v.Id, v.Slug, v.Number!.Value))],
            [.. printing.Where(v => v.Number is null).Select(v => v.Id)]);
    }

    private sealed record NamingCorrections(List<int> Telling, List<NamingVersion> Published, List<int> Drafts);

    /// <summary>The versions that print the name in a text of the office, whatever stands in that text today: published ones that still stand, and drafts.</summary>
    private static async Task<PrintingVersions> PrintingAsync(SurveyDb db, NameSearch search, CancellationToken cancel)
    {
        var found = new HashSet<int>();
        var contents = db.Set<Artefact>().AsNoTracking().Where(a => a.Name == Artefact.Content && db.EditionVersions.Any(v => v.Id == a.EditionVersionId && v.WithdrawnAt == null)).Select(a => new { a.EditionVersionId, a.Bytes });
        await foreach (var content in contents.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (!found.Contains(content.EditionVersionId) && PrintedTexts.In(content.Bytes).Any(search.IsIn))
            {
                found.Add(content.EditionVersionId);
            }
        }

        var versions = await (from version in db.EditionVersions where found.Contains(version.Id) join round in db.Rounds on version.Edition!.RoundId equals round.Id orderby round.Id descending, version.Number select new { version.Id, round.Slug, version.Number }).ToListAsync(cancel);
        return new([.. versions.Where(v => v.Number is not null).Select(v => new NamingVersion(v.Id, v.Slug, v.Number!.Value))], [.. versions.Where(v => v.Number is null).Select(v => v.Id)]);
    }

    private sealed record PrintingVersions(List<NamingVersion> Published, List<int> Drafts);

    /// <summary>
    /// A text that names it is forgotten with every version that kept it: what comes in a version's place is made without that text, and nothing else is changed in it. Where a version printed the name and none of its texts
    /// is found to hold it, all go.
    /// </summary>
    private static async Task ForgetKeptTextsAsync(SurveyDb db, NameSearch search, HashSet<int> printing, CancellationToken cancel)
    {
        foreach (var version in await db.EditionVersions.AsNoTracking().Where(v => v.Editorial != null).Select(v => new { v.Id, v.Editorial }).ToListAsync(cancel))
        {
            var kept = KeptEditorial.Read(version.Editorial)!;
            var left = kept.Texts.Where(t => !search.IsInText(t.Markdown, t.SignedBy, t.SignedAs)).ToList();
            if (left.Count == kept.Texts.Count && printing.Contains(version.Id))
            {
                left = [];
            }

            if (left.Count < kept.Texts.Count)
            {
                var written = (kept with { Texts = left }).Write();
                await db.EditionVersions.Where(v => v.Id == version.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Editorial, written), cancel);
            }
        }
    }

    private static async Task WithdrawAsync(SurveyDb db, int id, List<NamingVersion> editions, NamingCorrections corrections, DateTime at, CancellationToken cancel)
    {
        await db.EditionVersions.Where(v => corrections.Telling.Contains(v.Id)).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, ""), cancel);
        var published = editions.Select(e => e.Id).ToList();
        // Figures and data hold no member's words or name: they stay at their addresses. The headline's picture goes with the page whose face it is.
        await db.Set<Artefact>().Where(a => published.Contains(a.EditionVersionId) && (a.Name == Artefact.Content || a.Name == Artefact.Headline || a.MediaType == "application/pdf")).ExecuteDeleteAsync(cancel);
        await db.EditionVersions.Where(v => published.Contains(v.Id)).ExecuteUpdateAsync(s => s.SetProperty(v => v.WithdrawnAt, at), cancel);
        var drafts = await db.EditionVersions
            .Where(v => v.Number == null && (corrections.Drafts.Contains(v.Id) || db.EditionMentions.Any(m => m.EditionVersionId == v.Id && m.OrganisationId == id))).Select(v => v.Id).ToListAsync(cancel);
        // The numbers of a draft that members have read stand like published ones: it stays, without what was to be read.
        var shown = await db.Consultations.Where(c => drafts.Contains(c.EditionVersionId)).Select(c => c.EditionVersionId).ToListAsync(cancel);
        await db.Set<Artefact>().Where(a => shown.Contains(a.EditionVersionId)).ExecuteDeleteAsync(cancel);
        await db.EditionVersions.Where(v => shown.Contains(v.Id)).ExecuteUpdateAsync(s => s.SetProperty(v => v.WithdrawnAt, at), cancel);
        drafts.RemoveAll(shown.Contains);
        await db.Runs.Where(r => r.EditionVersionId != null && drafts.Contains(r.EditionVersionId.Value)).ExecuteUpdateAsync(s => s.SetProperty(r => r.EditionVersionId, (int?)null), cancel);
        await db.EditionVersions.Where(v => drafts.Contains(v.Id)).ExecuteDeleteAsync(cancel);
        await db.EditionMentions.Where(m => m.OrganisationId == id).ExecuteDeleteAsync(cancel);
    }

    /// <summary>The comments of the organisation with their answers, those of others that hold its name in comment or answer, and words to members that do; gives the ids of the comments.</summary>
    private static async Task<List<long>> DeleteCommentsAsync(SurveyDb db, int id, NameSearch search, CancellationToken cancel)
    {
        var found = await db.DraftComments.Where(c => c.Invitation!.OrganisationId == id).Select(c => c.Id).ToListAsync(cancel);
        await foreach (var comment in db.DraftComments.AsNoTracking().Where(c => c.Invitation!.OrganisationId != id).Select(c => new { c.Id, c.Text, c.Answer }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (search.IsIn(comment.Text) || (comment.Answer is { } answer && search.IsIn(answer)))
            {
                found.Add(comment.Id);
            }
        }

        foreach (var part in found.Chunk(DeletedAtATime))
        {
            await db.DraftComments.Where(c => part.Contains(c.Id)).ExecuteDeleteAsync(cancel);
        }

        var words = (await db.Consultations.AsNoTracking().Where(c => c.Word != "").Select(c => new { c.Id, c.Word }).ToListAsync(cancel)).Where(c => search.IsIn(c.Word)).Select(c => c.Id).ToList();
        await db.Consultations.Where(c => words.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Word, ""), cancel);
        return found;
    }

    private static async Task<List<long>> DeleteAnswersAsync(SurveyDb db, List<long> responses, CancellationToken cancel)
    {
        var quotes = await db.Quotes.Where(q => responses.Contains(q.ResponseId)).Select(q => q.Id).ToListAsync(cancel);
        await db.Quotes.Where(q => responses.Contains(q.ResponseId)).ExecuteDeleteAsync(cancel);
        await db.DraftAnswers.Where(a => responses.Contains(a.ResponseId)).ExecuteDeleteAsync(cancel);
        await db.Submissions.Where(s => responses.Contains(s.ResponseId)).ExecuteDeleteAsync(cancel);
        await db.Corrections.Where(c => responses.Contains(c.ResponseId)).ExecuteDeleteAsync(cancel);
        await db.AnswerCopies.Where(c => responses.Contains(c.ResponseId)).ExecuteDeleteAsync(cancel);
        return quotes;
    }

    /// <summary>
    /// Deletes the details, with their salts, of what was done to any of these subjects, and wherever one of these words or names stands; that it was done stays, and the chain
    /// holds hashes only and still verifies.
    /// </summary>
    internal static async Task DeleteDetailsAsync(SurveyDb db, HashSet<string> subjects, List<string> words, NameSearch? names, CancellationToken cancel)
    {
        var found = new List<long>();
        var details = from detail in db.AuditDetails.AsNoTracking() join entry in db.AuditEntries on detail.EntryId equals entry.Id select new { detail.EntryId, entry.Subject, detail.Content };
        await foreach (var detail in details.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (detail.Subject.Split('/').Any(subjects.Contains) || words.Exists(w => detail.Content.Contains(w, StringComparison.OrdinalIgnoreCase)) || names?.IsIn(detail.Content) == true)
            {
                found.Add(detail.EntryId);
            }
        }

        foreach (var part in found.Chunk(DeletedAtATime))
        {
            await db.AuditDetails.Where(d => part.Contains(d.EntryId)).ExecuteDeleteAsync(cancel);
        }
    }

    private static async Task<IReadOnlyList<string>> DeleteMailsAsync(SurveyDb db, List<int> contacts, List<string> addresses, List<string> names, CancellationToken cancel)
    {
        var mails = db.Outbox.Where(m => (m.ContactId != null && contacts.Contains(m.ContactId.Value)) || addresses.Contains(m.ToAddress));
        var ids = await mails.Select(m => m.MessageId).ToListAsync(cancel);
        await SentMails.KeepAsync(db, mails, cancel);
        await mails.ExecuteDeleteAsync(cancel);
        foreach (var name in names)
        {
            // A test mail to somebody of the office may show it.
            var others = db.Outbox.Where(m => m.ContactId == null && (m.Subject.Contains(name) || m.Body.Contains(name)));
            ids.AddRange(await others.Select(m => m.MessageId).ToListAsync(cancel));
            await SentMails.KeepAsync(db, others, cancel);
            await others.ExecuteDeleteAsync(cancel);
        }

        return ids;
    }

    private static async Task TakeNameAsync(SurveyDb db, int invitationId, int roundId, SurveyResponse? response, DateTime at, CancellationToken cancel)
    {
        var place = new Organisation { Code = $"erased-{Guid.NewGuid():N}", Name = NoName, NameFolded = "", NameSortKey = "", Country = Country.GlobalCode, IsDiscreet = true, CreatedAt = at, RetiredAt = at, ErasedAt = at };
        db.Organisations.Add(place);
        await db.SaveChangesAsync(cancel);
        await db.Invitations.Where(i => i.Id == invitationId).ExecuteUpdateAsync(s => s.SetProperty(i => i.OrganisationId, place.Id).SetProperty(i => i.Name, NoName)
            .SetProperty(i => i.Country, Country.GlobalCode).SetProperty(i => i.IsDiscreet, true).SetProperty(i => i.ReopenedUntil, (DateTime?)null), cancel);
        if (response is null)
        {
            return;
        }

        var publicId = Guid.NewGuid();
        DateTime? submitted = response.SubmittedAt?.Date;
        await db.Responses.Where(r => r.Id == response.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.PublicId, publicId).SetProperty(r => r.ReviewReason, (string?)null)
            // To the day: a moment would tell whose it is in the log of a web server.
            .SetProperty(r => r.StartedAt, response.StartedAt.Date).SetProperty(r => r.ChangedAt, response.ChangedAt.Date).SetProperty(r => r.SubmittedAt, submitted)
            .SetProperty(r => r.SubmittedRevision, r => r.Revision), cancel);
        var questionnaire = RoundDefinition.Of(await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync(r => r.Id == roundId, cancel)).Questionnaire;
        var places = questionnaire.Questions.Where(q => q.Kind is QuestionKind.Country or QuestionKind.Countries).Select(q => q.Key).ToList();
        await db.Answers.Where(a => a.ResponseId == response.Id && (a.Text != null || places.Contains(a.Question))).ExecuteDeleteAsync(cancel);
    }
}
