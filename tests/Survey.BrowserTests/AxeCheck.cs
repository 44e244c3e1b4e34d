using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Survey.BrowserTests;

/// <summary>
/// What axe finds on a page. Its script is put into every page of a context before the page's own: sent with each check, as its usual wrapper does, the script
/// took most of the browser tests' time. Frames are not looked at; the pages have none.
/// </summary>
internal static class AxeCheck
{
    private const string Check = """
        async () => {
          const found = await axe.run(document, { resultTypes: ['violations', 'incomplete'] });
          const brief = rules => rules.map(r => ({ id: r.id, nodes: r.nodes.map(n => ({ html: n.html, target: n.target.join(' ') })) }));
          return { passes: found.passes.length, violations: brief(found.violations), incomplete: brief(found.incomplete) };
        }
        """;

    private static readonly Lazy<string> Script = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>Makes ready the pages of a context that are opened from now on.</summary>
    public static Task AddAsync(IBrowserContext context) => context.AddInitScriptAsync(Script.Value);

    /// <summary>Looks at a page of a context made ready before.</summary>
    public static Task<AxeFound> OfAsync(IPage page) => page.EvaluateAsync<AxeFound>(Check);
}

/// <summary>How many rules the page keeps, those that it breaks, and those that axe could not decide.</summary>
internal sealed record AxeFound
{
    public int Passes { get; init; }
    public AxeRule[] Violations { get; init; } = [];
    public AxeRule[] Incomplete { get; init; } = [];
}

/// <summary>A rule and the elements it is about.</summary>
internal sealed record AxeRule
{
    public string Id { get; init; } = "";
    public AxeNode[] Nodes { get; init; } = [];
}

/// <summary>An element: its markup, and its selector.</summary>
internal sealed record AxeNode
{
    public string Html { get; init; } = "";
    public string Target { get; init; } = "";
}
