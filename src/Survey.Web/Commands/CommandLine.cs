using System.CommandLine;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Commands;

/// <summary>
/// The command line. Every command says what it did in one line on standard output; errors go to standard error in words, with exit code 2 when
/// what was given is wrong and 1 otherwise, never as a stack trace.
/// </summary>
internal static class CommandLine
{
    public static readonly Option<string?> Database = new("--database")
    {
        Description = "The database: a SQLite file or connection string, or a PostgreSQL connection string. Default: PROGRESS_DATABASE, else data/progress.db.",
        Recursive = true,
    };

    /// <summary>Runs one command and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider time)
    {
        var terminal = new Terminal(output, error, time);
        var root = new RootCommand("Progress Report: the annual online survey of a network and the report made from it.") { Database };
        foreach (var command in new[]
        {
            InitCommand.Make(terminal), DemoCommand.Make(terminal), CheckCommand.Make(terminal), MembersCommand.Make(terminal), RoundCommand.Make(terminal),
            AnswersCommand.Make(terminal), LinkCommand.Make(terminal), TallyCommand.Make(terminal), ReportCommand.Make(terminal), DataCommand.Make(terminal),
            OfficeCommand.Make(terminal), AuditCommand.Make(terminal), RetentionCommand.Make(terminal), SiteCommand.Make(terminal), ServeCommand.Make(terminal),
        })
        {
            root.Add(command);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            await error.WriteLineAsync("See ./progress --help.");
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (CommandFailure failure)
        {
            foreach (var line in failure.Lines)
            {
                await error.WriteLineAsync(line);
            }

            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped.");
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (e is DbException or DbUpdateException || e.InnerException is DbException)
        {
            await error.WriteLineAsync($"The database refused: {e.GetBaseException().Message}");
            return 1;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync($"This should not have happened: {e.GetType().Name}: {e.Message}");
            return 1;
        }
    }
}

/// <summary>What a command works with: where it writes, what time it is, and how it reaches the installation and the database.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, TimeProvider Time)
{
    /// <summary>The option that says under which address the site is reached, for links that a command prints: what links in mails name too, unless said.</summary>
    public static Option<string> SiteAddress() => new("--url")
    {
        Description = "The site's address; PROGRESS_PUBLIC_URL unless given.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PROGRESS_PUBLIC_URL") is { Length: > 0 } set ? set : "http://localhost:5080",
    };

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    public Task SayAsync(string line) => Output.WriteLineAsync(line);

    /// <summary>The installation that environment and options name; a connection string that cannot be read is bad input.</summary>
    public static Installation InstallationOf(ParseResult parsed)
    {
        var installation = Installation.Find(parsed.GetValue(CommandLine.Database));
        return StorageSetup.ProblemOf(installation.Database) is { } problem
            ? throw CommandFailure.BadInput($"--database names neither a SQLite file nor a PostgreSQL database (Host=...;Database=...): {problem}")
            : installation;
    }

    /// <summary>A file to read; a missing one is bad input.</summary>
    public static FileStream Read(string path) => File.Exists(path) ? File.OpenRead(path) : throw CommandFailure.BadInput($"{path}: there is no such file.");

    /// <summary>The database, which must be made already: a command never migrates an existing one behind its operator's back.</summary>
    public static async Task<SurveyDb> OpenAsync(ParseResult parsed, CancellationToken cancel)
    {
        var db = StorageSetup.Open(InstallationOf(parsed).Database);
        if (await StorageSetup.IsUpToDateAsync(db, cancel))
        {
            return db;
        }

        await db.DisposeAsync();
        throw CommandFailure.Refused("The database is not made yet, or is older than this program. Run ./progress init.");
    }

    /// <summary>The round with this slug; <c>latest</c> names the one created last.</summary>
    public static async Task<SurveyRound> RoundAsync(SurveyDb db, string slug, CancellationToken cancel)
    {
        var rounds = db.Rounds.Include(r => r.Templates);
        var round = slug == "latest"
            ? await rounds.OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancel)
            : await rounds.FirstOrDefaultAsync(r => r.Slug == slug, cancel);
        if (round is not null)
        {
            return round;
        }

        var known = await db.Rounds.OrderBy(r => r.Id).Select(r => r.Slug).ToListAsync(cancel);
        throw CommandFailure.BadInput(known.Count == 0 ? $"There is no round '{slug}'; there is none at all yet." : $"There is no round '{slug}'. Known: {string.Join(", ", known)}.");
    }
}
