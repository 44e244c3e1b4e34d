using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Findings;

/// <summary>
/// A sentence that states what the numbers show, with each number as it stands in it. The sentence is picked by rule from the cube, never by chance,
/// and holds no number that the cube does not print (sums of printed shares included).
/// </summary>
/// <param name="Id">Which finding this is, the same in every language, such as <c>diaspora.change.world</c>.</param>
/// <param name="Weight">How much it matters against the others of its point, 0 to 100.</param>
public sealed record Finding(string Id, string Text, IReadOnlyList<FindingNumber> Numbers, Direction? Direction, int Weight)
{
    /// <summary>The finding as a block of an edition.</summary>
    public FindingBlock ToBlock() => new(Text, Numbers, Direction, Id);

    /// <summary>What a lead, a title or a row that says this finding is tagged with.</summary>
    public FindingTag Tag => new(Id, Numbers);
}
