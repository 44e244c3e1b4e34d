namespace Survey.Domain.Networks;

/// <summary>Who runs the survey and publishes the report: everything that cover, imprint, footers, mails and the methods annex say of it.</summary>
public sealed record Network(
    LocalisedText Name,
    LocalisedText ShortName,
    LocalisedText ReportTitle,
    LocalisedText ReportSubtitle,
    Logo? Logo,
    NetworkColours Colours,
    string ContactEmail,
    string? WebAddress,
    LocalisedText Publisher,
    LocalisedText Place,
    LocalisedText DataController,
    IReadOnlyList<Funder> Funders,
    LocalisedText Acknowledgement,
    LocalisedText Disclaimer,
    LocalisedText ConflictOfInterest,
    string Licence,
    string LicenceAddress,
    string? Isbn,
    string? Doi,
    IReadOnlyList<string> Languages,
    IReadOnlyDictionary<string, string> TranslationReviewers,
    bool IsSample)
{
    /// <summary>Whom mails to discreet organisations come from; null where the file names nobody, and the contact's address is used without a name.</summary>
    public NeutralSender? NeutralSender { get; init; }

    /// <summary>What the privacy notice says of this network beside its controller; empty where the file says nothing.</summary>
    public PrivacyFacts Privacy { get; init; } = new(null, null);

    /// <summary>The file names of all pictures that the network shows: its own logo, then those of its funders, each once.</summary>
    public IReadOnlyList<string> Pictures =>
        [.. Funders.Select(funder => funder.Logo).Prepend(Logo).Where(logo => logo is not null).Select(logo => logo!.File).Distinct(StringComparer.Ordinal)];
}

/// <summary>A picture file beside the template with its alternative text.</summary>
public sealed record Logo(string File, LocalisedText Alternative);

/// <summary>Colours as <c>#RRGGBB</c>: primary carries white text (contrast at least 4.5), accent carries white text, highlight is decoration on primary.</summary>
public sealed record NetworkColours(string Primary, string Accent, string Highlight);

/// <summary>A sender that names neither network nor topic; an address of its own, or none.</summary>
public sealed record NeutralSender(LocalisedText Name, string? Email);

/// <summary>Which authority a person may complain to, and who keeps the data besides the office.</summary>
public sealed record PrivacyFacts(LocalisedText? Authority, LocalisedText? Recipients)
{
    /// <summary>How long data about members is kept.</summary>
    public RetentionTerms Keep { get; init; } = RetentionTerms.Default;
}

/// <summary>Who paid, with what they ask to have said.</summary>
public sealed record Funder(LocalisedText Name, Logo? Logo, LocalisedText? Note);
