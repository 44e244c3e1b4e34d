using System.Globalization;
using System.Text.RegularExpressions;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Networks;

/// <summary>
/// Reads `templates/network.yaml`. Every text must be there in each of the network's languages; colours must carry the words that
/// stand on them.
/// </summary>
public static partial class NetworkFile
{
    /// <summary>The network, or every mistake with its line.</summary>
    public static Parsed<Network> Parse(string text, string file) => YamlText.Read(text, file, Read);

    private static Network Read(MapNode root)
    {
        root.TranslationStatuses("status");
        var languages = root.List("languages").Texts();
        foreach (var language in languages.Where(language => !Language().IsMatch(language)))
            root.ProblemAt("languages", "unknown-language", $"'{language}' is not a language code such as en, fr, es or ar.");
        if (languages.Distinct(StringComparer.Ordinal).Count() != languages.Count)
            root.ProblemAt("languages", "duplicate-language", "A language is named twice; keep one.");
        if (languages.Count == 0 && root.Has("languages"))
            root.ProblemAt("languages", "no-languages", "Name at least one language, for example [en, fr].");
        var contact = root.Map("contact");
        return new Network(
            root.Localised("name", languages),
            root.Localised("shortName", languages),
            root.Localised("reportTitle", languages),
            root.Localised("reportSubtitle", languages),
            root.MapOrNull("logo") is { } logo ? Logo(logo, languages) : null,
            Colours(root.Map("colours")),
            Email(contact),
            contact.Has("web") ? Address(contact, "web") : null,
            root.Localised("publisher", languages),
            root.Localised("place", languages),
            root.Localised("dataController", languages),
            [.. root.ListOrEmpty("funders").Maps().Select(funder => new Funder(
                funder.Localised("name", languages),
                funder.MapOrNull("logo") is { } funderLogo ? Logo(funderLogo, languages) : null,
                funder.LocalisedOrNull("note", languages)))],
            root.Localised("acknowledgement", languages),
            root.Localised("disclaimer", languages),
            root.Localised("conflictOfInterest", languages),
            root.Text("licence"),
            Address(root, "licenceAddress"),
            root.TextOrNull("isbn"),
            root.TextOrNull("doi"),
            languages,
            Reviewers(root, languages),
            root.Bool("sample", otherwise: false))
        {
            NeutralSender = root.MapOrNull("neutralSender") is { } sender ? new(sender.Localised("name", languages), sender.Has("email") ? Email(sender) : null) : null,
            Privacy = root.MapOrNull("privacy") is { } privacy ? new(privacy.LocalisedOrNull("authority", languages), privacy.LocalisedOrNull("recipients", languages)) { Keep = Keep(privacy.MapOrNull("keep")) } : new(null, null),
        };
    }

    /// <summary>At least a month, so that nothing goes while somebody still looks for it; a part that is not there keeps its default.</summary>
    private static RetentionTerms Keep(MapNode? node)
    {
        const int Longest = 1200;
        int Months(string key, int otherwise) => node?.WholeNumberOrNull(key, 1, Longest) ?? otherwise;
        node?.Known("linkMonths", "draftMonths", "answerMonths");
        return new(Months("linkMonths", RetentionTerms.Default.LinkMonths), Months("draftMonths", RetentionTerms.Default.DraftMonths), Months("answerMonths", RetentionTerms.Default.AnswerMonths));
    }

    private static Logo Logo(MapNode node, IReadOnlyCollection<string> languages)
    {
        var file = node.Text("file");
        if (file.Length > 0 && !PictureFile().IsMatch(file))
            node.ProblemAt("file", "logo-file", $"'{file}' should be the name of an .svg or .png file in the folder of this file, without a path.");
        return new Logo(file, node.Localised("alternative", languages));
    }

    private static NetworkColours Colours(MapNode node)
    {
        var colours = new NetworkColours(Colour(node, "primary"), Colour(node, "accent"), Colour(node, "highlight"));
        // WCAG 2.2: 4.5 for text (1.4.3), 3 for marks that are not text (1.4.11).
        Check(node, "primary", colours.Primary, "#FFFFFF", "white text stands on it", 4.5);
        Check(node, "accent", colours.Accent, "#FFFFFF", "white text stands on it", 4.5);
        Check(node, "highlight", colours.Highlight, colours.Primary, "it stands on the primary colour", 3);
        return colours;
    }

    private static void Check(MapNode node, string key, string colour, string beside, string because, double least)
    {
        if (!ColourPattern().IsMatch(colour) || !ColourPattern().IsMatch(beside))
            return;
        var ratio = Contrast.Ratio(colour, beside);
        if (ratio < least)
        {
            node.ProblemAt(key, "contrast", string.Create(CultureInfo.InvariantCulture,
                $"The contrast of '{key}' {colour} is {Math.Floor(ratio * 10) / 10:0.0}, but {because}: at least {least} is needed; choose a {(key == "highlight" ? "lighter" : "darker")} colour."));
        }
    }

    private static string Colour(MapNode node, string key)
    {
        var colour = node.Text(key);
        if (colour.Length > 0 && !ColourPattern().IsMatch(colour))
            node.ProblemAt(key, "not-a-colour", $"'{key}' should be a colour such as \"#0D2C4B\" (in quotes), but is '{colour}'.");
        return colour;
    }

    private static string Email(MapNode contact)
    {
        var email = contact.Text("email");
        if (email.Length > 0 && !EmailPattern().IsMatch(email))
            contact.ProblemAt("email", "not-an-address", $"'{email}' is not an e-mail address such as office@network.example.");
        return email;
    }

    private static string Address(MapNode node, string key)
    {
        var address = node.Text(key);
        if (address.Length > 0 && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            node.ProblemAt(key, "not-an-address", $"'{key}' should be a web address that begins with https://, but is '{address}'.");
        return address;
    }

    private static Dictionary<string, string> Reviewers(MapNode root, IReadOnlyList<string> languages)
    {
        var reviewers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.MapOrNull("translationReviewers") is not { } map)
            return reviewers;
        foreach (var entry in map.Entries())
        {
            if (!languages.Contains(entry.Key))
                map.ProblemAt(entry.Key, "unknown-language", $"'{entry.Key}' is none of the network's languages: {string.Join(", ", languages)}.");
            // Left empty: nobody has read this language yet, and the imprint says so.
            if (entry.Value is not TextNode { Value: null })
                reviewers.Add(entry.Key, entry.Value.AsText(entry.Key));
        }
        return reviewers;
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex ColourPattern();

    [GeneratedRegex("^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$")]
    private static partial Regex EmailPattern();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]*\\.(svg|png)$")]
    private static partial Regex PictureFile();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex Language();
}
