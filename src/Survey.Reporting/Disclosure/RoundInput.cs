using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// What the disclosure pass needs of a round: its counts, with the plan and the questionnaire as they were frozen for it. Of an earlier round whose report came out, <see cref="Published"/> is the cube of the newest version: its figures
/// are those, whatever was erased or corrected since.
/// </summary>
public sealed record RoundInput(RoundTally Tally, Plan Plan, Questionnaire Questionnaire)
{
    /// <summary>The cube that was published of the round, or null.</summary>
    public Cube? Published { get; init; }
}
