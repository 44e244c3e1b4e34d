using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>An open round with one invited organisation, and members who answer it in browsers of their own.</summary>
internal sealed class Answering : IAsyncDisposable
{
    private readonly List<IBrowserContext> browsers = [];
    private volatile bool isCut;

    private Answering(SiteHost site, SurveyRound round, string token) => (Site, Round, Token) = (site, round, token);

    public SiteHost Site { get; }

    public SurveyRound Round { get; }

    public string Token { get; }

    public static async Task<Answering> StartAsync(DateOnly? closesOn = null)
    {
        Answering? answering = null;
        var site = await SiteHost.StartAsync(DatabaseKind.Sqlite, map: app => app.Use((context, next) =>
        {
            if (answering is { isCut: true })
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return next();
        }));
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db, closesOn: closesOn);
        return answering = new(site, round, await SampleRound.InviteAsync(db, round));
    }

    /// <summary>
    /// Cuts or mends the line: the browser knows that it is offline, and the site answers nobody. Both, because the browser's own switch does not hold for what a page
    /// sends while it closes.
    /// </summary>
    public async Task CutAsync(IBrowserContext browser, bool isCut)
    {
        this.isCut = isCut;
        await browser.SetOfflineAsync(isCut);
    }

    /// <summary>The site answers nobody, or everybody again, and no browser knows.</summary>
    public void Silence(bool isSilent) => isCut = isSilent;

    /// <summary>A new browser, which shares nothing with the others.</summary>
    public async Task<IBrowserContext> BrowserAsync(string language = "en", int width = 1100, bool hasScript = true)
    {
        var browser = await BrowserFixture.Browser.NewContextAsync(new()
        {
            // A service worker needs an address that browsers trust without a certificate.
            BaseURL = Site.Address.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            Locale = language,
            ViewportSize = new() { Width = width, Height = 780 },
            JavaScriptEnabled = hasScript,
        });
        browsers.Add(browser);
        return browser;
    }

    /// <summary>Opens the personal link in a new tab and gives the address of the response.</summary>
    public async Task<(IPage Page, string Root)> OpenAsync(IBrowserContext browser, string? token = null)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"/a/{token ?? Token}");
        return (page, new Uri(page.Url).AbsolutePath);
    }

    /// <summary>What is stored of a question: codes and texts.</summary>
    public async Task<IReadOnlyList<string>> StoredAsync(string question, string point = "")
    {
        await using var db = Site.Open();
        return await db.DraftAnswers.AsNoTracking().Where(a => a.Point == point && a.Question == question).OrderBy(a => a.Slot).Select(a => a.Choice + a.Text).ToListAsync();
    }

    /// <summary>Waits until the contents, all ten parts and the check are kept in the browser, and the service worker answers for the page.</summary>
    public static Task KeptAsync(IPage page) => page.EvaluateAsync("""
        async () => {
          const isKept = async () => navigator.serviceWorker.controller && (await (await caches.open(document.getElementById('line').dataset.response)).keys()).length === 12;
          while (!await isKept()) await new Promise(resolve => setTimeout(resolve, 50));
        }
        """);

    /// <summary>Waits until the site has answered so many saves of this page, by the page's own record: the events about requests do not all come while a service worker takes over.</summary>
    public static Task AnsweredAsync(IPage page, int saves) =>
        page.WaitForFunctionAsync("n => performance.getEntriesByType('resource').filter(entry => entry.name.includes('/save/')).length >= n", saves);

    /// <summary>Waits until everything typed is acknowledged: each change is a draft in the browser at once, and goes only then.</summary>
    public static async Task SavedAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).length === 0");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved at");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in browsers)
        {
            await browser.DisposeAsync();
        }

        await Site.DisposeAsync();
    }
}
