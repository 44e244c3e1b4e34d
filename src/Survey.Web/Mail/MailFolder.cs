using System.Net.Mail;
using Survey.Domain.Invitations;

namespace Survey.Web.Mail;

/// <summary>
/// Writes messages as <c>.eml</c> files, each named after its Message-ID, which a mail program opens and a mail server takes. A file is written aside and
/// then moved, so that whoever watches the folder sees whole files only; each in a folder of its own, since several processes may share this one. They may hold personal links: only the account that runs the site can read them.
/// </summary>
public sealed class MailFolder(SiteOptions options, MimeMail mime) : IMailSender
{
    private const string Aside = ".writing";
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public int? MostPerMinute => null;

    /// <summary>Writes one message; the same message twice is the same file.</summary>
    public MailOutcome Send(OutboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            Write(message);
            return new(MailFate.Sent);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SmtpException)
        {
            return new(MailFate.Unavailable, e.GetBaseException().Message);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // An address that cannot be written to, or a subject that cannot stand in a header, does not become better by waiting.
            return new(MailFate.Refused, e.GetBaseException().Message);
        }
    }

    private void Write(OutboxMessage message)
    {
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
        using (var mail = mime.Of(message))
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = aside })
        {
            client.Send(mail);
        }

        var written = Directory.GetFiles(aside).Single();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(written, OwnersFile);
        }

        File.Move(written, Path.Combine(options.MailFolder, FileNameOf(message.MessageId)), overwrite: true);
    }

    private string AsideOf(string messageId) => Path.Combine(options.MailFolder, Aside, NameOf(messageId));

    /// <summary>The name of a message's file in the folder.</summary>
    internal static string FileNameOf(string messageId) => NameOf(messageId) + ".eml";

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
}
