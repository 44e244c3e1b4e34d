using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Domain.Storage;

/// <summary>
/// Brings a file of answers into the database, all its rounds in one transaction. In order: the table is read; the rounds that it names, the organisations
/// and their responses are loaded inside the transaction; <see cref="AnswersReading"/> says what the file holds; each response is new, changed, unchanged or
/// not to be touched; then, if nothing is in the way, organisations, invitations, responses and answers are written in batches, the answers through
/// <see cref="SubmissionWriter"/>. The draft is brought in line, so that a member who opens the form sees what was imported.
/// </summary>
public static class AnswersImport
{
    // Rows that are tracked at a time: enough for full batches of the database, little enough for memory.
    private const int ResponsesAtATime = 500;

    /// <summary>Imports a file (a stream that can go back). <paramref name="at"/> is the moment that the new versions carry.</summary>
    public static async Task<AnswersImported> RunAsync(SurveyDb db, Stream file, AnswersMapping mapping, AnswersImportOptions options, DateTime at, CancellationToken cancel = default)
    {
        var table = CsvTable.Read(file);
        if (!table.IsWhole)
            return AnswersImported.Refused(table.Problems);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        try
        {
            return await RunAsync(db, transaction, table.Value, mapping, options, at, cancel);
        }
        catch (Exception e) when (IsConflict(e))
        {
            return AnswersImported.Refused([new("the database", "import.busy", "Answers of these rounds were saved while the import ran, so nothing was written. Run it again.")]);
        }
    }

    private static async Task<AnswersImported> RunAsync(SurveyDb db, IDbContextTransaction transaction, CsvTable table, AnswersMapping mapping, AnswersImportOptions options, DateTime at, CancellationToken cancel)
    {
        var slugs = AnswersReading.RoundsIn(table, mapping);
        var stored = await db.Rounds.AsNoTracking().Include(r => r.Templates).Where(r => slugs.Contains(r.Slug)).OrderBy(r => r.Slug).ToListAsync(cancel);
        var problems = stored.Select(Closed).OfType<Problem>().ToList();
        if (problems.Count > 0)
            return AnswersImported.Refused(problems);
        var organisations = KnownOrganisation.All(await db.Organisations.AsNoTracking().Where(o => o.ErasedAt == null).OrderBy(o => o.Id).ToListAsync(cancel)).ToList();
        var roundIds = stored.ConvertAll(r => r.Id);
        var invitations = await db.Invitations.AsNoTracking().Where(i => roundIds.Contains(i.RoundId)).ToListAsync(cancel);
        var rounds = new List<ImportRound>();
        foreach (var round in stored)
        {
            var definition = RoundDefinition.Of(round);
            rounds.Add(new(round.Slug, definition.Points, definition.Questionnaire, definition.Regions, new PlaceMatcher(definition.Regions),
                invitations.Where(i => i.RoundId == round.Id).Select(i => i.OrganisationId).ToHashSet()));
        }

        var reading = AnswersReading.Of(table, mapping, rounds, new OrganisationIndex(organisations));
        if (reading.IsUnreadable)
            return AnswersImported.Refused(reading.Problems);
        var existing = await ExistingAsync(db, roundIds, cancel);
        var work = new Work(db, mapping.Mode, at, stored.ToDictionary(r => r.Slug), rounds.ToDictionary(r => r.Slug), invitations.ToDictionary(i => (i.RoundId, i.OrganisationId)));
        var steps = new List<Step>();
        problems.AddRange(reading.Problems);
        var badRows = reading.BadRows;
        foreach (var response in reading.Responses)
        {
            var step = work.StepFor(response, existing);
            if (step.Refusal(mapping.Mode, options.OtherAnswers) is { } refusal)
            {
                problems.Add(refusal);
                badRows += response.Rows;
                continue;
            }
            steps.Add(step);
        }

        var counts = rounds.ConvertAll(r => new RoundImported(r.Slug,
            steps.Count(s => s.Response.Round == r.Slug && s.Kind is StepKind.New), steps.Count(s => s.Response.Round == r.Slug && s.Kind is StepKind.Changed),
            steps.Count(s => s.Response.Round == r.Slug && s.Kind is StepKind.Unchanged), steps.Count(s => s.Response.Round == r.Slug && s.Invitation is null)));
        var newOrganisations = steps.Where(s => s.Response.Organisation.Known is null).Select(s => s.Response.Organisation.Code).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        var isWritten = options.Writes is ImportWrites.Everything && (problems.Count == 0 || options.BadRows is BadRows.Skip);
        if (isWritten)
        {
            await work.WriteAsync(steps, cancel);
            await transaction.CommitAsync(cancel);
        }

        return new(counts, newOrganisations, reading.Rows, badRows, isWritten, problems, reading.Notices);
    }

