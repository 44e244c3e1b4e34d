using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Networks;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;
using Survey.Web.Mail;

namespace Survey.Web.Templates;

/// <summary>
/// Checks templates as `./progress check` and the start-up do. Each file is read by its own parser; then the files are held against each
/// other: named as they call themselves, alike in every language, in each language of the network, their pictures there.
/// </summary>
public sealed partial class TemplateCheck
{
    private readonly List<Problem> _problems = [];
    private readonly List<Problem> _remarks = [];

    /// <summary>The code of a remark that no round opens with; a site that runs already goes on.</summary>
    public const string SampleRemainsCode = "sample-remains";

    private TemplateCheck()
    {
    }

    /// <summary>What must be put right, each with file and line.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>What a report would lack or print as provisional. Nothing has to be done about it.</summary>
    public IReadOnlyList<Problem> Remarks => _remarks;

    /// <summary>Checks the whole folder.</summary>
    public static TemplateCheck Of(TemplateFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var check = new TemplateCheck();
        check.CheckAll(folder);
        return check;
    }

    /// <summary>Checks single files, in the folder of templates or anywhere else; what a file is for is told by its folder, else by its content.</summary>
    public static TemplateCheck OfFiles(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var check = new TemplateCheck();
        foreach (var path in paths)
        {
            if (!File.Exists(path))
                check._problems.Add(new Problem(path, "no-such-file", "There is no such file."));
            else if (KindOf(path) is { } kind)
                check.CheckFile(TemplateFolder.ReadAt(kind, path));
            else
                check._problems.Add(new Problem(path, "unknown-template", "This is none of the templates: a network, plan, questionnaire, region scheme, texts of pages or report, or a message."));
        }
        return check;
    }

    private void CheckAll(TemplateFolder folder)
    {
        var files = folder.All();
        var read = files.Select(file => (File: file, Value: CheckFile(file))).ToList();
        var network = read.Select(one => one.Value).OfType<Network>().FirstOrDefault();
        if (files.All(file => file.Kind != TemplateKind.Network))
            _problems.Add(new Problem(folder.Named("network.yaml"), "no-network", "There is no network.yaml; copy the one that comes with the product and change it."));
        foreach (var (kind, name) in new[] { (TemplateKind.Plan, "plans"), (TemplateKind.Questionnaire, "questionnaires"), (TemplateKind.Regions, "regions") })
        {
            if (files.All(file => file.Kind != kind))
                _problems.Add(new Problem(folder.Named(name), "no-template", "There is no file in this folder; no round could be created."));
        }

        foreach (var kind in new[] { TemplateKind.UiTexts, TemplateKind.ReportTexts })
        {
            var catalogues = read.Where(one => one.File.Kind == kind).Select(one => one.Value).OfType<TextCatalogue>().ToList();
            _problems.AddRange(CatalogueComparison.Of(catalogues));
            CheckLanguages(network, [.. read.Where(one => one.File.Kind == kind).Select(one => one.File.Name)], kind == TemplateKind.UiTexts ? "ui" : "report", folder);
        }
        CheckMails(read.Where(one => one.File.Kind == TemplateKind.Mail).Select(one => (one.File, one.Value as MailText)).ToList(), network, folder);
        CheckPrivacy(read.Where(one => one.File.Kind == TemplateKind.Privacy && PrivacyFiles.IsNamed(one.File.Name)).Select(one => (one.File, one.Value as PrivacyText)).ToList(), network);
        if (network is not null)
        {
            CheckPictures(network, folder);
            Remark(network, folder);
        }
        foreach (var plan in read.Select(one => one.Value).OfType<Plan>())
            Remark(plan, read.First(one => ReferenceEquals(one.Value, plan)).File.Path);
    }

    private object? CheckFile(TemplateFile file)
    {
        switch (file.Kind)
        {
            case TemplateKind.Network:
                return Keep(NetworkFile.Parse(file.Content, file.Path));
            case TemplateKind.Plan:
                var plan = Keep(PlanFile.Parse(file.Content, file.Path));
                IsNamed(file, plan?.Slug, "slug");
                return plan;
            case TemplateKind.Questionnaire:
                var questionnaire = Keep(QuestionnaireFile.Parse(file.Content, file.Path));
                IsNamed(file, questionnaire?.Name, "name");
                return questionnaire;
            case TemplateKind.Regions:
                var scheme = Keep(RegionScheme.Parse(file.Content, file.Path));
                IsNamed(file, scheme?.Slug, "scheme");
                return scheme;
            case TemplateKind.UiTexts or TemplateKind.ReportTexts:
                var catalogue = Keep(TextCatalogue.Parse(file.Content, file.Path));
                IsNamed(file, catalogue?.Language, "language");
                return catalogue;
            case TemplateKind.Privacy:
                if (!PrivacyFiles.IsNamed(file.Name))
                    _problems.Add(new Problem(file.Path, "privacy-name", "A privacy notice is named VERSION.LANGUAGE.md, its version by year and month, for example 2026-11.fr.md; rename the file."));
                return Keep(PrivacyText.Parse(file.Content, file.Path));
            default:
                if (!MailName().IsMatch(file.Name))
                    _problems.Add(new Problem(file.Path, "mail-name", "A message is named NAME.LANGUAGE.md, for example invitation.fr.md; rename the file."));
                return Keep(MailText.Parse(file.Content, file.Path));
        }
    }

