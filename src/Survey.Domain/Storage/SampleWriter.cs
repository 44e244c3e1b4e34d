using Microsoft.EntityFrameworkCore;
using Survey.Domain.Demo;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Domain.Storage;

/// <summary>
/// Puts a sample network into an empty database, as if the years had passed: the organisations, then round by round its population, responses, submissions, quotes
/// and answers, all in one transaction. Earlier rounds are frozen, the last one is open. What counts is what <see cref="SubmissionWriter"/> would have made of it;
/// a test holds the two together. Every round is marked as sample.
/// </summary>
public static class SampleWriter
{
    /// <summary>
    /// Writes the network. <paramref name="files"/> are the frozen templates of each round, oldest first; <paramref name="now"/> is the moment at which the last round
    /// has been open for five weeks. Refused, with nothing written, when the database holds an organisation or a round already.
    /// <paramref name="report"/> is told the share done.
    /// </summary>
    public static async Task<Parsed<SampleWritten>> WriteAsync(SurveyDb db, SampleNetwork network, IReadOnlyList<SampleRoundFiles> files, DateTime now, Action<double>? report = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(files.Count, network.Rounds.Count);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Organisations.AnyAsync(cancel) || await db.Rounds.AnyAsync(cancel))
        {
            return Parsed<SampleWritten>.Refused([new Problem("database", "demo.not-empty", "The database holds organisations or rounds already; the sample network needs an empty one.")]);
        }

        var wasDetecting = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var opened = Openings(network.Rounds.Count, now);
            var organisations = await OrganisationsAsync(db, network, opened, cancel);
            report?.Invoke(0.05);
            var responses = 0;
            SampleWritten? written = null;
            for (var i = 0; i < network.Rounds.Count; i++)
            {
                var isOpen = i == network.Rounds.Count - 1;
                var round = Round(network.Rounds[i], files[i], opened[i], isOpen);
                db.Rounds.Add(round);
                await db.SaveChangesAsync(cancel);
                var population = network.Population(i);
                var invitations = await InvitationsAsync(db, round, population, organisations, cancel);
                responses += await ResponsesAsync(db, round, network.Rounds[i], population, invitations, now, cancel);
                db.ChangeTracker.Clear();
                report?.Invoke(0.05 + (0.95 * (i + 1) / network.Rounds.Count));
                if (isOpen)
                {
                    var untouched = population.Index().Where(p => p.Item.Response is null && !p.Item.Organisation.IsDiscreet).Select(p => (int?)invitations[p.Index].Id).FirstOrDefault();
                    written = new(network.Organisations.Count, network.Rounds.Count, responses, round.Slug, untouched);
                }
            }

