using System.Globalization;
using System.Text.RegularExpressions;

namespace Survey.Domain.Erasures;

/// <summary>The form of an <see cref="ErasedOrganisation"/> in the list's file: moment, id, salt and hash, separated by spaces, one to a line.</summary>
public static partial class ErasureLine
{
    /// <summary>The line, without its end.</summary>
    public static string Of(ErasedOrganisation erased)
    {
        ArgumentNullException.ThrowIfNull(erased);
        return string.Create(CultureInfo.InvariantCulture, $"{erased.At:yyyy-MM-dd'T'HH:mm:ss'Z'} {erased.OrganisationId} {erased.Salt} {erased.CodeHash}");
    }

    /// <summary>What the lines of a file say; each line that says something else is a problem. Empty lines are none.</summary>
    public static Parsed<IReadOnlyList<ErasedOrganisation>> Parse(IEnumerable<string> lines, string file)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var (erased, problems) = (new List<ErasedOrganisation>(), new List<Problem>());
        foreach (var (index, line) in lines.Index().Where(l => l.Item.Length > 0))
        {
            if (Form().Match(line) is { Success: true } match && int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var id)
                && DateTime.TryParseExact(match.Groups[1].Value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                erased.Add(new() { At = at, OrganisationId = id, Salt = match.Groups[3].Value, CodeHash = match.Groups[4].Value });
            }
            else
            {
                problems.Add(new(string.Create(CultureInfo.InvariantCulture, $"{file}:{index + 1}"), "erasure.line", "This is no line of an erasure list: a moment, an id, a salt and a hash."));
            }
        }

        return problems.Count > 0 ? Parsed<IReadOnlyList<ErasedOrganisation>>.Refused(problems) : Parsed<IReadOnlyList<ErasedOrganisation>>.Of(erased);
    }

    [GeneratedRegex("^([0-9TZ:-]{20}) ([0-9]{1,10}) ([0-9a-f]{32}) ([0-9a-f]{64})$")]
    private static partial Regex Form();
}
