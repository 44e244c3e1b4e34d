namespace Survey.Domain.Demo;

/// <summary>
/// How large a sample network is and which one: <paramref name="Organisations"/> are in the newest round (at least 10); the same seed makes
/// the same network on any machine.
/// </summary>
public sealed record SampleOptions(int Organisations = 600, long Seed = SampleOptions.UsualSeed)
{
    /// <summary>The seed of the network that documentation and pictures show.</summary>
    public const long UsualSeed = 33;

    /// <summary>The fewest organisations that still look like a network.</summary>
    public const int Fewest = 10;

    /// <summary>The most that can be asked for.</summary>
    public const int Most = 100_000;

    /// <summary>The most rounds that can be asked for.</summary>
    public const int MostRounds = 10;
}
