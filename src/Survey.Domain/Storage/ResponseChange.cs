using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Domain.Storage;

/// <summary>
/// A change to one response by the office: a transaction in which freezing waits, saves and submissions of the response wait, and everything is read as it stands
/// after those before. What is not committed was never done.
/// </summary>
public sealed class ResponseChange : IAsyncDisposable
{
    private readonly SurveyDb db;
    private readonly IDbContextTransaction transaction;

    private ResponseChange(SurveyDb db, IDbContextTransaction transaction, SurveyRound round, Invitation invitation, SurveyResponse response) =>
        (this.db, this.transaction, Round, Invitation, Response) = (db, transaction, round, invitation, response);

    /// <summary>The response's round; frozen, its numbers do not change any more.</summary>
    public SurveyRound Round { get; }

    public Invitation Invitation { get; }

    /// <summary>The response, tracked.</summary>
    public SurveyResponse Response { get; }

    /// <summary>Begins a change of the response with this id; null where there is none.</summary>
    public static async Task<ResponseChange?> BeginAsync(SurveyDb db, long id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Responses.Where(r => r.Id == id).Select(r => (int?)r.RoundId).FirstOrDefaultAsync(cancel) is not { } roundId)
        {
            await transaction.DisposeAsync();
            return null;
        }

        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM \"Rounds\" WHERE \"Id\" = {roundId} FOR SHARE", cancel);
        }

        await db.Responses.Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, r => r.Revision), cancel);
        var round = await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == roundId, cancel);
        var response = await db.Responses.SingleAsync(r => r.Id == id, cancel);
        await db.Entry(response).ReloadAsync(cancel);
        var invitation = await db.Invitations.AsNoTracking().SingleAsync(i => i.Id == response.InvitationId, cancel);
        return new(db, transaction, round, invitation, response);
    }

    /// <summary>What was sent last; an empty sheet where nothing was.</summary>
    public async Task<AnswerSheet> SentAsync(CancellationToken cancel) =>
        await db.Submissions.Where(s => s.ResponseId == Response.Id && s.Version == Response.Version).Select(s => s.Content).SingleOrDefaultAsync(cancel) is { } content
            ? AnswerSheet.FromJson(content) : AnswerSheet.Of([]);

    /// <summary>Saves and ends it.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
