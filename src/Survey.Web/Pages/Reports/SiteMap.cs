using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
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
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Text($"User-agent: *\nDisallow: /a/\nDisallow: /office\nSitemap: {SiteOf(context, options)}/sitemap.xml\n", "text/plain", Encoding.UTF8);
        });
        routes.MapMethods("/sitemap.xml", [HttpMethods.Get, HttpMethods.Head], ServeAsync);
    }

    private static string SiteOf(HttpContext context, SiteOptions options) => options.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}";

    private static async Task<IResult> ServeAsync(HttpContext context, SurveyDb db, UiTexts texts, SiteOptions options)
    {
        var site = SiteOf(context, options);
        var languages = texts.All.Select(t => t.Language).ToList();
        var map = new XElement(Map + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", Xhtml.NamespaceName));
        Add(languages, l => $"/{l}", null);
        Add(languages, l => $"/reports/{l}", null);
        foreach (var version in await NewestAsync(db, context.RequestAborted))
        {
            List<string> made = [.. languages.Where(version.Languages.Contains)];
            foreach (var page in version.Pages)
            {
                Add(made, l => $"/reports/{version.Round}/v{version.Number.ToString(CultureInfo.InvariantCulture)}/{l}{page}", version.PublishedAt);
            }
        }

        context.Response.Headers.CacheControl = "public, max-age=300";
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

    /// <summary>Each round's newest version that stands, with the addresses of its pages below its language. Chapters and figures have the same ids in every language.</summary>
    internal static async Task<IReadOnlyList<MappedVersion>> NewestAsync(SurveyDb db, CancellationToken cancel)
    {
        var rows = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where !owner.IsPilot && version.Number != null && version.WithdrawnAt == null && version.Number == version.Edition!.Versions.Where(v => v.WithdrawnAt == null).Max(v => v.Number)
            select new { version.Id, owner.Slug, Number = version.Number!.Value, PublishedAt = version.PublishedAt!.Value }).ToListAsync(cancel);
        var mapped = new List<MappedVersion>();
        foreach (var row in rows.OrderByDescending(r => r.Slug, StringComparer.Ordinal))
        {
            var languages = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == row.Id && a.Name == EditionModel.ContentFile).OrderBy(a => a.Language).Select(a => a.Language).ToListAsync(cancel);
            if (languages.Count == 0)
            {
                continue;
            }

            var first = languages[0];
            var bytes = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == row.Id && a.Name == EditionModel.ContentFile && a.Language == first).Select(a => a.Bytes).FirstAsync(cancel);
            var pages = EditionPages.Of(JsonSerializer.Deserialize<EditionContent>(bytes, EditionJson.Options)!);
            mapped.Add(new(row.Slug, row.Number, row.PublishedAt, languages,
            [
                "",
                .. pages.Pages.Select(p => "/" + p.Chapter.Id),
                .. pages.Pages.SelectMany(p => p.Blocks).SelectMany(EditionPages.Inner).Select(b => b switch { FigureBlock f => f.Id, HeatmapBlock h => h.Id, _ => null }).OfType<string>().Select(id => $"/{EditionModel.Figures}{id}"),
            ]));
        }

        return mapped;
    }

    /// <summary>A version as the map names it.</summary>
    internal sealed record MappedVersion(string Round, int Number, DateTime PublishedAt, IReadOnlyList<string> Languages, IReadOnlyList<string> Pages);
}
