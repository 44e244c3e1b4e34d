using System.Security.Cryptography;
using System.Text;
using Survey.Domain.Networks;

namespace Survey.Web.Access;

/// <summary>
/// The site's own few files: what lies in <c>wwwroot</c>, and <c>theme.css</c> and <c>favicon.svg</c> in the network's colours. Each is asked for with the hash
/// of its bytes in the address and may then be kept for a year.
/// </summary>
public sealed class SiteFiles
{
    private readonly Dictionary<string, SiteFile> _files = new(StringComparer.Ordinal);

    public SiteFiles(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var folder = System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot");
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var name = System.IO.Path.GetFileName(path);
            Add(name, MediaTypes[System.IO.Path.GetExtension(path)], File.ReadAllBytes(path));
        }

        var colours = network.Colours;
        Add("theme.css", MediaTypes[".css"], Encoding.UTF8.GetBytes($":root{{--primary:{colours.Primary};--accent:{colours.Accent};--highlight:{colours.Highlight}}}\n"));
        // Three rising bars; the mark of the site where the network has no icon of its own.
        Add("favicon.svg", MediaTypes[".svg"], Encoding.UTF8.GetBytes(
            $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='7' fill='{colours.Primary}'/><g fill='#fff'><rect x='7' y='17' width='4.5' height='8' rx='1'/><rect x='13.75' y='12' width='4.5' height='13' rx='1'/></g><rect x='20.5' y='7' width='4.5' height='18' rx='1' fill='{colours.Highlight}'/></svg>\n"));
    }

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>The names of all files.</summary>
    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>The file with this name.</summary>
    public SiteFile this[string name] => _files[name];

    /// <summary>The script that keeps the survey's pages. Its place decides what it may answer for: the survey, and nothing else of the site.</summary>
    public const string Worker = "sw.js";

    /// <summary>Where a file is, without its hash.</summary>
    public static string Path(string name) => name == Worker ? $"/a/{name}" : $"/{name}";

    /// <summary>The address of a file, with its hash.</summary>
    public string Address(string name) => $"{Path(name)}?v={_files[name].Hash[..10]}";

    /// <summary>Answers for one of the files.</summary>
    public IResult Serve(HttpContext context, string name)
    {
        var file = _files[name];
        context.Response.Headers.CacheControl = context.Request.Query["v"] == file.Hash[..10] ? "public, max-age=31536000, immutable" : name == Worker ? "no-cache" : "public, max-age=300";
        return Results.Bytes(file.Bytes, file.MediaType, entityTag: new($"\"{file.Hash}\""));
    }

    private void Add(string name, string mediaType, byte[] bytes) => _files[name] = new(mediaType, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
}

/// <summary>A file's bytes with what they are and their SHA-256.</summary>
public sealed record SiteFile(string MediaType, byte[] Bytes, string Hash);