            await transaction.CommitAsync(cancel);
            return Parsed<SampleWritten>.Of(written!);
        }
        finally
        {
            db.ChangeTracker.Clear();
            db.ChangeTracker.AutoDetectChangesEnabled = wasDetecting;
        }
    }

    private static DateTime[] Openings(int rounds, DateTime now)
    {
        var newest = now.ToUniversalTime() - SampleCalendar.OpenSoFar;
        newest = new DateTime(newest.Ticks - (newest.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);
        return [.. Enumerable.Range(0, rounds).Select(i => newest - (SampleCalendar.Year * (rounds - 1 - i)))];
    }

    private static async Task<int[]> OrganisationsAsync(SurveyDb db, SampleNetwork network, DateTime[] opened, CancellationToken cancel)
    {
        var made = new List<Organisation>(network.Organisations.Count);
        foreach (var sample in network.Organisations)
        {
            var joined = opened[sample.First] - TimeSpan.FromDays(10);
            var organisation = new Organisation
            {
                Code = sample.Code,
                Name = sample.Name,
                NameFolded = FoldedText.Of(sample.Name),
                NameSortKey = FoldedText.SortKey(sample.Name),
                Country = sample.Country,
                Type = sample.Type,
                Language = sample.Language,
                IsDiscreet = sample.IsDiscreet,
                CreatedAt = joined,
                RetiredAt = sample.Last < opened.Length - 1 ? opened[sample.Last + 1] - TimeSpan.FromDays(10) : null,
            };
            foreach (var contact in sample.Contacts)
                organisation.Contacts.Add(new Contact { Name = contact.Name, Email = contact.Email, EmailFolded = contact.Email, Language = contact.Language, CreatedAt = joined });
            made.Add(organisation);
        }

        db.Organisations.AddRange(made);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return [.. made.Select(o => o.Id)];
    }

    private static SurveyRound Round(SampleTerms terms, SampleRoundFiles files, DateTime openedAt, bool isOpen)
    {
        var closesOn = DateOnly.FromDateTime(openedAt + SampleCalendar.OpenFor);
        var round = new SurveyRound
        {
            Slug = terms.Slug,
            PlanSlug = terms.Plan.Slug,
            QuestionnaireName = terms.Questionnaire.Name,
            RegionsName = files.RegionsName,
            IsSample = true,
            OptionalPoints = string.Join(' ', terms.Plan.Points.Where(p => p.IsOptional).Select(p => p.Slug)),
            OpensOn = DateOnly.FromDateTime(openedAt),
            ClosesOn = closesOn,
            ClosesAt = SurveyRound.EndOfDayAnywhere(closesOn),
            CreatedAt = openedAt - TimeSpan.FromDays(21),
        };
        foreach (var template in files.Templates)
            round.Templates.Add(template);
        round.Open(openedAt);
        if (!isOpen)
        {
            round.Close(round.ClosesAt.Value);
            round.Freeze(round.ClosesAt.Value + SampleCalendar.FrozenAfter);
        }

        return round;
    }

    private static async Task<Invitation[]> InvitationsAsync(SurveyDb db, SurveyRound round, IReadOnlyList<SampleInvitation> population, int[] organisations, CancellationToken cancel)
    {
        Invitation[] invitations = [.. population.Select(p => new Invitation
        {
            RoundId = round.Id, OrganisationId = organisations[p.Organisation.Number], Name = p.Organisation.Name, Country = p.Organisation.Country, Region = p.Region,
            Type = p.Organisation.Type, Language = p.Organisation.Language, IsDiscreet = p.Organisation.IsDiscreet, InvitedAt = round.OpenedAt!.Value,
        })];
        db.Invitations.AddRange(invitations);
        await db.SaveChangesAsync(cancel);
        return invitations;
    }

    private static async Task<int> ResponsesAsync(SurveyDb db, SurveyRound round, SampleTerms terms, IReadOnlyList<SampleInvitation> population, Invitation[] invitations, DateTime now, CancellationToken cancel)
    {
        var opened = round.OpenedAt!.Value;
        var made = new List<(SurveyResponse Response, SampleInvitation Sample)>();
        for (var i = 0; i < population.Count; i++)
        {
            if (population[i].Response is not { } sample)
                continue;
            made.Add((new SurveyResponse
            {
                PublicId = SurveyResponse.PublicIdOf(round, invitations[i].Id),
                InvitationId = invitations[i].Id,
                RoundId = round.Id,
                Language = sample.Language,
                StartedAt = opened + sample.StartedAfter,
                ChangedAt = opened + sample.ChangedAfter,
                SubmittedAt = sample.Submissions is [.., var last] ? opened + last.SentAfter : null,
                Version = sample.Submissions.Count,
                Revision = sample.Draft.Answers.Count,
                SubmittedRevision = sample.Submissions is [.., var sent] && sent.SentAfter >= sample.ChangedAfter ? sample.Draft.Answers.Count : 0,
                Review = sample.Review,
                ReviewReason = sample.ReviewReason,
                IsLate = sample.IsLate,
            }, population[i]));
        }

        db.Responses.AddRange(made.Select(m => m.Response));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        foreach (var (response, invited) in made)
        {
            var sample = invited.Response!;
            for (var version = 0; version < sample.Submissions.Count; version++)
            {
                var content = sample.Submissions[version].Sheet.ToJson();
                db.Submissions.Add(new Submission
                {
                    ResponseId = response.Id,
                    Version = version + 1,
                    Mode = ResponseMode.Web,
                    SubmittedAt = opened + sample.Submissions[version].SentAfter,
                    Content = content,
                    ContentHash = sample.Submissions[version].Sheet.Hash(),
                });
            }

            if (sample.Submissions is [.., var last])
            {
                foreach (var quote in SubmissionWriter.QuotesOf(response, last.Sheet, terms.Questionnaire))
                {
                    quote.Review = sample.QuoteReviews.GetValueOrDefault(quote.Point);
                    if (quote.Review is not QuoteReview.Pending)
                        (quote.ReviewedBy, quote.ReviewedAt) = ("office", Earlier(response.SubmittedAt!.Value + TimeSpan.FromDays(2), now));
                    db.Quotes.Add(quote);
                }
            }
        }

        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        await AnswerRows.AddAsync(db, made.SelectMany(m => m.Sample.Response!.Draft.ToDraft(m.Response.Id, terms.Questionnaire)), cancel);
        await AnswerRows.AddAsync(db, made.Where(m => m.Response.Counts).SelectMany(m =>
            m.Sample.Response!.Submissions[^1].Sheet.ToAnswers(m.Response.Id, round.Id, m.Sample.Region, terms.Questionnaire)), cancel);
        return made.Count;
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}

/// <summary>What a sample round carries besides its terms: the name of its region scheme and its frozen templates (of no round yet).</summary>
public sealed record SampleRoundFiles(string RegionsName, IReadOnlyList<RoundTemplate> Templates);

/// <summary>
/// What was written: how many organisations, rounds and begun responses. <paramref name="UntouchedInvitation"/> is an invitation of the open round whose organisation
/// has not begun to answer, for trying the survey out; null when every organisation has.
/// </summary>
public sealed record SampleWritten(int Organisations, int Rounds, int Responses, string OpenRound, int? UntouchedInvitation);
