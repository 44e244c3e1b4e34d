using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>
/// A sign-in with a passkey as an attacker would try it: with a device of our own (ES256, as WebAuthn level 2 sections 6.1 and 6.5.5 lay out its answer) whose answers are altered one by one. What Chromium's own device does is in the browser tests.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class PasskeySignInTests(DatabaseKind kind)
{
    private const byte PersonPresent = 1, PersonVerified = 4;

    private static readonly byte[] CredentialId = [7, 7, 7, 7];

    private readonly ECDsa device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private SiteHost site = null!;
    private string accountId = "";
    private int addresses;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(site.Visitor(), await OfficePeople.AddAsync(db, "key@office.example", OfficeRoles.Reader));
        accountId = await db.Users.Select(u => u.Id).SingleAsync();
        var point = device.ExportParameters(includePrivateParameters: false).Q;
        // COSE: an EC2 key on P-256 for ES256 (RFC 9053, section 7.1.1).
        byte[] publicKey = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        db.UserPasskeys.Add(new IdentityUserPasskey<string>
        {
            UserId = accountId,
            CredentialId = CredentialId,
            Data = new() { Name = "Device", PublicKey = publicKey, CreatedAt = SiteHost.Start, Transports = [], IsUserVerified = true, AttestationObject = [], ClientDataJson = [] },
        });
        await db.SaveChangesAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await site.DisposeAsync();
        device.Dispose();
    }

    private sealed record Answer(string Challenge)
    {
        public string Type { get; init; } = "webauthn.get";
        public string Origin { get; init; } = "";
        public bool IsCrossOrigin { get; init; }
        public string Host { get; init; } = "localhost";
        public byte Flags { get; init; } = PersonPresent | PersonVerified;
        public string User { get; init; } = "";
    }

    private static readonly (string Name, Func<Answer, Answer> Alter)[] Altered =
    [
        ("something else was asked", a => a with { Challenge = Base64Url.EncodeToString(new byte[32]) }),
        ("it was made for another site", a => a with { Origin = "https://survey.example.net" }),
        ("it was made at another port", a => a with { Origin = "http://localhost:1" }),
        ("it was made in a frame of another site", a => a with { IsCrossOrigin = true }),
        ("the device spoke to another site", a => a with { Host = "survey.example.net" }),
        ("the device did not know the person", a => a with { Flags = PersonPresent }),
        ("nobody touched the device", a => a with { Flags = 0 }),
        ("it is the answer of making one", a => a with { Type = "webauthn.create" }),
        ("it names another account", a => a with { User = "another" }),
    ];

    private static IEnumerable<TestCaseData> EachAltered() => Altered.Select(a => new TestCaseData(a.Alter).SetArgDisplayNames(a.Name));

    [TestCaseSource(nameof(EachAltered))]
    public async Task An_answer_is_refused_where(object alter)
    {
        var (_, page, answer) = await AskedAsync();
        var refused = await page.SendAsync("passkey", ("credential", Signed(((Func<Answer, Answer>)alter)(answer))));
        Assert.That((refused.Status, refused.Path.StartsWith("/office/sign-in", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
    }

    [Test]
    public async Task An_answer_signed_by_another_device_is_refused()
    {
        var (_, page, answer) = await AskedAsync();
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.That((await page.SendAsync("passkey", ("credential", Signed(answer, another)))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task The_right_answer_signs_in_once_even_for_who_has_the_browsers_cookies_and_after_the_session_has_ended()
    {
        var (cookies, page, answer) = await AskedAsync();
        var credential = Signed(answer);
        var captured = cookies.GetAllCookies().ToList();
        var inside = await page.SendAsync("passkey", ("credential", credential));
        Assert.That((inside.Status, inside.Path), Is.EqualTo((HttpStatusCode.OK, "/office")));
        Assert.That((await ReplayedAsync()).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        await inside.SendAsync("/office/sign-out");
        Assert.That((await ReplayedAsync()).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        await using var db = site.Open();
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "office.passkey-sign-in" && a.Subject == $"account:{accountId}"), Is.EqualTo(1));

        // The same answer, with the cookies as they were when it was sent.
        async Task<SeenPage> ReplayedAsync()
        {
            var jar = new CookieContainer();
            captured.ForEach(jar.Add);
            using var content = new FormUrlEncodedContent([.. page.Fields("passkey").Where(f => f.Key != "credential"), new("credential", credential)]);
            var client = Named(jar);
            return await SeenPage.ReadAsync(client, await client.PostAsync("/office/sign-in?handler=Passkey&lang=en", content));
        }
    }

    private HttpClient Named(CookieContainer cookies)
    {
        var client = site.Visitor(cookies: cookies, from: $"127.0.4.{++addresses}");
        client.BaseAddress = new Uri($"http://localhost:{site.Address.Port}");
        return client;
    }

    /// <summary>A browser in which a passkey was asked for: its cookies, the page, and what a right device would answer.</summary>
    private async Task<(CookieContainer Cookies, SeenPage Page, Answer Answer)> AskedAsync()
    {
        var cookies = new CookieContainer();
        var person = Named(cookies);
        var page = await SeenPage.GetAsync(person, "/office/sign-in");
        using var own = new FormUrlEncodedContent(page.Fields("passkey"));
        using var asked = JsonDocument.Parse(await (await person.PostAsync("/office/sign-in?handler=Options", own)).Content.ReadAsStringAsync());
        return (cookies, page, new(asked.RootElement.GetProperty("challenge").GetString()!) { Origin = $"http://localhost:{site.Address.Port}", User = accountId });
    }

    private string Signed(Answer answer, ECDsa? by = null)
    {
        var client = JsonSerializer.SerializeToUtf8Bytes(new { type = answer.Type, challenge = answer.Challenge, origin = answer.Origin, crossOrigin = answer.IsCrossOrigin });
        // The last four bytes count the device's signatures; a passkey that several devices share does not count (0), so that only the site can know an answer again.
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(answer.Host)).CopyTo(data, 0);
        data[32] = answer.Flags;
        var signature = (by ?? device).SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var id = Base64Url.EncodeToString(CredentialId);
        return JsonSerializer.Serialize(new
        {
            id,
            rawId = id,
            type = "public-key",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signature),
                userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(answer.User)),
            },
        });
    }
}
