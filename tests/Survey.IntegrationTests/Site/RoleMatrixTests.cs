using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Offices;
using Survey.Domain.Responses;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>
/// What each role may ask of the office, in one table: every page, method and handler that the site has, with the least role. A stranger gets nothing but the way in;
/// a page without a row here fails the test.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class RoleMatrixTests(DatabaseKind kind)
{
    private const string Reader = OfficeRoles.Reader, Editor = OfficeRoles.Editor, Publisher = OfficeRoles.Publisher, Administrator = OfficeRoles.Administrator;

    /// <summary>Open to who is not signed in: it leads in, or out.</summary>
    private const string Anybody = "";

    /// <summary>Address; who gets it; and who may send each of its forms (<c>handler:role</c>; the page's own has no name, a second thing to get begins with <c>GET-</c>).</summary>
    private static readonly (string Route, string Get, string Others)[] Table =
    [
        ("/office", Reader, ""),
        ("/office/account", Reader, $"Password:{Reader} Authenticator:{Reader} Confirm:{Reader} Passkey:{Reader} MakePasskey:{Reader} RemovePasskey:{Reader} Codes:{Reader} End:{Reader} Others:{Reader}"),
        ("/office/accounts", Administrator, $":{Administrator}"),
        ("/office/accounts/{id}", Administrator, $"Role:{Administrator} Disable:{Administrator} Enable:{Administrator} Reset:{Administrator} End:{Administrator}"),
        ("/office/audit", Publisher, $"GET-File:{Publisher}"),
        ("/office/comments/{id:long}", Editor, $"Answer:{Editor} Close:{Editor} Reopen:{Editor}"),
        ("/office/demo/{token}", Anybody, ":"),
        ("/office/editions/{id:int}/add-language", Publisher, $":{Publisher}"),
        ("/office/editions/{id:int}/compare", Reader, ""),
        ("/office/editions/{id:int}/consult", Editor, $":{Editor} Replace:{Editor}"),
        ("/office/editions/{id:int}/publish", Publisher, $":{Publisher}"),
        ("/office/editions/{id:int}/{handler?}", Reader, $"GET-File:{Reader} Doi:{Publisher}"),
        ("/office/hand-over", Reader, ""),
        ("/office/invitations/{id:int}/fill-in", Editor, $":{Editor}"),
        ("/office/invitations/{id:int}/reopen", Editor, $":{Editor} End:{Editor}"),
        ("/office/language", Reader, $":{Reader}"),
        ("/office/mailings/{id:long}", Editor, $"Pause:{Editor} GoOn:{Editor}"),
        ("/office/mails", Editor, $":{Editor}"),
        ("/office/mails/bounces", Editor, $":{Editor} List:{Editor} Confirm:{Editor} Works:{Editor}"),
        ("/office/members", Editor, $":{Editor}"),
        ("/office/members/erased", Publisher, ""),
        ("/office/members/file", Editor, ""),
        ("/office/members/import", Editor, $":{Editor}"),
        ("/office/members/import/{id:guid}", Editor, $":{Editor} Drop:{Editor}"),
        ("/office/members/new", Editor, $":{Editor}"),
        ("/office/members/{id:int}", Editor, $":{Editor} Join:{Editor}"),
        ("/office/members/{id:int}/contact", Editor, $":{Editor} Remove:{Editor}"),
        ("/office/members/{id:int}/continues", Editor, $":{Editor}"),
        ("/office/members/{id:int}/erase", Publisher, $":{Publisher}"),
        ("/office/members/{id:int}/export", Editor, $":{Editor}"),
        ("/office/members/{id:int}/link", Editor, $":{Editor}"),
        ("/office/members/{id:int}/merge", Editor, $":{Editor} Undo:{Editor}"),
        ("/office/members/{id:int}/retire", Editor, $":{Editor}"),
        ("/office/privacy-record", Reader, $"GET-File:{Reader}"),
        ("/office/quotes", Editor, $":{Editor} Shorten:{Editor} Translate:{Editor} Language:{Editor}"),
        ("/office/responses/{id:long}", Editor, $"Accept:{Editor} TakeIn:{Editor} Ask:{Editor} SetAside:{Editor} Undo:{Editor}"),
        ("/office/responses/{id:long}/correct", Editor, $":{Editor}"),
        ("/office/retention", Reader, ""),
        ("/office/rounds/new", Editor, $":{Editor}"),
        ("/office/rounds/{slug}", Reader, $":{Editor}"),
        ("/office/rounds/{slug}/blank/{language}", Reader, ""),
        // To freeze takes a publisher: RoundPagesTests.
        ("/office/rounds/{slug}/change/{step}", Editor, $":{Editor}"),
        ("/office/rounds/{slug}/changes", Reader, ""),
        ("/office/rounds/{slug}/consultation/{number:int}", Reader, $"GET-File:{Editor} GET-Workbook:{Editor} Move:{Editor} End:{Editor}"),
        ("/office/rounds/{slug}/findings", Reader, $"Hide:{Editor} Show:{Editor} Up:{Editor} Down:{Editor}"),
        ("/office/rounds/{slug}/mails", Editor, ""),
        ("/office/rounds/{slug}/mails/{kind}", Editor, $":{Editor} Test:{Editor} Limit:{Editor}"),
        ("/office/rounds/{slug}/preview", Reader, ""),
        ("/office/rounds/{slug}/progress", Reader, $"GET-File:{Reader}"),
        ("/office/rounds/{slug}/responses", Editor, ""),
        ("/office/rounds/{slug}/second-look", Editor, ""),
        ("/office/rounds/{slug}/questionnaire", Editor, $"GET-File:{Editor} GET-Sheet:{Editor} GET-Workbook:{Editor} :{Editor} Confirm:{Editor}"),
        ("/office/rounds/{slug}/writing", Reader, ""),
        ("/office/rounds/{slug}/writing/{text}/{language}", Editor, $":{Editor}"),
        ("/office/runs/{id:long}", Reader, $":{Editor}"),
        ("/office/translations", Reader, $":{Editor} Withdraw:{Editor}"),
        ("/office/translations/{language}", Reader, $"GET-File:{Reader}"),
        ("/office/set-up/{token}", Anybody, "Password: Code:"),
        ("/office/sign-in", Anybody, ": Options: Passkey:"),
        ("/office/sign-in/code", Anybody, ":"),
        ("/office/sign-out", Anybody, ":"),
    ];

    [Test]
    public async Task Every_page_answers_each_role_as_the_table_says()
    {
        await using var site = await SiteHost.StartAsync(kind);
        var places = await PlacesAsync(site);
        var handlers = (await site.HandlersAsync()).Where(h => h.Route == "/office" || h.Route.StartsWith("/office/", StringComparison.Ordinal)).ToList();
        var rows = Table.SelectMany(Rows).ToDictionary(r => (r.Route, r.Method, r.Handler), r => r.Role);
        Assert.That(handlers.Where(h => !rows.ContainsKey(h)), Is.Empty, "Pages without a row.");
        Assert.That(rows.Keys.Except(handlers), Is.Empty, "Rows without a page.");

        var wrong = new List<string>();
        foreach (var role in OfficeRoles.All.Prepend(Anybody))
        {
            var cookies = new CookieContainer();
            using var person = site.Visitor(followsRedirects: false, cookies: cookies);
            var token = role == Anybody ? "" : await SignInAsync(site, cookies, role);
            // What ends the session comes last.
            foreach (var (route, method, handler) in handlers.OrderBy(h => h.Route == "/office/sign-out"))
            {
                var least = rows[(route, method, handler)];
                var address = places.Aggregate(route.Replace("/{handler?}", "", StringComparison.Ordinal), (at, place) => at.Replace(place.Key, place.Value, StringComparison.Ordinal)) + (handler.Length > 0 ? $"?handler={handler}" : "");
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                if (method == "POST")
                {
                    request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = token });
                }

                using var answer = await person.SendAsync(request);
                var got = answer.StatusCode is HttpStatusCode.Forbidden ? "forbidden" : IsToSignIn(answer) ? "sign-in" : "answered";
                var expected = least == Anybody ? "answered" : role == Anybody ? "sign-in" : OfficeRoles.All.SkipWhile(r => r != least).Contains(role) ? "answered" : "forbidden";
                if (got != expected || (int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{(role == Anybody ? "stranger" : role)}: {method} {address} was {got} ({(int)answer.StatusCode}), not {expected}");
                }
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));

        static bool IsToSignIn(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/office/sign-in?ReturnUrl", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Signs an account of the role in; gives the token of its forms.</summary>
    private static async Task<string> SignInAsync(SiteHost site, CookieContainer cookies, string role)
    {
        await using var db = site.Open();
        using var person = site.Visitor(cookies: cookies);
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}@office.example", role));
        return (await SeenPage.GetAsync(person, "/office")).Fields("/office/sign-out").Single(f => f.Key == "form").Value;
    }

    private static IEnumerable<(string Route, string Method, string Handler, string Role)> Rows((string Route, string Get, string Others) row)
    {
        yield return (row.Route, "GET", "", row.Get);
        foreach (var handler in row.Others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(h => h.Split(':')))
        {
            yield return handler[0].StartsWith("GET-", StringComparison.Ordinal) ? (row.Route, "GET", handler[0][4..], handler[1]) : (row.Route, "POST", handler[0], handler[1]);
        }
    }

    /// <summary>Something real for every place in an address, so that no page is refused for want of it.</summary>
    private static async Task<Dictionary<string, string>> PlacesAsync(SiteHost site)
    {
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db);
        await SampleRound.InviteAsync(db, round);
        var draft = await StoredEdition.AddAsync(db, round, isPublished: false);
        var invitation = await db.Invitations.SingleAsync();
        db.Responses.Add(new SurveyResponse { PublicId = SurveyResponse.PublicIdOf(round, invitation.Id), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
        // All of them are the first of their kind.
        Assert.That((draft.Id, invitation.Id, invitation.OrganisationId), Is.EqualTo((1, 1, 1)));
        return new() { ["{slug}"] = "2026", ["{id:int}"] = "1", ["{number:int}"] = "1", ["{id:long}"] = "1", ["{id}"] = "some-account", ["{id:guid}"] = "11111111-1111-1111-1111-111111111111", ["{kind}"] = "invitation", ["{step}"] = "open", ["{language}"] = "fr", ["{token}"] = "made-up", ["{text}"] = "foreword" };
    }
}
