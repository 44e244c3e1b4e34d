namespace Survey.Domain.Demo;

/// <summary>
/// An organisation of the sample: invented, with addresses in a domain that is reserved for examples. It is in the rounds from <paramref name="First"/>
/// to <paramref name="Last"/> (places in the list of rounds), but not in <paramref name="Absent"/> (-1: none).
/// </summary>
public sealed record SampleOrganisation(
    int Number,
    string Code,
    string Name,
    string Country,
    string Area,
    string Type,
    string Kind,
    string Language,
    bool IsDiscreet,
    int First,
    int Last,
    int Absent,
    IReadOnlyList<SampleContact> Contacts)
{
    /// <summary>Whether it was invited to a round.</summary>
    public bool IsIn(int round) => round >= First && round <= Last && round != Absent;
}

/// <summary>Who is written to: a desk, never a person.</summary>
public sealed record SampleContact(string Name, string Email, string Language);
