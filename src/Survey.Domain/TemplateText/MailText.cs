using System.Globalization;
using System.Text.RegularExpressions;

namespace Survey.Domain.TemplateText;

/// <summary>
/// A message in one language, from `templates/mail/NAME.LANG.md`: a first line <c>Subject: …</c>, an empty line, and the body in Markdown.
/// Places to fill in are those of <see cref="KnownPlaces"/>; none of them is ever an answer.
/// </summary>
public sealed partial record MailText(PatternText Subject, PatternText Body)
{
    /// <summary>What a message may be given.</summary>
    public static readonly IReadOnlyList<string> KnownPlaces =
        ["network", "networkShort", "organisation", "person", "round", "link", "opens", "closes", "daysLeft", "office", "web", "report", "when", "version", "receipt", "privacy", "optOut"];

    /// <summary>The most code points that a subject may have: more is cut off on a phone.</summary>
    public const int LongestSubject = 120;

    /// <summary>All places of subject and body, sorted.</summary>
    public IReadOnlyList<string> Places => [.. Subject.Places.Union(Body.Places, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads a message, or says what is wrong with it.</summary>
    public static Parsed<MailText> Parse(string text, string file)
    {
        var problems = new List<Problem>();
        void Add(int line, string code, string message) => problems.Add(new Problem(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"), code, message));

        var lines = DoorText.Clean(text).TrimStart('\uFEFF').Split('\n');
        var subject = SubjectLine().Match(lines[0]);
        if (!subject.Success)
            Add(1, "mail-subject", "The first line of a message is its subject; begin it with 'Subject: '.");
        else if (DoorText.Length(subject.Groups[1].Value) > LongestSubject)
            Add(1, "mail-subject", $"The subject is longer than {LongestSubject} characters; shorten it.");
        if (lines.Length > 1 && lines[1].Trim().Length > 0)
            Add(2, "mail-body", "An empty line stands between subject and body; add it.");
        var body = string.Join('\n', lines.Skip(1)).Trim();
        if (body.Length == 0)
            Add(Math.Min(lines.Length, 3), "mail-body", "The message has no body; write it after an empty line.");
        for (var line = 0; line < lines.Length; line++)
        {
            foreach (var place in new PatternText(lines[line]).Places.Except(KnownPlaces, StringComparer.Ordinal))
                Add(line + 1, "unknown-placeholder", $"'{{{place}}}' is not known in messages; known: {string.Join(", ", KnownPlaces.Select(known => "{" + known + "}"))}.");
        }
        return problems.Count > 0
            ? Parsed<MailText>.Refused(problems)
            : Parsed<MailText>.Of(new MailText(new PatternText(subject.Groups[1].Value.Trim()), new PatternText(body)));
    }

    [GeneratedRegex("^Subject: (.*\\S.*)$")]
    private static partial Regex SubjectLine();
}
