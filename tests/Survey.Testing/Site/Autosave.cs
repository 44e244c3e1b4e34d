using System.Net;
using System.Net.Http.Json;

namespace Survey.Testing.Site;

/// <summary>What the page's script does as somebody types: it sends the whole form of a part, and reads the answer.</summary>
public sealed record Autosave(HttpResponseMessage Response, AutosaveAnswer Answer)
{
    public HttpStatusCode Status => Response.StatusCode;

    /// <summary>The address to which a part's page saves.</summary>
    public static string AddressOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Split('?')[0].Replace("/q/", "/save/", StringComparison.Ordinal);
    }

    /// <summary>The fields of the page's form with some set (several of one name are several values; null takes one away).</summary>
    public static List<KeyValuePair<string, string>> Fields(SeenPage page, string? basedOn, params (string Name, string? Value)[] set)
    {
        ArgumentNullException.ThrowIfNull(page);
        var fields = page.Fields("answers");
        if (basedOn is not null)
        {
            set = [.. set, ("based-on", basedOn)];
        }

        fields.RemoveAll(f => set.Any(s => s.Name == f.Key));
        fields.AddRange(set.Where(s => s.Value is not null).Select(s => KeyValuePair.Create(s.Name, s.Value!)));
        return fields;
    }

    /// <summary>Saves a part as typed, based on what the page was made from or on the answer of an earlier save.</summary>
    public static async Task<Autosave> SendAsync(HttpClient member, SeenPage page, string? basedOn, params (string Name, string? Value)[] set)
    {
        using var content = new FormUrlEncodedContent(Fields(page, basedOn, set));
        return await SendAsync(member, AddressOf(page.Path), content);
    }

    /// <summary>Sends anything to an address of saves.</summary>
    public static async Task<Autosave> SendAsync(HttpClient member, string address, HttpContent content)
    {
        ArgumentNullException.ThrowIfNull(member);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1_000_000; // as a browser that learns of the refusal before it has sent everything
        var response = await member.SendAsync(request);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new(response, isJson ? (await response.Content.ReadFromJsonAsync<AutosaveAnswer>())! : throw new InvalidOperationException($"{address} answered {response.StatusCode} and no JSON: {await response.Content.ReadAsStringAsync()}"));
    }
}

/// <summary>The answer to a save, saved or refused.</summary>
public sealed record AutosaveAnswer(bool Saved, string? BasedOn, long At, string? State, IReadOnlyList<AutosaveProblem>? Problems, string? Code);

/// <summary>A field that was left out of a save.</summary>
public sealed record AutosaveProblem(string Field, string Message);
