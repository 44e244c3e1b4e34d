using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>How much comes over a slow line: each survey page with all that it loads, compressed as a browser asks for it. The limits are those of the design: 100 kB on a first visit, 30 kB on the next.</summary>
internal sealed partial class PageWeightTests
{
    private const int FirstVisit = 100_000, NextVisit = 30_000;

    [Test]
    public async Task Every_survey_page_is_light_and_loads_nothing_from_elsewhere([Values("en", "ar")] string language)
    {
        await using var site = await SiteHost.StartAsync(DatabaseKind.Sqlite);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db), language: language);
        }

        var member = site.Visitor();
        // A client that unpacks does not say how much came over the line.
        using var packed = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = site.Address };
        packed.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate, br");
        await packed.GetAsync($"/a/{token}");
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        await (await SeenPage.GetAsync(member, $"{root}/q/points/diaspora")).SendAsync("answers", ("q-work", "directly"), ("q-example", new string('x', 1500)), ("then", "next"));
        await using (var db = site.Open())
        {
            await db.Responses.ExecuteUpdateAsync(s => s.SetProperty(r => r.Version, 1).SetProperty(r => r.SubmittedAt, SiteHost.Start.UtcDateTime));
        }

        foreach (var address in new[] { root, $"{root}/q/organisation", $"{root}/q/points/diaspora", $"{root}/q/looking-ahead", $"{root}/check", $"{root}/print", $"{root}/receipt", "/a/finish" })
        {
            var page = await SeenPage.GetAsync(member, address);
            var loaded = Loads().Matches(page.Html).Select(m => m.Groups[1].Value).Distinct().ToList();
            Assert.That(loaded, Is.All.StartsWith("/").And.None.StartsWith("//"), address);
            var next = await WeightAsync(packed, address);
            var first = next;
            foreach (var file in loaded)
            {
                first += await WeightAsync(packed, file.Replace("&amp;", "&", StringComparison.Ordinal));
            }

            TestContext.Out.WriteLine($"{language} {address[..Math.Min(address.Length, 5)]}…{address[Math.Min(address.Length, root.Length)..]}: {first} bytes first, {next} next");
            Assert.That(first, Is.LessThanOrEqualTo(FirstVisit), address);
            Assert.That(next, Is.LessThanOrEqualTo(NextVisit), address);
        }
    }

    private static async Task<int> WeightAsync(HttpClient packed, string address)
    {
        var answer = await packed.GetAsync(address);
        Assert.That(answer.IsSuccessStatusCode, address);
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    [GeneratedRegex("<(?:link rel=\"(?:stylesheet|icon)\"|script|img)[^>]*?(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Loads();
}
