using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Reporting.Typesetting;

namespace Survey.Web.Copies;

/// <summary>
/// Makes the PDF copies that members asked for, two side by side, until none waits; and deletes those that were there long enough. The rows say what is to
/// be done (<see cref="AnswerCopies"/>); whatever goes wrong is written on the row.
/// </summary>
public sealed class CopyTask(IDbContextFactory<SurveyDb> contexts, CopyWriting writing, Typesetter typesetter, TimeProvider time, ILogger<CopyTask> log) : IBackgroundTask
{
    /// <summary>The name to signal after a request.</summary>
    public const string TaskName = "copies";

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task LookAsync(CancellationToken cancel)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            await AnswerCopies.DeleteOldAsync(db, time.GetUtcNow().UtcDateTime, cancel);
        }

        await Task.WhenAll(Enumerable.Range(0, AnswerCopies.AtATime).Select(_ => WorkAsync(cancel)));
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        while (await AnswerCopies.TakeAsync(contexts, time, cancel) is { } attempt)
        {
            await MakeAsync(attempt, cancel);
        }
    }

    private async Task MakeAsync(CopyAttempt attempt, CancellationToken cancel)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            var pdf = await typesetter.SetAsync(await writing.WriteAsync(db, attempt.ResponseId, attempt.Version, attempt.Language, cancel), cancel);
            if (!await attempt.SucceedAsync(pdf))
            {
                log.LogWarning("Copy {Copy}: attempt {Attempt} was overtaken", attempt.CopyId, attempt.Number);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            await attempt.GiveBackAsync();
            cancel.ThrowIfCancellationRequested();
        }
        catch (TypesettingException e)
        {
            // Its message names places of the layout, never what was set.
            log.LogWarning("Copy {Copy}: the typesetter refused: {Reason}", attempt.CopyId, e.Message);
            await attempt.FailAsync(e.Message, e.IsFinal);
        }
        catch (Exception e)
        {
            log.LogError(e, "Copy {Copy}, attempt {Attempt} failed", attempt.CopyId, attempt.Number);
            await attempt.FailAsync(e.GetBaseException().Message, isFinal: false);
        }
    }
}
