using Microsoft.Extensions.Configuration;
using Survey.Web.Mail;

namespace Survey.UnitTests.Mail;

/// <summary>The settings of the mail server, checked before anything starts.</summary>
public sealed class MailServerOptionsTests
{
    private static (MailServerOptions? Options, List<string> Problems) Read(string settings)
    {
        var problems = new List<string>();
        var values = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).Select(s => KeyValuePair.Create("PROGRESS_" + s[0], (string?)s[1]));
        return (MailServerOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), problems), problems);
    }

    [Test]
    public void Without_a_server_mails_go_to_the_folder()
    {
        var (options, problems) = Read("");
        Assert.That(options, Is.Null);
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void A_server_is_used_with_encryption_unless_told_otherwise()
    {
        var (options, problems) = Read("SMTP_HOST=mail.example.org SMTP_USER=site SMTP_PASSWORD=x MAIL_PER_MINUTE=30");
        Assert.That(problems, Is.Empty);
        Assert.That((options!.Port, options.UsesTls, options.User, options.MostPerMinute), Is.EqualTo((587, true, "site", 30)));
    }

    [TestCase("SMTP_USER=site SMTP_PASSWORD=x", "PROGRESS_SMTP_HOST")]
    [TestCase("SMTP_HOST=mail.example.org SMTP_USER=site", "PROGRESS_SMTP_PASSWORD")]
    [TestCase("SMTP_HOST=mail.example.org SMTP_PORT=99999", "PROGRESS_SMTP_PORT")]
    [TestCase("SMTP_HOST=mail.example.org SMTP_TLS=ssl", "PROGRESS_SMTP_TLS")]
    [TestCase("SMTP_HOST=mail.example.org MAIL_PER_MINUTE=0", "PROGRESS_MAIL_PER_MINUTE")]
    [TestCase("SMTP_HOST=mail.example.org SMTP_TLS=none SMTP_USER=site SMTP_PASSWORD=x", "PROGRESS_SMTP_TLS")]
    public void What_does_not_fit_is_named(string settings, string named) => Assert.That(Read(settings).Problems, Has.Count.EqualTo(1).And.One.Contains(named));
}
