using Survey.Domain.Networks;
using Survey.Web.Localization;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.PrivacyRecord;

/// <summary>
/// The record of processing activities (GDPR Article 30(1)), in the order of that article: who is responsible, then each activity with purpose, basis, people, data, recipients,
/// time limits, then the measures. Made from <c>templates/network.yaml</c> and the terms by which data is really deleted, so that neither can say something else.
/// </summary>
public sealed record ProcessingRecord(IReadOnlyList<RecordSection> Sections)
{
    /// <summary>Members' comments on drafts; its words stand with the others of consultations.</summary>
    private const string Consultation = "consultation";

    private static readonly string[] Activities = ["members", "survey", Consultation, "mails", "office", "reviews"];

    public static ProcessingRecord Of(Network network, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(texts);
        string Say(string key) => texts[key.StartsWith(Consultation, StringComparison.Ordinal) ? $"{Consultation}.record{key[Consultation.Length..]}" : $"erasure.record.{key}"];
        string Term(RetentionKind kind) => texts[$"retention.after.{kind}", ("term", PrivacyFiles.Term(texts.Catalogue, network.Privacy.Keep.MonthsOf(kind)))];
        string Limits(string activity) => activity switch
        {
            "members" => Term(RetentionKind.Contacts),
            "survey" => string.Join(' ', $"{texts["retention.kind.Drafts"]}: {Term(RetentionKind.Drafts)}.", $"{texts["retention.kind.Answers"]}: {Term(RetentionKind.Answers)}."),
            Consultation => Term(RetentionKind.Answers),
            "mails" => Term(RetentionKind.Links),
            _ => Say($"limits.{activity}"),
        };
        var recipients = network.Privacy.Recipients?.In(texts.Language) ?? Say("unsaid");
        return new(
        [
            new(Say("controller"),
            [
                new(Say("network"), network.Name.In(texts.Language)),
                new(Say("responsible"), network.DataController.In(texts.Language)),
                new(Say("contact"), network.ContactEmail),
                new(Say("authority"), network.Privacy.Authority?.In(texts.Language) ?? Say("unsaid")),
            ]),
            .. Activities.Select(activity => new RecordSection(Say($"{activity}.title"),
            [
                new(Say("purpose"), Say($"{activity}.purpose")),
                new(Say("basis"), Say($"{activity}.basis")),
                new(Say("people"), Say($"{activity}.people")),
                new(Say("data"), Say($"{activity}.data")),
                new(Say("recipients"), $"{Say($"{activity}.recipients")} {recipients}"),
                new(Say("limits.title"), Limits(activity)),
            ])),
            new(Say("measures"), [new(Say("access"), Say("measures1")), new(Say("small"), Say("measures2")), new(Say("erasing"), Say("measures3"))]),
        ]);
    }

    /// <summary>The same as Markdown, for the network's own files.</summary>
    public string ToMarkdown(string title) =>
        $"# {title}\n\n" + string.Join('\n', Sections.Select(s => $"## {TemplateMarkdown.Escape(s.Title)}\n\n{string.Join('\n', s.Lines.Select(l => $"- **{TemplateMarkdown.Escape(l.Name)}:** {TemplateMarkdown.Escape(l.Text)}"))}\n"));
}

/// <summary>A part of the record.</summary>
public sealed record RecordSection(string Title, IReadOnlyList<RecordLine> Lines);

/// <summary>One thing that it says.</summary>
public sealed record RecordLine(string Name, string Text);
