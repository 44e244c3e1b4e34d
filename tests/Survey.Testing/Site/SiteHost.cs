using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Domain.Storage;
using Survey.Domain.TemplateText;
using Survey.Reporting.Jobs;
using Survey.Web;
using Survey.Web.Mail;
using Survey.Web.Pages.Privacy;
using Survey.Web.Templates;

namespace Survey.Testing.Site;

/// <summary>The site alone, on a free port of this machine, over a database of its own. No jobs run beside it.</summary>
public sealed class SiteHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestFolder mailFolder;

    private SiteHost(WebApplication app, TestDatabase database, SetClock clock, Uri address, TestFolder mailFolder) =>
        (this.app, Database, Clock, Address, this.mailFolder) = (app, database, clock, address, mailFolder);

    /// <summary>What the links in mails begin with.</summary>
    public const string LinkUrl = "https://survey.example.org";

    /// <summary>The folder into which mails are written.</summary>
    public string MailFolder => mailFolder.Path;

    public TestDatabase Database { get; }

    public SetClock Clock { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The moment that the clock of every test site starts at.</summary>
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    public static async Task<SiteHost> StartAsync(DatabaseKind kind, bool isDemo = false, string? publicUrl = null, Action<WebApplication>? map = null, MailServerOptions? mailServer = null)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var clock = new SetClock(Start);
        var mailFolder = new TestFolder();
        var privacy = PrivacyFiles.Of(TemplateFolder.Open(Repository.Templates).Of(TemplateKind.Privacy), Network(), new(TemplateFolder.Open(Repository.Templates).UiTexts().Value!))!;
        await using (var db = database.Open())
        {
            await StoredNotices.KeepAsync(db, privacy, Start.UtcDateTime);
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(WebSetup).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new Installation(Repository.Root, Repository.Templates, database.Connection));
        builder.Services.AddStorage(database.Connection);
        builder.Services.AddSite(new SiteOptions { Network = Network(), Texts = Texts(), Mails = Mails(), Privacy = privacy, TemplatesFolder = Repository.Templates, MailFolder = mailFolder.Path, MailServer = mailServer, LinkUrl = LinkUrl, IsDemo = isDemo, PublicUrl = publicUrl });
        var app = builder.Build();
        app.UseSite();
        app.MapSite();
        map?.Invoke(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(app, database, clock, new Uri(address), mailFolder);
    }

    /// <summary>The shipped network.</summary>
    public static Network Network() => Whole(NetworkFile.Parse(File.ReadAllText(Path.Combine(Repository.Templates, "network.yaml")), "network.yaml"));

    /// <summary>The shipped words of the site, English first.</summary>
    public static IReadOnlyList<TextCatalogue> Texts() =>
    [
        .. Network().Languages.Select(l => Path.Combine(Repository.Templates, "ui", $"{l}.yaml")).Where(File.Exists)
            .Select(file => Whole(TextCatalogue.Parse(File.ReadAllText(file), Path.GetFileName(file)))),
    ];

    private static T Whole<T>(Parsed<T> parsed)
        where T : class => parsed.Value ?? throw new InvalidOperationException(string.Join('\n', parsed.Problems));

    /// <summary>A browser without script: keeps cookies, and follows redirects unless told otherwise. It comes from this machine, or from another address of its loopback network (127.0.0.0/8).</summary>
    public HttpClient Visitor(bool followsRedirects = true, string language = "en", CookieContainer? cookies = null, string from = "127.0.0.1")
    {
        var handler = new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = followsRedirects, AutomaticDecompression = DecompressionMethods.All };
        handler.ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        };
        var client = new HttpClient(handler) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    /// <summary>The shipped messages.</summary>
    public static MailTemplates Mails() => new(TemplateFolder.Open(Repository.Templates).Of(TemplateKind.Mail));

    /// <summary>The site's services as one request has them.</summary>
    public AsyncServiceScope Scope() => app.Services.CreateAsyncScope();

    /// <summary>Lets a background task of this name look once, as the scheduler would.</summary>
    public Task LookAsync(string task) => app.Services.GetServices<IBackgroundTask>().Single(t => t.Name == task).LookAsync(CancellationToken.None);

    /// <summary>The addresses that the site has, as patterns.</summary>
    public IReadOnlyList<string> Routes() => [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct()];

    /// <summary>Everything that can be asked of the site's pages: the address as a pattern, the method, and the handler's name (empty for the page's own).</summary>
    public async Task<IReadOnlyList<(string Route, string Method, string Handler)>> HandlersAsync()
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        var found = new List<(string, string, string)>();
        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                found.AddRange(compiled.HandlerMethods.Select(h => (route, h.HttpMethod.ToUpperInvariant(), h.Name ?? "")));
            }
            else
            {
                found.AddRange((endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (route, m, "")));
            }
        }

        return [.. found.Distinct()];
    }

    public SurveyDb Open() => Database.Open();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Database.DisposeAsync();
        mailFolder.Dispose();
    }
}
