namespace Survey.Domain.Networks;

/// <summary>
/// How long data about members is kept, in whole months after a round has closed; what the privacy notice promises. A day that a month lacks becomes its last
/// (a close on 31 August ends six months later on the last day of February).
/// </summary>
/// <param name="LinkMonths">Personal links, and the record of mails.</param>
/// <param name="DraftMonths">Answers that were never sent.</param>
/// <param name="AnswerMonths">Answers that were sent.</param>
public sealed record RetentionTerms(int LinkMonths, int DraftMonths, int AnswerMonths)
{
    /// <summary>What holds where the network's file says nothing: a year, half a year, six years.</summary>
    public static readonly RetentionTerms Default = new(12, 6, 72);

    /// <summary>How long people stay who are no contact any more, or whose organisation is no member: time to take a mistake back.</summary>
    public const int ContactMonths = 1;

    /// <summary>The months for which <paramref name="kind"/> is kept.</summary>
    public int MonthsOf(RetentionKind kind) => kind switch
    {
        RetentionKind.Links => LinkMonths,
        RetentionKind.Drafts => DraftMonths,
        RetentionKind.Answers => AnswerMonths,
        RetentionKind.Contacts => ContactMonths,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The UTC moment from which data that became old at <paramref name="since"/> is deleted.</summary>
    public DateTime EndOf(RetentionKind kind, DateTime since) => since.AddMonths(MonthsOf(kind));
}

/// <summary>What is deleted when its time is over.</summary>
public enum RetentionKind { Drafts, Links, Answers, Contacts }
