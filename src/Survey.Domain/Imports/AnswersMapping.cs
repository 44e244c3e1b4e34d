using Survey.Domain.Responses;

namespace Survey.Domain.Imports;

/// <summary>
/// How the columns of a file become answers, as an office writes it in YAML (`docs/import.md`). A mapping that exists is whole in itself; whether
/// its questions and choices are those of a round is checked when it meets the rounds.
/// </summary>
public sealed record AnswersMapping(
    string File,
    TableForm Form,
    CodedColumn Round,
    OrganisationColumns Organisation,
    CountryColumn? Country,
    CodedColumn? Point,
    CodedColumn Language,
    ResponseMode Mode,
    DuplicateRule Duplicates,
    IReadOnlyList<QuestionMapping> Questions)
{
    /// <summary>Reads a mapping's YAML; its problems carry file and line.</summary>
    public static Parsed<AnswersMapping> Parse(string yaml, string file) => AnswersMappingText.Parse(yaml, file);
}

/// <summary>Long: a row per organisation and point. Wide: a row per organisation, with columns for each point.</summary>
public enum TableForm { Long, Wide }

/// <summary>What is done with two rows for one organisation, point and round that differ; two equal ones count once.</summary>
public enum DuplicateRule { Refuse, First, Last }

/// <summary>What is done with an organisation that the round's population does not hold.</summary>
public enum MissingOrganisation
{
    /// <summary>Its rows are bad.</summary>
    Refuse,

    /// <summary>It joins the round's population if the database knows it; else its rows are bad.</summary>
    Invite,

    /// <summary>It is made if the database does not know it, and joins the round's population.</summary>
    Create,
}

/// <summary>
/// A code from a column, through a map of the file's values (any case) to codes, or the same for all rows. A value that the map lacks makes a row bad,
/// or leaves the row out where <see cref="IgnoresOthers"/>. Without a map the value itself is the code.
/// </summary>
public sealed record CodedColumn(string? Column, string? Fixed, IReadOnlyDictionary<string, string>? Values, bool IgnoresOthers);

/// <summary>The columns that say which organisation a row is of; at least one of them.</summary>
public sealed record OrganisationColumns(string? Code, string? Name, string? Type, MissingOrganisation Missing);

/// <summary>The column of the organisation's country, by code or name; <see cref="Aliases"/> are values of the file that the region scheme does not know.</summary>
public sealed record CountryColumn(string Column, IReadOnlyDictionary<string, string> Aliases);

/// <summary>
/// Where the answers to one question are and what their values mean. A value is looked up in this order: missing, don't know, the map of
/// <see cref="Values"/>, the <see cref="Bands"/>; without map and bands it is the choice's code itself, a number or a text, as the question takes.
/// </summary>
public sealed record QuestionMapping(
    string Where,
    string Question,
    AnswerSource Source,
    IReadOnlyDictionary<string, string>? Values,
    IReadOnlyList<NumberBand> Bands,
    string? Separator,
    IReadOnlySet<string> Missing,
    IReadOnlySet<string> DontKnow);

/// <summary>Where a question's answers stand in the file.</summary>
public abstract record AnswerSource
{
    private AnswerSource()
    {
    }

    /// <summary>The same answer in every row.</summary>
    public sealed record Same(IReadOnlyList<string> Values) : AnswerSource;

    /// <summary>One column.</summary>
    public sealed record OneColumn(ColumnName Column) : AnswerSource;

    /// <summary>A column for each choice; the choice is given where the cell holds one of <see cref="Yes"/>, and not given where it holds one of <see cref="No"/>.</summary>
    public sealed record ColumnPerChoice(IReadOnlyDictionary<string, ColumnName> Columns, IReadOnlySet<string> Yes, IReadOnlySet<string> No) : AnswerSource;
}

/// <summary>
/// A column's name. In a wide file the name for a point: `{point}` in <see cref="Pattern"/> stands for the file's own word for the point, or
/// <see cref="ByPoint"/> lists a column for each point's slug.
/// </summary>
public sealed record ColumnName(string? Pattern, IReadOnlyDictionary<string, string>? ByPoint)
{
    /// <summary>What stands for the point in a pattern.</summary>
    public const string PointMark = "{point}";

    /// <summary>Whether the column is another one for each point.</summary>
    public bool DependsOnPoint => ByPoint is not null || Pattern!.Contains(PointMark, StringComparison.Ordinal);

    /// <summary>The column's name for a point; null where the point has none.</summary>
    public string? For(string slug, string word) =>
        ByPoint is not null ? ByPoint.GetValueOrDefault(slug) : Pattern!.Replace(PointMark, word, StringComparison.Ordinal);
}

/// <summary>A choice for the numbers from <see cref="From"/> to <see cref="To"/>, both included.</summary>
public sealed record NumberBand(string Choice, decimal From, decimal To);
