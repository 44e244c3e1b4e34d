using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Domain.TemplateText;
using Survey.Web.Localization;

namespace Survey.Web.Templates;

/// <summary>
/// The newest version of the privacy notice in <c>templates/privacy</c>, its places filled in for a network. Versions are named by year and month, so that the
/// newest is the last by name; earlier files may stay, and are not read.
/// </summary>
public sealed partial record PrivacyFiles(string Version, IReadOnlyList<PrivacyFile> Files)
{
    /// <summary>The newest version among these files, or null when there is none. They were checked before.</summary>
    public static PrivacyFiles? Of(IEnumerable<TemplateFile> files, Network network, UiTexts texts)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(texts);
        return files.Where(file => IsNamed(file.Name)).GroupBy(file => VersionOf(file.Name)).OrderBy(version => version.Key, StringComparer.Ordinal).LastOrDefault() is { } newest
            ? new(newest.Key, [.. newest.Where(file => network.Languages.Contains(LanguageOf(file.Name))).Select(file => Filled(file, network, texts))])
            : null;
    }

    /// <summary>Whether a file of the folder is named <c>VERSION.LANGUAGE</c>.</summary>
    public static bool IsNamed(string name) => FileName().IsMatch(name);

    /// <summary>The version that a file's name says.</summary>
    public static string VersionOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name[..name.LastIndexOf('.')];
    }

    /// <summary>The language that a file's name says.</summary>
    public static string LanguageOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name[(name.LastIndexOf('.') + 1)..];
    }

    /// <summary>What the network's file lacks for a place of the notice; null when it says it.</summary>
    public static string? Missing(Network network, string place)
    {
        ArgumentNullException.ThrowIfNull(network);
        return place switch
        {
            "authority" when network.Privacy.Authority is null => "privacy: authority",
            "recipients" when network.Privacy.Recipients is null => "privacy: recipients",
            "web" when network.WebAddress is null => "contact: web",
            _ => null,
        };
    }

    private static PrivacyFile Filled(TemplateFile file, Network network, UiTexts texts)
    {
        var language = LanguageOf(file.Name);
        var text = PrivacyText.Parse(file.Content, file.Path).Value ?? throw new InvalidOperationException($"{file.Path} cannot be read; it was to be checked before.");
        var body = text.Body.Fill(place => place switch
        {
            "network" => TemplateMarkdown.Escape(network.Name.In(language)),
            "networkShort" => TemplateMarkdown.Escape(network.ShortName.In(language)),
            "controller" => TemplateMarkdown.Escape(network.DataController.In(language)),
            "authority" => TemplateMarkdown.Escape(network.Privacy.Authority!.In(language)),
            "recipients" => TemplateMarkdown.Escape(network.Privacy.Recipients!.In(language)),
            "office" => $"<{network.ContactEmail}>",
            "web" => $"<{network.WebAddress}>",
            "linkTerm" => TermOf(RetentionKind.Links),
            "draftTerm" => TermOf(RetentionKind.Drafts),
            "answerTerm" => TermOf(RetentionKind.Answers),
            "contactTerm" => TermOf(RetentionKind.Contacts),
            _ => throw new ArgumentException($"A privacy notice has no place '{place}'.", nameof(file)),
        });
        string TermOf(RetentionKind kind) => Term(texts.In(language), network.Privacy.Keep.MonthsOf(kind));
        // With the terms, which are a promise and not only a word: others than those that were shown need a new version.
        var promised = $"{file.Content}\n{network.Privacy.Keep}";
        return new(language, file.Path, $"# {text.Title}\n\n{body}\n", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(promised))));
    }

    /// <summary>So many months in words, as years where they are whole ones.</summary>
    public static string Term(TextCatalogue texts, int months)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return months % 12 == 0 && months > 12 ? texts.Plural("retention.years", months / 12) : texts.Plural("retention.months", months);
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}(-[0-9]{1,2})?\\.[a-z]{2,3}$")]
    private static partial Regex FileName();
}

/// <summary>The notice in one language: where it stands, its text filled in, and the hash of the file as it is with the terms that it promises.</summary>
public sealed record PrivacyFile(string Language, string Path, string Content, string Sha256);
