using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>
/// A whole year of the office with the program as an operator runs it: from an empty database, by what stands on the screen alone, to a published report. Members
/// answer in between over the links of their mails. Its pictures are those of the office's handbook.
/// </summary>
internal sealed partial class OfficeYearTests
{
    private static readonly string[] Members = ["Horizons solidaires", "Réseau du Fouta", "Casa Puente", "بيت الجسر"];
    private TestDatabase database = null!;
    private TestFolder mails = null!;
    private IPage page = null!;
    private int pictures;

    [SetUp]
    public async Task MakeAsync()
    {
        database = await TestDatabase.CreateEmptyAsync(DatabaseKind.Sqlite);
        mails = new TestFolder();
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await database.DisposeAsync();
        mails.Dispose();
    }

    [Test]
    public async Task From_an_empty_database_to_a_published_report()
    {
        await CommandAsync("init");
        var address = "http://127.0.0.1:5099";
        var link = Link().Match(await CommandAsync("office", "add", "lena@office.example", "--role", "administrator", "--url", address)).Value;
        await using var server = await ServerProcess.StartAsync(database.Connection, settings: new Dictionary<string, string> { ["PROGRESS_MAIL_FOLDER"] = mails.Path });
        await using var browser = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = server.Address.ToString(), Locale = "en", ViewportSize = new() { Width = 1100, Height = 800 } });
        page = await browser.NewPageAsync();

        // 1. An account.
        await page.GotoAsync(link.Replace(address, "", StringComparison.Ordinal));
        await page.Locator("#password").FillAsync(OfficePeople.Password);
        await PressAsync("Go on");
        var key = (await page.Locator("code bdi").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#code").FillAsync(OfficePeople.Code(key));
        await page.Locator("main .button").ClickAsync();
        await FollowAsync("Go to the office");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your first round" })).ToBeVisibleAsync();
        await KeepAsync("first-steps");

        // 2. The members, with somebody who reads mail in each.
        await FollowAsync("Bring in your members");
        foreach (var (name, country, language) in Members.Zip(["SN", "ML", "MX", "JO"], ["fr", "fr", "es", "ar"]))
        {
            await page.GotoAsync("/office/members/new");
            await page.Locator("#name").FillAsync(name);
            await page.Locator("#country").SelectOptionAsync(country);
            await page.Locator("#type").SelectOptionAsync("ngo");
            await page.Locator("main #language").SelectOptionAsync(language);
            await PressAsync("Add");
            await FollowAsync("Add a contact");
            await page.Locator("#email").FillAsync($"contact@{country.ToLowerInvariant()}.example");
            await PressAsync("Save");
        }

        await page.GotoAsync("/office/members");
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(Members.Length + 1);
        await KeepAsync("members");

        // 3. The round, in three steps.
        await page.GotoAsync("/office");
        await FollowAsync("Start a round");
        await page.Locator("#slug").FillAsync("2026");
        await PressAsync("Next");
        await page.Locator("#closes").FillAsync(TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await PressAsync("Next");
        await KeepAsync("new-round");
        await PressAsync("Create the round");
        await Assertions.Expect(page.GetByText("By the clock of this device:").First).ToBeVisibleAsync();

        // 4. Look at it as a member, and open it.
        await FollowAsync("Look at the survey as a member");
        await FollowAsync("English");
        await FollowAsync("Begin");
        await Assertions.Expect(page.GetByText("Preview: nothing you type here is saved.")).ToBeVisibleAsync();
        await KeepAsync("preview");
        await page.GotoAsync("/office/rounds/2026");
        await FollowAsync("Open…");
        await KeepAsync("open");
        await PressAsync("Open now");
        await Assertions.Expect(page.Locator("main .badge.open").First).ToBeVisibleAsync();

        // 5. Invite.
        await page.GotoAsync("/office");
        await FollowAsync("Send the invitations");
        await Assertions.Expect(page.Locator("#to-organisations")).ToHaveTextAsync($"{Members.Length}");
        await KeepAsync("invite");
        await page.Locator("#send button").ClickAsync();
        await Assertions.Expect(page.Locator("#run .pairs dd").First).ToHaveTextAsync($"{Members.Length}", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#run .pairs dt").First).ToHaveTextAsync("written as files", new() { Timeout = 60_000 });
        await page.GotoAsync("/office");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your first round" })).ToHaveCountAsync(0);

        // The members answer: each over the link in its own mail. One needs a reminder.
        var links = SeenMail.In(mails.Path).ToDictionary(m => m.To, m => PersonalLinkIn().Match(m.Text).Groups[1].Value);
        Assert.That(links, Has.Count.EqualTo(Members.Length));
        foreach (var to in links.Keys.Order(StringComparer.Ordinal).Take(3))
        {
            await AnswerAsync(server.Address, links[to], $"What {to} did.");
        }

        // 6. Watch, and remind who has not sent.
        await page.GotoAsync("/office/rounds/2026/progress");
        await Assertions.Expect(page.Locator(".tiles > div", new() { HasTextRegex = new Regex("^Sent") }).Locator("dd")).ToHaveTextAsync("3");
        await KeepAsync("progress");
        await page.GotoAsync("/office/rounds/2026/mails/reminder");
        await Assertions.Expect(page.Locator("#to-organisations")).ToHaveTextAsync("1");
        await KeepAsync("remind");
        await page.Locator("#send button").ClickAsync();
        await Assertions.Expect(page.Locator("#run .pairs dt").First).ToHaveTextAsync("written as files", new() { Timeout = 60_000 });
        var last = links.Keys.Order(StringComparer.Ordinal).Last();
        var reminder = SeenMail.In(mails.Path).Last(m => m.To == last);
        await AnswerAsync(server.Address, PersonalLinkIn().Match(reminder.Text).Groups[1].Value, "After the reminder.");

        // 7. Read the answers and decide on the quotes.
        await page.GotoAsync("/office/rounds/2026/responses");
        await page.GetByRole(AriaRole.Link, new() { Name = Members[0], Exact = true }).ClickAsync();
        await KeepAsync("response");
        await PressAsync("Accept it");
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("accepted", new() { IgnoreCase = true });
        await page.GotoAsync("/office/quotes");
        await KeepAsync("quotes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).First.ClickAsync();

        // 8. Close and freeze.
        await page.GotoAsync("/office/rounds/2026");
        await FollowAsync("Close now…");
        await page.Locator("#reason").FillAsync("Everybody has answered.");
        await PressAsync("Close now");
        await FollowAsync("Freeze…");
        await KeepAsync("freeze");
        await PressAsync("Freeze for good");
        await using var db = database.Open();
        Assert.That(await db.Rounds.Select(r => r.State).SingleAsync(), Is.EqualTo(RoundState.Frozen));

        // 9. The report.
        foreach (var language in new[] { "fr", "es", "ar" })
        {
            await page.Locator($"#language-{language}").UncheckAsync();
        }

        await PressAsync("Start");
        await KeepAsync("run");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the draft" }).ClickAsync(new() { Timeout = 120_000 });
        await KeepAsync("draft");

        // 10. Publish.
        await page.GotoAsync(new Uri(page.Url).AbsolutePath + "/publish");
        await KeepAsync("publish");
        await PublishAsync();
        await page.GotoAsync("/reports/2026/en");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        Assert.That((await CommandAsync("audit", "verify")).Trim(), Does.Match("^The chain of [0-9]+ entries is whole"));
    }

    private async Task PublishAsync()
    {
        await PressAsync("Publish now");
        await page.WaitForURLAsync(new Regex("/office/editions/[0-9]+$"));
    }

    private Task FollowAsync(string words) => page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }).First.ClickAsync();

    private Task PressAsync(string words) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First.ClickAsync();

    private Task KeepAsync(string name) => BrowserFixture.PictureAsync(page, $"office-year-{++pictures:00}-{name}");

    /// <summary>A member answers with a plain client, allows its example to be quoted without name, and sends.</summary>
    private static async Task AnswerAsync(Uri site, string token, string example)
    {
        using var member = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = site };
        var check = await SampleAnswers.GiveAsync(member, token, example);
        var root = check.Path[..check.Path.LastIndexOf('/')];
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-consent", "anonymous"), ("then", "next"));
        var receipt = await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That(receipt.Path, Does.EndWith("/receipt"), receipt.Words);
    }

    private async Task<string> CommandAsync(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(TimeProvider.System, ["--database", database.Connection, .. arguments]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Output;
    }

    [GeneratedRegex("http[^ ]*/office/set-up/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    [GeneratedRegex("/a/([A-Za-z0-9_-]{22})")]
    private static partial Regex PersonalLinkIn();
}
