using System.Text.RegularExpressions;

namespace Survey.Testing.Site;

/// <summary>All pages of a published report in one language, as a reader who follows the contents sees them: the entry page first, then the chapters.</summary>
public sealed partial record SeenReport(IReadOnlyList<SeenPage> Pages)
{
    /// <summary>The entry page.</summary>
    public SeenPage Entry => Pages[0];

    /// <summary>The chapters, in order.</summary>
    public IEnumerable<SeenPage> Chapters => Pages.Skip(1);

    /// <summary>What stands on all of them.</summary>
    public string Words => string.Join('\n', Pages.Select(p => p.Words));

    /// <summary>Reads the report whose entry page is at this address.</summary>
    public static async Task<SeenReport> GetAsync(HttpClient client, string address)
    {
        var pages = new List<SeenPage> { await SeenPage.GetAsync(client, address) };
        foreach (var chapter in Contents().Matches(pages[0].Html).Select(m => m.Groups[1].Value))
        {
            pages.Add(await SeenPage.GetAsync(client, chapter));
        }

        return new(pages);
    }

    [GeneratedRegex("<li id=\"[a-z0-9-]+\"><a href=\"(/reports/[^\"/]+/v[0-9]+/[a-z]+/[a-z0-9-]+)\"")]
    private static partial Regex Contents();
}
