namespace Survey.Domain.TemplateText;

/// <summary>
/// The languages of a template with texts: those its key `status` names, with how far each can be relied on. The file then owes every
/// text in each of them; a round refuses a template that lacks one of the network's languages.
/// </summary>
public static class FileLanguages
{
    /// <summary>Reads `status` before any text of the file is read.</summary>
    public static IReadOnlyCollection<string> Of(MapNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        root.Required("status");
        return [.. root.TranslationStatuses("status").Keys];
    }
}
