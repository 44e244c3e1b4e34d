using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Reports;

/// <summary>All published editions.</summary>
public sealed class ListModel(SurveyDb db) : PageModel
{
    public IReadOnlyList<PublishedEdition> Editions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Editions = await EditionList.AllAsync(db, cancel);
}
