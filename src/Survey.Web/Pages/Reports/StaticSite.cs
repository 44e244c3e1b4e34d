using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// Writes a running site as files that any file server gives under the same addresses: a page as <c>index.html</c> in a folder of its address, a file under its name, a redirect as a page that
/// leads on at once. Every link within the site is followed, also to its place within a page, and to the picture that a page is shared with. Survey and office are no part of it: links to them lead to the site itself. What a language in the query would choose stands under
/// an address of its own, since a file server does not read queries.
/// </summary>
public sealed partial class StaticSite(Uri here, string site, string folder)
{
    private static readonly string[] Left = ["/a/", "/office"];

    private readonly Dictionary<string, string> asked = new(StringComparer.Ordinal);
    private readonly Queue<string> open = new();
    private readonly SortedSet<string> broken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlySet<string>> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> leads = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Address, string Place), string> pointed = [];
    private int files, redirects;

    /// <summary>Writes these addresses and all that they lead to.</summary>
    public async Task<Written> WriteAsync(IEnumerable<string> addresses, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = here };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        foreach (var address in addresses)
        {
            Ask(address, "the list of published files");
        }

        while (open.TryDequeue(out var address))
        {
            using var answer = await client.GetAsync(new Uri(here, address), cancel);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                await SaveAsync(address, answer, cancel);
            }
            else if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } location)
            {
                await LeadAsync(address, location.OriginalString, cancel);
            }
            else
            {
                broken.Add($"{address} ({(int)answer.StatusCode}), named by {asked[address]}");
            }
        }

        foreach (var ((address, place), by) in pointed)
        {
            if (places.TryGetValue(leads.GetValueOrDefault(address, address), out var known) && !known.Contains(place))
            {
                broken.Add($"{address}#{place} (no such place), named by {by}");
            }
        }

        return new(files, redirects, [.. broken]);
    }

    private async Task SaveAsync(string address, HttpResponseMessage answer, CancellationToken cancel)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
        var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
        if (!isPage && answer.Headers.CacheControl?.NoStore == true)
        {
            // It holds what may no longer be printed.
            broken.Add($"{address} (about to go), named by {asked[address]}");
            return;
        }

        if (isPage)
        {
            bytes = Encoding.UTF8.GetBytes(Followed(address, Encoding.UTF8.GetString(bytes)));
        }

        await PutAsync(isPage ? PageFile(address) : address, bytes, cancel);
        files++;
    }

    private async Task LeadAsync(string address, string to, CancellationToken cancel)
    {
        var parts = to.Split('#', 2);
        Ask(parts[0], address);
        Point(parts, address);
        leads[address] = parts[0];
        var target = WebUtility.HtmlEncode(to);
        await PutAsync(PageFile(address), Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{target}</title><meta http-equiv=\"refresh\" content=\"0; url={target}\"><link rel=\"canonical\" href=\"{WebUtility.HtmlEncode(site)}{target}\"></head><body><p><a href=\"{target}\">{target}</a></p></body></html>\n"), cancel);
        redirects++;
    }

    /// <summary>The page with its links as a file server needs them; what they lead to is asked for next.</summary>
    private string Followed(string address, string html)
    {
        places[address] = Ids().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        return Links().Replace(html, link => Followed(address, link));
    }

    private string Followed(string address, Match link)
    {
        var to = WebUtility.HtmlDecode(link.Groups[2].Value);
        if (to.StartsWith(site + "/", StringComparison.Ordinal))
        {
            var own = Known(to[site.Length..]).Split('#', 2);
            Ask(own[0], address);
            Point(own, address);
            return link.Value;
        }

        if (to.StartsWith('#'))
        {
            Point([address, to[1..]], address);
        }

        if (to.Length == 0 || to[0] != '/')
        {
            return link.Value;
        }

        if (Left.Any(l => to.StartsWith(l, StringComparison.Ordinal)))
        {
            return $"{link.Groups[1].Value}\"{WebUtility.HtmlEncode(site + to)}\"";
        }

        var parts = Known(to).Split('#', 2);
        Ask(parts[0], address);
        Point(parts, address);
        return $"{link.Groups[1].Value}\"{WebUtility.HtmlEncode(string.Join('#', parts))}\"";
    }

    /// <summary>Remembers that a link leads to a place within a page, if it does.</summary>
    private void Point(string[] parts, string by)
    {
        if (parts is [var address, { Length: > 0 } place])
        {
            pointed.TryAdd((address, Uri.UnescapeDataString(place)), by);
        }
    }

    /// <summary>The address without a query: a language in it becomes a part of the path, the hash of a file falls away.</summary>
    private static string Known(string to)
    {
        var query = to.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return to;
        }

        var path = to[..query];
        return Language().Match(to[query..]) is { Success: true } language ? path == "/" ? "/" + language.Groups[1].Value : $"{path}/{language.Groups[1].Value}" : path;
    }

    private void Ask(string address, string by)
    {
        if (asked.TryAdd(address, by))
        {
            open.Enqueue(address);
        }
    }

    private static string PageFile(string address) => address.TrimEnd('/') + "/index.html";

    private async Task PutAsync(string address, byte[] bytes, CancellationToken cancel)
    {
        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(address).TrimStart('/')));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new IOException($"{address} is no address within the site.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes, cancel);
    }

    [GeneratedRegex("((?:href|src|property=\"og:image\" content)=)\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("[?&]lang=([a-z]{2,3})")]
    private static partial Regex Language();

    /// <summary>What was written, and which links lead nowhere, with what names them.</summary>
    public sealed record Written(int Files, int Redirects, IReadOnlyList<string> Broken);
}
