using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;

namespace Survey.Reporting.Editions;

/// <summary>
/// Everything an edition is written from, the same for every language. Numbers about answers come from the cube alone; the rest is what was decided
/// (plan, questionnaire, network, as frozen for the round) or happened (facts, quotes, listing). The shell loads it, nothing here loads anything.
/// </summary>
/// <param name="Plan">The plan as frozen; the points of the edition are those of the cube.</param>
/// <param name="Quotes">Only quotes with consent and approval, never of a discreet organisation by name; in the order in which they should stand.</param>
/// <param name="Listed">Only organisations that agreed to be listed, never a discreet one.</param>
/// <param name="ChangeLog">The versions published before this one, oldest first; empty for a first version.</param>
/// <param name="FunderLogos">Pictures of the funders that have one, in the network's order.</param>
public sealed record EditionInput(
    Cube Cube,
    Plan Plan,
    Questionnaire Questionnaire,
    Network Network,
    EditionGeography Geography,
    RoundFacts Facts,
    IReadOnlyList<EditionQuote> Quotes,
    IReadOnlyList<ListedOrganisation> Listed,
    IReadOnlyList<VersionNote> ChangeLog,
    EditionPicture? Logo,
    IReadOnlyList<EditionPicture> FunderLogos)
{
    /// <summary>Who reviewed which language, as the office recorded it; these go before those that the network's file names.</summary>
    public IReadOnlyDictionary<string, TranslationReviewer> Reviewers { get; init; } = new Dictionary<string, TranslationReviewer>();

    /// <summary>The languages in which the version comes out; all of the network's where empty.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The site on which the version comes out, such as <c>https://report.example.org</c>; null where it is not known.</summary>
    public string? Site { get; init; }

    /// <summary>Where the version will be read in a language, or in any where it does not come out in that; null where no number is planned for it, and where the site is not known. A draft names the address that it gets when it comes out.</summary>
    public string? AddressIn(string language) => Site is null || Facts.Version is not { } version ? null
        : FormattableString.Invariant($"{Site}/reports/{Cube.Round}/v{version}") + (Languages.Contains(language) ? "/" + language : "");

    /// <summary>What the office wrote, and which findings it hides or moves.</summary>
    public EditionEditorial Editorial { get; init; } = EditionEditorial.None;
}

/// <summary>A native reader of a language, with the day of the review; the words may have changed since.</summary>
public sealed record TranslationReviewer(string Name, string? Organisation, DateOnly ReviewedOn);

/// <summary>What happened in the round and is not a tally. Dates are those that are printed; nothing here identifies an organisation.</summary>
/// <param name="Version">The number of this version; null for a draft.</param>
/// <param name="PublishedOn">The document's date.</param>
/// <param name="OpenedOn">The first day of answering; without it the report cannot state its dates and is not built.</param>
/// <param name="ClosedOn">The last day of answering; null while the round takes answers.</param>
/// <param name="Languages">The languages in which the questionnaire could be answered.</param>
/// <param name="MedianMinutes">The median time really taken; null where it was not measured.</param>
/// <param name="InvitationsSent">
/// Organisations that were written to; null where nobody was written to from here (answers imported). Printed only where they, and those of the population
/// who were not written to, are none or enough.
/// </param>
/// <param name="RemindersSent">Reminders sent in all; null where unknown.</param>
/// <param name="Incentive">What was offered for answering, in words; null when nothing was.</param>
public sealed record RoundFacts(
    string Round,
    bool IsSample,
    int? Version,
    DateOnly PublishedOn,
    DateOnly? OpenedOn,
    DateOnly? ClosedOn,
    IReadOnlyList<string> Languages,
    int? MedianMinutes,
    int? InvitationsSent,
    int? RemindersSent,
    LocalisedText? Incentive = null);

/// <summary>The round's region scheme as the report needs it: every region with its countries and areas, and the notes that go with names and map.</summary>
/// <param name="Notes">Notes on names and placements, each with the codes of the countries or areas it speaks of.</param>
/// <param name="BoundaryNote">Stands below every map.</param>
public sealed record EditionGeography(
    IReadOnlyList<EditionRegion> Regions,
    IReadOnlyList<GeographyNote> Notes,
    LocalisedText? BoundaryNote)
{
    /// <summary>The region with this slug, or null.</summary>
    public EditionRegion? Region(string slug) => Regions.FirstOrDefault(r => r.Slug == slug);

    /// <summary>The country or area with this code, or null.</summary>
    public EditionCountry? Country(string code) => Regions.SelectMany(r => r.Countries).FirstOrDefault(c => c.Code == code);
}

/// <summary>A region of the scheme; one for organisations without one country has no countries.</summary>
/// <param name="ShortName">For narrow columns; the name where it is null.</param>
public sealed record EditionRegion(string Slug, LocalisedText Name, IReadOnlyList<EditionCountry> Countries, LocalisedText? ShortName = null);

/// <summary>A country or area: its ISO 3166-1 alpha-2 code (or <c>XK</c>) and its name.</summary>
public sealed record EditionCountry(string Code, LocalisedText Name);

/// <summary>A note on a name or a placement, printed in the annex; one on a name (<paramref name="IsNaming"/>) also wherever one of its countries or areas is named.</summary>
public sealed record GeographyNote(IReadOnlyList<string> Codes, LocalisedText Text, bool IsNaming = true);

/// <summary>
/// A member's words about a point. <see cref="Organisation"/> is set only where the consent names it. Region and type are shown only where
/// enough organisations share them.
/// </summary>
/// <param name="Region">The organisation's region as of the round.</param>
/// <param name="Type">The choice code of the organisation's type; empty where unknown.</param>
/// <param name="SharedBy">Counted responses with the same region and the same type, this one included.</param>
/// <param name="Translations">The words in other languages, by language; an edition in a language without one prints the original.</param>
public sealed record EditionQuote(
    string Point,
    string Text,
    string Language,
    string? Organisation,
    string Region,
    string Type,
    int SharedBy,
    IReadOnlyDictionary<string, string> Translations)
{
    /// <summary>Counted responses with the same region and the same language, this one included.</summary>
    public int SharedLanguage { get; init; }

    /// <summary>The quote's id; never printed.</summary>
    public long QuoteId { get; init; }
}

/// <summary>An organisation that agreed to be listed, with its country's code (empty: no one country).</summary>
public sealed record ListedOrganisation(string Name, string Country)
{
    /// <summary>The organisation's id; never printed.</summary>
    public int OrganisationId { get; init; }
}

/// <summary>A published version and what it changed, in the office's words; empty for a first version.</summary>
public sealed record VersionNote(int Number, DateOnly PublishedOn, string Text);
