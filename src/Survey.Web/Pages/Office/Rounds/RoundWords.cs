using Survey.Domain;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>
/// Problems of a round in the page's language. Those of templates have no words there: they name a line of a file that is in English too, and are shown as they are.
/// </summary>
public static class RoundWords
{
    private const string Own = "round.";

    /// <summary>The problem in the page's words, or null where only its message tells it.</summary>
    public static string? Of(PageTexts texts, Problem problem)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(problem);
        var key = $"rounds.problem.{problem.Code[(problem.Code.StartsWith(Own, StringComparison.Ordinal) ? Own.Length : 0)..]}";
        return problem.Code.StartsWith(Own, StringComparison.Ordinal) && texts.Has(key) ? texts[key] : null;
    }
}
