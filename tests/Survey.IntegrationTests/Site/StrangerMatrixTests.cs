using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>
/// What somebody without any session gets outside the office, in one table: every address that the site has there, with the status of each of its methods and forms. A page or
/// endpoint without a row here fails the test. (The office's own table is in <see cref="RoleMatrixTests"/>.)
/// </summary>
internal sealed class StrangerMatrixTests
{
    /// <summary>A file that anybody may have.</summary>
    private const string File = "GET:200 HEAD:200";

    /// <summary>A member's page: nobody gets it without the session that a personal link starts.</summary>
    private const string Member = "GET:403 POST:403";

    private const string Response = "/a/r/{response:guid}";

    /// <summary>
    /// The address as a pattern; what is put into its places; and the status of each method (<c>POST-handler</c> for a form with a name of its own). The response, the round, the report and its files are
    /// there; tokens are made up.
    /// </summary>
    private static readonly (string Route, string Places, string Answers)[] Table =
    [
        // Open to all.
        ("/{language:language?}", "language:language?=en", "GET:200"),
        ("/reports/{language:language?}", "language:language?=en", "GET:200"),
        ("/reports/{round}/{language:language?}", "round=2026 language:language?=en", "GET:302"),
        ("/reports/{round}/{language:language}/{**part}", "round=2026 language:language=en **part=point-1", "GET:302"),
        ("/reports/{round}/v{number:int}/{language:language}", "round=2026 number:int=1 language:language=en", "GET:200"),
        ("/reports/{round}/v{number:int}/{language:language}/{chapter:regex(^[a-z0-9-]+$)}", "round=2026 number:int=1 language:language=en chapter:regex(^[a-z0-9-]+$)=point-1", "GET:200"),
        ("/reports/{round}/v{number:int}/{language:language}/figures/{figure:regex(^[a-z0-9-]+$)}", "round=2026 number:int=1 language:language=en figure:regex(^[a-z0-9-]+$)=region-map", "GET:200"),
        ("/sitemap.xml", "", File),
        ("/robots.txt", "", File),
        ("/reports/{round}/v{number:int}/{**file}", "round=2026 number:int=1 **file=en/report.pdf", File),
        ("/privacy/{version?}", "version?=", "GET:200"),
        ("/privacy/{language:language}", "language:language=en", "GET:200"),
        ("/privacy/{version}/{language:language}", "version=2026-12 language:language=en", "GET:200"),
        ("/survey-when/{round}-{hash:regex(^[0-9a-f]{{10}}$)}.css", "round=2026 hash:regex(^[0-9a-f]{{10}}$)=0123456789", File),
        ("/site.css", "", File),
        ("/theme.css", "", File),
        ("/favicon.svg", "", File),
        ("/report.css", "", File),
        ("/report.js", "", File),
        ("/local-time.js", "", File),
        ("/passkey.js", "", File),
        ("/run.js", "", File),
        ("/survey.js", "", File),
        ("/a/sw.js", "", File),
        ("/health", "", "GET:200"),
        ("/health/live", "", "GET:200"),
        ("/health/ready", "", "GET:200"),
        // Typed into the address bar there is no such page.
        ("/error/{status:int}", "status:int=500", "GET:404 POST:404"),
        // The ways in and out of the survey; a form for a new link says what is wrong with no address.
        ("/a/{token}", "token=made-up", "GET:404"),
        ("/a/preview/{token}", "token=made-up", "GET:404"),
        ("/a/opt-out/{token}", "token=made-up", "GET:404 POST:404"),
        ("/a/new-link", "", "GET:200 POST:422"),
        ("/a/finish", "", "GET:200 POST:302"),
        // Members.
        (Response, "", Member),
        (Response + "/check", "", Member),
        (Response + "/colleagues", "", Member),
        (Response + "/consent", "", Member),
        (Response + "/consultation/{chapter:regex(^[a-z0-9-]+$)?}", "chapter:regex(^[a-z0-9-]+$)?=point-1", Member + " GET-File:403"),
        (Response + "/copy/{handler?}", "handler?=", Member + " GET-File:403"),
        (Response + "/discretion", "", Member),
        (Response + "/draft/{language:language}/{**file}", "language:language=en **file=report.pdf", "GET:403"),
        (Response + "/print", "", Member),
        (Response + "/q/{section}/{point?}", "section=about point?=", Member),
        (Response + "/receipt", "", Member),
        (Response + "/results", "", Member),
        (Response + "/save/{section}/{point?}", "section=about point?=", "POST:403"),
    ];

    [Test]
    public async Task Every_address_outside_the_office_answers_a_stranger_as_the_table_says()
    {
        await using var site = await SiteHost.StartAsync(DatabaseKind.Sqlite);
        var response = await FillAsync(site);
        var all = (await site.HandlersAsync()).Where(h => h.Route != "/office" && !h.Route.StartsWith("/office/", StringComparison.Ordinal)).ToList();
        var rows = Table.SelectMany(row => row.Answers.Split(' ').Select(a => a.Split(':')).Select(a => (Key: (row.Route, Method: a[0].Split('-')[0], Handler: a[0].Split('-').ElementAtOrDefault(1) ?? ""), row.Places, Status: int.Parse(a[1], CultureInfo.InvariantCulture))))
            .ToDictionary(r => r.Key, r => (r.Places, r.Status));
        Assert.That(all.Where(h => !rows.ContainsKey(h)), Is.Empty, "Addresses without a row.");
        Assert.That(rows.Keys.Except(all), Is.Empty, "Rows without an address.");

        // The form's token is a good one, so that it is not its want that refuses.
        var cookies = new CookieContainer();
        using var stranger = site.Visitor(followsRedirects: false, cookies: cookies);
        var token = (await SeenPage.GetAsync(stranger, "/a/new-link")).Fields("ask").Single(f => f.Key == "form").Value;
        var wrong = new List<string>();
        foreach (var (key, (places, status)) in rows)
        {
            var address = places.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Aggregate(
                key.Route.Replace("{response:guid}", response.ToString("D"), StringComparison.Ordinal), (at, place) => at.Replace($"{{{place[0]}}}", place[1], StringComparison.Ordinal))
                + (key.Handler.Length > 0 ? $"?handler={key.Handler}&version=1&language=en" : "");
            using var request = new HttpRequestMessage(new HttpMethod(key.Method), address);
            if (key.Method == "POST")
            {
                request.Content = new FormUrlEncodedContent([new("form", token)]);
            }

            using var answer = await stranger.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode != status || body.Contains("Horizons", StringComparison.Ordinal))
            {
                wrong.Add($"{key.Method} {address} was {(int)answer.StatusCode}, not {status}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(cookies.GetAllCookies().Select(c => c.Name), Is.EqualTo(new[] { "form" }), "None of it starts a session.");
        await using var db = site.Open();
        Assert.That((await db.DraftAnswers.CountAsync(), await db.Submissions.CountAsync(), await db.LinkRequests.CountAsync(), await db.AuditEntries.CountAsync()), Is.EqualTo((0, 0, 0, 0)), "None of it writes.");
    }

    /// <summary>A round with a response and a published report; gives the response's id.</summary>
    private static async Task<Guid> FillAsync(SiteHost site)
    {
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db);
        await SampleRound.InviteAsync(db, round);
        var invitation = await db.Invitations.SingleAsync();
        var response = new SurveyResponse { PublicId = SurveyResponse.PublicIdOf(round, invitation.Id), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime };
        db.Responses.Add(response);
        await db.SaveChangesAsync();
        await StoredEdition.AddAsync(db, round);
        return response.PublicId;
    }
}
