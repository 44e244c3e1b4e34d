namespace Survey.Domain.Questionnaires;

/// <summary>The choice codes that every consent question must offer; a questionnaire with others is refused.</summary>
public static class ConsentCodes
{
    /// <summary>Not to be quoted; the default.</summary>
    public const string None = "no-quote";

    /// <summary>Quoted without name.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Quoted with the organisation's name.</summary>
    public const string Named = "named";
}
