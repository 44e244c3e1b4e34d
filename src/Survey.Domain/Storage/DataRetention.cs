using Microsoft.EntityFrameworkCore;
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
            // An organisation for which the round was opened again may still be writing.
            var reopened = round.FrozenAt is null ? await db.Invitations.Where(i => i.RoundId == round.Id).MaxAsync(i => i.ReopenedUntil, cancel) : null;
            var end = reopened > EndOf(round) ? reopened.Value : EndOf(round)!.Value;
            foreach (var kind in new[] { RetentionKind.Drafts, RetentionKind.Links, RetentionKind.Answers })
            {
                var from = terms.EndOf(kind, end);
                if (from <= at && await CountAsync(db, kind, round.Id, cancel) is > 0 and var count)
                {
                    due.Add(new(kind, round.Slug, from, count));
                }
            }
        }

        var people = await FormerContacts(db, at.AddMonths(-RetentionTerms.ContactMonths)).Select(c => c.RemovedAt ?? db.Organisations.First(o => o.Id == c.OrganisationId).RetiredAt).ToListAsync(cancel);
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
                var former = FormerContacts(db, now.AddMonths(-RetentionTerms.ContactMonths));
                await DeleteDetailsAsync(db, [.. (await former.Select(c => c.Id).ToListAsync(cancel)).Select(id => $"contact:{id}")], cancel);
                await former.ExecuteDeleteAsync(cancel);
            }
            else
            {
                await DeleteAsync(db, kind, await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync(r => r.Slug == slug, cancel), cancel);
            }

            db.Record(now, actor, Deleted, slug is null ? "contacts" : $"round:{slug}/{kind.ToString().ToLowerInvariant()}");
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return due;
    }

    /// <summary>When a round's time of answering ended; null as long as it goes on.</summary>
    private static DateTime? EndOf(SurveyRound round) => round.State is RoundState.Closed or RoundState.Frozen ? round.ClosedAt ?? round.ClosesAt : null;

    private static IQueryable<Contact> FormerContacts(SurveyDb db, DateTime before) =>
        db.Contacts.Where(c => c.RemovedAt <= before || (db.Organisations.Any(o => o.Id == c.OrganisationId && o.RetiredAt <= before)
            // Who left during a round answers it to its end.
            && !db.Invitations.Any(i => i.OrganisationId == c.OrganisationId && i.Round!.State == RoundState.Open)));

    private static Task<int> CountAsync(SurveyDb db, RetentionKind kind, int round, CancellationToken cancel) => kind switch
    {
        RetentionKind.Drafts => Unsent(db, round).CountAsync(cancel),
        RetentionKind.Links => Links(db, round).CountAsync(cancel),
        RetentionKind.Answers => db.Responses.CountAsync(r => r.RoundId == round && db.Submissions.Any(s => s.ResponseId == r.Id), cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static IQueryable<PersonalLink> Links(SurveyDb db, int round) => db.PersonalLinks.Where(l => l.Invitation!.RoundId == round);

    /// <summary>Responses that hold words which were never sent.</summary>
    private static IQueryable<SurveyResponse> Unsent(SurveyDb db, int round) =>
        db.Responses.Where(r => r.RoundId == round && (r.Version == 0 || r.Revision > r.SubmittedRevision) && db.DraftAnswers.Any(d => d.ResponseId == r.Id));

    private static async Task DeleteAsync(SurveyDb db, RetentionKind kind, SurveyRound round, CancellationToken cancel)
    {
        switch (kind)
        {
            case RetentionKind.Drafts:
                await ForgetUnsentAsync(db, round, cancel);
                break;
            case RetentionKind.Links:
                await Links(db, round.Id).ExecuteDeleteAsync(cancel);
                await db.Outbox.Where(m => m.RoundId == round.Id && m.State != OutboxState.Waiting && m.State != OutboxState.Sending).ExecuteDeleteAsync(cancel);
                break;
            case RetentionKind.Answers:
                var responses = db.Responses.Where(r => r.RoundId == round.Id).Select(r => r.Id);
                await db.DraftAnswers.Where(a => responses.Contains(a.ResponseId)).ExecuteDeleteAsync(cancel);
                await db.Submissions.Where(s => responses.Contains(s.ResponseId)).ExecuteDeleteAsync(cancel);
                // Published names and quotes rest on these: taken away they would pass for consents withdrawn.
                var listing = RoundDefinition.Of(round).Questionnaire.WithRole(QuestionRole.Listing)?.Key;
                await db.Answers.Where(a => a.RoundId == round.Id && a.Question != listing).ExecuteDeleteAsync(cancel);
                await db.Quotes.Where(q => q.RoundId == round.Id && q.Review != QuoteReview.Approved).ExecuteDeleteAsync(cancel);
                // What the office wrote about answers may tell them, and a correction holds them twice.
                await db.Corrections.Where(c => responses.Contains(c.ResponseId)).ExecuteDeleteAsync(cancel);
                await db.Responses.Where(r => r.RoundId == round.Id && r.ReviewReason != null).ExecuteUpdateAsync(s => s.SetProperty(r => r.ReviewReason, (string?)null), cancel);
                await DeleteDetailsAsync(db, [.. (await responses.ToListAsync(cancel)).Select(id => $"response:{id}")], cancel);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    /// <summary>Deletes what audit entries say in words about these subjects; that something was done to them stays, and the chain holds hashes only.</summary>
    private static async Task DeleteDetailsAsync(SurveyDb db, HashSet<string> subjects, CancellationToken cancel)
    {
        var found = await (from detail in db.AuditDetails.AsNoTracking() join entry in db.AuditEntries on detail.EntryId equals entry.Id select new { detail.EntryId, entry.Subject }).ToListAsync(cancel);
        foreach (var part in found.Where(d => subjects.Contains(d.Subject.Split('/')[0])).Select(d => d.EntryId).Chunk(500))
        {
            await db.AuditDetails.Where(d => part.Contains(d.EntryId)).ExecuteDeleteAsync(cancel);
        }
    }

    /// <summary>What was sent stays as the draft; a response that was never sent keeps no answer, and goes on counting as started.</summary>
    private static async Task ForgetUnsentAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        var questionnaire = RoundDefinition.Of(round).Questionnaire;
        foreach (var response in await Unsent(db, round.Id).AsNoTracking().ToListAsync(cancel))
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
