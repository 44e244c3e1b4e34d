using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Demo;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Office.Access;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>
/// Makes the sample network in an empty database and prints two ways in: a personal link of the open round, and a one-time sign-in link of the demo
/// office account, which works for sample data and from this machine only.
/// </summary>
internal static class DemoCommand
{
    private const string Account = "office@example.org";

    public static Command Make(Terminal terminal)
    {
        var organisations = new Option<int>("--organisations") { DefaultValueFactory = _ => 600 };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var seed = new Option<long>("--seed") { DefaultValueFactory = _ => 2026 };
        var url = Terminal.SiteAddress();
        var onlyLinks = new Option<bool>("--links-only") { Description = "Prints fresh links of a sample network that is made already." };
        var command = new Command("demo", "Makes a sample network in an empty database.") { organisations, rounds, seed, url, onlyLinks };
        command.SetAction(async (parsed, cancel) =>
        {
            var installation = Terminal.InstallationOf(parsed);
            await using var db = StorageSetup.Open(installation.Database);
            await StorageSetup.MigrateAsync(db, cancel);
            if (!parsed.GetValue(onlyLinks))
            {
                var options = new SampleOptions(InRange(parsed.GetValue(organisations), "--organisations", SampleOptions.Fewest, SampleOptions.Most), parsed.GetValue(seed));
                var written = await WriteAsync(db, installation, options, InRange(parsed.GetValue(rounds), "--rounds", 1, SampleOptions.MostRounds), terminal.Now, cancel);
                await terminal.SayAsync(string.Create(CultureInfo.InvariantCulture, $"Made the sample network: {written.Organisations} organisations, {written.Rounds} rounds, {written.Responses} responses. Round {written.OpenRound} is open."));
            }

            var site = parsed.GetRequiredValue(url).TrimEnd('/');
            await terminal.SayAsync($"A member's personal link: {site}/a/{await MemberTokenAsync(db, terminal.Now, cancel)}");
            await terminal.SayAsync($"The office, once, from this machine: {site}/office/demo/{await OfficeTokenAsync(db, terminal.Now, cancel)}");
            return 0;
        });
        return command;
    }

    private static int InRange(int value, string option, int least, int most) =>
        value >= least && value <= most ? value : throw CommandFailure.BadInput($"{option} takes {least} to {most}, not {value}.");

    private static async Task<SampleWritten> WriteAsync(SurveyDb db, Installation installation, SampleOptions options, int rounds, DateTime now, CancellationToken cancel)
    {
        var folder = TemplateFolder.Open(installation.Templates);
        var questionnaires = folder.Questionnaires.Where(q => q.StartsWith("made-", StringComparison.Ordinal)).ToList();
        var terms = new List<SampleTerms>();
        var files = new List<SampleRoundFiles>();
        for (var year = now.Year - rounds + 1; year <= now.Year; year++)
        {
            // A year without a questionnaire of its own has that of the nearest year before it, else the oldest there is.
            var questionnaire = questionnaires.LastOrDefault(q => string.CompareOrdinal(q, $"made-{year}") <= 0) ?? questionnaires[0];
            var slug = year.ToString(CultureInfo.InvariantCulture);
            var bundle = folder.Bundle(slug, "made-8-point", questionnaire, "default", []);
            if (bundle.Value is null)
            {
                throw CommandFailure.BadInput(bundle.Problems);
            }

            terms.Add(SampleTerms.Of(slug, bundle.Value.Definition));
            files.Add(new SampleRoundFiles("default", bundle.Value.Templates));
        }

        var written = await SampleWriter.WriteAsync(db, SampleNetwork.Of(options, terms), files, now, cancel: cancel);
        return written.Value ?? throw CommandFailure.BadInput(written.Problems);
    }

    private static async Task<string> MemberTokenAsync(SurveyDb db, DateTime now, CancellationToken cancel)
    {
        var invitation = await db.Invitations.ThatMayBeNamed()
            .Where(i => i.Round!.State == RoundState.Open && i.Round.IsSample && !db.Responses.Any(r => r.InvitationId == i.Id)).OrderBy(i => i.Id).Select(i => (int?)i.Id).FirstOrDefaultAsync(cancel)
            ?? throw CommandFailure.Refused("There is no open sample round with an organisation that has not begun to answer. Delete the database and run ./progress demo.");
        var token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = invitation, TokenHash = PersonalLink.Hash(token), CreatedAt = now });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    private static async Task<string> OfficeTokenAsync(SurveyDb db, DateTime now, CancellationToken cancel)
    {
        if (await OfficeAccounts.AddAsync(db, Account, OfficeRoles.Publisher, SetUpToken.Demo, "command", now, cancel) is { } first)
        {
            return first;
        }

        var account = await db.Users.FirstAsync(u => u.Email == Account, cancel);
        var token = PersonalLink.NewToken();
        (account.SetUpTokenHash, account.SetUpTokenExpiresAt) = (SetUpToken.Hash(SetUpToken.Demo, token), now.AddDays(1));
        await db.SaveChangesAsync(cancel);
        return token;
    }
}
