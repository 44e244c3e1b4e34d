using System.Globalization;
using System.Text.RegularExpressions;

namespace Survey.Domain.TemplateText;

/// <summary>
/// Which form of a text a language uses for a whole number: zero, one, two, few, many or other. A language's file states its rules in
/// the notation of CLDR for whole numbers (<c>one: n % 10 = 1 and n % 100 != 11</c>), so a language is added without code.
/// The first rule that holds, in the order zero, one, two, few, many, gives the form; else it is other.
/// Source: Unicode CLDR, Language Plural Rules (UTS 35, part 3, section 5).
/// </summary>
public sealed partial class PluralRules
{
    /// <summary>All forms that CLDR knows, in their order; a language uses some of them, and always <c>other</c>.</summary>
    public static readonly IReadOnlyList<string> AllForms = ["zero", "one", "two", "few", "many", "other"];

    private readonly IReadOnlyList<(string Form, IReadOnlyList<IReadOnlyList<Relation>> AnyOf)> _rules;

    private PluralRules(IReadOnlyList<(string, IReadOnlyList<IReadOnlyList<Relation>>)> rules) => _rules = rules;

    /// <summary>The forms that a text needs in this language, other last.</summary>
    public IReadOnlyList<string> Forms => [.. _rules.Select(rule => rule.Form), "other"];

    /// <summary>The form for <paramref name="number"/>; a negative number takes the form of its amount.</summary>
    public string Form(long number)
    {
        var amount = number < 0 ? 0UL - (ulong)number : (ulong)number;
        foreach (var (form, anyOf) in _rules)
        {
            if (anyOf.Any(allOf => allOf.All(relation => relation.Holds(amount))))
                return form;
        }
        return "other";
    }

    internal static PluralRules Read(MapNode node)
    {
        var rules = new List<(string, IReadOnlyList<IReadOnlyList<Relation>>)>();
        foreach (var form in AllForms.SkipLast(1))
        {
            if (node.TextOrNull(form) is not { } rule)
                continue;
            if (Conditions(rule) is { } conditions)
                rules.Add((form, conditions));
            else
                node.ProblemAt(form, "plural-rule", $"'{rule}' is no plural rule; write it as in CLDR, for example 'n = 1', 'n = 0,1' or 'n % 100 = 3..10'.");
        }
        return new PluralRules(rules);
    }

    private static List<IReadOnlyList<Relation>>? Conditions(string rule)
    {
        var anyOf = new List<IReadOnlyList<Relation>>();
        foreach (var part in rule.Split(" or "))
        {
            var allOf = new List<Relation>();
            foreach (var words in part.Split(" and "))
            {
                var match = RelationPattern().Match(words.Trim());
                if (!match.Success || Relation.Of(match) is not { } relation)
                    return null;
                allOf.Add(relation);
            }
            anyOf.Add(allOf);
        }
        return anyOf;
    }

    // n, perhaps its remainder, = or !=, and a list of numbers and ranges.
    [GeneratedRegex("^n( % ([0-9]+))? (=|!=) ([0-9]+(?:\\.\\.[0-9]+)?(?:, ?[0-9]+(?:\\.\\.[0-9]+)?)*)$")]
    private static partial Regex RelationPattern();

    private sealed record Relation(ulong Divisor, bool IsEqual, IReadOnlyList<(ulong From, ulong To)> Ranges)
    {
        public bool Holds(ulong number)
        {
            var value = Divisor == 0 ? number : number % Divisor;
            return Ranges.Any(range => value >= range.From && value <= range.To) == IsEqual;
        }

        public static Relation? Of(Match match)
        {
            var divisor = 0UL;
            if (match.Groups[2].Success && (!Number(match.Groups[2].Value, out divisor) || divisor == 0))
                return null;
            var ranges = new List<(ulong, ulong)>();
            foreach (var range in match.Groups[4].Value.Split(','))
            {
                var ends = range.Trim().Split("..");
                if (!Number(ends[0], out var from) || !Number(ends[^1], out var to))
                    return null;
                ranges.Add((from, to));
            }
            return new Relation(divisor, match.Groups[3].Value == "=", ranges);
        }

        private static bool Number(string digits, out ulong number) =>
            ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