    private T? Keep<T>(Parsed<T> parsed) where T : class
    {
        _problems.AddRange(parsed.Problems);
        return parsed.Value;
    }

    private void IsNamed(TemplateFile file, string? called, string key)
    {
        if (called is not null && called != file.Name)
            _problems.Add(new Problem(file.Path, "file-name", $"The file is named '{file.Name}' but its '{key}' is '{called}'; make them the same."));
    }

    // A folder of texts that is still empty is not held against the network: there is nothing to be incomplete.
    private void CheckLanguages(Network? network, IReadOnlyList<string> languages, string name, TemplateFolder folder)
    {
        foreach (var language in network?.Languages ?? [])
        {
            if (languages.Count > 0 && !languages.Contains(language))
                _problems.Add(new Problem(folder.Named($"{name}/{language}.yaml"), "missing-language", $"The network's language '{language}' has no file here; add it, or take the language out of network.yaml."));
        }
    }

    private void CheckMails(List<(TemplateFile File, MailText? Mail)> mails, Network? network, TemplateFolder folder)
    {
        var there = mails.Select(mail => mail.File.Name[..Math.Max(0, mail.File.Name.LastIndexOf('.'))]).ToHashSet(StringComparer.Ordinal);
        var missing = MailTemplates.Required.Where(name => !there.Contains(name)).ToList();
        if (mails.Count > 0 && missing.Count > 0)
            _problems.Add(new Problem(folder.Named("mail"), "missing-message", $"Messages that the site writes are not there: {string.Join(", ", missing)}. Copy those that come with the product and change them."));
        foreach (var (file, mail) in mails.Where(mail => MailTemplates.IsDiscreet(mail.File.Name)))
        {
            foreach (var place in (mail?.Places ?? []).Intersect(Telling, StringComparer.Ordinal))
                _problems.Add(new Problem(file.Path, "discreet-place", $"'{{{place}}}' would tell a stranger what the message is about; leave it out of the messages to discreet organisations."));
        }
        foreach (var message in mails.Where(mail => MailName().IsMatch(mail.File.Name)).GroupBy(mail => mail.File.Name[..mail.File.Name.LastIndexOf('.')], StringComparer.Ordinal))
        {
            var byLanguage = message.ToDictionary(mail => mail.File.Name[(mail.File.Name.LastIndexOf('.') + 1)..], StringComparer.Ordinal);
            foreach (var language in (network?.Languages ?? []).Where(language => !byLanguage.ContainsKey(language)))
                _problems.Add(new Problem(message.First().File.Path, "missing-language", $"The message '{message.Key}' is not there in '{language}'; add {message.Key}.{language}.md."));
            var model = byLanguage.GetValueOrDefault("en", message.First());
            foreach (var (file, mail) in message)
            {
                if (mail is not null && model.Mail is { } english && !mail.Places.SequenceEqual(english.Places, StringComparer.Ordinal))
                    _problems.Add(new Problem(file.Path, "placeholder", $"The message has other places to fill in than '{model.File.Name}' ({string.Join(", ", english.Places)}); make them the same."));
            }
        }
    }

    // Of the newest version only: what was shown before cannot be put right any more.
    private void CheckPrivacy(List<(TemplateFile File, PrivacyText? Text)> notices, Network? network)
    {
        if (network is null || notices.GroupBy(notice => PrivacyFiles.VersionOf(notice.File.Name)).OrderBy(version => version.Key, StringComparer.Ordinal).LastOrDefault() is not { } newest)
            return;
        var byLanguage = newest.ToDictionary(notice => PrivacyFiles.LanguageOf(notice.File.Name), StringComparer.Ordinal);
        foreach (var language in network.Languages.Where(language => !byLanguage.ContainsKey(language)))
            _problems.Add(new Problem(newest.First().File.Path, "missing-language", $"The privacy notice {newest.Key} is not there in '{language}'; add {newest.Key}.{language}.md."));
        var model = byLanguage.GetValueOrDefault("en", newest.First());
        foreach (var (file, text) in newest)
        {
            if (text is null || model.Text is null)
                continue;
            if (!text.Body.Places.SequenceEqual(model.Text.Body.Places, StringComparer.Ordinal))
                _problems.Add(new Problem(file.Path, "placeholder", $"The notice has other places to fill in than '{model.File.Name}' ({string.Join(", ", model.Text.Body.Places)}); make them the same."));
            foreach (var lacking in text.Body.Places.Select(place => PrivacyFiles.Missing(network, place)).OfType<string>())
                _problems.Add(new Problem(file.Path, "privacy-place", $"The notice needs '{lacking}' in network.yaml; write it there in every language."));
        }
    }

