using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// What search engines read first: <c>/robots.txt</c> and <c>/sitemap.xml</c>, which names every page of each round's newest version with the same page in other languages. Nothing of survey and
/// office, no draft, no pilot.
/// </summary>
public static class SiteMap
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9", Xhtml = "http://www.w3.org/1999/xhtml";

    public static void MapSiteMap(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/robots.txt", [HttpMethods.Get, HttpMethods.Head], (HttpContext context, SiteOptions options) =>
        {
            context.Response.Headers.CacheControl = Kept(options, 3600);
            return Results.Text($"User-agent: *\nDisallow: /a/\nDisallow: /office\nSitemap: {SiteOf(context, options)}/sitemap.xml\n", "text/plain", Encoding.UTF8);
        });
        routes.MapMethods("/sitemap.xml", [HttpMethods.Get, HttpMethods.Head], ServeAsync);
    }

    /// <summary>Without a name of its own the site goes by the one that it was asked under: that answer is nobody else's.</summary>
    private static string Kept(SiteOptions options, int seconds) => options.PublicUrl is null ? "private, no-cache" : $"public, max-age={seconds.ToString(CultureInfo.InvariantCulture)}";

    private static string SiteOf(HttpContext context, SiteOptions options) => options.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}";

    private static async Task<IResult> ServeAsync(HttpContext context, SurveyDb db, UiTexts texts, SiteOptions options, ContentIndex index)
    {
        var site = SiteOf(context, options);
        var languages = texts.All.Select(t => t.Language).ToList();
        var map = new XElement(Map + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", Xhtml.NamespaceName));
        Add(languages, l => $"/{l}", null);
        Add(languages, l => $"/reports/{l}", null);
        foreach (var version in await NewestAsync(db, index, context.RequestAborted))
        {
            List<string> made = [.. languages.Where(version.Contents.ContainsKey)];
            foreach (var page in made.SelectMany(l => version.Contents[l].Pages).Distinct(StringComparer.Ordinal))
            {
                Add([.. made.Where(l => version.Contents[l].Has(page))], l => $"/reports/{version.Round}/v{version.Number.ToString(CultureInfo.InvariantCulture)}/{l}{page}", version.PublishedAt);
            }
        }

        context.Response.Headers.CacheControl = Kept(options, 300);
        return Results.Text("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + map.ToString(SaveOptions.DisableFormatting) + "\n", "application/xml", Encoding.UTF8);

        void Add(IReadOnlyList<string> inLanguages, Func<string, string> address, DateTime? changed)
        {
            foreach (var language in inLanguages)
            {
                map.Add(new XElement(Map + "url", new XElement(Map + "loc", site + address(language)),
                    changed is { } at ? new XElement(Map + "lastmod", at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null,
                    inLanguages.Select(l => new XElement(Xhtml + "link", new XAttribute("rel", "alternate"), new XAttribute("hreflang", l), new XAttribute("href", site + address(l))))));
            }
        }
    }

    /// <summary>Each round's newest version that stands, with its pages in each language.</summary>
    internal static async Task<IReadOnlyList<MappedVersion>> NewestAsync(SurveyDb db, ContentIndex index, CancellationToken cancel)
    {
        var rows = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where !owner.IsPilot && version.Number != null && version.WithdrawnAt == null && version.Number == version.Edition!.Versions.Where(v => v.WithdrawnAt == null).Max(v => v.Number)
            select new { version.Id, owner.Slug, Number = version.Number!.Value, PublishedAt = version.PublishedAt!.Value }).ToListAsync(cancel);
        var mapped = new List<MappedVersion>();
        foreach (var row in rows.OrderByDescending(r => r.Slug, StringComparer.Ordinal))
        {
            var contents = await index.OfAsync(db, row.Id, cancel);
            if (contents.Count > 0)
            {
                mapped.Add(new(row.Slug, row.Number, row.PublishedAt, contents));
            }
        }

        return mapped;
    }

    /// <summary>A version as the map names it.</summary>
    internal sealed record MappedVersion(string Round, int Number, DateTime PublishedAt, IReadOnlyDictionary<string, IndexedContent> Contents);
}