    private static Problem? Closed(SurveyRound round) => round.State switch
    {
        RoundState.Planned => new($"round {round.Slug}", "import.round-planned", $"Round {round.Slug} is not open yet, so its questionnaire can still change; open it first ('round open {round.Slug}')."),
        RoundState.Frozen => new($"round {round.Slug}", "import.round-frozen", $"Round {round.Slug} is frozen: its numbers no longer change."),
        _ => null,
    };

    private static bool IsConflict(Exception e) =>
        (e as PostgresException ?? e.InnerException as PostgresException)?.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected;

    private static async Task<Dictionary<int, Existing>> ExistingAsync(SurveyDb db, List<int> roundIds, CancellationToken cancel)
    {
        var rows = await db.Responses.AsNoTracking().Where(r => roundIds.Contains(r.RoundId)).Select(r => new
        {
            Response = r,
            Hash = db.Submissions.Where(s => s.ResponseId == r.Id && s.Version == r.Version).Select(s => s.ContentHash).FirstOrDefault(),
            HasDraft = db.DraftAnswers.Any(a => a.ResponseId == r.Id),
        }).ToListAsync(cancel);
        return rows.ToDictionary(r => r.Response.InvitationId, r => new Existing(r.Response, r.Hash, r.HasDraft));
    }

    /// <summary>A response that is there before the import.</summary>
    private sealed record Existing(SurveyResponse Response, string? Hash, bool HasDraft)
    {
        public bool HasUnsentAnswers => Response.Version == 0 ? HasDraft : Response.HasUnsentChanges;
    }

    private enum StepKind { OnlyInvited, New, Changed, Unchanged }

    /// <summary>What is to be done with one response of the file.</summary>
    private sealed record Step(ResponseInFile Response, StepKind Kind, Invitation? Invitation, Existing? Existing)
    {
        public Problem? Refusal(ResponseMode mode, OtherAnswers others)
        {
            if (Kind is not (StepKind.New or StepKind.Changed) || Existing is not { } existing)
                return null;
            var who = $"'{Response.Organisation.Code}' in round {Response.Round}";
            return existing.HasUnsentAnswers
                ? new(Response.Where, "import.unsent", $"{who} has answers in the browser that are not sent yet; an import would lose them. Ask the member to send them first.")
                : Kind is StepKind.Changed && existing.Response.Mode != mode && others is OtherAnswers.Keep
                    ? new(Response.Where, "import.other-answers", $"{who} answered {(existing.Response.Mode is ResponseMode.Web ? "in the browser" : $"by {existing.Response.Mode.ToString().ToLowerInvariant()}")} and the file says something else; with --replace the file's answers become a new version.")
                    : null;
        }
    }

    private sealed class Work(SurveyDb db, ResponseMode mode, DateTime at, Dictionary<string, SurveyRound> rounds, Dictionary<string, ImportRound> asked, Dictionary<(int Round, int Organisation), Invitation> invitations)
    {
        public Step StepFor(ResponseInFile response, Dictionary<int, Existing> existing)
        {
            var invitation = response.Organisation.Known is { } known ? invitations.GetValueOrDefault((rounds[response.Round].Id, known.Id)) : null;
            var before = invitation is null ? null : existing.GetValueOrDefault(invitation.Id);
            var kind = response.Sheet.Answers.Count == 0 ? StepKind.OnlyInvited
                : before?.Hash is not { } hash ? StepKind.New
                : hash == response.Sheet.Hash() ? StepKind.Unchanged : StepKind.Changed;
            return new(response, kind, invitation, before);
        }

