using System.Net;
using System.Net.Mail;
using Survey.Domain.Invitations;

namespace Survey.Web.Mail;

/// <summary>
/// Hands messages to a mail server, each over a connection of its own: greeting, STARTTLS, log-in, sender, recipient, DATA, the text, its end. Up to DATA the server has
/// nothing, so that a failure only delays, or is final where it says so of the recipient. From the first byte of the text on, only an answer tells: a
/// server that says no has not taken it; one that says nothing may have, and the message is uncertain.
/// What is refused before a recipient is named (a wrong password, a server that is closing) is about us and not about the message, and only delays, whatever its number.
/// </summary>
public sealed class MailServer(MailServerOptions server, MimeMail mime) : IMailSender
{
    public int? MostPerMinute => server.MostPerMinute;

    public MailOutcome Send(OutboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var isOnTheWay = false;
        try
        {
            using var mail = mime.Of(message, () => isOnTheWay = true);
            // The client's time limit holds for this way of sending only, not for the asynchronous ones.
            using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.UsesTls, Timeout = (int)server.Patience.TotalMilliseconds };
            if (server.User is { } user)
            {
                client.Credentials = new NetworkCredential(user, server.Password);
            }

            client.Send(mail);
            return new(MailFate.Sent);
        }
        catch (SmtpFailedRecipientException e)
        {
            return new(IsFinal(e.StatusCode) ? MailFate.Refused : MailFate.Later, e.Message);
        }
        catch (SmtpException e) when (isOnTheWay && e.StatusCode != SmtpStatusCode.GeneralFailure)
        {
            return new(IsFinal(e.StatusCode) ? MailFate.Refused : MailFate.Later, e.Message);
        }
        catch (Exception e) when (e is FormatException or ArgumentException && !isOnTheWay)
        {
            // An address that cannot be written to, or a subject that cannot stand in a header, does not become better by waiting.
            return new(MailFate.Refused, e.Message);
        }
        catch (Exception e) when (e is SmtpException or IOException or InvalidOperationException or System.Security.Authentication.AuthenticationException or System.Net.Sockets.SocketException or FormatException or ArgumentException)
        {
            return new(isOnTheWay ? MailFate.Uncertain : MailFate.Unavailable, e.GetBaseException().Message);
        }
    }

    public void Forget(string messageId)
    {
    }

    private static bool IsFinal(SmtpStatusCode code) => (int)code >= 500;
}
