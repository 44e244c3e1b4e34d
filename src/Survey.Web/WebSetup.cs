using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using Survey.Reporting.Typesetting;
using Survey.Web.Access;
using Survey.Web.Copies;
using Survey.Web.Localization;
using Survey.Web.Mail;
using Survey.Web.Members;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Reports;
using Survey.Web.Rounds;

namespace Survey.Web;

/// <summary>
/// The site: public pages, survey, office. Needs the storage (<c>AddStorage</c>) beside it and a database that is migrated before the host starts,
/// because the keys of the cookies are read from it. A request passes: headers, language, error page, compression, who is asking, the page.
/// </summary>
public static class WebSetup
{
    /// <summary>The largest form: all answers of one page many times over.</summary>
    internal const int LargestForm = 256 * 1024;

    private static readonly TimeSpan MemberIdle = TimeSpan.FromHours(12), MemberRenewal = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddSite(this IServiceCollection services, SiteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddMail(options).AddRoundClock();
        services.AddSingleton<SiteFiles>().AddSingleton<AttemptLimit>().AddSingleton<RoundForms>().AddSingleton<PageMark>().AddSingleton<BlankWriting>().AddSingleton<HeldResponses>().AddSingleton<PreviewLink>().AddSingleton<PendingAuthenticator>().AddSingleton<MemberExport>().AddSingleton<SiteStamp>().AddSingleton<ContentIndex>();
        services.AddScoped<PublishedVersions>();
        services.AddOutputCache(o =>
        {
            o.SizeLimit = ReportCache.MostBytes;
            o.UseCaseSensitivePaths = true;
            o.AddPolicy(ReportCache.Policy, new ReportCache());
        });
        services.AddScoped<PageTexts>().AddScoped<MemberSession>().AddScoped<KnownFacts>();
        services.TryAddSingleton(p => Typesetting(p.GetRequiredService<Installation>()));
        services.TryAddSingleton<Typesetter>();
        services.AddHttpContextAccessor();
        AddForms(services);
        AddProxyAndHosts(services, options);
        services.AddOfficeAccess();
        services.AddAuthentication(o => o.DefaultScheme = ByAddress)
            // Survey and office have a session of their own; public pages have none.
            .AddPolicyScheme(ByAddress, null, o => o.ForwardDefaultSelector = context => context.Request.Path.StartsWithSegments("/office") ? IdentityConstants.ApplicationScheme : MemberSession.Scheme)
            .AddCookie(MemberSession.Scheme, MemberCookie)
            .AddOfficeCookies();
        services.AddRouting(o => o.ConstraintMap["language"] = typeof(LanguageConstraint));
        services.AddRazorPages(PageRules)
            .AddRazorPagesOptions(o => o.RootDirectory = "/Pages");
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true; // form tokens are masked anew in each page
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        return services;

        static TypesettingOptions Typesetting(Installation here) => new() { Root = here.Root, Templates = here.Templates };
    }

    private const string ByAddress = "by-address";

    private static void AddForms(IServiceCollection services)
    {
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = AnswerForm.Token;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.FormFieldName = AnswerForm.Token;
            o.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<FormOptions>(o =>
        {
            o.ValueLengthLimit = o.MultipartBodyLengthLimit > LargestForm ? LargestForm : o.ValueLengthLimit;
            o.MultipartBodyLengthLimit = LargestForm;
            o.BufferBodyLengthLimit = LargestForm;
            o.ValueCountLimit = 2000;
        });
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = LargestForm;
        });
    }

    private static void AddProxyAndHosts(IServiceCollection services, SiteOptions options)
    {
        if (options.IsBehindProxy)
        {
            services.Configure<ForwardedHeadersOptions>(o =>
            {
                o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                o.KnownIPNetworks.Clear();
                o.KnownProxies.Clear();
            });
        }

        if (options.Hosts.Count > 0)
        {
            services.AddHostFiltering(o => o.AllowedHosts = [.. options.Hosts]);
        }
    }

    private static void MemberCookie(CookieAuthenticationOptions o)
    {
        o.Cookie.Name = "survey-session";
        o.Cookie.Path = "/a";
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.ExpireTimeSpan = MemberIdle;
        o.SlidingExpiration = true;
        // The framework renews only after half the time, so that twelve hours could be little more than six. The answer to a save renews nothing: one that comes
        // late would bring a session back that was finished meanwhile, or drop a link that another tab has just opened. Every page begins the time anew; the
        // script asks for one each hour while somebody types. What is typed after the session's end is kept by the browser until the link is opened again.
        o.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = context.ElapsedTime >= MemberRenewal && !AutosaveEndpoint.IsAt(context.Request.Path);
            return Task.CompletedTask;
        };
    }

    private static void PageRules(Microsoft.AspNetCore.Mvc.RazorPages.RazorPagesOptions o)
    {
        o.Conventions.AuthorizeFolder("/Office", OfficeAccess.MayRead);
        o.Conventions.AllowAnonymousToFolder("/Office/Access");
        // With the language in the path too: a copy of the public site on a file server has no queries.
        o.Conventions.AddPageRoute("/Privacy/Privacy", "/privacy/{language:language}");
        o.Conventions.AddPageRoute("/Privacy/Privacy", "/privacy/{version}/{language:language}");
    }

    public static WebApplication UseSite(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<SiteOptions>();
        if (options.IsBehindProxy)
        {
            app.UseForwardedHeaders();
        }

        if (options.Hosts.Count > 0)
        {
            app.UseHostFiltering();
        }

        app.UseSecurityHeaders();
        app.UseRequestLanguage();
        // The answer to a save fits one packet as it is; compressing it would only take time.
        app.UseWhen(context => !AutosaveEndpoint.IsAt(context.Request.Path), others => others.UseResponseCompression());
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseHsts();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        // Within the compression, so that one kept page serves every reader.
        app.UseOutputCache();
        return app;
    }

    public static WebApplication MapSite(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var files = app.Services.GetRequiredService<SiteFiles>();
        foreach (var name in files.Names)
        {
            app.MapMethods(SiteFiles.Path(name), [HttpMethods.Get, HttpMethods.Head], (HttpContext context) => files.Serve(context, name));
        }

        app.MapHealth();
        app.MapEditionFiles();
        app.MapSiteMap();
        app.MapConditionSheets();
        app.MapAutosave();
        app.MapRazorPages();
        return app;
    }
}
