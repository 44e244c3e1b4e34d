using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;

namespace Survey.IntegrationTests.Mail;

/// <summary>From the outbox to a mail server that refuses, delays, hangs and breaks off: each message is sent once, waits, has failed, or is uncertain; none twice, none lost.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class MailServerTests(DatabaseKind kind)
{
    private LoopbackSmtp smtp = null!;
    private SiteHost site = null!;
    private string token = "";
    private int contact;
    private int round;

    [TearDown]
    public async Task StopAsync()
    {
        await site.DisposeAsync();
        await smtp.DisposeAsync();
    }

    private async Task StartAsync(LoopbackSmtp? server = null, Func<MailServerOptions, MailServerOptions>? change = null)
    {
        smtp = server ?? new LoopbackSmtp();
        var options = new MailServerOptions { Host = "localhost", Port = smtp.Port, UsesTls = false, MostPerMinute = 1000, Patience = TimeSpan.FromSeconds(2) };
        site = await SiteHost.StartAsync(kind, mailServer: change?.Invoke(options) ?? options);
        await using var db = site.Open();
        var sample = await SampleRound.AddAsync(db);
        await SampleRound.InviteAsync(db, sample);
        var invitation = await db.Invitations.SingleAsync();
        var person = new Contact { OrganisationId = invitation.OrganisationId, Name = "Awa", Email = "awa@member.example", EmailFolded = "awa@member.example", CreatedAt = SiteHost.Start.UtcDateTime };
        db.Contacts.Add(person);
        await db.SaveChangesAsync();
        token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = invitation.Id, ContactId = person.Id, TokenHash = PersonalLink.Hash(token), CreatedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
        (contact, round) = (person.Id, sample.Id);
    }

    private async Task<long> PutAsync(string key, string to = "awa@member.example", long? mailing = null)
    {
        await using var db = site.Open();
        var message = new OutboxMessage
        {
            MessageId = key + "@sample-network.example",
            Template = "new-link",
            Language = "en",
            RoundId = round,
            ContactId = contact,
            MailingId = mailing,
            ToAddress = to,
            Subject = "Your link",
            Body = $"Dear *Awa*,\n\n<{SiteHost.LinkUrl}/a/{token}>\n\n.a line with a point\n",
            CreatedAt = SiteHost.Start.UtcDateTime,
        };
        db.Outbox.Add(message);
        await db.SaveChangesAsync();
        return message.Id;
    }

    private async Task<OutboxMessage> SeeAsync(long id)
    {
        await using var db = site.Open();
        return await db.Outbox.SingleAsync(m => m.Id == id);
    }

    private async Task<int> OpenLinksAsync()
    {
        await using var db = site.Open();
        return await db.PersonalLinks.CountAsync(l => l.ContactId == contact && l.RevokedAt == null);
    }

    [Test]
    public async Task A_message_reaches_the_server_whole_and_once()
    {
        await StartAsync();
        var id = await PutAsync("one");
        await site.LookAsync(OutboxTask.TaskName);
        await site.LookAsync(OutboxTask.TaskName);
        var taken = smtp.Received.Single();
        var mail = SeenMail.Read(taken.Text);
        Assert.Multiple(() =>
        {
            Assert.That(taken.From, Does.Contain("<office@sample-network.example>"));
            Assert.That(taken.To, Is.EqualTo("awa@member.example"));
            Assert.That(mail.MessageId, Is.EqualTo("<one@sample-network.example>"));
            Assert.That(mail.Header("Date"), Is.Not.Null.And.Not.Empty);
            Assert.That(mail.Header("Auto-Submitted"), Is.EqualTo("auto-generated"));
            Assert.That(mail.Header("List-Unsubscribe"), Is.Null, "It is no mailing.");
            Assert.That(mail.Text, Does.Contain($"{SiteHost.LinkUrl}/a/{token}").And.Contain(".a line with a point"));
            Assert.That(mail.Html, Does.Contain($"href=\"{SiteHost.LinkUrl}/a/{token}\"").And.Contain("<em>Awa</em>"));
        });
        var stored = await SeeAsync(id);
        Assert.That((stored.State, stored.Body), Is.EqualTo((OutboxState.Sent, "")));
    }

    [TestCase(SmtpStep.Greeting, "421 closing")]
    [TestCase(SmtpStep.Greeting, LoopbackSmtp.Drop)]
    [TestCase(SmtpStep.Greeting, LoopbackSmtp.Hang)]
    [TestCase(SmtpStep.Hello, LoopbackSmtp.Drop)]
    [TestCase(SmtpStep.From, "451 later")]
    [TestCase(SmtpStep.From, LoopbackSmtp.Hang)]
    [TestCase(SmtpStep.To, "450 4.2.0 greylisted")]
    [TestCase(SmtpStep.To, LoopbackSmtp.Drop)]
    [TestCase(SmtpStep.Data, "451 later")]
    [TestCase(SmtpStep.Data, LoopbackSmtp.Hang)]
    [TestCase(SmtpStep.Text, "452 disk full")]
    public async Task What_was_not_handed_over_waits_longer_each_time_and_is_sent_once(SmtpStep step, string answer)
    {
        await StartAsync();
        var id = await PutAsync("later");
        smtp.Script = (at, _) => at == step ? answer : null;
        await site.LookAsync(OutboxTask.TaskName);
        var first = await SeeAsync(id);
        Assert.That((first.State, first.Attempts), Is.EqualTo((OutboxState.Waiting, 1)), first.LastError);
        Assert.That(first.Body, Does.Contain(token));
        Assert.That(first.LastError, Is.Not.Empty);

        site.Clock.Move(TimeSpan.FromMinutes(1.5));
        await site.LookAsync(OutboxTask.TaskName);
        var second = await SeeAsync(id);
        Assert.That(second.Attempts, Is.EqualTo(2));
        Assert.That(second.NotBefore!.Value - first.NotBefore!.Value, Is.GreaterThan(TimeSpan.FromMinutes(1.9)), "The pauses grow.");

        smtp.Script = (_, _) => null;
        site.Clock.Move(TimeSpan.FromMinutes(3));
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That((await SeeAsync(id)).State, Is.EqualTo(OutboxState.Sent));
        Assert.That(smtp.Received, Has.Count.EqualTo(1));
    }

    [TestCase(SmtpStep.To, "550 5.1.1 no such person")]
    [TestCase(SmtpStep.Text, "554 5.7.1 refused")]
    public async Task What_is_refused_for_good_fails_and_takes_its_link_along(SmtpStep step, string answer)
    {
        await StartAsync();
        smtp.Script = (at, to) => at == step && to == "awa@member.example" ? answer : null;
        var bad = await PutAsync("bad");
        var good = await PutAsync("good", "other@member.example");
        await site.LookAsync(OutboxTask.TaskName);
        var failed = await SeeAsync(bad);
        Assert.That((failed.State, (await SeeAsync(good)).State), Is.EqualTo((OutboxState.Failed, OutboxState.Sent)), "One does not hold up the other.");
        Assert.That(failed.Body, Does.Not.Contain(token).And.Contain(OutboxMessage.TokenPlace));
        Assert.That(await OpenLinksAsync(), Is.Zero, "Nobody has the link of a mail that is certainly not out.");
    }

    [TestCase(LoopbackSmtp.Hang)]
    [TestCase(LoopbackSmtp.Drop)]
    public async Task A_line_that_breaks_after_the_text_leaves_it_uncertain_and_it_is_never_sent_again_by_itself(string answer)
    {
        await StartAsync();
        smtp.Script = (at, _) => at is SmtpStep.Text ? answer : null;
        var id = await PutAsync("unclear");
        await site.LookAsync(OutboxTask.TaskName);
        smtp.Script = (_, _) => null;
        site.Clock.Move(TimeSpan.FromDays(1));
        await site.LookAsync(OutboxTask.TaskName);
        var stored = await SeeAsync(id);
        Assert.That(stored.State, Is.EqualTo(OutboxState.Uncertain), stored.LastError);
        Assert.That(stored.Body, Does.Not.Contain(token), "A token that nobody waits for is not to lie about.");
        Assert.That(smtp.Received, Has.Count.EqualTo(1));
        Assert.That(await OpenLinksAsync(), Is.EqualTo(1), "The mail may have arrived, so its link works.");
    }

    [Test]
    public async Task A_server_that_is_away_delays_everything_and_loses_nothing()
    {
        await StartAsync();
        await smtp.DisposeAsync();
        var ids = new[] { await PutAsync("a"), await PutAsync("b") };
        await site.LookAsync(OutboxTask.TaskName);
        await site.LookAsync(OutboxTask.TaskName);
        foreach (var id in ids)
        {
            Assert.That((await SeeAsync(id)).State, Is.EqualTo(OutboxState.Waiting));
        }
    }

    [Test]
    public async Task A_wrong_password_delays_and_fails_nothing()
    {
        await StartAsync(new LoopbackSmtp(asksLogIn: true), o => o with { User = "site", Password = "wrong" });
        smtp.Script = (at, _) => at switch { SmtpStep.LogIn => "535 5.7.8 no", SmtpStep.From => "530 5.7.0 log in first", _ => null };
        var id = await PutAsync("locked");
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That((await SeeAsync(id)).State, Is.EqualTo(OutboxState.Waiting));
    }

    [Test]
    public async Task The_password_goes_over_an_encrypted_line_only_and_to_a_server_that_can_prove_itself()
    {
        await StartAsync(new LoopbackSmtp(hasTls: true, asksLogIn: true), o => o with { UsesTls = true, User = "site", Password = "secret words" });
        var id = await PutAsync("locked");
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That((await SeeAsync(id)).State, Is.EqualTo(OutboxState.Waiting), "Nobody signed the server's certificate.");
        Assert.That(smtp.Steps, Does.Contain(SmtpStep.StartTls).And.Not.Contain(SmtpStep.LogIn));

#pragma warning disable SYSLIB0014 // the only place where System.Net.Mail asks whom to trust beside the machine's own list
        var before = System.Net.ServicePointManager.ServerCertificateValidationCallback;
        System.Net.ServicePointManager.ServerCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == smtp.Thumbprint;
        try
        {
            site.Clock.Move(TimeSpan.FromMinutes(2));
            await site.LookAsync(OutboxTask.TaskName);
        }
        finally
        {
            System.Net.ServicePointManager.ServerCertificateValidationCallback = before;
        }
#pragma warning restore SYSLIB0014

        var taken = smtp.Received.Single();
        Assert.That((taken.IsEncrypted, taken.User, taken.Password), Is.EqualTo((true, "site", "secret words")), (await SeeAsync(id)).LastError);
    }

    [Test]
    public async Task A_server_without_encryption_is_not_used_where_it_is_asked_for()
    {
        await StartAsync(change: o => o with { UsesTls = true });
        var id = await PutAsync("plain");
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That((await SeeAsync(id)).State, Is.EqualTo(OutboxState.Waiting));
        Assert.That(smtp.Steps, Does.Not.Contain(SmtpStep.From));
    }

    [Test]
    public async Task The_limit_per_minute_holds_over_all_who_send()
    {
        await StartAsync(change: o => o with { MostPerMinute = 3 });
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await PutAsync($"m{i}"));
        }

        var workers = kind is DatabaseKind.Postgres ? 3 : 1;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => site.LookAsync(OutboxTask.TaskName))));
        Assert.That(smtp.Received, Has.Count.EqualTo(3));
        site.Clock.Move(TimeSpan.FromSeconds(30));
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That(smtp.Received, Has.Count.EqualTo(3));
        site.Clock.Move(TimeSpan.FromSeconds(31));
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That(smtp.Received, Has.Count.EqualTo(6));
    }
}
