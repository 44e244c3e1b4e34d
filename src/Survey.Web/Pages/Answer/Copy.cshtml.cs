using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Copies;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// A PDF copy of what was sent last, in the page's language: asked for here, made by a worker, fetched here. Only a session that holds the response gets the
/// bytes, and no cache keeps them. Possible as long as the link is, after the close too.
/// </summary>
public sealed class CopyModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark mark, IServiceProvider services)
    : MemberPage(db, session, forms, texts, time, mark)
{
    /// <summary>The copy of the last submission in the page's language, without its bytes; null until it is asked for.</summary>
    public CopySeen? Current { get; private set; }

    /// <summary>Other copies that can be fetched: of earlier submissions, or in other languages.</summary>
    public IReadOnlyList<CopySeen> Others { get; private set; } = [];

    public bool IsUnderWay => Current?.State is CopyState.Waiting or CopyState.Working;

    /// <summary>The moment of the version that a copy would be of.</summary>
    public DateTime SentAt { get; private set; }

    public bool IsSent => Held.Response is { Version: > 0 };

    /// <summary>Asking for a copy writes no answer.</summary>
    protected override bool IsAlwaysAllowed => true;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (Held.Response is not { Version: > 0 } response)
        {
            return;
        }

        var copies = await Db.AnswerCopies.AsNoTracking().Where(c => c.ResponseId == response.Id).OrderByDescending(c => c.Version).ThenBy(c => c.Language)
            .Select(c => new CopySeen(c.Version, c.Language, c.State, c.EndedAt)).ToListAsync(cancel);
        SentAt = await SentAtAsync(cancel) ?? default;
        Current = copies.FirstOrDefault(c => c.Version == response.Version && c.Language == Texts.Language);
        Others = [.. copies.Where(c => c != Current && c.State is CopyState.Done)];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
        }
        else if (Held.Response is { Version: > 0 } response)
        {
            await AnswerCopies.RequestAsync(Db, response.Id, response.Version, Texts.Language, Now, cancel);
            if (services.GetService<JobSignal>() is { } signal)
            {
                await signal.LookAsync(CopyTask.TaskName, cancel);
            }
        }

        return Redirect(To("copy"));
    }

    /// <summary>The file. Its name says which survey and version it is of, and nothing of what it holds.</summary>
    public async Task<IActionResult> OnGetFileAsync(int version, string language, CancellationToken cancel)
    {
        var id = Held.Response?.Id;
        var pdf = await Db.AnswerCopies.AsNoTracking().Where(c => c.ResponseId == id && c.Version == version && c.Language == language && c.State == CopyState.Done)
            .Select(c => c.Bytes).FirstOrDefaultAsync(cancel);
        return pdf is null ? KindPage.NotFound() : File(pdf, "application/pdf", $"survey-{Held.Round.Slug}-v{version}-{language}.pdf");
    }

    /// <summary>A copy as the page shows it.</summary>
    public sealed record CopySeen(int Version, string Language, CopyState State, DateTime? EndedAt);
}
