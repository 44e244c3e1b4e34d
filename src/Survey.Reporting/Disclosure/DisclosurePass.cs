using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// The one pass from counts to the cube. It reads nothing but its arguments: the same counts in any order give the same cube.
/// </summary>
public static class DisclosurePass
{
    /// <summary>
    /// The cube of a round. <paramref name="earlier"/> are the rounds before it, oldest first, for trends (pilots are not among them);
    /// <paramref name="matched"/> pairs the answers with those of the last of them.
    /// </summary>
    public static Cube CubeOf(RoundInput round, IReadOnlyList<RoundInput> earlier, IReadOnlyList<MatchedPair> matched, DisclosureRules rules)
        => throw new NotImplementedException();
}
