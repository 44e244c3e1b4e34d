using System.Diagnostics;
using Npgsql;

namespace Survey.Testing;

/// <summary>
/// A throwaway PostgreSQL for one test process: made and started when first asked for, reachable only through a socket in its own folder,
/// stopped when the process ends. As root it runs as the user <c>postgres</c>, because PostgreSQL refuses to run as root.
/// Durability is off: tests of faults and speed start their own with <see cref="StartAsync"/> and durability on.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync(isDurable: false));
    private readonly string folder;

    private PostgresServer(string folder) => this.folder = folder;

    /// <summary>The one server of this test process.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>Starts a server of its own.</summary>
    public static async Task<PostgresServer> StartAsync(bool isDurable)
    {
        var folder = Directory.CreateTempSubdirectory("progress-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", folder);
        }

        var bin = BinFolder();
        string[] speed = isDurable ? [] : ["--no-sync"];
        await RunAsServerAsync(folder, [Path.Combine(bin, "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", .. speed]);
        var settings = $"-c listen_addresses='' -k {folder} -c max_connections=200" + (isDurable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        await RunAsServerAsync(folder, [Path.Combine(bin, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", settings, "start"]);
        var server = new PostgresServer(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    /// <summary>The connection string of one of its databases.</summary>
    public string Connection(string database) => $"Host={folder};Username=postgres;Database={database};Include Error Detail=true;Maximum Pool Size=40";

    /// <summary>Runs one statement on the maintenance database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A plain dump of one of its databases, as an operator takes it; files of bytes stand in it in hexadecimal.</summary>
    public async Task<string> DumpAsync(string database)
    {
        var file = Path.Combine(Path.GetTempPath(), $"progress-dump-{Guid.NewGuid():N}.sql");
        try
        {
            await RunAsync(Path.Combine(BinFolder(), "pg_dump"), "-h", folder, "-U", "postgres", "-f", file, database);
            return await File.ReadAllTextAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Makes a database of a dump.</summary>
    public async Task RestoreAsync(string database, string dump)
    {
        await ExecuteAsync($"CREATE DATABASE {database}");
        var file = Path.Combine(Path.GetTempPath(), $"progress-dump-{Guid.NewGuid():N}.sql");
        try
        {
            await File.WriteAllTextAsync(file, dump);
            await RunAsync(Path.Combine(BinFolder(), "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-h", folder, "-U", "postgres", "-d", database, "-f", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        // On its own: the test runner gives an ending test process a tenth of a second, and a folder half removed would stay for ever.
        var stop = $"cd {folder} && {(Environment.IsPrivilegedProcess ? "setpriv --reuid=postgres --regid=postgres --clear-groups -- " : "")}\"$0\" -D {folder}/data -m immediate stop; cd / && rm -rf {folder}";
        using var stopping = Process.Start(new ProcessStartInfo("setsid", ["--fork", "sh", "-c", $"exec >/dev/null 2>&1 </dev/null; {stop}", Path.Combine(BinFolder(), "pg_ctl")]));
        stopping?.WaitForExit();
    }

    /// <summary>The newest installed server's programs, or those that <c>PROGRESS_POSTGRES_BIN</c> names.</summary>
    private static string BinFolder() =>
        Environment.GetEnvironmentVariable("PROGRESS_POSTGRES_BIN") is { Length: > 0 } named ? named
        : Directory.Exists("/usr/lib/postgresql") && Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0).FirstOrDefault() is { } newest
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException("PostgreSQL's server is not installed: apt-get install -y postgresql (./test does it as root).");

    private static Task RunAsServerAsync(string folder, string[] command) =>
        Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", "sh", "-c", $"cd {folder} && exec \"$@\" >{folder}/out 2>&1 </dev/null", "sh", .. command])
            : RunAsync("sh", ["-c", $"cd {folder} && exec \"$@\" >{folder}/out 2>&1 </dev/null", "sh", .. command]);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // pg_ctl's server inherits redirected pipes; the shell above points them at a file, so nothing waits for the server to end.
        using var process = Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            var output = arguments.FirstOrDefault(a => a.Contains("/out 2>&1", StringComparison.Ordinal)) is null ? "" : $" See the server's folder: {string.Join(' ', arguments)}";
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.{output}");
        }
    }
}
