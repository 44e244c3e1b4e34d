namespace Survey.Domain;

/// <summary>How far a translated string can be relied on. The report prints what is provisional.</summary>
public enum TranslationStatus
{
    /// <summary>Made here; no native reader has read it yet.</summary>
    Provisional,

    /// <summary>Read and accepted by a native reader.</summary>
    Reviewed,

    /// <summary>The network's own published wording.</summary>
    Official,
}
