namespace Survey.Domain.Editions;

/// <summary>A round's report: one cube, in one or more languages and versions. One per round.</summary>
public sealed class Edition
{
    public int Id { get; init; }
    public int RoundId { get; init; }
    public DateTime CreatedAt { get; init; }
    public IList<EditionVersion> Versions { get; } = [];
}

/// <summary>
/// A version of an edition. A draft has no number and no public address. Published versions are numbered 1, 2, …; their bytes never change.
/// </summary>
public sealed class EditionVersion
{
    public int Id { get; init; }
    public int EditionId { get; init; }
    public Edition? Edition { get; init; }

    /// <summary>Null for a draft; set once, on publishing.</summary>
    public int? Number { get; private set; }

    /// <summary>The number that stands in its files. Only a draft whose number is still the next one can be published.</summary>
    public int PlannedNumber { get; init; }

    public long RunId { get; init; }

    /// <summary>The cube as JSON: all numbers that any output of this version shows.</summary>
    public required string Cube { get; init; }

    public required string CubeSha256 { get; init; }
    public DateTime DataAsOf { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? PublishedAt { get; private set; }
    public string PublishedBy { get; private set; } = "";

    /// <summary>What this version corrects, in the office's words; empty for a first version.</summary>
    public string Erratum { get; set; } = "";

    public bool IsSample { get; init; }

    /// <summary>The identifier that an agency gave this version, if any (see <see cref="Editions.Doi"/>); it may come after publication, and the files do not hold it.</summary>
    public string? Doi { get; set; }

    /// <summary>What it prints beside its cube (<see cref="KeptEditorial"/>), as JSON; null in versions from before it was kept. It grows with an added language, and an erasure takes texts out of it.</summary>
    public string? Editorial { get; set; }

    /// <summary>
    /// The head of the audit chain right after it was published, as NUMBER:LINK (<see cref="Audit.AuditHead"/>); its page shows it, so that whoever keeps the page keeps a
    /// proof of the log up to then. Null for a draft.
    /// </summary>
    public string? AuditHead { get; private set; }

    /// <summary>When its page and reports were deleted because they named or quoted an organisation that was erased; null as long as they stand.</summary>
    public DateTime? WithdrawnAt { get; set; }
    public IList<Artefact> Artefacts { get; } = [];
    public IList<EditionMention> Mentions { get; } = [];

    /// <summary>Gives a draft its planned number. A version is published once.</summary>
    public void Publish(DateTime at, string by)
    {
        if (Number is not null)
        {
            throw new InvalidOperationException($"Version {Number} is already published.");
        }

        (Number, PublishedAt, PublishedBy) = (PlannedNumber, at, by);
    }
}

/// <summary>A file of an edition version, kept in the database so that every process serves the same bytes. Unique by version, language and name.</summary>
public sealed class Artefact
{
    /// <summary>The name of the file that the web page of a version is made from.</summary>
    public const string Content = "content.json";

    /// <summary>The name of the report's file.</summary>
    public const string Pdf = "report.pdf";

    /// <summary>The name of the picture that pages of a version are shared with. It is stored last of a language's pictures, with all others: where it is, they are.</summary>
    public const string Headline = "headline.png";

    public long Id { get; init; }
    public int EditionVersionId { get; init; }

    /// <summary>Language code; empty for files that belong to all languages.</summary>
    public required string Language { get; init; }

    /// <summary>File name as downloaded, for example <c>report.pdf</c>, <c>content.json</c> or <c>data/ratings.csv</c>.</summary>
    public required string Name { get; init; }

    public required string MediaType { get; init; }
    public required string Sha256 { get; init; }
    public long Length { get; init; }
    public required byte[] Bytes { get; init; }
}

/// <summary>
/// That a version prints an organisation's words or lists its name: what withdrawn consent, a discreet organisation or an erasure has to find.
/// <see cref="TextHash"/> is SHA-256 of the printed words, lower-case hexadecimal; empty for a listing.
/// </summary>
public sealed class EditionMention
{
    public long Id { get; init; }
    public int EditionVersionId { get; init; }
    public int OrganisationId { get; init; }
    public long? QuoteId { get; init; }
    public MentionKind Kind { get; init; }
    public string TextHash { get; init; } = "";
}

/// <summary>How a version mentions an organisation.</summary>
public enum MentionKind { Listed, Quoted, QuotedByName }
