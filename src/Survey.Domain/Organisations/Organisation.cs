namespace Survey.Domain.Organisations;

/// <summary>
/// A member organisation as it is now. What it was in a round is kept on its <see cref="Invitations.Invitation"/>.
/// A discreet organisation is never listed or quoted and its mails are neutral.
/// </summary>
public sealed class Organisation
{
    public int Id { get; init; }

    /// <summary>The office's own key for it, unique, stable across imports.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }

    /// <summary>The name folded for finding (case, accents, Arabic letter forms), made by <see cref="FoldedText"/>.</summary>
    public required string NameFolded { get; set; }

    /// <summary>What lists are sorted by on every database, made by <see cref="FoldedText.SortKey"/>.</summary>
    public string NameSortKey { get; set; } = "";

    /// <summary>Upper-case ISO 3166-1 code of the main country, or <c>global</c>.</summary>
    public required string Country { get; set; }

    /// <summary>A choice code of the questionnaire's type question, or empty when not known.</summary>
    public string Type { get; set; } = "";

    /// <summary>The language it is written to in.</summary>
    public string Language { get; set; } = "en";

    /// <summary>The office's choice; <see cref="IsTreatedDiscreetly"/> is what holds.</summary>
    public bool IsDiscreet { get; set; }

    /// <summary>The organisation's own choice, which only it takes back.</summary>
    public bool WantsDiscretion { get; set; }

    /// <summary>Whether it is discreet, by the office's choice or its own.</summary>
    public bool IsTreatedDiscreetly => IsDiscreet || WantsDiscretion;
    public DateTime CreatedAt { get; init; }
    public DateTime? RetiredAt { get; set; }

    /// <summary>The organisation that it went into as a duplicate (<see cref="MemberMerge"/>); null otherwise.</summary>
    public int? MergedIntoId { get; set; }

    /// <summary>Set where nothing but a nameless place in a round's population is left of an erased organisation; such a row is in one round and in no list.</summary>
    public DateTime? ErasedAt { get; set; }
    public IList<Contact> Contacts { get; } = [];

    /// <summary>Gives it a name, with what it is found and sorted by.</summary>
    public void Rename(string name) => (Name, NameFolded, NameSortKey) = (name, FoldedText.Of(name), FoldedText.SortKey(name));
}
