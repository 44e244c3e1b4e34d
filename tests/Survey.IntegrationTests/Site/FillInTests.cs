using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Responses;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office fills in for members that answered by phone, mail or paper, and prints the questionnaire for them.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class FillInTests(DatabaseKind kind) : OpenRoundFixture(kind)
{
    private async Task<HttpClient> PersonAsync(string role)
    {
        await using var db = site.Open();
        var person = site.Visitor();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    [Test]
    public async Task What_the_office_fills_in_is_a_version_of_that_way_and_the_members_own_link_stays_its_own()
    {
        await using var db = site.Open();
        var own = await SampleRound.InviteAsync(db, round, "Réseau du Fouta");
        var invitation = await db.Invitations.SingleAsync(i => i.Name == "Réseau du Fouta");
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/invitations/{invitation.Id}/fill-in");
        var lacking = await page.SendAsync("fill-in");
        Assert.That((lacking.Status, await db.PersonalLinks.CountAsync(l => l.InvitationId == invitation.Id)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, 1)), lacking.Words);

        var survey = await lacking.SendAsync("fill-in", ("mode", nameof(ResponseMode.Phone)));
        Assert.That(survey.Words, Does.Contain("You are filling in for this member, by phone."), survey.Words);
        await SampleAnswers.GiveHereAsync(editor, survey.Path, "They told us on the phone.");
        await (await SeenPage.GetAsync(editor, $"{survey.Path}/check")).SendAsync("send");
        var sent = await (from s in db.Submissions join r in db.Responses on s.ResponseId equals r.Id where r.InvitationId == invitation.Id select new { s.Mode, Now = r.Mode, s.Version }).SingleAsync();
        Assert.That(sent, Is.EqualTo(new { Mode = ResponseMode.Phone, Now = ResponseMode.Phone, Version = 1 }));

        // The member corrects itself: its own link, its own way.
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{own}")).Path;
        Assert.That(root, Is.EqualTo(survey.Path), "One response per organisation.");
        var part = await SeenPage.GetAsync(member, $"{root}/q/points/protection");
        Assert.That(part.Words, Does.Not.Contain("filling in for").And.Contain("They told us on the phone."));
        await part.SendAsync("answers", ("q-example", "In our own words."), ("then", "next"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That(await db.Responses.Where(r => r.InvitationId == invitation.Id).Select(r => new { r.Mode, r.Version }).SingleAsync(), Is.EqualTo(new { Mode = ResponseMode.Web, Version = 2 }));
        Assert.That(await db.AuditEntries.Where(a => a.Action == "response.fill-in" && a.Subject == $"invitation:{invitation.Id}/mode:phone").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_link_ends_after_a_working_day_and_when_somebody_begins_anew()
    {
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round, "Casa Puente");
        var invitation = await db.Invitations.SingleAsync(i => i.Name == "Casa Puente");
        var first = await PersonAsync(OfficeRoles.Editor);
        var survey = await (await SeenPage.GetAsync(first, $"/office/invitations/{invitation.Id}/fill-in")).SendAsync("fill-in", ("mode", nameof(ResponseMode.Paper)));
        var second = await PersonAsync(OfficeRoles.Editor);
        var anew = await (await SeenPage.GetAsync(second, $"/office/invitations/{invitation.Id}/fill-in")).SendAsync("fill-in", ("mode", nameof(ResponseMode.Mail)));
        Assert.That(await StatusAsync(first, survey.Path), Is.Not.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(second, anew.Path), Is.EqualTo(HttpStatusCode.OK));
        var link = await db.PersonalLinks.SingleAsync(l => l.InvitationId == invitation.Id && l.Mode == ResponseMode.Mail && l.RevokedAt == null);
        await db.PersonalLinks.Where(l => l.Id == link.Id).ExecuteUpdateAsync(s => s.SetProperty(l => l.CreatedAt, SiteHost.Start.UtcDateTime.AddHours(-13)));
        Assert.That(await StatusAsync(second, anew.Path), Is.Not.EqualTo(HttpStatusCode.OK), "A day later the office begins anew.");

        static async Task<HttpStatusCode> StatusAsync(HttpClient person, string path) => (await person.GetAsync(new Uri(path, UriKind.Relative))).StatusCode;
    }

    [Test]
    public async Task Readers_fill_in_for_nobody()
    {
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round, "Nur für Lesende");
        var invitation = await db.Invitations.SingleAsync(i => i.Name == "Nur für Lesende");
        Assert.That((await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Reader), $"/office/invitations/{invitation.Id}/fill-in")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_blank_questionnaire_holds_every_question_and_a_box_for_every_choice([Values("en", "ar")] string language)
    {
        using var folder = new TestFolder();
        var reader = await PersonAsync(OfficeRoles.Reader);
        using var answer = await reader.GetAsync(new Uri($"/office/rounds/2026/blank/{language}", UriKind.Relative));
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType!.MediaType), Is.EqualTo((HttpStatusCode.OK, "application/pdf")));
        await File.WriteAllBytesAsync(folder.File("blank.pdf"), await answer.Content.ReadAsByteArrayAsync());
        var pdf = PdfFile.Read(folder.File("blank.pdf"));
        Assert.That(pdf.Info(), Does.Contain("Tagged:          yes"));
        if (language == "en")
        {
            var text = string.Join(' ', pdf.Text().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.That(text, Does.Contain("Does your organisation work on this point?").And.Contain("Guaranteeing the labour rights of migrants").And.Contain("Only if you chose under"));
            Assert.That((text.Contains("office@sample-network.example", StringComparison.Ordinal), text.Contains('\u200B')), Is.EqualTo((true, false)), "What is copied is what stands there.");
            Assert.That(text.Split("How far is this point practice where you work?"), Has.Length.EqualTo(9), "Once for each of the eight points.");
        }
    }
}
