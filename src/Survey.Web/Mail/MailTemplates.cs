using Survey.Domain;
using Survey.Domain.TemplateText;
using Survey.Web.Templates;

namespace Survey.Web.Mail;

/// <summary>
/// The messages of <c>templates/mail</c> as they were when the process started. Each has a variant for discreet organisations, named with
/// <see cref="Discreet"/> before its name, whose subject and sender say nothing of network, organisation or topic.
/// </summary>
public sealed class MailTemplates
{
    /// <summary>What the name of a discreet variant begins with.</summary>
    public const string Discreet = "discreet-";

    /// <summary>Messages that the program sends.</summary>
    public const string Invitation = "invitation", NewLink = "new-link", Colleague = "colleague", Receipt = "receipt", Reminder = "reminder", ReminderStarted = "reminder-started", UnsentChanges = "unsent-changes", Question = "question", Consultation = "consultation";

    /// <summary>The names of all messages that must be there, discreet variants included.</summary>
    public static readonly IReadOnlyList<string> Required = [.. new[] { Invitation, NewLink, Colleague, Receipt, Reminder, ReminderStarted, UnsentChanges, Question, Consultation }.SelectMany(name => new[] { name, Discreet + name })];

    private readonly Dictionary<(string Name, string Language), MailText> _texts = [];

    /// <summary>The messages of these files, which were checked before.</summary>
    public MailTemplates(IEnumerable<TemplateFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            var at = file.Name.LastIndexOf('.');
            if (MailText.Parse(file.Content, file.Path) is { Value: { } text } && at > 0)
            {
                _texts[(file.Name[..at], file.Name[(at + 1)..])] = text;
            }
        }
    }

    /// <summary>What is missing in one of these languages; empty when every message can be written.</summary>
    public IReadOnlyList<Problem> Lacks(IReadOnlyList<string> languages) =>
    [
        .. from name in Required
           from language in languages
           where !_texts.ContainsKey((name, language))
           select new Problem($"mail/{name}.{language}.md", "missing-message", "This message is not there; copy the one that comes with the product and change it."),
    ];

    /// <summary>The message with this name in a language.</summary>
    public MailText In(string name, string language) => _texts[(name, language)];

    /// <summary>The same, or null where the language has none.</summary>
    public MailText? Find(string name, string language) => _texts.GetValueOrDefault((name, language));

    /// <summary>Whether a stored message is a discreet variant.</summary>
    public static bool IsDiscreet(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.StartsWith(Discreet, StringComparison.Ordinal);
    }
}
