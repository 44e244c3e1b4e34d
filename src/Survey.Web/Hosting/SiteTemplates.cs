using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Web.Mail;
using Survey.Web.Templates;

namespace Survey.Web.Hosting;

/// <summary>Reads what the site needs of the templates at start, after all of them were checked.</summary>
internal static class SiteTemplates
{
    /// <summary>The site's options; throws <see cref="TemplateException"/> with every problem of every template.</summary>
    public static SiteOptions Read(string folder, string mailFolder, string linkUrl)
    {
        var templates = TemplateFolder.Open(folder);
        var check = TemplateCheck.Of(templates);
        if (check.Problems.Count > 0)
        {
            throw new TemplateException(check.Problems);
        }

        var network = templates.Of(TemplateKind.Network).Select(f => NetworkFile.Parse(f.Content, f.Path).Value).First()!;
        var texts = templates.UiTexts().Value!;
        // The network's own order: its first language is used where nothing better is known.
        var mails = new MailTemplates(templates.Of(TemplateKind.Mail));
        if (mails.Lacks(network.Languages) is { Count: > 0 } lacks)
        {
            throw new TemplateException(lacks);
        }

        return new SiteOptions
        {
            Network = network,
            Texts = [.. network.Languages.Select(l => texts.First(t => t.Language == l))],
            Mails = mails,
            Privacy = PrivacyFiles.Of(templates.Of(TemplateKind.Privacy), network, new(texts)) ?? throw new TemplateException([new(templates.Named("privacy"), "no-notice", "There is no privacy notice; copy the one that comes with the product and change it.")]),
            TemplatesFolder = folder,
            MailFolder = mailFolder,
            LinkUrl = linkUrl,
        };
    }
}

/// <summary>Templates that are wrong: nothing starts with them.</summary>
public sealed class TemplateException(IReadOnlyList<Problem> problems) : Exception("Templates are wrong.")
{
    /// <summary>Each with file and line.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
