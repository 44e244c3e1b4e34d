using System.Security.Cryptography;
using System.Text;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// What public pages depend on besides their content: the program, its few files and its words. The same on all servers of a site, another after a change of any of them, so that an
/// entity tag never says "not changed" of a page that looks or reads otherwise.
/// </summary>
public sealed class SiteStamp
{
    private readonly string site;

    public SiteStamp(SiteFiles files, UiTexts texts, SiteOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        var all = new StringBuilder(typeof(SiteStamp).Module.ModuleVersionId.ToString("N"));
        foreach (var name in files.Names.Order(StringComparer.Ordinal))
        {
            all.Append(name).Append(files[name].Hash);
        }

        foreach (var text in texts.All)
        {
            all.Append(text.Language).AppendJoin('\n', text.Entries.Select(e => e.Text?.Written ?? string.Join('\t', e.Forms!.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value.Written))));
            all.Append(options.Network.ShortName.In(text.Language)).Append(options.Network.Name.In(text.Language));
        }

        all.Append(options.Network.ContactEmail).Append(options.PublicUrl).Append(options.Network.IsSample);
        site = Hash(all.ToString());
    }

    /// <summary>The tag of a page: what it is made from, and where it stands.</summary>
    public string Of(string state, string path) => Hash($"{site}\n{state}\n{path}")[..32];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
