using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Domain.TemplateText;
using Survey.Domain.Translations;
using Survey.Web.Mail;

namespace Survey.Web.Templates;

/// <summary>
/// The words of which a native reader is asked: pages, mails and privacy notice as the site shows them now; report, questionnaire, plan, places and network as the open
/// round holds them (the newest round where none is open, the templates where there is none).
/// </summary>
public sealed class ReviewWords
{
    /// <summary>The language from which all others are translated.</summary>
    private const string English = "en";

    private readonly SiteOptions options;
    private readonly IReadOnlyList<TextCatalogue> report;
    private readonly IReadOnlyList<(string Name, TemplateStrings Strings)> templates;
    private readonly TextCatalogue? englishPages;

    private ReviewWords(SiteOptions options, IReadOnlyList<TextCatalogue> report, IReadOnlyList<(string Name, TemplateStrings Strings)> templates, TextCatalogue? englishPages) =>
        (this.options, this.report, this.templates, this.englishPages) = (options, report, templates, englishPages);

    /// <summary>The network's languages that are translations: all but those in which the questionnaire is the network's own wording.</summary>
    public IReadOnlyList<string> Languages => [.. options.Network.Languages.Where(l => !IsOriginal(l))];

    /// <summary>Throws <see cref="Hosting.TemplateException"/> where a template that is needed is wrong.</summary>
    public static async Task<ReviewWords> OfAsync(SurveyDb db, SiteOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(options);
        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).OrderBy(r => r.State == RoundState.Open ? 0 : 1).ThenByDescending(r => r.Id).FirstOrDefaultAsync(cancel);
        var folder = TemplateFolder.Open(options.TemplatesFolder);
        var frozen = round?.Templates.Where(t => t.Kind == TemplateKinds.Report).Select(t => TextCatalogue.Parse(t.Content, $"report/{t.Name}").Value).OfType<TextCatalogue>().ToList() ?? [];
        return new(
            options,
            frozen.Count > 0 ? frozen : Whole(folder.ReportTexts()),
            [.. Kinds.Select(k => (k.Kind, TemplateStrings.Of(round?.Templates.Single(t => t.Kind == k.Kind).Content ?? Newest(folder, k.Of))))],
            // A network without English on its pages still has the words that its own were made from.
            options.Texts.FirstOrDefault(t => t.Language == English) ?? Whole(folder.UiTexts()).FirstOrDefault(t => t.Language == English));
    }

    /// <summary>Everything in one language.</summary>
    public ReviewSheet In(string language)
    {
        var notice = options.Privacy?.Files ?? [];
        return new(language,
        [
            ReviewFile.Of("pages", options.Texts.First(t => t.Language == language), englishPages),
            ReviewFile.Of("mails", MailTemplates.Required.Where(name => options.Mails.Find(name, language) is not null).Select(name => (name, options.Mails.In(name, language), options.Mails.Find(name, English)))),
            ReviewFile.Of("privacy", NoticeIn(language), NoticeIn(English)),
            .. templates.Select(t => ReviewFile.Of(t.Name, t.Strings, language)),
            .. report.Where(t => t.Language == language).Select(t => ReviewFile.Of("report", t, report.FirstOrDefault(other => other.Language == English))),
        ]);

        string NoticeIn(string which) => notice.FirstOrDefault(f => f.Language == which)?.Content ?? "";
    }

    private static readonly IReadOnlyList<(string Kind, TemplateKind Of)> Kinds =
        [(TemplateKinds.Questionnaire, TemplateKind.Questionnaire), (TemplateKinds.Plan, TemplateKind.Plan), (TemplateKinds.Regions, TemplateKind.Regions), (TemplateKinds.Network, TemplateKind.Network)];

    private bool IsOriginal(string language) =>
        templates[0].Strings.Find("title")?.Words.GetValueOrDefault(language)?.Status is TranslationStatus.Official;

    private static string Newest(TemplateFolder folder, TemplateKind kind) => folder.Of(kind).MaxBy(f => f.Name, StringComparer.Ordinal)?.Content
        ?? throw new Hosting.TemplateException([new("templates", "incomplete", "The templates are incomplete. Run ./progress check.")]);

    private static IReadOnlyList<TextCatalogue> Whole(Parsed<IReadOnlyList<TextCatalogue>> parsed) => parsed.Value ?? throw new Hosting.TemplateException(parsed.Problems);
}
