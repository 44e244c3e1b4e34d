using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Web.Hosting;
using Survey.Web.Pages.Office.Editions;
using Survey.Web.Pages.Office.Rounds;

namespace Survey.Web.Commands;

/// <summary>The report job, run here and now, with its progress; the files go to a folder and, as a draft version, into the database.</summary>
internal static class ReportCommand
{
    public static Command Make(Terminal terminal)
    {
        var slug = new Argument<string>("ROUND") { Description = "The round, or 'latest'." };
        var languages = new Option<string?>("--languages") { Description = "Language codes separated by commas; default: all of the round." };
        var folder = new Option<string>("--out") { Required = true, Description = "The folder for the files." };
        var publish = new Option<bool>("--publish") { Description = "Publish the version at once." };
        var unreviewed = new Option<bool>("--unreviewed") { Description = "With --publish: publish also translations that nobody has reviewed." };
        var erratum = new Option<string?>("--erratum") { Description = "With --publish, of a version after the first: what it corrects, for the pages of all versions." };
        var recount = new Option<string?>("--recount") { Description = "Count the numbers anew although a version is published, and why; the next version then says what changed." };
        var build = new Command("build", "Builds the report of a round and writes its files.") { slug, languages, folder, publish, unreviewed, erratum, recount };
        build.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var round = await Terminal.RoundAsync(db, parsed.GetRequiredValue(slug), cancel);
            var definition = RoundDefinition.Of(round);
            var offered = definition.Network.Languages;
            string[] wanted = parsed.GetValue(languages) is { } named ? [.. named.Split(',', StringSplitOptions.TrimEntries).Distinct()] : [.. offered];
            if (wanted.FirstOrDefault(l => !offered.Contains(l)) is { } unknown)
            {
                throw CommandFailure.BadInput($"Round {round.Slug} has no report in '{unknown}'. Known: {string.Join(", ", offered)}.");
            }

            var corrects = DoorText.Clean(parsed.GetValue(erratum) ?? "").Trim();
            if (DoorText.Length(corrects) > EditionPublishing.LongestErratum)
            {
                throw CommandFailure.BadInput($"What the version corrects is too long: {EditionPublishing.LongestErratum} characters at most.");
            }

            var reason = parsed.GetValue(recount) is { } given ? DoorText.Clean(given).Trim() : null;
            if (reason is not null && (reason.Length == 0 || DoorText.Length(reason) > RoundModel.LongestReason))
            {
                throw CommandFailure.BadInput($"Say with --recount why the numbers are counted anew, in {RoundModel.LongestReason} characters at most.");
            }

            if (reason is not null && !await Recounts.IsPossibleAsync(db, round.Id, cancel))
            {
                throw CommandFailure.Refused($"What was sent in round {round.Slug} was deleted after its time: its numbers cannot be counted anew.");
            }

            if (reason is not null && (round.State is not (RoundState.Closed or RoundState.Frozen) || await ShownVersions.NewestAsync(db, round.Id, cancel) is null))
            {
                throw CommandFailure.Refused($"Numbers are counted anew only where a version of a closed round is published, or was shown to members. Leave --recount out for round {round.Slug}.");
            }

            var asked = parsed.GetValue(unreviewed) ? Unreviewed.Accepted : Unreviewed.Refused;
            if (parsed.GetValue(publish) && asked is Unreviewed.Refused)
            {
                // Asked before the work, not after it.
                var reviewed = await db.TranslationReviews.AsNoTracking().Select(r => r.Language).ToListAsync(cancel);
                if (wanted.Where(l => UnreviewedTranslations.Has(l, definition.Questionnaire, definition.Network, reviewed)).ToList() is { Count: > 0 } open)
                {
                    throw CommandFailure.Refused($"Nobody has reviewed these translations: {string.Join(", ", open)}. Record who did (in the office under Translations, or in network.yaml before the round is created), leave them out with --languages, or add --unreviewed to publish all the same.");
                }
            }

            var installation = Terminal.InstallationOf(parsed);
            await using var services = new ServiceCollection().AddLogging().AddSingleton(terminal.Time).AddStorage(installation.Database)
                .AddReports(installation.Root, installation.Templates, SiteHost.PublicUrl(Environment.GetEnvironmentVariable("PROGRESS_PUBLIC_URL"))).BuildServiceProvider();
            var contexts = services.GetRequiredService<IDbContextFactory<SurveyDb>>();
            var attempt = await ReportRuns.BeginHereAsync(contexts, terminal.Time, new ReportWish(round.Id, wanted, ReportRuns.ByCommand) { RecountReason = reason }, cancel);
            var bar = new ProgressBar(terminal.Error);
            var isMade = await services.GetRequiredService<ReportBuild>().RunAsync(attempt, bar, cancel);
            bar.End();
            var run = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == attempt.RunId, cancel);
            if (!isMade)
            {
                throw CommandFailure.Refused($"The report was not made. {run.Error}");
            }

            var version = await db.EditionVersions.Include(v => v.Artefacts).FirstAsync(v => v.Id == run.EditionVersionId, cancel);
            foreach (var file in version.Artefacts.OrderBy(a => a.Language, StringComparer.Ordinal).ThenBy(a => a.Name, StringComparer.Ordinal).Where(a => a.MediaType == "application/pdf"))
            {
                var path = Path.Combine(parsed.GetRequiredValue(folder), $"report-{round.Slug}.{file.Language}.pdf");
                await WriteAsync(path, file.Bytes, cancel);
                await terminal.SayAsync(path);
            }

            if (reason is not null && await VersionComparison.ChangedNumbersAsync(db, version.Id, cancel) is { } changed)
            {
                await terminal.SayAsync($"Counted anew: {changed.Count} published numbers differ from the last version.");
            }

            if (parsed.GetValue(publish))
            {
                var published = await EditionPublishing.PublishAsync(db, version.Id, "command", terminal.Now, asked, corrects, cancel);
                if (published.Value is null)
                {
                    throw CommandFailure.Refused($"The report was made and not published. {string.Join(' ', published.Problems.Select(p => p.Message))}");
                }

                await terminal.SayAsync($"Published version {published.Value.Number} of the {round.Slug} edition.");
            }

            return 0;
        });
        return new Command("report", "Reports.") { build };
    }

    /// <summary>Writes under a temporary name and renames, so that no half file ever bears the name.</summary>
    public static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".part";
        await File.WriteAllBytesAsync(temporary, bytes, cancel);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>A line that redraws itself on a terminal; a line a step where the output is a file.</summary>
    private sealed class ProgressBar(TextWriter error) : IProgress<(int Percent, string Step)>
    {
        private string step = "";

        public void Report((int Percent, string Step) value)
        {
            if (!Console.IsErrorRedirected)
            {
                var done = value.Percent / 4;
                error.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', done)}{new string('.', 25 - done)}] {value.Percent,3} % {value.Step,-12}"));
            }
            else if (value.Step != step)
            {
                error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Percent,3} % {value.Step}"));
            }

            step = value.Step;
        }

        public void End()
        {
            if (!Console.IsErrorRedirected)
            {
                error.WriteLine();
            }
        }
    }
}