    private void CheckPictures(Network network, TemplateFolder folder)
    {
        foreach (var name in network.Pictures)
        {
            if (folder.Bytes(name) is not { } bytes)
                _problems.Add(new Problem(folder.Named("network.yaml"), "missing-picture", $"The picture '{name}' is not there; put it beside network.yaml."));
            else if (WhatIsWrongWith(name, bytes) is { } reason)
                _problems.Add(new Problem(folder.Named(name), "picture", reason));
        }
    }

    private static string? WhatIsWrongWith(string name, byte[] bytes)
    {
        const int largest = 500_000;
        if (bytes.Length > largest)
            return $"The picture is larger than {largest / 1000} kB; make it smaller.";
        if (name.EndsWith(".png", StringComparison.Ordinal))
            return bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? null : "This is no PNG picture, whatever its name says; save it as PNG.";
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;
                if (reader.Depth == 0 && reader.LocalName != "svg")
                    return "This is no SVG picture, whatever its name says.";
                if (reader.LocalName is "script" or "foreignObject" or "image" or "style" or "text")
                    return $"The picture holds '{reader.LocalName}'; save it with plain paths only, letters turned into paths.";
                while (reader.MoveToNextAttribute())
                {
                    if (reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || reader.LocalName == "href" && !reader.Value.StartsWith('#') || reader.Value.Contains("url(h", StringComparison.OrdinalIgnoreCase))
                        return $"The picture holds '{reader.LocalName}', which could load or run something; save it as plain SVG.";
                }
                reader.MoveToElement();
            }
            return null;
        }
        catch (XmlException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The picture cannot be read (line {e.LineNumber}); save it as plain SVG.");
        }
    }

    private void Remark(Network network, TemplateFolder folder)
    {
        void Add(string code, string message) => _remarks.Add(new Problem(folder.Named("network.yaml"), code, message));
        if (network.IsSample)
            Add("sample", "This is the sample network: every page and report says \"sample data\".");
        foreach (var (field, says) in SampleRemains.In(network))
            Add(SampleRemainsCode, $"'{field}' is still that of the sample network: '{says}'. Put your own there, in every language.");
        if (network.NeutralSender?.Email is null)
            Add("no-neutral-sender", "There is no 'neutralSender' with an address of its own: mails to discreet organisations come from the contact's address, which may name the network.");
        if (network.Logo is null)
            Add("no-logo", "There is no logo; the cover shows the name alone.");
        if (network.Isbn is null)
            Add("no-isbn", "There is no ISBN; the imprint leaves it out.");
        if (network.Doi is null)
            Add("no-doi", "There is no DOI; the imprint leaves it out.");
        foreach (var language in network.Languages.Where(language => language != "en" && !network.TranslationReviewers.ContainsKey(language)))
            Add("not-reviewed", $"Nobody is named who reviewed '{language}'; the imprint says \"translation not reviewed\".");
    }

    private void Remark(Plan plan, string path)
    {
        foreach (var language in plan.Title.Texts.Keys)
        {
            var provisional = plan.Points.Where(point => point.Title.StatusIn(language) == TranslationStatus.Provisional).Select(point => point.Slug).ToList();
            if (provisional.Count > 0)
                _remarks.Add(new Problem(path, "provisional", $"Titles of points that are provisional in '{language}', as the methods annex says: {string.Join(", ", provisional)}."));
        }
    }

    // What names the network, the organisation or the topic.
    private static readonly string[] Telling = ["network", "networkShort", "organisation", "office", "web", "report"];

    private static TemplateKind? KindOf(string path)
    {
        var full = Path.GetFullPath(path);
        var parent = Path.GetFileName(Path.GetDirectoryName(full));
        foreach (var (kind, name, ending) in TemplateFolder.Folders)
        {
            if (parent == name && full.EndsWith(ending, StringComparison.Ordinal))
                return kind;
        }
        if (full.EndsWith(".md", StringComparison.Ordinal))
            return TemplateKind.Mail;
        foreach (var line in TemplateFolder.ReadAt(default, full).Content.Split('\n'))
        {
            var key = RootKey().Match(line);
            if (!key.Success)
                continue;
            switch (key.Groups[1].Value)
            {
                case "points":
                    return TemplateKind.Plan;
                case "sections":
                    return TemplateKind.Questionnaire;
                case "scheme":
                    return TemplateKind.Regions;
                case "plurals":
                    return TemplateKind.UiTexts;
                case "colours" or "reportTitle":
                    return TemplateKind.Network;
                default:
                    continue;
            }
        }
        return null;
    }

    [GeneratedRegex("^([A-Za-z]+):")]
    private static partial Regex RootKey();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\.[a-z]{2,3}$")]
    private static partial Regex MailName();
}
