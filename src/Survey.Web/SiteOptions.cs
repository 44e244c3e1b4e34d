using Survey.Domain.Networks;
using Survey.Domain.TemplateText;
using Survey.Web.Access;
using Survey.Web.Mail;
using Survey.Web.Templates;

namespace Survey.Web;

/// <summary>
/// What the site needs to know when it starts, read and checked before it is handed over: nothing of it is read again while it runs, but for the folder that it names.
/// </summary>
public sealed record SiteOptions
{
    /// <summary>Who runs the survey: names, colours, contact.</summary>
    public required Network Network { get; init; }

    /// <summary>The words of the pages, one catalogue per language; the first is used where nothing better is known.</summary>
    public required IReadOnlyList<TextCatalogue> Texts { get; init; }

    /// <summary>The messages that the site writes.</summary>
    public required MailTemplates Mails { get; init; }

    /// <summary>The privacy notice that holds now; its version is kept with every submission. Null where there is none.</summary>
    public PrivacyFiles? Privacy { get; init; }

    /// <summary>The folder of templates, from which the next round is chosen: the one thing here that may change while the site runs.</summary>
    public required string TemplatesFolder { get; init; }

    /// <summary>The folder into which mails are written where there is no <see cref="MailServer"/>.</summary>
    public required string MailFolder { get; init; }

    /// <summary>The mail server that takes the mails; null writes them into the folder.</summary>
    public MailServerOptions? MailServer { get; init; }

    /// <summary>The certificates under which the keys of cookies, forms and links are stored; null stores them as they are.</summary>
    public KeyCertificates? KeyCertificates { get; init; }

    /// <summary>What the links in mails begin with, without a slash at its end.</summary>
    public required string LinkUrl { get; init; }

    /// <summary>Whether the database was made by <c>demo</c>: only then do one-time sign-in links work, and only from this machine.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Whether a proxy stands in front whose <c>X-Forwarded-*</c> headers are to be believed.</summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>The address under which the public reaches the site, without a slash at its end, for addresses that are to be quoted; null takes the one asked.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Host names that are answered; empty answers any.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
