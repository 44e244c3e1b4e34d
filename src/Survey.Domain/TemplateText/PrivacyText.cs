using System.Globalization;

namespace Survey.Domain.TemplateText;

/// <summary>
/// The privacy notice in one language, from <c>templates/privacy/VERSION.LANG.md</c>: Markdown whose first line is its title, <c># …</c>. Its places are filled in
/// from the network's own file, so that a network writes its controller once.
/// </summary>
public sealed record PrivacyText(string Title, PatternText Body)
{
    /// <summary>What a notice may be given.</summary>
    public static readonly IReadOnlyList<string> KnownPlaces = ["network", "networkShort", "controller", "office", "web", "authority", "recipients", "linkTerm", "draftTerm", "answerTerm", "contactTerm"];

    /// <summary>Reads a notice, or says what is wrong with it.</summary>
    public static Parsed<PrivacyText> Parse(string text, string file)
    {
        var problems = new List<Problem>();
        void Add(int line, string code, string message) => problems.Add(new Problem(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"), code, message));

        var lines = DoorText.Clean(text).TrimStart('\uFEFF').Split('\n');
        var title = lines[0].StartsWith("# ", StringComparison.Ordinal) ? lines[0][2..].Trim() : "";
        if (title.Length == 0)
            Add(1, "privacy-title", "The first line of a privacy notice is its title; begin it with '# '.");
        var body = string.Join('\n', lines.Skip(1)).Trim();
        if (body.Length == 0)
            Add(lines.Length, "privacy-body", "The notice has no text; write it below its title.");
        for (var line = 0; line < lines.Length; line++)
        {
            foreach (var place in new PatternText(lines[line]).Places.Except(KnownPlaces, StringComparer.Ordinal))
                Add(line + 1, "unknown-placeholder", $"'{{{place}}}' is not known in privacy notices; known: {string.Join(", ", KnownPlaces.Select(known => "{" + known + "}"))}.");
        }
        return problems.Count > 0 ? Parsed<PrivacyText>.Refused(problems) : Parsed<PrivacyText>.Of(new PrivacyText(title, new PatternText(body)));
    }
}
