using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.IntegrationTests.Site;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;

namespace Survey.IntegrationTests.Mail;

/// <summary>A sent version is confirmed by mail: once, to the right person, in that person's language, without an answer in it.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class ReceiptMailTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    /// <summary>An organisation with these people, and a link that belongs to the first of them, or to nobody.</summary>
    private async Task<string> InviteAsync(bool isOffices, string language, params string[] people)
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round, "Horizons solidaires", language: language);
        var organisation = await db.Organisations.SingleAsync();
        foreach (var person in people)
        {
            organisation.Contacts.Add(new Contact { Name = person, Email = $"{person}@example.org", EmailFolded = $"{person}@example.org", Language = language, CreatedAt = SiteHost.Start.UtcDateTime });
        }

        await db.SaveChangesAsync();
        if (isOffices)
        {
            return token;
        }

        var own = PersonalLink.NewToken();
        var invitation = await db.Invitations.SingleAsync();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = invitation.Id, ContactId = organisation.Contacts[0].Id, TokenHash = PersonalLink.Hash(own), CreatedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
        return own;
    }

    [Test]
    public async Task Fifty_submissions_at_once_are_confirmed_by_one_mail_to_the_person_whose_link_it_is()
    {
        var member = site.Visitor();
        var check = await SampleAnswers.GiveAsync(member, await InviteAsync(isOffices: false, "en", "awa", "binta"), "We met Amadou in the harbour.");
        // Read and sent in Arabic; the person is written to in English.
        check = await check.SendAsync("send", ("then", "speak-ar"));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => check.SendAsync("send")));
        await site.LookAsync(OutboxTask.TaskName);
        var mail = SeenMail.In(site.MailFolder).Single();
        await using var db = site.Open();
        var response = await db.Responses.SingleAsync();
        Assert.Multiple(() =>
        {
            Assert.That(mail.To, Is.EqualTo("awa <awa@example.org>"));
            Assert.That(mail.Subject, Is.EqualTo("Sample Network: your answers for 2026 have arrived"));
            Assert.That(mail.Text, Does.Contain("Horizons solidaires").And.Contain("Version: 1\n").And.Contain($"Receipt number: {response.PublicId.ToString("N")[..8]}-1\n").And.Contain("31 May 2026").And.Contain("4 May 2026, 09:"));
            Assert.That(mail.All, Does.Not.Contain("Amadou").And.Not.Contain("advanced"), "A receipt holds no answers.");
        });
    }

    [Test]
    public async Task Each_version_is_confirmed_to_all_contacts_when_the_link_is_nobodys()
    {
        var member = site.Visitor();
        var check = await SampleAnswers.GiveAsync(member, await InviteAsync(isOffices: true, "fr", "awa", "binta", "coumba"));
        await using (var db = site.Open())
        {
            await db.Contacts.Where(c => c.Name == "coumba").ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAt, SiteHost.Start.UtcDateTime));
        }

        var root = (await check.SendAsync("send")).Path[..^"/receipt".Length];
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-change", "back"), ("then", "contents"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        await site.LookAsync(OutboxTask.TaskName);
        var mails = SeenMail.In(site.MailFolder);
        Assert.That(mails.Select(m => m.To), Is.EquivalentTo(new[] { "awa <awa@example.org>", "binta <binta@example.org>", "awa <awa@example.org>", "binta <binta@example.org>" }), "Not to those who were removed.");
        Assert.That(mails.Select(m => m.Subject).Distinct(), Is.EqualTo(new[] { "Réseau exemple : vos réponses pour 2026 sont arrivées" }));
        Assert.That(mails.Count(m => m.Text.Contains("Version : 2\n", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [TestCase(true), TestCase(false)]
    public async Task A_discreet_organisation_gets_a_neutral_receipt(bool isItsOwnChoice)
    {
        var check = await SampleAnswers.GiveAsync(site.Visitor(), await InviteAsync(isOffices: false, "en", "awa"));
        await using (var db = site.Open())
        {
            var organisation = await db.Organisations.SingleAsync();
            (organisation.IsDiscreet, organisation.WantsDiscretion) = (!isItsOwnChoice, isItsOwnChoice);
            await db.SaveChangesAsync();
        }

        await check.SendAsync("send");
        await site.LookAsync(OutboxTask.TaskName);
        var mail = SeenMail.In(site.MailFolder).Single();
        Assert.That((mail.From, mail.Subject), Is.EqualTo(("Online form <forms@post.example>", "Your form has arrived")));
        Assert.That(mail.All, Does.Not.Contain("Sample Network").And.Not.Contain("Horizons").And.Not.Contain("sample-network").And.Not.Contain("survey 2026"));
    }
}
