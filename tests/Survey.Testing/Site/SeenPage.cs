using System.Net;
using System.Text.RegularExpressions;

namespace Survey.Testing.Site;

/// <summary>A page as a browser without script has it: its address, its words, and its forms with what their fields hold.</summary>
public sealed partial class SeenPage
{
    private readonly HttpClient client;

    private SeenPage(HttpClient client, HttpResponseMessage response, string html) => (this.client, Response, Html) = (client, response, html);

    public HttpResponseMessage Response { get; }

    public HttpStatusCode Status => Response.StatusCode;

    public string Html { get; }

    /// <summary>Path and query that the page came from.</summary>
    public string Path => Response.RequestMessage!.RequestUri!.PathAndQuery;

    /// <summary>The page's words without markup.</summary>
    public string Words => WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(Html, " "), " "));

    public static async Task<SeenPage> GetAsync(HttpClient client, string address) => await ReadAsync(client, await client.GetAsync(address));

    public static async Task<SeenPage> ReadAsync(HttpClient client, HttpResponseMessage response) => new(client, response, await response.Content.ReadAsStringAsync());

    /// <summary>What a form would send as it stands, without its buttons.</summary>
    public List<KeyValuePair<string, string>> Fields(string formId)
    {
        var form = FormHtml(formId).Html;
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match input in Inputs().Matches(form))
        {
            var attributes = Attributes(input.Value);
            if (attributes.TryGetValue("name", out var name) && (attributes.GetValueOrDefault("type", "text") is not ("radio" or "checkbox") || attributes.ContainsKey("checked")))
            {
                fields.Add(new(name, attributes.GetValueOrDefault("value", "")));
            }
        }

        foreach (Match area in Areas().Matches(form))
        {
            fields.Add(new(Attributes(area.Groups[1].Value)["name"], WebUtility.HtmlDecode(area.Groups[2].Value).TrimStart('\r').TrimStart('\n')));
        }

        foreach (Match select in Selects().Matches(form))
        {
            var chosen = Options().Matches(select.Groups[2].Value).Select(o => Attributes(o.Value)).FirstOrDefault(o => o.ContainsKey("selected"));
            fields.Add(new(Attributes(select.Groups[1].Value)["name"], chosen?["value"] ?? ""));
        }

        return fields;
    }

    /// <summary>Sends a form with some fields set (null takes one away); a button is a field too.</summary>
    public async Task<SeenPage> SendAsync(string formId, params (string Name, string? Value)[] set)
    {
        var fields = Fields(formId);
        foreach (var (name, _) in set)
        {
            fields.RemoveAll(f => f.Key == name && name != "on");
        }

        fields.AddRange(set.Where(s => s.Value is not null).Select(s => new KeyValuePair<string, string>(s.Name, s.Value!)));
        using var content = new FormUrlEncodedContent(fields);
        var action = FormHtml(formId).Action;
        return await ReadAsync(client, await client.PostAsync(new Uri(Response.RequestMessage!.RequestUri!, action), content));
    }

    /// <summary>Sends a form that only leads on: its fields become the address's query.</summary>
    public async Task<SeenPage> FollowAsync(string formId, params (string Name, string Value)[] set)
    {
        var fields = Fields(formId).Where(f => !set.Any(s => s.Name == f.Key)).Concat(set.Select(s => new KeyValuePair<string, string>(s.Name, s.Value)));
        using var query = new FormUrlEncodedContent(fields);
        return await GetAsync(client, $"{FormHtml(formId).Action}?{await query.ReadAsStringAsync()}");
    }

    private (string Action, string Html) FormHtml(string id)
    {
        foreach (Match form in Forms().Matches(Html))
        {
            var attributes = Attributes(form.Groups[1].Value);
            if (attributes.GetValueOrDefault("id") == id || attributes.GetValueOrDefault("action", "").EndsWith(id, StringComparison.Ordinal))
            {
                return (attributes.GetValueOrDefault("action", ""), form.Groups[2].Value);
            }
        }

        throw new InvalidOperationException($"The page {Path} ({Status}) has no form '{id}': {Words[..Math.Min(Words.Length, 400)]}");
    }

    private static Dictionary<string, string> Attributes(string tag) =>
        AttributePattern().Matches(tag).DistinctBy(a => a.Groups[1].Value).ToDictionary(a => a.Groups[1].Value, a => WebUtility.HtmlDecode(a.Groups[2].Value));

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea([^>]*)>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Areas();

    [GeneratedRegex("<select([^>]*)>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Options();

    [GeneratedRegex("([a-z-]+)(?:=\"([^\"]*)\")?(?=[\\s/>]|$)")]
    private static partial Regex AttributePattern();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
