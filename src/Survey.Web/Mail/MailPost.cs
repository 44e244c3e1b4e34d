using System.Globalization;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Storage;
using Survey.Domain.TemplateText;
using Survey.Reporting.Jobs;
using Survey.Web.Localization;

namespace Survey.Web.Mail;

/// <summary>
/// The one way into the outbox. A letter is filled in and added to the caller's context, so that it is stored with what it tells of or not at all;
/// after the caller's commit <see cref="LookAsync"/> says that there is something to send.
/// </summary>
public sealed class MailPost(MailTemplates templates, UiTexts texts, Network network, SiteOptions options, OptOutLink optOut, IServiceProvider services)
{
    private const int LongestMessageId = 200, LongestSubject = 400;

    /// <summary>Adds the letter to the context; the caller saves. Languages that have no messages get the first one's.</summary>
    public OutboxMessage Put(SurveyDb db, Letter letter, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(letter);
        var message = Written(letter, at);
        db.Outbox.Add(message);
        return message;
    }

    /// <summary>The letter filled in, as it would be put.</summary>
    public OutboxMessage Written(Letter letter, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var words = texts.In(letter.Language);
        var name = letter.IsDiscreet ? MailTemplates.Discreet + letter.Template : letter.Template;
        var text = templates.In(name, words.Language);
        return new OutboxMessage
        {
            MessageId = MessageId(letter),
            Template = name,
            Language = words.Language,
            RoundId = letter.Round.Id,
            // One to somebody of the office has no contact.
            ContactId = letter.To.Id > 0 ? letter.To.Id : null,
            MailingId = letter.MailingId,
            ToAddress = letter.To.Email,
            ToName = InOneLine(letter.To.Name),
            Subject = Cut(InOneLine(text.Subject.Fill(place => Value(place, letter, words))), LongestSubject),
            Body = text.Body.Fill(place => InMarkdown(place, Value(place, letter, words))),
            CreatedAt = at,
        };
    }

    /// <summary>The address of one of the site's pages, as it stands in a mail.</summary>
    public string Address(string path) => options.LinkUrl + path;

    /// <summary>A moment as a mail says it.</summary>
    public string Moment(string language, DateTime at) =>
        texts.In(language).Text("format.moment", ("date", DateOnly.FromDateTime(at)), ("time", TimeOnly.FromDateTime(at)));

    /// <summary>Says that the outbox holds something new. A process without a scheduler has nobody to tell; the task looks by itself.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        if (services.GetService<JobSignal>() is { } signal)
        {
            await signal.LookAsync(OutboxTask.TaskName, cancel);
        }
    }

    private string Value(string place, Letter letter, TextCatalogue words) => place switch
    {
        "network" => network.Name.In(words.Language),
        "networkShort" => network.ShortName.In(words.Language),
        "organisation" => letter.Invitation.Name,
        "person" => letter.To.Name,
        "round" => letter.Round.Slug,
        "link" => letter.Link,
        "opens" => letter.Round.OpensOn is { } opens ? words.Date(opens) : words.Text("mail.noDay"),
        "closes" => letter.Round.ClosesOn is { } closes ? words.Date(closes) : words.Text("mail.noDay"),
        "office" => network.ContactEmail,
        "web" => network.WebAddress ?? Address("/"),
        "privacy" => Address($"/privacy?lang={words.Language}"),
        "optOut" => letter.To.Id > 0 ? optOut.AddressOf(letter.To.Id) : Address("/a/new-link"),
        _ => letter.Words.TryGetValue(place, out var given) ? given : throw new ArgumentException($"The message '{letter.Template}' has the place '{{{place}}}', for which there is no value here.", nameof(letter)),
    };

    // Addresses become links; everything else is words, whatever signs a member's name holds.
    private static string InMarkdown(string place, string value) =>
        place is "link" or "web" or "report" or "office" or "privacy" or "optOut" ? $"<{value}>" : TemplateMarkdown.Escape(value);

    private string MessageId(Letter letter)
    {
        var address = letter.IsDiscreet ? network.NeutralSender?.Email ?? network.ContactEmail : network.ContactEmail;
        var id = string.Create(CultureInfo.InvariantCulture, $"{letter.Key}@{address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..]}");
        return id.Length <= LongestMessageId ? id : id[..LongestMessageId];
    }

    /// <summary>Words as they may stand in a header: a line's end there would begin another.</summary>
    private static string InOneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Cut(string text, int most) => text.Length <= most ? text : Domain.DoorText.Cut(text, most / 2);
}
