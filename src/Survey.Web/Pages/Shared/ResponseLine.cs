using System.Text.Encodings.Web;
using System.Text.Json;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Shared;

/// <summary>
/// The line on each page of a response that says what is saved, and what <c>survey.js</c> goes by: the response, the paths below it that are kept for when the
/// line is down, and the words. The script itself holds no word.
/// </summary>
public sealed record ResponseLine(Guid Response, IReadOnlyList<string> Paths)
{
    private const string Section = "line.";

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The response's line: its parts and the check are kept.</summary>
    public static ResponseLine Of(Guid response, RoundForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new(response, [.. form.Parts.Select(p => p.Path), "check"]);
    }

    /// <summary>All texts below <c>line</c> in the page's language, and those that the script puts into kept pages, as JSON by key.</summary>
    public static string Words(PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var words = texts.Catalogue.Entries.Where(e => e.Text is not null && e.Key.StartsWith(Section, StringComparison.Ordinal)).ToDictionary(e => e.Key[Section.Length..], e => e.Text!.Written);
        words["finished"] = texts["member.finished.title"];
        foreach (var state in Enum.GetNames<PartState>())
        {
            words[state] = texts[$"member.state.{state}"];
        }

        return JsonSerializer.Serialize(words, AsWritten);
    }
}
