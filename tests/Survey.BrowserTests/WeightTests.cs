using Microsoft.Playwright;

namespace Survey.BrowserTests;

/// <summary>What the survey costs on a slow line, as the browser counts it: bytes over the wire with their headers, compressed.</summary>
internal sealed class WeightTests
{
    private const double Kilobyte = 1000;

    [Test]
    public async Task A_first_visit_and_the_next_page_are_light([Values("en", "ar")] string language)
    {
        await using var answering = await Answering.StartAsync();
        // What a service worker answers has no weight of its own here, so the pages are weighed without it, and it without them.
        await using var without = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = answering.Site.Address.ToString(), Locale = language, ServiceWorkers = ServiceWorkerPolicy.Block });
        var (page, weight) = await WeighedAsync(without);
        await page.GotoAsync($"/a/{answering.Token}?lang={language}");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var first = weight.Shown;
        await page.GotoAsync($"{new Uri(page.Url).AbsolutePath}/q/points/diaspora");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var next = weight.Shown - first;

        var (keeping, weightOfKept) = await WeighedAsync(await answering.BrowserAsync(language));
        await keeping.GotoAsync($"/a/{answering.Token}?lang={language}");
        await Answering.KeptAsync(keeping);
        TestContext.Out.WriteLine($"{language}: first visit {first / Kilobyte:0.0} kB, next page {next / Kilobyte:0.0} kB, all pages to keep {weightOfKept.Fetched / Kilobyte:0.0} kB");
        Assert.That(first, Is.LessThan(50 * Kilobyte).And.GreaterThan(5 * Kilobyte));
        Assert.That(next, Is.LessThan(30 * Kilobyte).And.GreaterThan(1 * Kilobyte));
        Assert.That(weightOfKept.Fetched, Is.LessThan(150 * Kilobyte).And.GreaterThan(5 * Kilobyte));
    }

    private static async Task<(IPage Page, Weight Weight)> WeighedAsync(IBrowserContext browser)
    {
        var page = await browser.NewPageAsync();
        var network = await browser.NewCDPSessionAsync(page);
        var kinds = new Dictionary<string, string>();
        var weight = new Weight();
        network.Event("Network.requestWillBeSent").OnEvent += (_, e) => kinds[e!.Value.GetProperty("requestId").GetString()!] = e.Value.GetProperty("type").GetString()!;
        network.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            var bytes = e!.Value.GetProperty("encodedDataLength").GetDouble();
            // What the script fetches after the page is there, politely, for when the line is down, is counted apart.
            if (kinds.GetValueOrDefault(e.Value.GetProperty("requestId").GetString()!) == "Fetch")
            {
                weight.Fetched += bytes;
            }
            else
            {
                weight.Shown += bytes;
            }
        };
        await network.SendAsync("Network.enable");
        return (page, weight);
    }

    /// <summary>Bytes of what the browser asked for to show pages, and of what the script fetched.</summary>
    private sealed class Weight
    {
        public double Shown { get; set; }

        public double Fetched { get; set; }
    }
}
