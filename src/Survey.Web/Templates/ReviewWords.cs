using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Domain.TemplateText;
using Survey.Domain.Translations;
using Survey.Reporting.Editions;
using Survey.Web.Mail;

namespace Survey.Web.Templates;

/// <summary>
/// The words of which a native reader is asked. Asked are the translations of every round, by the rule by which publishing its report asks
/// (<see cref="UnreviewedTranslations.Languages"/>), and those of the network's file as it is now. A language's pages, mails and privacy notice are those that the site shows now;
/// its report, questionnaire, plan, places and network are those of the open round, or else of the newest, that is translated into it, and the templates where there is none.
/// </summary>
public sealed class ReviewWords
{
    /// <summary>The language from which all others are translated.</summary>
    private const string English = "en";

    /// <summary>The translations of a questionnaire with a network, by the hashes of both: frozen files never change.</summary>
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> KnownTranslations = new(StringComparer.Ordinal);

    private readonly SiteOptions options;
    private readonly IReadOnlyDictionary<string, Source> sources;
    private readonly TextCatalogue? englishPages;

    private ReviewWords(SiteOptions options, IReadOnlyList<string> languages, IReadOnlyDictionary<string, Source> sources, TextCatalogue? englishPages) =>
        (this.options, Languages, this.sources, this.englishPages) = (options, languages, sources, englishPages);

    /// <summary>The languages that are translations: those of the network's file in its order, then others that only rounds have.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Throws <see cref="Hosting.TemplateException"/> where a template that is needed is wrong.</summary>
    public static async Task<ReviewWords> OfAsync(SurveyDb db, SiteOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(options);
        var folder = TemplateFolder.Open(options.TemplatesFolder);
        var rounds = await db.Rounds.AsNoTracking().OrderBy(r => r.State == RoundState.Open ? 0 : 1).ThenByDescending(r => r.Id).Select(r => r.Id).ToListAsync(cancel);
        var places = new Dictionary<string, int?>(StringComparer.Ordinal);
        foreach (var round in rounds)
        {
            foreach (var language in await TranslationsOfAsync(db, round, cancel))
            {
                places.TryAdd(language, round);
            }
        }

        // What the network has now and no round yet.
        var newest = rounds.Count > 0 ? await ContentAsync(db, rounds[0], TemplateKinds.Questionnaire, cancel) : Newest(folder, TemplateKind.Questionnaire);
        foreach (var language in UnreviewedTranslations.Languages(Whole(QuestionnaireFile.Parse(newest, TemplateKinds.Questionnaire)), options.Network))
        {
            places.TryAdd(language, rounds.Count > 0 ? rounds[0] : null);
        }

        var read = new Dictionary<int, Source>();
        foreach (var round in places.Values.Distinct())
        {
            read[round ?? 0] = await SourceAsync(db, round, folder, cancel);
        }

        return new(
            options, [.. options.Network.Languages.Where(places.ContainsKey), .. places.Keys.Except(options.Network.Languages).Order(StringComparer.Ordinal)],
            places.ToDictionary(p => p.Key, p => read[p.Value ?? 0], StringComparer.Ordinal),
            // A network without English on its pages still has the words that its own were made from.
            options.Texts.FirstOrDefault(t => t.Language == English) ?? Whole(folder.UiTexts()).FirstOrDefault(t => t.Language == English));
    }

    /// <summary>Everything in one language; without pages and mails where the site has none in it.</summary>
    public ReviewSheet In(string language)
    {
        var (notice, source) = (options.Privacy?.Files ?? [], sources[language]);
        return new(language,
        [
            .. options.Texts.Where(t => t.Language == language).Select(t => ReviewFile.Of("pages", t, englishPages)),
            ReviewFile.Of("mails", MailTemplates.Required.Where(name => options.Mails.Find(name, language) is not null).Select(name => (name, options.Mails.In(name, language), options.Mails.Find(name, English)))),
            ReviewFile.Of("privacy", NoticeIn(language), NoticeIn(English)),
            .. source.Templates.Select(t => ReviewFile.Of(t.Name, t.Strings, language)),
            .. source.Report.Where(t => t.Language == language).Select(t => ReviewFile.Of("report", t, source.Report.FirstOrDefault(other => other.Language == English))),
        ]);

        string NoticeIn(string which) => notice.FirstOrDefault(f => f.Language == which)?.Content ?? "";
    }

