using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Storage;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Reports;

/// <summary>All published editions.</summary>
public sealed class ListModel(SurveyDb db, RoundForms forms, PageTexts texts, ContentIndex index) : PageModel
{
    public IReadOnlyList<PublishedEdition> Editions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Editions = await EditionList.AllAsync(db, forms, cancel, language: texts.Language, index: index);
}
