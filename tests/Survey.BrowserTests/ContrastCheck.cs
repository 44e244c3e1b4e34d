using Microsoft.Playwright;
using Survey.Testing;

namespace Survey.BrowserTests;

/// <summary>
/// The contrast of every visible text of a page, computed from the browser's own styles (contrast.js): against all that may lie behind it, in any script.
/// It stands beside axe because axe leaves out words of joined letters (see <see cref="AccessibilityTests"/>) and leaves gradients undecided.
/// </summary>
internal static class ContrastCheck
{
    private static readonly string Script = File.ReadAllText(Repository.File("tests", "Survey.BrowserTests", "contrast.js"));

    /// <summary>Looks at a page. <paramref name="undecided"/> are selectors of elements that must be among those looked at.</summary>
    public static Task<ContrastFound> OfAsync(IPage page, params string[] undecided) => page.EvaluateAsync<ContrastFound>(Script, undecided);
}

/// <summary>How many texts were looked at, those with too little contrast, and the undecided that were not looked at.</summary>
internal sealed record ContrastFound
{
    public int Texts { get; init; }
    public string[] Faults { get; init; } = [];
    public string[] Unresolved { get; init; } = [];
}
