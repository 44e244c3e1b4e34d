using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Web.Localization;

namespace Survey.Web.Mail;

/// <summary>
/// Writes messages as <c>.eml</c> files, each named after its Message-ID, which a mail program opens and a mail server takes. A file is written aside and
/// then moved, so that whoever watches the folder sees whole files only; each in a folder of its own, since several processes may share this one. They may hold personal links: only the account that runs the site can read them.
/// </summary>
public sealed class MailFolder(SiteOptions options, Network network, UiTexts texts)
{
    private const string Aside = ".writing";
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes one message; the same message twice is the same file.</summary>
    public void Write(OutboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Forget(message.MessageId);
        Make(options.MailFolder);
        Make(Path.Combine(options.MailFolder, Aside));
        var aside = AsideOf(message.MessageId);
        Make(aside);
        try
        {
            Write(message, aside);
        }
        finally
        {
            Forget(message.MessageId);
        }
    }

    /// <summary>Deletes what was left of a message that was not written to its end, such as by a process that was killed: nobody is to find its link here.</summary>
    public void Forget(string messageId)
    {
        ArgumentNullException.ThrowIfNull(messageId);
        var aside = AsideOf(messageId);
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private void Write(OutboxMessage message, string aside)
    {
        using (var mail = MailOf(message))
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = aside })
        {
            client.Send(mail);
        }

        var written = Directory.GetFiles(aside).Single();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(written, OwnersFile);
        }

        File.Move(written, Path.Combine(options.MailFolder, NameOf(message.MessageId) + ".eml"), overwrite: true);
    }

    private string AsideOf(string messageId) => Path.Combine(options.MailFolder, Aside, NameOf(messageId));

    private static string NameOf(string messageId) => messageId.Replace('/', '-');

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFolder);
        }
    }

    private MailMessage MailOf(OutboxMessage message)
    {
        var isDiscreet = MailTemplates.IsDiscreet(message.Template);
        var mail = new MailMessage
        {
            From = Sender(message.Language, isDiscreet),
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = Lines(TemplateMarkdown.ToText(message.Body)),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        mail.To.Add(new MailAddress(message.ToAddress, message.ToName, Encoding.UTF8));
        mail.Headers["Message-ID"] = $"<{message.MessageId}>";
        mail.Headers["Content-Language"] = message.Language;
        // Away messages are not to answer; nobody reads them.
        mail.Headers["Auto-Submitted"] = "auto-generated";
        mail.Headers["X-Auto-Response-Suppress"] = "All";
        var html = AlternateView.CreateAlternateViewFromString(Lines(Html(message, isDiscreet)), Encoding.UTF8, MediaTypeNames.Text.Html);
        html.TransferEncoding = TransferEncoding.QuotedPrintable;
        mail.AlternateViews.Add(html);
        return mail;
    }

    private MailAddress Sender(string language, bool isDiscreet) => isDiscreet
        ? new(network.NeutralSender?.Email ?? network.ContactEmail, network.NeutralSender?.Name.In(language) ?? "", Encoding.UTF8)
        : new(network.ContactEmail, network.ShortName.In(language), Encoding.UTF8);

    // Mail programs know no style sheets and little more than tables: one column, the network's colour above it, none for the discreet.
    private string Html(OutboxMessage message, bool isDiscreet)
    {
        var words = texts.In(message.Language);
        var (colour, accent) = isDiscreet ? ("#66788a", "#1d4f8a") : (network.Colours.Primary, network.Colours.Accent);
        var (side, title) = (words.IsRightToLeft ? "right" : "left", HtmlEncoder.Default.Encode(message.Subject));
        var body = TemplateMarkdown.ToHtml(message.Body, $"color:{accent}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{words.Language}" dir="{words.Direction}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{title}</title></head>
            <body style="margin:0;padding:0">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr>
            <td dir="{words.Direction}" align="{side}" style="border-top:6px solid {colour};padding:24px 8px;font-family:system-ui,'Segoe UI',Roboto,'Noto Sans Arabic',Arial,sans-serif;font-size:17px;line-height:1.6">
            {body}</td>
            </tr></table>
            </td></tr></table>
            </body>
            </html>

            """);
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\r\n");
}
