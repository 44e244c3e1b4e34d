using Survey.Domain.Editions;

namespace Survey.Reporting.Editions;

/// <summary>
/// What the office adds to an edition by hand: its own texts, and which generated findings it hides or moves. Numbers never come from here. Empty where it did nothing, and in input
/// from before there was any.
/// </summary>
public sealed record EditionEditorial(IReadOnlyList<EditorialWords> Texts, IReadOnlyList<ChosenFinding> Findings)
{
    /// <summary>Nothing written and nothing chosen.</summary>
    public static EditionEditorial None { get; } = new([], []);

    /// <summary>The text of this kind about this subject in this language, or null; another language never stands in for it.</summary>
    public EditorialWords? Text(EditorialKind kind, string subject, string language) =>
        Texts.FirstOrDefault(t => t.Kind == kind && t.Subject == subject && t.Language == language);
}