        public async Task WriteAsync(List<Step> steps, CancellationToken cancel)
        {
            // Change detection over every tracked row on every Add would make the import quadratic; it is called by hand before each save.
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            try
            {
                var organisationIds = await OrganisationsAsync(steps, cancel);
                var invited = await InvitationsAsync(steps, organisationIds, cancel);
                var answered = steps.Where(s => s.Kind is StepKind.New or StepKind.Changed).ToList();
                foreach (var batch in answered.Chunk(ResponsesAtATime))
                    await ResponsesAsync(batch, invited, cancel);
                foreach (var round in steps.Where(s => s.Invitation is null || s.Kind is StepKind.New or StepKind.Changed).Select(s => s.Response.Round).Distinct())
                    db.Record(at, "command", "answers.import", $"round:{round}");
                await SaveAsync(cancel);
            }
            finally
            {
                db.ChangeTracker.AutoDetectChangesEnabled = true;
            }
        }

        private async Task<Dictionary<string, int>> OrganisationsAsync(List<Step> steps, CancellationToken cancel)
        {
            var made = new Dictionary<string, Organisation>(StringComparer.OrdinalIgnoreCase);
            foreach (var response in steps.Select(s => s.Response).Where(r => r.Organisation.Known is null))
            {
                var o = response.Organisation;
                made.TryAdd(o.Code, new() { Code = o.Code, Name = o.Name, NameFolded = FoldedText.Of(o.Name), NameSortKey = FoldedText.SortKey(o.Name), Country = o.Country, Type = o.Type, Language = response.Language, CreatedAt = at });
            }
            db.Organisations.AddRange(made.Values);
            await SaveAsync(cancel);
            return made.ToDictionary(m => m.Key, m => m.Value.Id, StringComparer.OrdinalIgnoreCase);
        }

        private async Task<Dictionary<Step, Invitation>> InvitationsAsync(List<Step> steps, Dictionary<string, int> made, CancellationToken cancel)
        {
            var invited = new Dictionary<Step, Invitation>(ReferenceEqualityComparer.Instance);
            foreach (var step in steps)
            {
                if (step.Invitation is { } there)
                {
                    invited.Add(step, there);
                    continue;
                }
                var o = step.Response.Organisation;
                var invitation = new Invitation
                {
                    RoundId = rounds[step.Response.Round].Id,
                    OrganisationId = o.Known?.Id ?? made[o.Code],
                    Name = o.Name,
                    Country = o.Country,
                    Region = asked[step.Response.Round].Regions.RegionOf(o.Country)!.Slug,
                    Type = o.Type,
                    Language = step.Response.Language,
                    IsDiscreet = o.Known is { IsDiscreet: true }, // its own choice is asked of it each time, so that it can be taken back
                    InvitedAt = at,
                };
                db.Invitations.Add(invitation);
                invited.Add(step, invitation);
            }
            await SaveAsync(cancel);
            return invited;
        }

        private async Task ResponsesAsync(Step[] batch, Dictionary<Step, Invitation> invited, CancellationToken cancel)
        {
            var responses = new List<(Step Step, SurveyResponse Response)>();
            foreach (var step in batch)
            {
                if (step.Existing is { } existing)
                {
                    db.Responses.Attach(existing.Response);
                    responses.Add((step, existing.Response));
                    continue;
                }
                var response = new SurveyResponse { PublicId = SurveyResponse.PublicIdOf(rounds[step.Response.Round], invited[step].Id), InvitationId = invited[step].Id, RoundId = rounds[step.Response.Round].Id, Language = step.Response.Language, Mode = mode, StartedAt = at, ChangedAt = at };
                db.Responses.Add(response);
                responses.Add((step, response));
            }
            // New responses need their id before answers can carry it.
            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync(cancel);

            var replaced = responses.Where(r => r.Step.Existing is not null).Select(r => r.Response.Id).ToList();
            if (replaced.Count > 0)
                await db.DraftAnswers.Where(a => replaced.Contains(a.ResponseId)).ExecuteDeleteAsync(cancel);
            List<Answer> answers = [];
            List<DraftAnswer> drafts = [];
            foreach (var (step, response) in responses)
            {
                var questionnaire = asked[step.Response.Round].Questionnaire;
                response.Language = step.Response.Language;
                response.ChangedAt = at;
                response.Revision++;
                await SubmissionWriter.SubmitAsync(db, response, invited[step], step.Response.Sheet, questionnaire, mode, at, null, answers, cancel);
                drafts.AddRange(step.Response.Sheet.ToDraft(response.Id, questionnaire));
            }
            await SaveAsync(cancel);
            await AnswerRows.AddAsync(db, answers, cancel);
            await AnswerRows.AddAsync(db, drafts, cancel);
        }

        private async Task SaveAsync(CancellationToken cancel)
        {
            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }
}
