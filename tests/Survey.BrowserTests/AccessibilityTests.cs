using System.Text;
using Microsoft.Playwright;
using Survey.Domain.Audit;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>Every page in every language: at 320 pixels nothing runs out of the page, and axe finds nothing (on the office's pages in English and Arabic).</summary>
[TestFixture("en")]
[TestFixture("fr")]
[TestFixture("es")]
[TestFixture("ar")]
internal sealed class AccessibilityTests(string language)
{
    private SiteHost site = null!;
    private string root = "";
    private string token = "";
    private string setUp = "";
    private EditionVersion draft = null!;
    private ReportRun run = null!;
    private Contact contact = null!;
    private long response;
    private int closed, shown;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(DatabaseKind.Sqlite);
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db);
        await SampleRound.AddAsync(db, "2027", opens: false, closesOn: new DateOnly(2027, 5, 31));
        // With the report's words, and a text of the office, for the pages about them.
        round.Templates.Add(RoundTemplate.Of(TemplateKinds.Report, "en", await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "report", "en.yaml"))));
        db.EditorialTexts.Add(new EditorialText { RoundId = round.Id, Kind = EditorialKind.Foreword, Language = "en", Text = "Dear members.\n\n### Thanks\n\n- To all", SignedBy = "Ada Okoro", SignedAs = "Chair", Version = 1, ChangedBy = "office:x", ChangedAt = SiteHost.Start.UtcDateTime });
        await StoredEdition.AddAsync(db, round);
        draft = await StoredEdition.AddAsync(db, round, isPublished: false, number: 2);
        token = await SampleRound.InviteAsync(db, round, "Association des femmes de Dakar pour le développement");
        setUp = await OfficePeople.AddAsync(db, "set-up@office.example", OfficeRoles.Editor);
        root = (await SeenPage.GetAsync(site.Visitor(), $"/a/{token}")).Path;
        contact = new Contact { OrganisationId = db.Organisations.Single().Id, Name = "Aminata Diop", Email = "aminata.diop.coordination-regionale@association-des-femmes.example", EmailFolded = "aminata.diop.coordination-regionale@association-des-femmes.example", Language = "fr", CreatedAt = SiteHost.Start.UtcDateTime };
        db.Contacts.Add(contact);
        db.AuditEntries.Add(new AuditEntry { At = SiteHost.Start.UtcDateTime, Actor = "member", Action = "contact.add-by-member", Subject = $"round:2026/invitation:{db.Invitations.Single().Id}/contact:1" });
        run = db.Runs.Add(new ReportRun { RoundId = round.Id, Languages = "en fr", State = RunState.Running, Step = "typesetting", Percent = 60, RequestedAt = SiteHost.Start.UtcDateTime }).Entity;
        var invitation = db.Invitations.First();
        var answered = new SurveyResponse { PublicId = Guid.Parse(root["/a/r/".Length..]), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime, SubmittedAt = SiteHost.Start.UtcDateTime, Version = 1 };
        db.Responses.Add(answered);
        await db.SaveChangesAsync();
        db.Quotes.Add(new Quote { ResponseId = answered.Id, RoundId = round.Id, Point = "diaspora", Question = "example", Text = "We trained forty women to run their own business.", Language = "en", Consent = QuoteConsent.WithoutName });
        db.DraftAnswers.AddRange(
            new DraftAnswer { ResponseId = answered.Id, Point = "diaspora", Question = "work", Slot = "", Choice = "directly" },
            new DraftAnswer { ResponseId = answered.Id, Point = "diaspora", Question = "change", Slot = "", Choice = "advanced" },
            new DraftAnswer { ResponseId = answered.Id, Point = "diaspora", Question = "example", Slot = "", Text = "We trained forty women to run their own business." });
        var sent = AnswerSheet.Of([
            new(new("diaspora", "work"), AnswerValue.Of("directly")), new(new("diaspora", "state"), AnswerValue.Of("a-little")), new(new("diaspora", "change"), AnswerValue.Of("advanced")),
            new(new("diaspora", "example"), AnswerValue.OfText("We trained forty women to run their own business.")), new(new("diaspora", "consent"), AnswerValue.Of("anonymous")), new(new("", "listing"), AnswerValue.Of("yes"))]);
        db.Submissions.Add(new Submission { ResponseId = answered.Id, Version = 1, Mode = ResponseMode.Web, SubmittedAt = SiteHost.Start.UtcDateTime, Content = sent.ToJson(), ContentHash = sent.Hash() });
        // A copy in each state, one a language.
        db.AnswerCopies.AddRange(
            new AnswerCopy { ResponseId = answered.Id, Version = 1, Language = "fr", RequestedAt = SiteHost.Start.UtcDateTime },
            new AnswerCopy { ResponseId = answered.Id, Version = 1, Language = "es", RequestedAt = SiteHost.Start.UtcDateTime, State = CopyState.Failed, EndedAt = SiteHost.Start.UtcDateTime },
            new AnswerCopy { ResponseId = answered.Id, Version = 1, Language = "ar", RequestedAt = SiteHost.Start.UtcDateTime, State = CopyState.Done, EndedAt = SiteHost.Start.UtcDateTime, Bytes = [1] });
        await db.SaveChangesAsync();
        // For watching and checking: a question to the member, a correction, the same name once more, and a round that is over.
        db.Corrections.Add(new Correction
        {
            ResponseId = answered.Id,
            Point = "diaspora",
            Question = "state",
            Version = 1,
            Reason = "They told us by phone that it is a little.",
            CorrectedBy = "office:x",
            CorrectedAt = SiteHost.Start.UtcDateTime,
            Before = AnswerSheet.Of([new(new("diaspora", "state"), AnswerValue.Of("fully"))]).ToJson(),
            After = AnswerSheet.Of([new(new("diaspora", "state"), AnswerValue.Of("a-little"))]).ToJson()
        });
        answered.Judge(ReviewState.HasQuestion, "You trained forty women; in which year?", "office:x", SiteHost.Start.UtcDateTime);
        await SampleRound.InviteAsync(db, round, "Association des femmes de Dakar pour le développement");
        var twin = db.Invitations.OrderBy(i => i.Id).Last();
        db.Responses.Add(new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = twin.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime, SubmittedAt = SiteHost.Start.UtcDateTime, Version = 1, IsLate = true });
        response = answered.Id;
        var over = await SampleRound.AddAsync(db, "2025", closesOn: new DateOnly(2026, 4, 1));
        await SampleRound.InviteAsync(db, over);
        shown = (await StoredEdition.AddAsync(db, over, isPublished: false)).Id;
        closed = db.Invitations.OrderBy(i => i.Id).Last().Id;
        // The second consultation on the draft is open; the first had an answer.
        var now = SiteHost.Start.UtcDateTime;
        foreach (var number in new[] { 1, 2 })
        {
            var consultation = new Consultation { RoundId = round.Id, Number = number, EditionVersionId = draft.Id, LastVersionId = draft.Id, ShownAt = now, Word = "Please look at the second chapter above all.", OpenedAt = now.AddDays(-20), OpenedBy = "office:x", ClosesAt = now.AddDays(number == 1 ? -5 : 20) };
            db.Consultations.Add(consultation);
            db.DraftComments.Add(new DraftComment
            {
                Consultation = consultation,
                InvitationId = invitation.Id,
                Chapter = "point-1",
                Place = 3,
                Title = "Development agenda",
                Language = "fr",
                Text = "La part des femmes n’est pas celle que nous connaissons.",
                WrittenAt = now,
                State = number == 1 ? CommentState.Answered : CommentState.Open,
                Answer = number == 1 ? "Thank you: it is put right." : null,
                DealtWithAt = number == 1 ? now : null,
            });
        }

        await db.SaveChangesAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    private async Task<IBrowserContext> VisitorAsync(int width, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await BrowserFixture.Browser.NewContextAsync(new()
        {
            BaseURL = site.Address.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            Locale = language,
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = scheme,
        });
        await AxeCheck.AddAsync(context);
        return context;
    }

    private readonly List<string> faults = [];

    [SetUp]
    public void Begin() => faults.Clear();

    [TearDown]
    public void End() => Assert.That(faults, Is.Empty);

    private async Task CheckAsync(IPage page, string name)
    {
        var found = await AxeCheck.OfAsync(page);
        // A check that looked at nothing finds nothing either. Of colours axe (4.14) sees only part: text whose first letter is drawn otherwise alone than in its word,
        // and whose word is narrower than its letters one by one, is for it an icon font's ligature (its isIconLigature), and that is every Arabic word; after three
        // such texts it leaves out all of the font family. So on Arabic pages only digits and Latin names were looked at, or nothing. Gradients it calls
        // incomplete. Therefore the contrast of every text is computed here once more, and what axe could not decide must be among it.
        if (found.Passes < 10)
        {
            faults.Add($"{name}: the page was not looked at ({found.Passes} checks passed)");
        }

        var undecided = found.Incomplete.Where(i => i.Id == "color-contrast").SelectMany(i => i.Nodes).Select(n => n.Target).ToArray();
        var contrast = await ContrastCheck.OfAsync(page, undecided);
        if (contrast.Texts < 5)
        {
            faults.Add($"{name}: the contrast of only {contrast.Texts} texts was looked at");
        }

        faults.AddRange(contrast.Faults.Select(f => $"{name}: contrast {f}"));
        faults.AddRange(contrast.Unresolved.Select(u => $"{name}: nobody could tell the contrast of {u}"));
        faults.AddRange(found.Violations.Select(v => $"{name}: {v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
    }

    /// <summary>Opens a page that must be there: a refusal in its place would be checked for nothing.</summary>
    private async Task OpenAsync(IPage page, string address, int status = 200)
    {
        var answer = await page.GotoAsync(address);
        if (answer!.Status != status || !page.Url.EndsWith(address, StringComparison.Ordinal))
        {
            faults.Add($"{address} answered {answer.Status} at {page.Url}");
        }
    }

    private async Task FitsAsync(IPage page, string name)
    {
        if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") > 320)
        {
            var widest = await page.EvaluateAsync<string>("() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => e.getBoundingClientRect().right > 321 || e.getBoundingClientRect().left < -1).slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join(' | ')");
            faults.Add($"{name} runs out of 320 pixels: {widest}");
        }
    }

    [Test]
    public async Task Public_pages([Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme)
    {
        await using var visitor = await VisitorAsync(1200, scheme);
        var page = await visitor.NewPageAsync();
        foreach (var (address, name) in new[] { ($"/{language}", "home"), ($"/reports?lang={language}", "reports"), ($"/reports/2026/v1/{language}", "report"), ($"/reports/2026/v1/{language}/point-1", "report-point"), ($"/reports/2026/v1/{language}/glance", "report-glance"), ($"/reports/2026/v1/{language}/figures/heatmap", "report-figure"), ($"/reports/2026/v1/{language}/annex-index", "report-index"), ($"/reports/2026/v1/{language}/region-1", "report-region"), ($"/reports/2026/v1/{language}/methods", "report-methods"), ($"/privacy?lang={language}", "privacy"), ("/nowhere", "not-found") })
        {
            await OpenAsync(page, address, name == "not-found" ? 404 : 200);
            // The colours that are checked are those of the scheme: dark is light on dark.
            var isDark = await page.EvaluateAsync<bool>("() => { const light = c => c.match(/[0-9.]+/g).slice(0, 3).reduce((sum, n) => sum + Number(n), 0); const style = getComputedStyle(document.body); return light(style.color) > light(style.backgroundColor); }");
            if (isDark != scheme is ColorScheme.Dark)
            {
                faults.Add($"{address} is not {scheme}");
            }

            await CheckAsync(page, $"{address} {scheme}");
            await BrowserFixture.PictureAsync(page, $"{name}-{language}-{scheme}");
            if (scheme is ColorScheme.Light)
            {
                await page.SetViewportSizeAsync(320, 700);
                await FitsAsync(page, address);
                await BrowserFixture.PictureAsync(page, $"{name}-{language}-phone");
                await page.SetViewportSizeAsync(1200, 800);
            }
        }
    }

    [Test]
    public async Task Survey_pages()
    {
        await using var visitor = await VisitorAsync(1000);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"/a/{token}?lang={language}");
        foreach (var (address, name) in new[] { (root, "contents"), ($"{root}/colleagues", "colleagues"), ($"{root}/colleagues?remove={contact.Id}", "remove"), ($"{root}/discretion", "discretion"), ("/a/new-link", "new-link"), ("/a/new-link?done=true", "new-link-done"), ($"{root}/q/organisation", "organisation"), ($"{root}/q/points/diaspora", "point"), ($"{root}/q/looking-ahead", "ahead"), ($"{root}/q/organisation?unsure=true", "unsure"), ($"{root}/check", "check"), ($"{root}/print", "print"), ($"{root}/receipt", "receipt"), ($"{root}/copy", "copy"), ($"{root}/consent", "consent"), ($"{root}/results", "results"), ($"{root}/consultation", "draft"), ($"{root}/consultation/point-1", "draft-chapter"), ($"{root}/consultation/point-1?remove=2", "draft-remove"), ("/a/finish?left=unsent", "finished") })
        {
            await OpenAsync(page, address);
            await CheckAsync(page, address);
            await BrowserFixture.PictureAsync(page, $"member-{name}-{language}");
            await page.SetViewportSizeAsync(320, 700);
            await FitsAsync(page, address);
            await BrowserFixture.PictureAsync(page, $"member-{name}-{language}-phone");
            await page.SetViewportSizeAsync(1000, 800);
        }
    }

    [Test]
    public async Task Office_pages()
    {
        var upload = Guid.NewGuid();
        var client = site.Visitor();
        string account;
        await using (var db = site.Open())
        {
            await OfficePeople.SetUpAsync(client, await OfficePeople.AddAsync(db, $"{language}@office.example", OfficeRoles.Administrator));
            account = db.Users.Single(u => u.Email == "set-up@office.example").Id;
            var member = db.Organisations.OrderBy(o => o.Id).First();
            var list = $"code,name,country,email,contact\n{member.Code},Association des femmes de Dakar,SN,nouvelle@association-des-femmes.example,Awa\n{language}-new,منظمة الأمل,JO,,\n";
            // One row in order, one with a wrong country and an address that is none.
            db.MemberUploads.Add(new MemberUpload { Id = upload, UploadedAt = SiteHost.Start.UtcDateTime, UploadedBy = $"office:{db.Users.Single(u => u.Email == $"{language}@office.example").Id}", Content = Encoding.UTF8.GetBytes(list + "x-1,Nowhere House,Atlantis,nobody,\n"), IsWorkbook = true });
            await db.SaveChangesAsync();
        }

        await using var visitor = await VisitorAsync(1200);
        var page = await visitor.NewPageAsync();
        foreach (var (address, name) in new[] { ("/office/sign-in", "sign-in"), ($"/office/set-up/{setUp}", "set-up") })
        {
            await OpenAsync(page, $"{address}?lang={language}");
            await CheckAsync(page, address);
            await BrowserFixture.PictureAsync(page, $"office-{name}-{language}");
        }

        await page.GotoAsync($"/office/sign-in?lang={language}");
        await SignInAsync(page);
        (string Address, string Name)[] pages =
        [
            ("/office", "overview"),
            ("/office/rounds/2026", "round"),
            ($"/office/runs/{run.Id}", "run"),
            ("/office/quotes", "quotes"),
            ("/office/retention", "retention"),
            ($"/office/editions/{draft.Id}", "draft"),
            ($"/office/editions/{draft.Id}/publish", "publish"),
            ($"/office/editions/{draft.Id}/compare", "compare"),
            ($"/office/editions/{shown}/consult", "consult"),
            ("/office/rounds/2026/consultation/2", "consultation"),
            ("/office/comments/1", "comment"),
            ($"/office/editions/{draft.Id - 1}/add-language", "add-language"),
            ("/office/rounds/2026/writing", "writing"),
            ("/office/rounds/2026/writing/foreword/fr", "writing-text"),
            ("/office/rounds/2026/findings", "findings"),
            ("/office/rounds/2026/progress", "progress"),
            ("/office/rounds/2026/responses", "responses"),
            ("/office/rounds/2026/second-look", "second-look"),
            ($"/office/responses/{response}", "response"),
            ($"/office/responses/{response}/correct?question=work&point=diaspora", "correct"),
            ($"/office/responses/{response}/correct?question=country", "correct-country"),
            ($"/office/invitations/{closed}/reopen", "reopen"),
            ("/office/invitations/1/fill-in", "fill-in"),
            ("/office/mails", "mails"),
            ("/office/mails/bounces", "bounces"),
            ("/office/rounds/2026/mails", "round-mails"),
            ("/office/rounds/2026/mails/invitation", "invite"),
            ("/office/rounds/2026/mails/reminder", "remind"),
            ("/office/audit", "audit"),
            ("/office/accounts", "accounts"),
            ($"/office/accounts/{account}", "account"),
            ($"/office/accounts/{account}?step=disable", "disable"),
            ("/office/account", "own-account"),
            ("/office/members", "members"),
            ("/office/members/new", "new member"),
            ("/office/members/1", "member"),
            ("/office/members/1/contact", "contact"),
            ("/office/members/1/retire", "retire"),
            ("/office/members/1/erase", "erase"),
            ("/office/members/1/erase?step=2", "erase-name"),
            ("/office/members/erased", "erased"),
            ("/office/members/1/merge?other=2", "merge"),
            ("/office/members/1/continues?find=a", "continues"),
            ("/office/members/import", "import"),
            ($"/office/members/import/{upload}", "import-wrong"),
            ("/office/privacy-record", "privacy-record"),
            ("/office/hand-over", "hand-over"),
            ("/office/translations", "translations"),
            ("/office/translations/ar?file=privacy", "review-sheet"),
            ("/office/rounds/new", "new-round"),
            ("/office/rounds/new?round=2028&plan=made-8-point&questionnaire=made-2026&regions=default&with=xenophobia&opens=2027-05-01&closes=2027-06-15&step=2", "new-round-dates"),
            ("/office/rounds/new?round=2028&plan=made-8-point&questionnaire=made-2026&regions=default&with=xenophobia&opens=2027-05-01&closes=2027-06-15&step=3", "new-round-check"),
            ("/office/rounds/2026/change/dates", "move-close"),
            ("/office/rounds/2026/change/close", "close"),
            ("/office/rounds/2026/changes", "changes"),
            ("/office/rounds/2027/preview", "preview"),
            ("/office/rounds/2027/questionnaire", "questionnaire"),
            ("/office/rounds/2027/changes", "changes-last"),
            ("/office/rounds/2027/change/open", "open"),
            ("/office/rounds/2027/change/first-day", "move-open"),
        ];
        foreach (var (address, name) in pages)
        {
            await OpenAsync(page, address);
            // Left to right and right to left are each looked at once; French and Spanish have the same marks as English, and only their words could be too long.
            if (language is "en" or "ar")
            {
                await CheckAsync(page, address);
            }

            await BrowserFixture.PictureAsync(page, $"office-{name}-{language}");
            await page.SetViewportSizeAsync(320, 700);
            await FitsAsync(page, address);
            await page.SetViewportSizeAsync(1200, 800);
        }
    }

    private async Task SignInAsync(IPage page)
    {
        await using var db = site.Open();
        var account = db.Users.Single(u => u.Email == $"{language}@office.example");
        var key = db.UserTokens.Single(t => t.UserId == account.Id && t.Name == "AuthenticatorKey").Value!;
        await page.Locator("#email").FillAsync(account.Email!);
        await page.Locator("#password").FillAsync(OfficePeople.Password);
        await page.Locator("main form .button").First.ClickAsync();
        await page.Locator("#code").FillAsync(OfficePeople.Code(key));
        await page.Locator("main form .button").First.ClickAsync();
        await page.WaitForURLAsync("**/office");
        await page.Locator($".languages button[lang={language}]").ClickAsync();
        await page.WaitForLoadStateAsync();
    }
}
