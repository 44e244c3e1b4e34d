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
/// A stored message as a mail: its headers, a part in plain words and one in HTML. Sender and colours of a message to a discreet organisation say nothing. A mail
/// that belongs to a mailing says in its head how to get no more of them (RFC 2369, RFC 8058).
/// </summary>
public sealed class MimeMail(Network network, UiTexts texts, OptOutLink optOut)
{
    /// <summary>The mail; <paramref name="onRead"/> is told when its text begins to be read, which is when it begins to be handed over.</summary>
    public MailMessage Of(OutboxMessage message, Action? onRead = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var isDiscreet = MailTemplates.IsDiscreet(message.Template);
        var mail = new MailMessage
        {
            From = Sender(message.Language, isDiscreet),
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        try
        {
            mail.To.Add(new MailAddress(message.ToAddress, message.ToName, Encoding.UTF8));
            mail.Headers["Message-ID"] = $"<{message.MessageId}>";
            mail.Headers["Content-Language"] = message.Language;
            // Away messages are not to answer; nobody reads them.
            mail.Headers["Auto-Submitted"] = "auto-generated";
            mail.Headers["X-Auto-Response-Suppress"] = "All";
            if (message is { MailingId: not null, ContactId: { } contact })
            {
                mail.Headers["List-Unsubscribe"] = $"<mailto:{mail.From!.Address}?subject=unsubscribe>, <{optOut.AddressOf(contact)}>";
                mail.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
            }

            mail.AlternateViews.Add(Part(TemplateMarkdown.ToText(message.Body), MediaTypeNames.Text.Plain, onRead));
            mail.AlternateViews.Add(Part(Html(message, isDiscreet), MediaTypeNames.Text.Html, onRead));
            return mail;
        }
        catch
        {
            mail.Dispose();
            throw;
        }
    }

    private static AlternateView Part(string text, string type, Action? onRead) =>
        new(new WatchedText(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), onRead), new ContentType(type) { CharSet = "utf-8" }) { TransferEncoding = TransferEncoding.QuotedPrintable };

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

    /// <summary>Says when it is first read.</summary>
    private sealed class WatchedText(byte[] bytes, Action? onRead) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            onRead?.Invoke();
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            onRead?.Invoke();
            return base.Read(buffer);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            onRead?.Invoke();
            return base.ReadAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            onRead?.Invoke();
            return base.ReadAsync(buffer, cancellationToken);
        }

        public override void CopyTo(Stream destination, int bufferSize)
        {
            onRead?.Invoke();
            base.CopyTo(destination, bufferSize);
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            onRead?.Invoke();
            return base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}
