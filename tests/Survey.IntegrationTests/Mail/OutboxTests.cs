using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;

namespace Survey.IntegrationTests.Mail;

/// <summary>From the outbox into the folder: whole files, each once, and nothing of a message left in the database.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class OutboxTests(DatabaseKind kind)
{
    private SiteHost site = null!;

    [SetUp]
    public async Task StartAsync() => site = await SiteHost.StartAsync(kind);

    [TearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    private async Task<long> PutAsync(string key, Action<OutboxMessage>? change = null, string template = "new-link", string to = "aminata@example.org", string subject = "الشبكة النموذجية: رابطكم الجديد لعام 2026 إلى إجابات منظمتكم في هذا العام", string body = "Bonjour \\*Awa\\*,\n\n<https://survey.example.org/a/0123456789abcdefghijkl>\n\n- un\n- deux")
    {
        await using var db = site.Open();
        var message = new OutboxMessage
        {
            MessageId = key + "@sample-network.example",
            Template = template,
            Language = "ar",
            ToAddress = to,
            ToName = "Aminata Diop, présidente",
            Subject = subject,
            Body = body,
            CreatedAt = SiteHost.Start.UtcDateTime,
        };
        change?.Invoke(message);
        db.Outbox.Add(message);
        await db.SaveChangesAsync();
        return message.Id;
    }

    private async Task<OutboxMessage> SeeAsync(long id)
    {
        await using var db = site.Open();
        return await db.Outbox.SingleAsync(m => m.Id == id);
    }

    [Test]
    public async Task A_waiting_message_becomes_a_file_and_its_body_is_forgotten()
    {
        var id = await PutAsync("one");
        await site.LookAsync(OutboxTask.TaskName);
        await site.LookAsync(OutboxTask.TaskName);
        var mail = SeenMail.In(site.MailFolder).Single();
        var stored = await SeeAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(mail.Subject, Is.EqualTo("الشبكة النموذجية: رابطكم الجديد لعام 2026 إلى إجابات منظمتكم في هذا العام"));
            Assert.That(mail.From, Is.EqualTo("الشبكة النموذجية <office@sample-network.example>"));
            Assert.That(mail.To, Is.EqualTo("Aminata Diop, présidente <aminata@example.org>"));
            Assert.That(mail.MessageId, Is.EqualTo("<one@sample-network.example>"));
            Assert.That(mail.Text, Is.EqualTo("Bonjour *Awa*,\n\nhttps://survey.example.org/a/0123456789abcdefghijkl\n\n- un\n- deux\n"));
            Assert.That(mail.Html, Does.Contain("dir=\"rtl\"").And.Contain("href=\"https://survey.example.org/a/0123456789abcdefghijkl\"").And.Contain("Bonjour *Awa*"));
            Assert.That((stored.State, stored.Body, stored.Attempts), Is.EqualTo((OutboxState.Sent, "", 1)), "The body may hold a personal link.");
            Assert.That(stored.SentAt, Is.Not.Null);
        });
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Directory.GetFiles(site.MailFolder, "*.eml").Single()), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task One_left_half_way_by_a_crash_is_uncertain_and_not_sent_again()
    {
        var id = await PutAsync("half-way", m => (m.State, m.Attempts) = (OutboxState.Sending, 1));
        await site.LookAsync(OutboxTask.TaskName);
        await site.LookAsync(OutboxTask.TaskName);
        var stored = await SeeAsync(id);
        Assert.That(stored.State, Is.EqualTo(OutboxState.Uncertain));
        Assert.That(stored.Body, Does.Contain("Bonjour").And.Not.Contain("0123456789abcdefghijkl"), "Its link is not to lie about.");
        Assert.That(SeenMail.In(site.MailFolder), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_to_delays_and_loses_nothing()
    {
        // A file where the folder should be.
        Directory.Delete(site.MailFolder);
        await File.WriteAllTextAsync(site.MailFolder, "");
        var id = await PutAsync("later");
        await site.LookAsync(OutboxTask.TaskName);
        var waiting = await SeeAsync(id);
        Assert.That((waiting.State, waiting.LastError is not null, waiting.NotBefore > SiteHost.Start.UtcDateTime), Is.EqualTo((OutboxState.Waiting, true, true)));

        File.Delete(site.MailFolder);
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That((await SeeAsync(id)).State, Is.EqualTo(OutboxState.Waiting), "Not before its time.");
        site.Clock.Move(TimeSpan.FromMinutes(2));
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That((await SeeAsync(id)).State, Is.EqualTo(OutboxState.Sent));
        Assert.That(SeenMail.In(site.MailFolder), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_address_that_cannot_be_written_to_fails_and_holds_nothing_up()
    {
        var bad = await PutAsync("bad", to: "nobody at all");
        var good = await PutAsync("good");
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That(((await SeeAsync(bad)).State, (await SeeAsync(good)).State), Is.EqualTo((OutboxState.Failed, OutboxState.Sent)));
        Assert.That((await SeeAsync(bad)).Body, Does.Not.Contain("0123456789abcdefghijkl"), "Its link is not to lie about.");
        Assert.That(Directory.GetFiles(site.MailFolder, "*", SearchOption.AllDirectories).Select(Path.GetFileName), Is.EqualTo(new[] { "good@sample-network.example.eml" }), "Nothing of the other is left aside.");
    }

    [Test]
    public async Task A_subject_that_cannot_stand_in_a_header_fails_and_holds_nothing_up()
    {
        var odd = await PutAsync("odd", subject: "Two\r\nBcc: lines");
        var good = await PutAsync("good");
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That(((await SeeAsync(odd)).State, (await SeeAsync(good)).State), Is.EqualTo((OutboxState.Failed, OutboxState.Sent)));
    }

    [Test]
    public async Task The_same_mail_is_in_the_outbox_once()
    {
        await PutAsync("once");
        Assert.That(async () => await PutAsync("once"), Throws.InstanceOf<DbUpdateException>());
    }

    [Test]
    public async Task What_was_filled_in_loads_nothing_and_leads_nowhere()
    {
        await PutAsync("harm", body: "<script>x()</script> <img src=https://evil.example/x.png> ![p](https://evil.example/p.png) [go](javascript:alert) [file](file:///etc/passwd) [good](https://good.example)");
        await site.LookAsync(OutboxTask.TaskName);
        var html = SeenMail.In(site.MailFolder).Single().Html;
        Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Contain("javascript:").And.Not.Contain("file:").And.Contain("href=\"https://good.example\""));
    }

    [TestCaseSource(nameof(Discreet))]
    public void Nothing_of_a_discreet_message_tells_what_it_is_about(string name, string language)
    {
        var text = SiteHost.Mails().In(name, language);
        var network = SiteHost.Network();
        var words = text.Subject.Written + text.Body.Written + network.NeutralSender!.Name.In(language) + network.NeutralSender.Email;
        // The words of the network's name in each language, and of its topic and its survey.
        foreach (var telling in new[] { "network", "réseau", "red ", "الشبكة", "شبكة", "migra", "هجر", "survey", "enquête", "encuesta", "استبيان", "organisation", "organización", "منظم", "report", "rapport", "informe", "تقرير", "plan" })
        {
            Assert.That(words.ToLowerInvariant(), Does.Not.Contain(telling));
        }

        Assert.That(text.Subject.Places, Is.Empty);
    }

    private static IEnumerable<TestCaseData> Discreet() =>
        from name in MailTemplates.Required.Where(MailTemplates.IsDiscreet)
        from language in SiteHost.Network().Languages
        select new TestCaseData(name, language);
}
