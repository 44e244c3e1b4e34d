namespace Survey.Domain.Questionnaires;

/// <summary>The choice codes that every listing question must offer.</summary>
public static class ListingCodes
{
    /// <summary>The organisation agrees to be named in the report.</summary>
    public const string Yes = "yes";

    /// <summary>It does not; the same as no answer.</summary>
    public const string No = "no";
}
