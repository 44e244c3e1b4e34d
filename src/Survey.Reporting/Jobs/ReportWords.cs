using Survey.Domain.TemplateText;

namespace Survey.Reporting.Jobs;

/// <summary>The words of a round's report: those that it froze, and for sentences that came later those that ship.</summary>
public static class ReportWords
{
    /// <summary>The frozen words completed from the <c>report</c> folder of <paramref name="templates"/>; as they are where none ship in their language.</summary>
    public static async Task<TextCatalogue> CompletedAsync(TextCatalogue frozen, string templates, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frozen);
        ArgumentNullException.ThrowIfNull(templates);
        var file = Path.Combine(templates, "report", frozen.Language + ".yaml");
        return File.Exists(file) && TextCatalogue.Parse(await File.ReadAllTextAsync(file, cancel), file).Value is { } shipped ? frozen.CompletedBy(shipped) : frozen;
    }
}