    /// <summary>A language's name in itself and its direction, from the site's pages or else from the round's report; null where neither has words in it.</summary>
    public TextCatalogue? Catalogue(string language) =>
        options.Texts.FirstOrDefault(t => t.Language == language) ?? sources.GetValueOrDefault(language)?.Report.FirstOrDefault(t => t.Language == language);

    /// <summary>Whom the network's file names as the reader, where reports take it from; null for nobody.</summary>
    public string? NamedFor(string language) => (sources[language].Network ?? options.Network).TranslationReviewers.GetValueOrDefault(language) is { Length: > 0 } named ? named : null;

    private static readonly IReadOnlyList<(string Kind, TemplateKind Of)> Kinds =
        [(TemplateKinds.Questionnaire, TemplateKind.Questionnaire), (TemplateKinds.Plan, TemplateKind.Plan), (TemplateKinds.Regions, TemplateKind.Regions), (TemplateKinds.Network, TemplateKind.Network)];

    private static async Task<IReadOnlyList<string>> TranslationsOfAsync(SurveyDb db, int round, CancellationToken cancel)
    {
        var hashes = await db.RoundTemplates.Where(t => t.RoundId == round && (t.Kind == TemplateKinds.Questionnaire || t.Kind == TemplateKinds.Network)).OrderBy(t => t.Kind).Select(t => t.Sha256).ToListAsync(cancel);
        var key = string.Join('/', hashes);
        if (!KnownTranslations.TryGetValue(key, out var known))
        {
            var (questionnaire, network) = (await ContentAsync(db, round, TemplateKinds.Questionnaire, cancel), await ContentAsync(db, round, TemplateKinds.Network, cancel));
            known = UnreviewedTranslations.Languages(Whole(QuestionnaireFile.Parse(questionnaire, TemplateKinds.Questionnaire)), Whole(NetworkFile.Parse(network, TemplateKinds.Network)));
            KnownTranslations[key] = known;
        }

        return known;
    }

    private static Task<string> ContentAsync(SurveyDb db, int round, string kind, CancellationToken cancel) =>
        db.RoundTemplates.Where(t => t.RoundId == round && t.Kind == kind).Select(t => t.Content).SingleAsync(cancel);

    private static async Task<Source> SourceAsync(SurveyDb db, int? round, TemplateFolder folder, CancellationToken cancel)
    {
        var frozen = round is null ? [] : await db.RoundTemplates.AsNoTracking().Where(t => t.RoundId == round && t.Kind != TemplateKinds.Picture).ToListAsync(cancel);
        var report = frozen.Where(t => t.Kind == TemplateKinds.Report).Select(t => TextCatalogue.Parse(t.Content, $"report/{t.Name}").Value).OfType<TextCatalogue>().ToList();
        return new(
            report.Count > 0 ? report : Whole(folder.ReportTexts()),
            [.. Kinds.Select(k => (k.Kind, TemplateStrings.Of(round is null ? Newest(folder, k.Of) : frozen.Single(t => t.Kind == k.Kind).Content)))],
            round is null ? null : Whole(NetworkFile.Parse(frozen.Single(t => t.Kind == TemplateKinds.Network).Content, TemplateKinds.Network)));
    }

    private static string Newest(TemplateFolder folder, TemplateKind kind) => folder.Of(kind).MaxBy(f => f.Name, StringComparer.Ordinal)?.Content
        ?? throw new Hosting.TemplateException([new("templates", "incomplete", "The templates are incomplete. Run ./progress check.")]);

    private static T Whole<T>(Parsed<T> parsed)
        where T : class => parsed.Value ?? throw new Hosting.TemplateException(parsed.Problems);

    /// <summary>The files of a round, or those of the folder (without a network then: it is the site's).</summary>
    private sealed record Source(IReadOnlyList<TextCatalogue> Report, IReadOnlyList<(string Name, TemplateStrings Strings)> Templates, Network? Network);
}
