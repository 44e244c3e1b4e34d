namespace Survey.Testing.Site;

/// <summary>A member who answers with as little as must be answered, and one point a little more.</summary>
public static class SampleAnswers
{
    private static readonly string[] Points = ["post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights"];

    /// <summary>Opens the link, answers every part and comes to the check page; its form <c>send</c> sends.</summary>
    public static async Task<SeenPage> GiveAsync(HttpClient member, string token, string? example = null) =>
        await GiveHereAsync(member, (await SeenPage.GetAsync(member, $"/a/{token}")).Path, example);

    /// <summary>The same where the survey is open already; <paramref name="root"/> is the response's address.</summary>
    public static async Task<SeenPage> GiveHereAsync(HttpClient member, string root, string? example = null)
    {
        var page = await SeenPage.GetAsync(member, $"{root}/q/organisation");
        await page.SendAsync("answers", ("sure-country", "yes"), ("sure-type", "yes"), ("then", "next"));
        foreach (var point in Points)
        {
            page = await SeenPage.GetAsync(member, $"{root}/q/points/{point}");
            await (point == "protection"
                ? page.SendAsync("answers", ("q-work", "directly"), ("q-change", "advanced"), ("q-example", example), ("then", "next"))
                : page.SendAsync("answers", ("q-work", "no"), ("then", "next")));
        }

        var check = await SeenPage.GetAsync(member, $"{root}/check");
        return check.Status == System.Net.HttpStatusCode.OK ? check : throw new InvalidOperationException(check.Words);
    }
}
