using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office reads responses, judges and corrects them; what counts is what stands in Answers after each step.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class CheckingTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    /// <summary>An organisation that answered and sent; gives its browser, the address of its pages and its response.</summary>
    private async Task<(HttpClient Member, string Root, long Id)> AnswerAsync(string name = "Horizons solidaires", string? example = null, SurveyRound? to = null, bool sends = true)
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, to ?? round, name);
        var member = site.Visitor();
        var check = await SampleAnswers.GiveAsync(member, token, example);
        if (sends)
        {
            Assert.That((await check.SendAsync("send")).Path, Does.EndWith("/receipt"));
        }

        return (member, check.Path[..check.Path.LastIndexOf('/')], await db.Responses.Where(r => r.Invitation!.Name == name && r.RoundId == (to ?? round).Id).Select(r => r.Id).SingleAsync());
    }

    private static async Task<string> StateAsync(SurveyDb db, long id) => string.Join('\n', await db.Answers.AsNoTracking().Where(a => a.ResponseId == id)
        .OrderBy(a => a.Point).ThenBy(a => a.Question).ThenBy(a => a.Slot).Select(a => a.Point + "/" + a.Question + "/" + a.Slot + "=" + a.Choice + a.Text).ToListAsync());

    [TestCase(OfficeRoles.Reader, HttpStatusCode.Forbidden)]
    [TestCase(OfficeRoles.Editor, HttpStatusCode.OK)]
    public async Task Single_answers_are_for_editors(string role, HttpStatusCode expected)
    {
        var (_, _, id) = await AnswerAsync();
        var person = await PersonAsync(role);
        foreach (var page in new[] { "/office/rounds/2026/responses", $"/office/responses/{id}", $"/office/responses/{id}/correct?question=country", "/office/rounds/2026/second-look" })
        {
            Assert.That((await person.GetAsync(page)).StatusCode, Is.EqualTo(expected), page);
        }

        await using var db = site.Open();
        if (expected is HttpStatusCode.Forbidden)
        {
            var form = (await SeenPage.GetAsync(person, "/office")).Fields("/office/sign-out");
            foreach (var handler in new[] { "Accept", "Ask", "SetAside", "TakeIn", "Undo" })
            {
                using var content = new FormUrlEncodedContent([.. form, new("seen", "1"), new("reason", "x"), new("note", "x")]);
                Assert.That((await person.PostAsync($"/office/responses/{id}?handler={handler}", content)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), handler);
            }

            Assert.That(await db.Responses.Select(r => r.Review).SingleAsync(), Is.EqualTo(ReviewState.Unread));
        }
        else
        {
            foreach (var page in new[] { "/office/responses/999999", $"/office/responses/{id}/correct?question=example&point=protection", $"/office/responses/{id}/correct?question=consent&point=protection", "/office/rounds/1999/responses" })
            {
                Assert.That((await person.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), page);
            }
        }
    }

    [Test]
    public async Task The_list_finds_by_folded_name_and_state()
    {
        await AnswerAsync("Fédération Études");
        await AnswerAsync("Ouverte", sends: false);
        await using (var db = site.Open())
        {
            await SampleRound.InviteAsync(db, round, "Silent");
        }

        var editor = await PersonAsync(OfficeRoles.Editor);
        async Task<string> SeeAsync(string query) => (await SeenPage.GetAsync(editor, $"/office/rounds/2026/responses?{query}")).Words;
        Assert.That(await SeeAsync(""), Does.Contain("Fédération Études").And.Contain("Ouverte").And.Not.Contain("Silent"));
        Assert.That(await SeeAsync("name=FEDERATION"), Does.Contain("Fédération Études").And.Not.Contain("Ouverte"));
        Assert.That(await SeeAsync("show=Started"), Does.Contain("Ouverte").And.Not.Contain("Fédération"));
        Assert.That(await SeeAsync("show=NotBegun"), Does.Contain("Silent").And.Not.Contain("Ouverte"));
        Assert.That(await SeeAsync("show=Unread"), Does.Contain("Fédération Études").And.Contain("1 organisation").And.Not.Contain("Ouverte"));
        Assert.That(await SeeAsync("name=nobody"), Does.Contain("No organisation with this name"));
    }

    [Test]
    public async Task What_is_set_aside_leaves_the_numbers_at_once_and_comes_back()
    {
        var (member, root, id) = await AnswerAsync(example: "We opened a legal clinic.");
        await using var db = site.Open();
        var before = await StateAsync(db, id);
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/responses/{id}");
        Assert.That(page.Words, Does.Contain("We opened a legal clinic.").And.Contain("Not read yet").And.Contain("Yes, directly"));
        var lacking = await page.SendAsync("set-aside", ("reason", "  "));
        Assert.That((lacking.Status, await StateAsync(db, id)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, before)));
        Assert.That(lacking.Words, Does.Contain("Please write why"));

        var aside = await lacking.SendAsync("set-aside", ("reason", "A test by Awa"));
        Assert.That(aside.Words, Does.Contain("is in no number").And.Contain("A test by Awa"));
        Assert.That(await db.Answers.CountAsync(), Is.Zero);
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/progress")).Words, Does.Contain("Sent 0"));

        // The member sends again meanwhile: that does not bring it back.
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-example", "Another clinic."), ("then", "next"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That((await db.Answers.CountAsync(), await db.Responses.Select(r => r.Version).SingleAsync()), Is.EqualTo((0, 2)));

        var stale = await aside.SendAsync("take-in");
        Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.Conflict), "It was another version that was read.");
        var back = await stale.SendAsync("take-in");
        Assert.That(back.Words, Does.Contain("Not read yet"));
        Assert.That(await StateAsync(db, id), Is.EqualTo(before.Replace("We opened a legal clinic.", "Another clinic.", StringComparison.Ordinal)));
        var entries = await db.AuditEntries.Include(a => a.Detail).Where(a => a.Subject == $"response:{id}").OrderBy(a => a.Id).ToListAsync();
        Assert.That(entries.Select(e => (e.Action, e.Detail?.Content)), Is.EqualTo(new[] { ("response.set-aside", "A test by Awa"), ("response.take-in", null) }));
    }

    [Test]
    public async Task A_question_goes_to_the_members_page_and_not_into_the_mail()
    {
        var (member, root, id) = await AnswerAsync();
        await using var db = site.Open();
        var organisation = await db.Organisations.SingleAsync();
        db.Contacts.AddRange(
            new Contact { OrganisationId = organisation.Id, Name = "Awa", Email = "awa@member.example", EmailFolded = "awa@member.example", Language = "fr", CreatedAt = SiteHost.Start.UtcDateTime },
            new Contact { OrganisationId = organisation.Id, Name = "Gone", Email = "gone@member.example", EmailFolded = "gone@member.example", CreatedAt = SiteHost.Start.UtcDateTime, RemovedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/responses/{id}");
        var asked = await page.SendAsync("ask", ("note", "You say <b>no</b> to all points?"));
        Assert.That(asked.Words, Does.Contain("Has a question"));
        site.Clock.Move(TimeSpan.FromSeconds(1));
        await page.SendAsync("ask", ("note", "You say <b>no</b> to all points?"));
        var mail = await db.Outbox.SingleAsync(m => m.Template == "question");
        Assert.That((mail.ToAddress, mail.Language), Is.EqualTo(("awa@member.example", "fr")));
        Assert.That(mail.Body + mail.Subject, Does.Not.Contain("all points").And.Contain("/a/new-link"));
        Assert.That(await db.Answers.CountAsync(), Is.Positive, "Until it is answered it counts.");

        var contents = await SeenPage.GetAsync(member, root);
        Assert.That(contents.Words, Does.Contain("You say <b>no</b> to all points?"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That((await SeenPage.GetAsync(member, root)).Words, Does.Not.Contain("to all points?"), "The same answers are an answer too.");
        Assert.That(await db.Responses.AsNoTracking().Select(r => new { r.Review, r.Version }).SingleAsync(), Is.EqualTo(new { Review = ReviewState.Unread, Version = 1 }));

        await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, true));
        site.Clock.Move(TimeSpan.FromMinutes(1));
        await (await SeenPage.GetAsync(editor, $"/office/responses/{id}")).SendAsync("ask", ("note", "Really?"));
        var discreet = await db.Outbox.SingleAsync(m => m.Template == "discreet-question");
        Assert.That(discreet.Body + discreet.Subject, Does.Not.Contain("Horizons").And.Not.Contain("2026"));
    }

    [Test]
    public async Task Other_answers_than_the_accepted_ones_are_unread_again()
    {
        var (member, root, id) = await AnswerAsync();
        await using var db = site.Open();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/responses/{id}");
        Assert.That((await page.SendAsync("accept")).Words, Does.Contain("Accepted"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That(await db.Responses.AsNoTracking().Select(r => r.Review).SingleAsync(), Is.EqualTo(ReviewState.Accepted), "The same answers were accepted.");
        await (await SeenPage.GetAsync(member, $"{root}/q/points/diaspora")).SendAsync("answers", ("q-work", "follow"), ("then", "next"));
        var changed = await SeenPage.GetAsync(editor, $"/office/responses/{id}");
        Assert.That(changed.Words, Does.Contain("Changed and not sent").And.Contain("7 of 10 parts done").And.Not.Contain("We follow it"), changed.Words);
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/responses?show=Changed")).Words, Does.Contain("Horizons solidaires"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That(await db.Responses.AsNoTracking().Select(r => r.Review).SingleAsync(), Is.EqualTo(ReviewState.Unread));
        Assert.That((await SeenPage.GetAsync(editor, $"/office/responses/{id}")).Words, Does.Match("Earlier versions Version 1, .*Then changed to: We follow it"), "What the second version changed.");
    }

    [Test]
    public async Task A_slip_is_corrected_seen_by_the_member_and_undone()
    {
        var (member, root, id) = await AnswerAsync(example: "We opened a legal clinic.");
        await using var db = site.Open();
        var before = await StateAsync(db, id);
        var editor = await PersonAsync(OfficeRoles.Editor);
        var address = $"/office/responses/{id}/correct?question=work&point=protection";
        var form = await SeenPage.GetAsync(editor, address);
        Assert.That((await form.SendAsync("correct", ("value", "no"), ("reason", ""))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await form.SendAsync("correct", ("value", "nothing-known"), ("reason", "x"))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await form.SendAsync("correct", ("value", "directly"), ("reason", "x"))).Words, Does.Contain("what was sent already"));
        Assert.That((await StateAsync(db, id), await db.Submissions.CountAsync()), Is.EqualTo((before, 1)));

        var done = await form.SendAsync("correct", ("value", "no"), ("reason", "They told us by phone"));
        Assert.That(done.Words, Does.Contain("from “Yes, directly” to “No”.").And.Contain("They told us by phone").And.Contain("editor-"), done.Words);
        var corrected = await StateAsync(db, id);
        Assert.That(corrected, Does.Contain("protection/work/=no").And.Not.Contain("protection/change").And.Not.Contain("legal clinic"), "What no work skips does not count.");
        Assert.That((await SeenPage.GetAsync(member, $"{root}/receipt")).Words, Does.Contain("Put right by the office").And.Contain("They told us by phone").And.Contain("from “Yes, directly” to “No”."));
        Assert.That((await SeenPage.GetAsync(member, root)).Words, Does.Not.Contain("Changes since then"));
        var response = await db.Responses.AsNoTracking().SingleAsync();
        Assert.That((response.Version, response.HasUnsentChanges), Is.EqualTo((2, false)));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That((await StateAsync(db, id), await db.Submissions.CountAsync()), Is.EqualTo((corrected, 2)), "Sending again does not bring the slip back.");

        var correction = await db.Corrections.AsNoTracking().SingleAsync();
        var undone = await done.SendAsync($"undo-{correction.Id}");
        Assert.That(undone.Words, Does.Contain("undone on"), undone.Words);
        Assert.That(await StateAsync(db, id), Is.EqualTo(before));
        Assert.That((await SeenPage.GetAsync(member, $"{root}/receipt")).Words, Does.Not.Contain("Put right by the office"));
        Assert.That((await done.SendAsync($"undo-{correction.Id}")).Status, Is.EqualTo(HttpStatusCode.Conflict), "It is undone once.");
        Assert.That(await db.Submissions.OrderBy(s => s.Version).Select(s => s.Version).ToListAsync(), Is.EqualTo(new[] { 1, 2, 3 }), "Every version is kept.");
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "response.correct" || a.Action == "response.undo-correction"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_correction_leaves_what_the_member_has_changed_and_not_sent()
    {
        var (member, root, id) = await AnswerAsync();
        await using var db = site.Open();
        await (await SeenPage.GetAsync(member, $"{root}/q/points/diaspora")).SendAsync("answers", ("q-work", "directly"), ("q-change", "advanced"), ("then", "next"));
        var form = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), $"/office/responses/{id}/correct?question=work&point=diaspora");
        Assert.That((await form.SendAsync("correct", ("value", "follow"), ("reason", "A slip"))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StateAsync(db, id), Does.Contain("diaspora/work/=follow"));
        Assert.That(await db.DraftAnswers.Where(a => a.Point == "diaspora" && a.Question == "work").Select(a => a.Choice).SingleAsync(), Is.EqualTo("directly"));
        Assert.That((await db.Responses.AsNoTracking().SingleAsync()).HasUnsentChanges, Is.True);
    }

    /// <summary>The example of an organisation that lets it be quoted with its name, approved, cut and translated by the office; and the way to the correction that skips it.</summary>
    private async Task<(HttpClient Member, string Root, long Id, SeenPage Form)> QuotedAsync(string name)
    {
        var (member, root, id) = await AnswerAsync(name, "We opened a legal clinic.", sends: false);
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-consent", ConsentCodes.Named), ("then", "next"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        await using var db = site.Open();
        var quote = await db.Quotes.SingleAsync(q => q.ResponseId == id);
        (quote.Shortened, quote.Language, quote.Review, quote.ReviewedBy, quote.ReviewedAt) = ("We opened […].", "es", QuoteReview.Approved, "office:1", SiteHost.Start.UtcDateTime);
        db.QuoteTranslations.Add(new QuoteTranslation { QuoteId = quote.Id, Language = "fr", Of = "We opened […].", Text = "Nous avons ouvert […].", TranslatedBy = "office:1", TranslatedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
        return (member, root, id, await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), $"/office/responses/{id}/correct?question=work&point=protection"));
    }

    private async Task<SeenPage> UndoAsync(SeenPage corrected, long id)
    {
        await using var db = site.Open();
        return await corrected.SendAsync($"undo-{await db.Corrections.Where(c => c.ResponseId == id && c.UndoneAt == null).Select(c => c.Id).SingleAsync()}");
    }

    private async Task<(string Text, string? Cut, string Language, QuoteConsent Consent, QuoteReview Review, string? By, string Translations)> QuoteAsync(long id)
    {
        await using var db = site.Open();
        var quote = await db.Quotes.SingleAsync(q => q.ResponseId == id);
        var translations = await db.QuoteTranslations.Where(t => t.QuoteId == quote.Id).ToListAsync();
        return (quote.Text, quote.Shortened, quote.Language, quote.Consent, quote.Review, quote.ReviewedBy, string.Join(' ', translations.Select(t => $"{t.Language}:{t.Of}:{t.Text}")));
    }

    [Test]
    public async Task A_correction_elsewhere_leaves_a_quote_alone_and_the_undo_of_one_that_took_it_gives_it_back_as_it_was()
    {
        var (_, _, id, form) = await QuotedAsync("Horizons solidaires");
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using var db = site.Open();
        var (state, quoteId, before) = (await StateAsync(db, id), await db.Quotes.Select(q => q.Id).SingleAsync(), await QuoteAsync(id));
        var other = await (await SeenPage.GetAsync(editor, $"/office/responses/{id}/correct?question=change&point=protection")).SendAsync("correct", ("value", "back"), ("reason", "A slip"));
        Assert.That((await db.Quotes.Select(q => q.Id).SingleAsync(), await QuoteAsync(id)), Is.EqualTo((quoteId, before)), "Another answer.");
        await UndoAsync(other, id);
        Assert.That((await db.Quotes.Select(q => q.Id).SingleAsync(), await QuoteAsync(id)), Is.EqualTo((quoteId, before)), "And undone.");

        var done = await (await SeenPage.GetAsync(editor, form.Path)).SendAsync("correct", ("value", "no"), ("reason", "They told us by phone"));
        Assert.That((await db.Quotes.AnyAsync(), await db.QuoteTranslations.AnyAsync()), Is.EqualTo((false, false)), "What no work skips is not quoted.");
        await UndoAsync(done, id);
        Assert.That((await QuoteAsync(id), await StateAsync(db, id)), Is.EqualTo((before, state)));
        Assert.That(await db.Corrections.AsNoTracking().Select(c => c.Quotes).ToListAsync(), Is.EqualTo(new string?[] { null, null }), "Nothing is kept twice.");
    }

    [Test]
    public async Task The_members_latest_word_on_a_consent_wins_over_what_a_correction_remembers()
    {
        var (_, _, withdrew, form) = await QuotedAsync("Withdrew");
        var done = await form.SendAsync("correct", ("value", "no"), ("reason", "By phone"));
        await using var db = site.Open();
        var questionnaire = RoundDefinition.Of(await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync()).Questionnaire;
        site.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.That(await ConsentWithdrawal.OfExampleAsync(db, withdrew, questionnaire, "protection", site.Clock.GetUtcNow().UtcDateTime, CancellationToken.None), Is.True);
        // Its term is over: the draft is what was sent last, and the withdrawal stands in the audit alone.
        await db.DraftAnswers.Where(a => a.ResponseId == withdrew && a.Point == "protection" && a.Question != "work").ExecuteDeleteAsync();
        await UndoAsync(done, withdrew);
        Assert.That(await db.Quotes.AnyAsync(q => q.ResponseId == withdrew), Is.False);
        Assert.That(await StateAsync(db, withdrew), Does.Contain("legal clinic").And.Contain($"protection/consent/={ConsentCodes.None}"), "The answer itself is back.");

        var (member, root, narrowed, narrowForm) = await QuotedAsync("Narrowed");
        done = await narrowForm.SendAsync("correct", ("value", "no"), ("reason", "By phone"));
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-work", "no"), ("q-consent", ConsentCodes.Anonymous), ("then", "next"));
        await UndoAsync(done, narrowed);
        Assert.That(await QuoteAsync(narrowed), Is.EqualTo(("We opened a legal clinic.", "We opened […].", "es", QuoteConsent.WithoutName, QuoteReview.Pending, (string?)null, "fr:We opened […].:Nous avons ouvert […].")),
            "Cut and translation belong to the words; what was decided with the name is decided anew without.");
    }

    [Test]
    public async Task Words_that_were_not_sent_are_shown_to_nobody_in_the_office()
    {
        var (_, _, id) = await AnswerAsync(example: "Not for your eyes", sends: false);
        var page = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Administrator), $"/office/responses/{id}");
        Assert.That(page.Words, Does.Contain("The draft so far").And.Contain("8 of 10 parts done").And.Contain("Last saved").And.Not.Contain("Not for your eyes").And.Not.Contain("Yes, directly"), page.Words);
    }

    [Test]
    public async Task A_frozen_round_changes_no_more()
    {
        var (_, _, id) = await AnswerAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/responses/{id}");
        var form = await SeenPage.GetAsync(editor, $"/office/responses/{id}/correct?question=country");
        await using var db = site.Open();
        var stored = await db.Rounds.SingleAsync();
        stored.Close(SiteHost.Start.UtcDateTime);
        stored.Freeze(SiteHost.Start.UtcDateTime);
        await db.SaveChangesAsync();
        var before = await StateAsync(db, id);
        Assert.That((await page.SendAsync("set-aside", ("reason", "Too late"))).Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await form.SendAsync("correct", ("value", "ML"), ("reason", "Too late"))).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StateAsync(db, id), Is.EqualTo(before));
        Assert.That((await editor.GetAsync($"/office/invitations/{await db.Invitations.Select(i => i.Id).SingleAsync()}/reopen")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        form = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Publisher), $"/office/responses/{id}/correct?question=country");
        Assert.That(form.Words, Does.Contain("only in a version that counts anew"));
        Assert.That((await form.SendAsync("correct", ("value", "ML"), ("reason", "An erratum."))).Path, Does.EndWith($"/office/responses/{id}"), "who publishes puts right what a further version counts");
    }

    [Test]
    public async Task One_organisation_answers_after_the_close_and_is_late()
    {
        var (member, root, id) = await AnswerAsync(sends: false);
        var (other, otherRoot, _) = await AnswerAsync("Other", sends: false);
        await using var db = site.Open();
        var stored = await db.Rounds.SingleAsync();
        stored.Close(SiteHost.Start.UtcDateTime.AddMinutes(1));
        await db.SaveChangesAsync();
        site.Clock.Move(TimeSpan.FromHours(1));
        Assert.That((await SeenPage.GetAsync(member, $"{root}/check")).Words, Does.Contain("The survey is closed"));
        var invitation = await db.Invitations.Where(i => i.Name == "Horizons solidaires").Select(i => i.Id).SingleAsync();
        var reader = await PersonAsync(OfficeRoles.Reader);
        Assert.That((await reader.GetAsync($"/office/invitations/{invitation}/reopen")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        var page = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), $"/office/invitations/{invitation}/reopen");
        Assert.That((await page.SendAsync("reopen", ("until", "2026-05-03"), ("reason", "Flood"))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "Yesterday.");
        var given = await page.SendAsync("reopen", ("until", "٢٠٢٦-٠٥-٠٥"), ("reason", "Flood"));
        Assert.That(given.Words, Does.Contain("It may answer until 6 May 2026, 12:00 UTC"), given.Words);
        Assert.That(await db.AuditEntries.Include(a => a.Detail).Where(a => a.Action == "response.reopen").Select(a => a.Detail!.Content).SingleAsync(), Is.EqualTo("Flood"));

        var contact = db.Contacts.Add(new Contact { OrganisationId = await db.Invitations.Where(i => i.Id == invitation).Select(i => i.OrganisationId).SingleAsync(), Name = "Awa", Email = "awa@member.example", EmailFolded = "awa@member.example", CreatedAt = SiteHost.Start.UtcDateTime }).Entity;
        await db.SaveChangesAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        Assert.That((await SeenPage.GetAsync(editor, $"/office/members/{contact.OrganisationId}")).Html, Does.Contain($"/office/members/{contact.OrganisationId}/link?contact={contact.Id}"));
        var toLink = $"/office/members/{contact.OrganisationId}/link?contact={contact.Id}&invitation={invitation}";
        Assert.That(WebUtility.HtmlDecode((await SeenPage.GetAsync(editor, $"/office/invitations/{invitation}/reopen")).Html), Does.Contain(toLink));
        var newLink = await (await SeenPage.GetAsync(editor, toLink)).SendAsync("issue");
        using var awa = site.Visitor();
        Assert.That((await SeenPage.GetAsync(awa, Regex.Match(newLink.Html, "/a/[A-Za-z0-9_-]{20,}").Value)).Words, Does.Contain("You may still answer, until 6 May"), "The mail with the first link may be lost.");
        Assert.That((await SeenPage.GetAsync(other, $"{otherRoot}/check")).Words, Does.Contain("The survey is closed"), "Only that one.");
        Assert.That((await SeenPage.GetAsync(member, root)).Words, Does.Contain("You may still answer, until 6 May"));
        var receipt = await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That(receipt.Words, Does.Contain("Your answers have arrived"), receipt.Words);
        Assert.That(await db.Responses.AsNoTracking().Where(r => r.Id == id).Select(r => new { r.IsLate, r.Version }).SingleAsync(), Is.EqualTo(new { IsLate = true, Version = 1 }));
        Assert.That(await StateAsync(db, id), Is.Not.Empty, "What comes late counts.");

        Assert.That((await given.SendAsync("end")).Words, Does.Not.Contain("It may answer until"));
        Assert.That((await SeenPage.GetAsync(member, $"{root}/check")).Words, Does.Contain("The survey is closed"));
        Assert.That((await SeenPage.GetAsync(editor, $"/office/members/{contact.OrganisationId}/link?contact={contact.Id}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_second_look_says_why()
    {
        var last = await ServedLastYearAsync();
        const string words = "We opened a legal clinic for domestic workers.";
        var (_, _, one) = await AnswerAsync("Centre Étoile", words);
        var (_, _, two) = await AnswerAsync("CENTRE ETOILE", words);
        await using var db = site.Open();
        foreach (var organisation in await db.Invitations.Where(i => i.RoundId == round.Id).Select(i => i.OrganisationId).ToListAsync())
        {
            db.Contacts.Add(new Contact { OrganisationId = organisation, Email = "Hub@member.example", EmailFolded = "hub@member.example", CreatedAt = SiteHost.Start.UtcDateTime });
        }

        // The first answered last year too: from Mali, a trade union of the largest size, and at work on the diaspora.
        var invitation = await db.Invitations.Where(i => i.Name == "Centre Étoile").SingleAsync();
        var then = new Invitation { RoundId = last.Id, OrganisationId = invitation.OrganisationId, Name = "Centre Étoile", Country = "ML", Region = "africa", Type = "trade-union", InvitedAt = last.CreatedAt };
        db.Invitations.Add(then);
        await db.SaveChangesAsync();
        var answered = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = then.Id, RoundId = last.Id, StartedAt = last.CreatedAt, ChangedAt = last.CreatedAt, SubmittedAt = last.CreatedAt, Version = 1 };
        db.Responses.Add(answered);
        await db.SaveChangesAsync();
        var sheet = AnswerSheet.Of([new(new("diaspora", "work"), AnswerValue.Of("directly"))]);
        db.Submissions.Add(new Submission { ResponseId = answered.Id, Version = 1, Mode = ResponseMode.Web, SubmittedAt = last.CreatedAt, Content = sheet.ToJson(), ContentHash = sheet.Hash() });
        foreach (var (point, question, choice) in new[] { ("", "country", "ML"), ("", "type", "trade-union"), ("diaspora", "work", "directly"), ("governance", "work", "follow") })
        {
            db.Answers.Add(new Answer { ResponseId = answered.Id, RoundId = last.Id, Region = "africa", Point = point, Question = question, Slot = "", Choice = choice });
        }

        await db.SaveChangesAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var list = await SeenPage.GetAsync(editor, "/office/rounds/2026/second-look");
        Assert.That(list.Words, Does.Contain("2 responses").And.Contain("Another country than last year: Senegal, then Mali.").And.Contain("Another type than last year: Non-governmental organisation, then Trade union.")
            .And.Contain("after working on it directly").And.Contain("The same words in an answer as in: CENTRE ETOILE").And.Contain("The same mail address as: CENTRE ETOILE").And.Contain("The same name as: Centre Étoile"));
        Assert.That(list.Words.Split("No work on").Length, Is.EqualTo(2), "Following is not working on it.");
        Assert.That(list.Html, Does.Contain($"/office/responses/{one}").And.Contain($"/office/responses/{two}"));
        Assert.That((await SeenPage.GetAsync(editor, $"/office/responses/{two}")).Words, Does.Contain("The same name as: Centre Étoile").And.Not.Contain("Another country"));

        await (await SeenPage.GetAsync(editor, $"/office/responses/{one}")).SendAsync("accept");
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/second-look")).Words, Does.Contain("1 response").And.Not.Contain("Another country"), "What was accepted is not listed again.");
    }

    private async Task<SurveyRound> ServedLastYearAsync()
    {
        await using var db = site.Open();
        return await SampleRound.AddAsync(db, "2025");
    }
}
