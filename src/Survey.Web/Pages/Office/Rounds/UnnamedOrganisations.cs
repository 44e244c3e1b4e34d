using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Erasures;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>Finds the office's texts in which the name of a discreet organisation stands. It may be a common word: it is said, and nothing is refused. Which organisation it is is not told.</summary>
public static class UnnamedOrganisations
{
    /// <summary>The round's texts that hold such a name.</summary>
    public static async Task<IReadOnlyList<EditorialKey>> TextsAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var texts = await db.EditorialTexts.AsNoTracking().Where(t => t.RoundId == round.Id).Select(t => new EditorialWords(t.Kind, t.Subject, t.Language, t.Text, t.SignedBy, t.SignedAs)).ToListAsync(cancel);
        return await TextsAsync(db, round, texts, cancel);
    }

    /// <summary>Those of these texts that hold such a name.</summary>
    public static async Task<IReadOnlyList<EditorialKey>> TextsAsync(SurveyDb db, SurveyRound round, IReadOnlyList<EditorialWords> texts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
        {
            return [];
        }

        var names = await db.Organisations.Where(o => o.ErasedAt == null && (o.IsDiscreet || o.WantsDiscretion)).Select(o => o.Name)
            .Union(db.Invitations.Where(i => i.RoundId == round.Id && (i.IsDiscreet || i.Organisation!.IsDiscreet || i.Organisation.WantsDiscretion)).Select(i => i.Name)).ToListAsync(cancel);
        var search = new NameSearch(names);
        return [.. texts.Where(t => search.IsInText(t.Markdown, t.SignedBy, t.SignedAs)).Select(t => new EditorialKey(t.Kind, t.Subject))];
    }
}
