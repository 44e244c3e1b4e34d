namespace Survey.Web.Templates;

/// <summary>What a file in the folder of templates is for.</summary>
public enum TemplateKind
{
    Network,
    Plan,
    Questionnaire,
    Regions,
    UiTexts,
    ReportTexts,
    Mail,
    Privacy,
}

/// <summary>A template as it is on disk now.</summary>
/// <param name="Name">The file's name without its ending: a plan's slug, a language, a message with its language.</param>
/// <param name="Path">How the file is named in problems, with forward slashes.</param>
public sealed record TemplateFile(TemplateKind Kind, string Name, string Path, string Content);
