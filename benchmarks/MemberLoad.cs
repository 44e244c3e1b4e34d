using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.Benchmarks;

/// <summary>
/// Members who answer the survey from this machine: each has a browser's session and types into parts of its own response, growing a text by some words from save to save and
/// changing a choice now and then. A save is sent as the page's script sends it, based on the last answer.
/// </summary>
internal sealed class MemberLoad : IDisposable
{
    private static readonly string[] Parts = ["points/post2015", "points/diaspora", "points/protection", "points/labour-rights"];
    private readonly HttpClient client;
    private readonly List<Member> members;

    private MemberLoad(HttpClient client, List<Member> members) => (this.client, this.members) = (client, members);

    public int Count => members.Count;

    /// <summary>Makes the database with a round and its organisations; gives their links' tokens.</summary>
    public static async Task<IReadOnlyList<string>> FillAsync(string database, int organisations)
    {
        await using var db = StorageSetup.Open(database);
        await StorageSetup.MigrateAsync(db);
        var round = await SampleRound.AddAsync(db, closesOn: new DateOnly(2099, 12, 31));
        var tokens = new List<string>();
        for (var i = 0; i < organisations; i++)
        {
            tokens.Add(await SampleRound.InviteAsync(db, round, $"Organisation {i}"));
        }

        return tokens;
    }

    /// <summary>Opens every link and a part's page in a session of its own.</summary>
    public static async Task<MemberLoad> OpenAsync(Uri server, IReadOnlyList<string> tokens)
    {
        var members = new Member[tokens.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, tokens.Count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancel) =>
        {
            var cookies = new CookieContainer();
            using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = server };
            var root = (await SeenPage.GetAsync(browser, $"/a/{tokens[i]}")).Path;
            var page = await SeenPage.GetAsync(browser, $"{root}/q/{Parts[i % Parts.Length]}");
            var fields = page.Fields("answers").Where(f => f.Key is not ("based-on" or "q-example" or "q-work" or "q-state"));
            using var form = new FormUrlEncodedContent(fields);
            members[i] = new(new Uri(server, Autosave.AddressOf(page.Path)), cookies.GetCookieHeader(new Uri(server, root)), await form.ReadAsStringAsync(cancel), page.Fields("answers").First(f => f.Key == "based-on").Value);
        });
        // One connection for each member, as browsers have.
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = tokens.Count, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) });
        return new(client, [.. members]);
    }

    /// <summary>Saves at a steady rate for a time, whatever the server does; a time is taken from the moment at which the save was due.</summary>
    public async Task<LoadResult> SteadyAsync(int perSecond, TimeSpan length)
    {
        var from = TimeProvider.System.GetTimestamp();
        var all = await Task.WhenAll(members.Select(async (member, i) =>
        {
            var times = new List<double>();
            for (var n = i; ; n += members.Count)
            {
                var due = TimeSpan.FromSeconds((double)n / perSecond);
                if (due >= length)
                {
                    return times;
                }

                var wait = due - TimeProvider.System.GetElapsedTime(from);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait);
                }

                var isSaved = await member.SaveAsync(client);
                times.Add(isSaved ? (TimeProvider.System.GetElapsedTime(from) - due).TotalMilliseconds : double.NaN);
            }
        }));
        return new(TimeProvider.System.GetElapsedTime(from), [.. all.SelectMany(t => t)]);
    }

    /// <summary>Saves as fast as the server answers, with so many members at once, for a time.</summary>
    public async Task<LoadResult> FlatOutAsync(int atOnce, TimeSpan length)
    {
        var from = TimeProvider.System.GetTimestamp();
        var all = await Task.WhenAll(members.Take(atOnce).Select(async member =>
        {
            var times = new List<double>();
            while (TimeProvider.System.GetElapsedTime(from) < length)
            {
                var began = TimeProvider.System.GetTimestamp();
                times.Add(await member.SaveAsync(client) ? TimeProvider.System.GetElapsedTime(began).TotalMilliseconds : double.NaN);
            }

            return times;
        }));
        return new(TimeProvider.System.GetElapsedTime(from), [.. all.SelectMany(t => t)]);
    }

    public void Dispose() => client.Dispose();

    private sealed class Member(Uri address, string cookies, string fields, string basedOn)
    {
        private const string Example = "Nous+avons+form%C3%A9+quarante+femmes+de+notre+r%C3%A9seau+%C3%A0+la+n%C3%A9gociation+avec+les+agences+de+recrutement%2C+et+suivi+leurs+dossiers+pendant+un+an.+";
        private static readonly string[] States = ["not-at-all", "a-little", "partly", "largely", "fully"];
        private int saves;

        /// <summary>One save; whether it was acknowledged.</summary>
        public async Task<bool> SaveAsync(HttpClient client)
        {
            saves++;
            var body = string.Create(CultureInfo.InvariantCulture, $"{fields}&q-work=directly&q-state={States[saves / 8 % States.Length]}&q-example={Example}{string.Join('+', Enumerable.Range(saves, 1 + (saves % 40)))}&based-on={basedOn}");
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
            request.Headers.TryAddWithoutValidation("Accept-Language", "fr,en;q=0.8");
            try
            {
                using var response = await client.SendAsync(request);
                if (response.StatusCode is not HttpStatusCode.OK)
                {
                    return false;
                }

                using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                basedOn = answer.RootElement.GetProperty("basedOn").GetString()!;
                return answer.RootElement.GetProperty("problems").GetArrayLength() == 0;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}

/// <summary>What a load came to: times in milliseconds, not a number for a save that was not acknowledged.</summary>
internal sealed record LoadResult(TimeSpan Length, IReadOnlyList<double> Milliseconds)
{
    public int Errors { get; } = Milliseconds.Count(double.IsNaN);

    public double PerSecond => (Milliseconds.Count - Errors) / Length.TotalSeconds;

    private readonly double[] sorted = [.. Milliseconds.Where(m => !double.IsNaN(m)).Order()];

    /// <summary>The time that this share of the saves did not exceed.</summary>
    public double Quantile(double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];

    /// <summary>As printed.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0}/s, p50 {Quantile(0.5):0.0} ms, p95 {Quantile(0.95):0.0} ms, p99 {Quantile(0.99):0.0} ms, {Errors} errors");
}
