using System.Text.RegularExpressions;
using Survey.Domain;
using Survey.Domain.Rounds;

namespace Survey.Web.Rounds;

/// <summary>
/// What is chosen for a new round before it is created, from the command line or the office's pages. Days are inclusive: the round opens when the first begins
/// somewhere on earth and closes when the last has ended everywhere. A round whose name ends with <c>-pilot</c> is a pilot.
/// </summary>
public sealed partial record RoundDraft(string Slug, string Plan, string Questionnaire, string Regions, IReadOnlyList<string> OptionalPoints, DateOnly? OpensOn, DateOnly? ClosesOn)
{
    /// <summary>What the name of a pilot ends with.</summary>
    public const string PilotEnding = "-pilot";

    // Not a round, because the address of its page is that of making one.
    private const string Reserved = "new";

    public bool IsPilot => Slug.EndsWith(PilotEnding, StringComparison.Ordinal);

    /// <summary>What is wrong with the name. <paramref name="known"/> are the names of the rounds that there are.</summary>
    public IEnumerable<Problem> NameProblems(IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (!SlugPattern().IsMatch(Slug) || Slug == Reserved)
        {
            yield return new("slug", "round.name", $"'{Slug}' is not a round's name: small letters, digits and hyphens, normally the year.");
        }
        else if (known.Contains(Slug))
        {
            yield return Taken(Slug);
        }
    }

    /// <summary>What is wrong with the days; a day that is over can only be entered for a round that is brought in afterwards (<paramref name="today"/> null).</summary>
    public IEnumerable<Problem> DayProblems(DateTime? now)
    {
        if (ClosesOn < OpensOn)
        {
            yield return new("closes", "round.closes-first", "--closes is before --opens.");
        }
        else if (ClosesOn is { } last && now is { } moment && SurveyRound.EndOfDayAnywhere(last) <= moment)
        {
            yield return new("closes", "round.closes-past", "The last day is over already.");
        }
    }

    internal static Problem Taken(string slug) => new("slug", "round.taken", $"There is a round {slug} already.");

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}\\z")]
    private static partial Regex SlugPattern();
}
