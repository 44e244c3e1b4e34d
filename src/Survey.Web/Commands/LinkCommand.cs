using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Commands;

/// <summary>Issues a fresh personal link; earlier ones stay valid until they are revoked.</summary>
internal static class LinkCommand
{
    public static Command Make(Terminal terminal)
    {
        var organisation = new Argument<string>("ORGANISATION") { Description = "The organisation's code or exact name." };
        var roundSlug = new Argument<string>("ROUND");
        var url = Terminal.SiteAddress();
        var command = new Command("link", "Issues a fresh personal link to a response.") { organisation, roundSlug, url };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var round = await Terminal.RoundAsync(db, parsed.GetRequiredValue(roundSlug), cancel);
            var named = parsed.GetRequiredValue(organisation);
            var folded = FoldedText.Of(named);
            var found = await db.Invitations.AsNoTracking()
                .Where(i => i.RoundId == round.Id && (i.Organisation!.Code == named || i.Organisation.NameFolded == folded)).OrderBy(i => i.Id).Take(2).ToListAsync(cancel);
            if (found.Count != 1)
            {
                if (round.State is RoundState.Planned)
                {
                    throw CommandFailure.Refused($"Round {round.Slug} is not open yet, so nobody is invited. Open it: ./progress round open {round.Slug}");
                }

                throw CommandFailure.BadInput(found.Count == 0
                    ? $"No organisation '{named}' is invited to round {round.Slug}."
                    : $"Several organisations are called '{named}'. Give the code instead.");
            }

            var token = PersonalLink.NewToken();
            db.PersonalLinks.Add(new PersonalLink { InvitationId = found[0].Id, TokenHash = PersonalLink.Hash(token), CreatedAt = terminal.Now });
            db.Record(terminal.Now, "command", "link.issue", $"invitation:{found[0].Id}");
            await db.SaveChangesAsync(cancel);
            await terminal.SayAsync($"{parsed.GetRequiredValue(url).TrimEnd('/')}/a/{token}");
            return 0;
        });
        return command;
    }
}
