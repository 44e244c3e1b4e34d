using Survey.Domain.Editions;

namespace Survey.Domain.Erasures;

/// <summary>A text of the office in which an organisation's name stands. It is never rewritten behind the office's back: who erases is told of it, and the office takes the name out.</summary>
public sealed record NamingText(string Round, EditorialKey Key, string Language)
{
    /// <summary>The text as the address of a page names it.</summary>
    public override string ToString() => $"{Round}/writing/{Key}/{Language}";
}
