using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>What the disclosure pass needs of a round: its counts, with the plan and the questionnaire as they were frozen for it.</summary>
public sealed record RoundInput(RoundTally Tally, Plan Plan, Questionnaire Questionnaire);
