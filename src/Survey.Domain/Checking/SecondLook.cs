using Survey.Domain.Questionnaires;

namespace Survey.Domain.Checking;

/// <summary>
/// What deserves a second look before a response counts unasked, one rule each. A rule says that something is unusual, never that it is wrong, and says nothing
/// where either side is not known.
/// </summary>
public static class SecondLook
{
    /// <summary>Texts shorter than this are the same by chance: "none", "see above".</summary>
    public const int ShortestText = 25;

    /// <summary>A country or type that is not last year's.</summary>
    public static bool IsOther(string then, string now) => then.Length > 0 && now.Length > 0 && then != now;

    /// <summary>A size two classes or more from last year's, on this year's scale.</summary>
    public static bool IsSizeJump(Question size, string then, string now)
    {
        ArgumentNullException.ThrowIfNull(size);
        var codes = size.Choices.Select(c => c.Code).ToList();
        var (from, to) = (codes.IndexOf(then), codes.IndexOf(now));
        return from >= 0 && to >= 0 && Math.Abs(from - to) >= 2;
    }

    /// <summary>No work on a point after working on it directly: the last choice of the question after its first.</summary>
    public static bool IsWorkDropped(Question work, string then, string now)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.Choices is [var most, .., var none] && then == most.Code && now == none.Code;
    }

    /// <summary>Whether a text that two organisations gave is long enough to be told: counted in its folded letters, so that signs alone are no text.</summary>
    public static bool IsTelling(string text) => FoldedText.Of(text).Length >= ShortestText;
}

/// <summary>Why a response is listed for a second look.</summary>
public enum LookKind { OtherCountry, OtherType, SizeJump, WorkDropped, SameText, SameAddress, SameName }

/// <summary>
/// One reason for a second look at a response: the point that it is about (or none), and last year's and this year's codes, or what two organisations share. Where
/// another organisation is meant, <see cref="OtherResponseId"/> and <see cref="OtherName"/> say which.
/// </summary>
public sealed record Look(LookKind Kind, long ResponseId, string Name, string Point, string Then, string Now, long? OtherResponseId = null, string? OtherName = null);
