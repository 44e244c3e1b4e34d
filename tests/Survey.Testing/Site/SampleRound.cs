using System.Security.Cryptography;
using System.Text;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Testing.Site;

/// <summary>A round of the shipped templates with a few invited organisations, as tests of the pages need it.</summary>
public static class SampleRound
{
    /// <summary>Makes the round and opens it.</summary>
    public static async Task<SurveyRound> AddAsync(SurveyDb db, string slug = "2026", bool opens = true, DateOnly? closesOn = null)
    {
        var closing = closesOn ?? new DateOnly(2026, 5, 31);
        var round = new SurveyRound
        {
            Slug = slug,
            PlanSlug = "made-8-point",
            QuestionnaireName = "made-2026",
            RegionsName = "default",
            ClosesOn = closing,
            ClosesAt = SurveyRound.EndOfDayAnywhere(closing),
            CreatedAt = SiteHost.Start.UtcDateTime.AddDays(-30),
            IsSample = true,
        };
        Add(TemplateKinds.Plan, "plans", "made-8-point");
        Add(TemplateKinds.Questionnaire, "questionnaires", "made-2026");
        Add(TemplateKinds.Regions, "regions", "default");
        Add(TemplateKinds.Network, ".", "network");
        if (opens)
        {
            round.Open(SiteHost.Start.UtcDateTime.AddDays(-3));
        }

        db.Rounds.Add(round);
        await db.SaveChangesAsync();
        return round;

        void Add(string kind, string folder, string name)
        {
            var content = File.ReadAllText(Path.Combine(Repository.Templates, folder, name + ".yaml"));
            round.Templates.Add(new RoundTemplate { Kind = kind, Name = name, Content = content, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))) });
        }
    }

    /// <summary>Invites an organisation and gives its personal link's token.</summary>
    public static async Task<string> InviteAsync(SurveyDb db, SurveyRound round, string name = "Horizons solidaires", string country = "SN", string region = "africa", string language = "en")
    {
        var organisation = new Organisation { Code = $"org-{Guid.NewGuid():N}", Name = name, NameFolded = FoldedText.Of(name), Country = country, Type = "ngo", Language = language, CreatedAt = round.CreatedAt };
        var invitation = new Invitation { RoundId = round.Id, Organisation = organisation, Name = name, Country = country, Region = region, Type = "ngo", Language = language, InvitedAt = round.CreatedAt };
        var token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { Invitation = invitation, TokenHash = PersonalLink.Hash(token), CreatedAt = round.CreatedAt });
        await db.SaveChangesAsync();
        return token;
    }
}
