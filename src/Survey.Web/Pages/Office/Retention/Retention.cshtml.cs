using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Networks;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Retention;

/// <summary>How long data about members is kept, and what will be deleted in the next weeks, so that nobody is surprised.</summary>
public sealed class RetentionModel(SurveyDb db, Network network, TimeProvider time) : PageModel
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    public RetentionTerms Terms => network.Privacy.Keep;

    public IReadOnlyList<RetentionDue> Due { get; private set; } = [];

    /// <summary>The moment of this request, UTC.</summary>
    public DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken cancel) => Due = await DataRetention.DueAsync(db, Terms, Now + Ahead, cancel);
}
