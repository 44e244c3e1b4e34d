using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Domain.Questionnaires;

namespace Survey.Reporting.Editions;

/// <summary>
/// Which languages are translations that no native reader has read. Where the questionnaire is the network's own wording (official), the language is no translation
/// and nobody has to review it. The one rule for what the imprint says, what publishing asks and what the office can record.
/// </summary>
public static class UnreviewedTranslations
{
    /// <summary>Whether the words of a language are the network's own.</summary>
    public static bool IsOriginal(string language, Questionnaire questionnaire)
    {
        ArgumentNullException.ThrowIfNull(questionnaire);
        return questionnaire.Title.StatusIn(language) is TranslationStatus.Official;
    }

    /// <summary>The languages of a network that are translations beside this questionnaire, in the network's order.</summary>
    public static IReadOnlyList<string> Languages(Questionnaire questionnaire, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.Languages.Where(l => !IsOriginal(l, questionnaire))];
    }

    /// <summary>Whether a language is a translation for which neither a record of the office (<paramref name="reviewed"/>) nor the network's file names a reader.</summary>
    public static bool Has(string language, Questionnaire questionnaire, Network network, IReadOnlyCollection<string> reviewed)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reviewed);
        return !reviewed.Contains(language) && !IsOriginal(language, questionnaire) && network.TranslationReviewers.GetValueOrDefault(language) is not { Length: > 0 };
    }
}
