using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Organisations;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Domain.Storage;

/// <summary>
/// Deletes what the privacy notice says is not kept any longer, round by round after its close. What was published stays, and so do the numbers it came from as long as
/// its answers are kept: population, responses and the consents that published names and quotes rest on are not touched. Deleting twice deletes nothing more.
/// </summary>
public static class DataRetention
{
    /// <summary>The action in the audit, one entry for each kind and round.</summary>
    public const string Deleted = "retention.delete";

    /// <summary>What is due at <paramref name="at"/> (a moment to come tells what will be), the earliest first; nothing changes.</summary>
    public static async Task<IReadOnlyList<RetentionDue>> DueAsync(SurveyDb db, RetentionTerms terms, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(terms);
        var due = new List<RetentionDue>();
        foreach (var round in (await db.Rounds.AsNoTracking().ToListAsync(cancel)).Where(r => EndOf(r) is not null))
        {
            foreach (var kind in new[] { RetentionKind.Drafts, RetentionKind.Links, RetentionKind.Answers })
            {
                var from = terms.EndOf(kind, EndOf(round)!.Value);
                if (from <= at && await CountAsync(db, kind, round.Id, await StillWritingAsync(db, terms, kind, round, at, cancel), cancel) is > 0 and var count)
                {
                    due.Add(new(kind, round.Slug, from, count));
                }
            }
        }

        var people = await FormerContacts(db, at).Select(c => c.RemovedAt ?? db.Organisations.First(o => o.Id == c.OrganisationId).RetiredAt).ToListAsync(cancel);
        if (people.Count > 0)
        {
            due.Add(new(RetentionKind.Contacts, null, terms.EndOf(RetentionKind.Contacts, people.Min()!.Value), people.Count));
        }

        return [.. due.OrderBy(d => d.From).ThenBy(d => d.Round, StringComparer.Ordinal).ThenBy(d => d.Kind)];
    }

