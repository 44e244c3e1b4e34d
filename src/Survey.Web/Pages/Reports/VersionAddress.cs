using System.Globalization;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// The one spelling of the address of a version's page. Routing takes others for the same, with capitals, a zero before the number or a slash at the end; those lead here and are never
/// kept, so that an address which is quoted has one page.
/// </summary>
public static class VersionAddress
{
    /// <summary>The path of the page that these route values name; null where they name none.</summary>
    public static string? Of(RouteValueDictionary values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values["round"] is string round && values["language"] is string language && NumberOf(values) is { } number
            ? $"/reports/{round}/v{number.ToString(CultureInfo.InvariantCulture)}/{language}{PartOf(values)}" : null;
    }

    /// <summary>What comes after the language: a chapter, a figure, or nothing on the entry page.</summary>
    public static string PartOf(RouteValueDictionary values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values["figure"] is string figure ? $"/{EditionModel.Figures}{figure}" : values["chapter"] is string chapter ? "/" + chapter : "";
    }

    /// <summary>The number of the version, or null.</summary>
    public static int? NumberOf(RouteValueDictionary values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return int.TryParse(values["number"] as string, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
