using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Mail;

/// <summary>The program as it runs, killed at every step of the dialogue with a mail server: no message is sent twice, none is lost.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class MailKillTests(DatabaseKind kind)
{
    private static readonly SmtpStep[] Steps = [SmtpStep.Greeting, SmtpStep.Hello, SmtpStep.From, SmtpStep.To, SmtpStep.Data, SmtpStep.Text];

    [Test]
    public async Task Killed_at_a_step_a_message_is_uncertain_and_listed_and_never_sent_twice()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var smtp = new LoopbackSmtp();
        var settings = new Dictionary<string, string> { ["PROGRESS_SMTP_HOST"] = "localhost", ["PROGRESS_SMTP_PORT"] = $"{smtp.Port}", ["PROGRESS_SMTP_TLS"] = "none", ["PROGRESS_MAIL_PER_MINUTE"] = "1000" };
        foreach (var step in Steps)
        {
            await PutAsync(database, step.ToString());
            var reached = new TaskCompletionSource();
            smtp.Script = (at, _) =>
            {
                if (at != step)
                {
                    return null;
                }

                reached.TrySetResult();
                return LoopbackSmtp.Hang;
            };
            await using var program = await ServerProcess.StartAsync(database.Connection, settings: settings);
            await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
            await program.KillAsync();
            await using var db = database.Open();
            Assert.That((await db.Outbox.SingleAsync(m => m.MessageId == $"{step}@x.example")).State, Is.EqualTo(OutboxState.Sending), $"Killed at {step}.");
        }

        // The last one is there to say that a whole look has passed.
        await PutAsync(database, "last");
        var isOver = new TaskCompletionSource();
        smtp.Script = (at, to) =>
        {
            if (at is SmtpStep.Text)
            {
                isOver.TrySetResult();
            }

            return null;
        };
        await using (await ServerProcess.StartAsync(database.Connection, settings: settings))
        {
            await isOver.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }

        await using var after = database.Open();
        var states = await after.Outbox.Where(m => m.MessageId != "last@x.example").Select(m => m.State).ToListAsync();
        Assert.That(states, Has.Count.EqualTo(Steps.Length).And.All.EqualTo(OutboxState.Uncertain));
        Assert.That(smtp.Received.Select(m => SeenMail.Read(m.Text).MessageId), Is.EqualTo(new[] { "<Text@x.example>", "<last@x.example>" }), "Only who was killed after the text had been taken had sent anything.");
    }

    private static async Task PutAsync(TestDatabase database, string key)
    {
        await using var db = database.Open();
        db.Outbox.Add(new OutboxMessage { MessageId = $"{key}@x.example", Template = "new-link", Language = "en", ToAddress = "awa@member.example", Subject = key, Body = "Words", CreatedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
    }
}