    /// <summary>Deletes what is due at <paramref name="now"/>, each kind of each round in a transaction of its own with its audit entry, and says what it was.</summary>
    public static async Task<IReadOnlyList<RetentionDue>> ApplyAsync(SurveyDb db, RetentionTerms terms, string actor, DateTime now, CancellationToken cancel)
    {
        var due = await DueAsync(db, terms, now, cancel);
        foreach (var (kind, slug, _, _) in due)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (slug is null)
            {
                var former = FormerContacts(db, now);
                await Erasure.DeleteDetailsAsync(db, [.. (await former.Select(c => c.Id).ToListAsync(cancel)).Select(id => $"contact:{id}")], [], null, cancel);
                // Afterwards nothing would tell that a mail not yet sent, or to be sent again, is to somebody who left.
                await db.Outbox.Where(m => former.Any(c => c.Id == m.ContactId) && (m.State == OutboxState.Waiting || m.State == OutboxState.Failed || m.State == OutboxState.Uncertain))
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Unneeded).SetProperty(m => m.Body, ""), cancel);
                await SentMails.KeepInvitedAsync(db, db.Outbox.Where(m => former.Any(c => c.Id == m.ContactId)), cancel);
                await former.ExecuteDeleteAsync(cancel);
            }
            else
            {
                var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync(r => r.Slug == slug, cancel);
                await DeleteAsync(db, kind, round, await StillWritingAsync(db, terms, kind, round, now, cancel), cancel);
            }

            db.Record(now, actor, Deleted, slug is null ? "contacts" : $"round:{slug}/{kind.ToString().ToLowerInvariant()}");
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return due;
    }

    /// <summary>When a round's time of answering ended; null as long as it goes on.</summary>
    private static DateTime? EndOf(SurveyRound round) => round.State is RoundState.Closed or RoundState.Frozen ? round.ClosedAt ?? round.ClosesAt : null;

    /// <summary>Who left a month before; but of an organisation that left nobody as long as it may answer a round: it does so to the end.</summary>
    private static IQueryable<Contact> FormerContacts(SurveyDb db, DateTime at)
    {
        var before = at.AddMonths(-RetentionTerms.ContactMonths);
        return db.Contacts.Where(c => c.RemovedAt <= before || (db.Organisations.Any(o => o.Id == c.OrganisationId && o.RetiredAt <= before)
            && !db.Invitations.Any(i => i.OrganisationId == c.OrganisationId && (i.Round!.State == RoundState.Open || (i.ReopenedUntil >= at && i.Round.FrozenAt == null)))));
    }

    /// <summary>Places of organisations for which the round was opened again and whose own time, counted from the end of that, is not over yet.</summary>
    private static async Task<List<int>> StillWritingAsync(SurveyDb db, RetentionTerms terms, RetentionKind kind, SurveyRound round, DateTime at, CancellationToken cancel) =>
        round.FrozenAt is not null ? []
        : [.. (await db.Invitations.Where(i => i.RoundId == round.Id && i.ReopenedUntil != null).Select(i => new { i.Id, i.ReopenedUntil }).ToListAsync(cancel)).Where(i => terms.EndOf(kind, i.ReopenedUntil!.Value) > at).Select(i => i.Id)];

    private static async Task<int> CountAsync(SurveyDb db, RetentionKind kind, int round, List<int> still, CancellationToken cancel) => kind switch
    {
        RetentionKind.Drafts => await Unsent(db, round, still).CountAsync(cancel) + await Merging.KeepAnswersAsync(db, round, isAll: false, cancel),
        RetentionKind.Links => await Links(db, round, still).CountAsync(cancel),
        RetentionKind.Answers => await db.Responses.CountAsync(r => r.RoundId == round && db.Submissions.Any(s => s.ResponseId == r.Id), cancel) + await Comments(db, round).CountAsync(cancel) + await Merging.KeepAnswersAsync(db, round, isAll: true, cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What members said about drafts of the round's report, and what they were answered.</summary>
    private static IQueryable<DraftComment> Comments(SurveyDb db, int round) => db.DraftComments.Where(c => c.Consultation!.RoundId == round);

    private static IQueryable<PersonalLink> Links(SurveyDb db, int round, List<int> still) => db.PersonalLinks.Where(l => l.Invitation!.RoundId == round && !still.Contains(l.InvitationId));

    /// <summary>Responses that hold words which were never sent.</summary>
    private static IQueryable<SurveyResponse> Unsent(SurveyDb db, int round, List<int> still) =>
        db.Responses.Where(r => r.RoundId == round && !still.Contains(r.InvitationId) && (r.Version == 0 || r.Revision > r.SubmittedRevision) && db.DraftAnswers.Any(d => d.ResponseId == r.Id));

    private static async Task DeleteAsync(SurveyDb db, RetentionKind kind, SurveyRound round, List<int> still, CancellationToken cancel)
    {
        switch (kind)
        {
            case RetentionKind.Drafts:
                await ForgetUnsentAsync(db, round, still, cancel);
                await Merging.ForgetAsync(db, round.Id, isAll: false, cancel);
                break;
            case RetentionKind.Links:
                await Links(db, round.Id, still).ExecuteDeleteAsync(cancel);
                var mails = db.Outbox.Where(m => m.RoundId == round.Id && m.State != OutboxState.Waiting && m.State != OutboxState.Sending);
                await SentMails.KeepAsync(db, mails, cancel);
                await mails.ExecuteDeleteAsync(cancel);
                break;
            case RetentionKind.Answers:
                var responses = db.Responses.Where(r => r.RoundId == round.Id).Select(r => r.Id);
                await db.DraftAnswers.Where(a => responses.Contains(a.ResponseId)).ExecuteDeleteAsync(cancel);
                await db.Submissions.Where(s => responses.Contains(s.ResponseId)).ExecuteDeleteAsync(cancel);
                // Published names and quotes rest on these: taken away they would pass for consents withdrawn.
                var listing = RoundDefinition.Of(round).Questionnaire.WithRole(QuestionRole.Listing)?.Key;
                await db.Answers.Where(a => a.RoundId == round.Id && a.Question != listing).ExecuteDeleteAsync(cancel);
                HashSet<string> subjects =
                [
                    .. (await responses.ToListAsync(cancel)).Select(id => $"response:{id}"),
                    .. (await db.Quotes.Where(q => q.RoundId == round.Id).Select(q => q.Id).ToListAsync(cancel)).Select(id => $"quote:{id}"),
                    .. (await db.Invitations.Where(i => i.RoundId == round.Id).Select(i => i.Id).ToListAsync(cancel)).Select(id => $"invitation:{id}"),
                ];
                await db.Quotes.Where(q => q.RoundId == round.Id && q.Review != QuoteReview.Approved).ExecuteDeleteAsync(cancel);
                await Comments(db, round.Id).ExecuteDeleteAsync(cancel);
                // What the office wrote about answers may tell them, and a correction holds them twice.
                await db.Corrections.Where(c => responses.Contains(c.ResponseId)).ExecuteDeleteAsync(cancel);
                await db.Responses.Where(r => r.RoundId == round.Id && r.ReviewReason != null).ExecuteUpdateAsync(s => s.SetProperty(r => r.ReviewReason, (string?)null), cancel);
                await Erasure.DeleteDetailsAsync(db, subjects, [], null, cancel);
                await Merging.ForgetAsync(db, round.Id, isAll: true, cancel);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    /// <summary>What was sent stays as the draft; a response that was never sent keeps no answer, and goes on counting as started.</summary>
    private static async Task ForgetUnsentAsync(SurveyDb db, SurveyRound round, List<int> still, CancellationToken cancel)
    {
        var questionnaire = RoundDefinition.Of(round).Questionnaire;
        foreach (var response in await Unsent(db, round.Id, still).AsNoTracking().ToListAsync(cancel))
        {
            await db.DraftAnswers.Where(d => d.ResponseId == response.Id).ExecuteDeleteAsync(cancel);
            var sent = await db.Submissions.AsNoTracking().Where(s => s.ResponseId == response.Id && s.Version == response.Version).Select(s => s.Content).SingleOrDefaultAsync(cancel);
            if (sent is not null)
            {
                db.DraftAnswers.AddRange(AnswerSheet.FromJson(sent).ToDraft(response.Id, questionnaire));
            }

            await db.Responses.Where(r => r.Id == response.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, response.Revision + 1).SetProperty(r => r.SubmittedRevision, response.Version == 0 ? 0 : response.Revision + 1), cancel);
        }
    }
}
