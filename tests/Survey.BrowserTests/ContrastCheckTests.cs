using Microsoft.Playwright;

namespace Survey.BrowserTests;

/// <summary>The check itself sees what it is there for. The expected ratios are those of WCAG's formula for #767676 and #777777 on white: 4.54 and 4.48.</summary>
internal sealed class ContrastCheckTests
{
    private const string Right = "<p style='color:#767676'>Enough</p>";

    [TestCase("<p style='color:#777777'>Latin</p>", "4.48 < 4.5")]
    [TestCase("<p lang='ar' dir='rtl' style='color:#777777'>التقارير المنشورة</p>", "4.48 < 4.5")]
    [TestCase("<p style='color:#999;font-size:24px'>Large</p>", "2.85 < 3")]
    [TestCase("<p style='background:#fff linear-gradient(#fff, #888);color:#555'>Over the dark end of a gradient</p>", "< 4.5")]
    [TestCase("<p style='background:url(data:image/gif;base64,R0lGODlhAQABAAAAACw=)'>Over a picture</p>", "unknown < 4.5")]
    [TestCase("<p style='opacity:.5'>Half seen</p>", "< 4.5")]
    [TestCase("<style>b::before{content:'mark';color:#ccc}</style><b>Text</b>", "\"mark\"")]
    [TestCase("<input aria-label='x' value='typed' style='color:#ccc;background:#fff'>", "\"typed\"")]
    public async Task Too_little_contrast_is_found(string html, string words)
    {
        var found = await LookAsync(html + Right);
        Assert.That(found.Faults, Has.Length.EqualTo(1));
        Assert.That(found.Faults[0], Does.Contain(words));
    }

    [TestCase(Right)]
    [TestCase("<p style='color:#777777;font-size:24px'>Large</p>")]
    [TestCase("<p style='color:#fff;visibility:hidden'>Not seen</p>")]
    [TestCase("<div style='background:#000'><p style='color:#fff;background:rgb(255 255 255 / 20%)'>Through a veil</p></div>")]
    [TestCase("<p style='color:color-mix(in oklab, #000, #fff 20%)'>Mixed</p>")]
    public async Task Enough_contrast_is_none(string html) => Assert.That((await LookAsync(html + Right)).Faults, Is.Empty);

    [Test]
    public async Task An_element_that_holds_no_seen_text_stays_unresolved()
    {
        await using var context = await BrowserFixture.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync("<p id='seen'>Text</p><p id='unseen' style='display:none'>Text</p>");
        var found = await ContrastCheck.OfAsync(page, "#seen", "#unseen");
        Assert.That((found.Texts, found.Unresolved), Is.EqualTo((1, new[] { "#unseen" })));
    }

    private static async Task<ContrastFound> LookAsync(string html)
    {
        await using var context = await BrowserFixture.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync($"<body style='background:#fff;color:#000'>{html}</body>");
        return await ContrastCheck.OfAsync(page);
    }
}
