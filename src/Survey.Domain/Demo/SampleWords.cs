using System.Text;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Demo;

/// <summary>
/// What sample members write in one language, and the sentences' alternatives: <c>{one|two}</c> is one of the ways to say it.
/// Everything is invented and names no person and no place.
/// </summary>
public sealed record SampleWords(
    string Language,
    IReadOnlyList<string> Contacts,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<string> SetAsideReasons,
    IReadOnlyList<string> QuestionReasons,
    IReadOnlyList<string> ForwardClosings,
    IReadOnlyList<string> BackClosings,
    IReadOnlyList<SampleExamples> Examples)
{
    /// <summary>The sentences on a point; those on no point in particular where the plan has a point that nobody wrote about.</summary>
    public SampleExamples ExamplesOn(string point) => Examples.FirstOrDefault(e => e.Point == point) ?? Examples.First(e => e.Point is null);

    /// <summary>Reads a language's file.</summary>
    public static Parsed<SampleWords> Read(string yaml, string file) => YamlText.Read(yaml, file, root =>
    {
        var reasons = root.MapOrNull("reasons");
        var closings = root.Map("closings");
        return new SampleWords(
            root.Text("language"), root.Texts("contacts"), root.Texts("remarks"),
            reasons?.Texts("setAside") ?? [], reasons?.Texts("hasQuestion") ?? [],
            closings.Texts("forward"), closings.Texts("back"),
            [.. root.Maps("examples").Select(e => new SampleExamples(e.TextOrNull("point"), e.Texts("forward"), e.Texts("back")))]);
    });

    /// <summary>A sentence with one alternative taken of each group.</summary>
    public static string Say(string sentence, SeededStream stream)
    {
        var said = new StringBuilder(sentence.Length);
        var at = 0;
        while (at < sentence.Length)
        {
            var open = sentence.IndexOf('{', at);
            var close = open < 0 ? -1 : sentence.IndexOf('}', open);
            if (close < 0)
                break;
            said.Append(sentence, at, open - at).Append(stream.Pick(sentence[(open + 1)..close].Split('|')));
            at = close + 1;
        }

        return said.Append(sentence, at, sentence.Length - at).ToString();
    }
}

/// <summary>Sentences on one point (null: on any), told of things that went forward or back.</summary>
public sealed record SampleExamples(string? Point, IReadOnlyList<string> Forward, IReadOnlyList<string> Back);
