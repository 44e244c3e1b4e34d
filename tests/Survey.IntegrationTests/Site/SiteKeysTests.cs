using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Web.Access;

namespace Survey.IntegrationTests.Site;

/// <summary>The keys of cookies, forms and links in the database, with and without a certificate.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class SiteKeysTests(DatabaseKind kind)
{
    private readonly TestFolder folder = new();
    private TestDatabase database = null!;

    [SetUp]
    public async Task OpenAsync() => database = await TestDatabase.CreateAsync(kind);

    [TearDown]
    public async Task CloseAsync() => await database.DisposeAsync();

    [OneTimeTearDown]
    public void Clear() => folder.Dispose();

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        var file = Path.Combine(folder.Path, name + ".pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return file;
    }

    private static (KeyCertificates? Read, IReadOnlyList<string> Problems) Settings(params (string Name, string? Value)[] settings)
    {
        var problems = new List<string>();
        var read = KeyCertificates.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>("PROGRESS_KEY_CERTIFICATE" + s.Name, s.Value))).Build(), problems);
        return (read, problems);
    }

    /// <summary>A process with these settings: what it could not read, and what <paramref name="use"/> gives.</summary>
    private async Task<(int Unread, string? Gave)> InProcessAsync(KeyCertificates? certificates, Func<IDataProtector, string> use)
    {
        var services = new ServiceCollection().AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddStorage(database.Connection);
        services.AddSiteKeys(certificates);
        await using var process = services.BuildServiceProvider();
        var unread = SiteKeys.Prepare(process).Count;
        return (unread, unread > 0 ? null : use(process.GetRequiredService<IDataProtectionProvider>().CreateProtector("test")));
    }

    private async Task<string> StoredAsync()
    {
        await using var db = database.Open();
        return string.Concat(await db.DataProtectionKeys.Select(k => k.Xml).ToListAsync());
    }

    [Test]
    public async Task A_certificate_encrypts_what_is_there_and_nobody_is_signed_out()
    {
        var (_, cookie) = await InProcessAsync(null, p => p.Protect("a session"));
        Assert.That(await StoredAsync(), Does.Contain("<masterKey"), "As they are.");
        var (certificates, problems) = Settings(("", Certificate("first")));
        Assert.That(problems, Is.Empty);
        var (unread, opened) = await InProcessAsync(certificates, p => p.Unprotect(cookie!));
        Assert.That((unread, opened), Is.EqualTo((0, "a session")));
        Assert.That(await StoredAsync(), Does.Not.Contain("<masterKey").And.Contain("encryptedSecret"));
    }

    [Test]
    public async Task A_new_key_is_never_stored_as_it_is_and_an_older_certificate_still_reads()
    {
        var first = Certificate("old");
        var (_, cookie) = await InProcessAsync(Settings(("", first)).Read, p => p.Protect("a session"));
        Assert.That(await StoredAsync(), Does.Not.Contain("<masterKey").And.Contain("encryptedSecret"));
        var second = Certificate("new");
        Assert.That((await InProcessAsync(null, p => p.Unprotect(cookie!))).Unread, Is.EqualTo(1), "Without it.");
        Assert.That((await InProcessAsync(Settings(("", second)).Read, p => p.Unprotect(cookie!))).Unread, Is.EqualTo(1), "With another.");
        Assert.That(await InProcessAsync(Settings(("", second), ("_OLDER", first)).Read, p => p.Unprotect(cookie!)), Is.EqualTo((0, "a session")));
    }

    [Test]
    public async Task A_process_with_the_wrong_certificate_does_not_start_and_says_why()
    {
        await InProcessAsync(Settings(("", Certificate("right"))).Read, p => p.Protect("a session"));
        // On SQLite there is no worker of its own: the one process that serves and works.
        var role = kind is DatabaseKind.Postgres ? "worker" : "all";
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await ServerProcess.StartAsync(database.Connection, role: role, settings: new Dictionary<string, string> { ["PROGRESS_KEY_CERTIFICATE"] = Certificate("wrong") }));
        Assert.That(refused!.Message, Does.Contain("1 of the keys in the database cannot be read").And.Contain("PROGRESS_KEY_CERTIFICATE_OLDER").And.Not.Contain("   at "), refused.Message);
    }

    [Test]
    public void What_is_wrong_with_the_settings_is_said()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        var (bundle, bare) = (Path.Combine(folder.Path, "x.pfx"), Path.Combine(folder.Path, "bare.pem"));
        File.WriteAllBytes(bundle, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "right"));
        File.WriteAllText(bare, certificate.ExportCertificatePem());
        Assert.That(Settings(("", bundle), ("_PASSWORD", "right")).Read, Is.Not.Null);
        Assert.That(Settings(("", bundle), ("_PASSWORD", "wrong")).Problems.Single(), Does.Contain(bundle));
        Assert.That(Settings(("", bare)).Problems.Single(), Does.Contain("bare.pem"));
        Assert.That(Settings(("", "/nowhere.pem")).Problems.Single(), Does.Contain("/nowhere.pem"));
        Assert.That(Settings(("_OLDER", bare)).Problems.Single(), Does.StartWith("PROGRESS_KEY_CERTIFICATE is missing"));
        Assert.That(Settings(), Is.EqualTo(((KeyCertificates?)null, (IReadOnlyList<string>)[])).Using<(KeyCertificates? Read, IReadOnlyList<string> Problems)>((a, b) => a.Read is null && a.Problems.Count == 0));
    }
}
