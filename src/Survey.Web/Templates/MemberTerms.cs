using Microsoft.EntityFrameworkCore;
using Survey.Domain.Geography;
using Survey.Domain.Networks;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Templates;

/// <summary>
/// What may be said of a member: countries with their regions, types of organisation, languages. Those of the newest round; while there is none, those of the templates.
/// The import command and the office's pages both go by them.
/// </summary>
public sealed record MemberTerms(RegionScheme Regions, IReadOnlyList<Choice> Types, IReadOnlyList<string> Languages)
{
    public IReadOnlyList<string> TypeCodes { get; } = [.. Types.Select(t => t.Code)];

    /// <summary>Throws <see cref="Hosting.TemplateException"/> where there is no round and a template is wrong.</summary>
    public static async Task<MemberTerms> OfAsync(SurveyDb db, Installation installation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(installation);
        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancel);
        return round is null ? OfFiles(TemplateFolder.Open(installation.Templates)) : Of(RoundDefinition.Of(round));
    }

    /// <summary>Those of a round.</summary>
    public static MemberTerms Of(RoundDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new(definition.Regions, TypesOf(definition.Questionnaire), definition.Network.Languages);
    }

    private static MemberTerms OfFiles(TemplateFolder templates)
    {
        var regions = Whole(templates.Of(TemplateKind.Regions).Where(f => f.Name == "default").Select(f => RegionScheme.Parse(f.Content, f.Path)));
        var network = Whole(templates.Of(TemplateKind.Network).Select(f => NetworkFile.Parse(f.Content, f.Path)));
        var questionnaire = Whole(templates.Of(TemplateKind.Questionnaire).OrderByDescending(f => f.Name, StringComparer.Ordinal).Take(1).Select(f => QuestionnaireFile.Parse(f.Content, f.Path)));
        return new(regions, TypesOf(questionnaire), network.Languages);
    }

    private static IReadOnlyList<Choice> TypesOf(Questionnaire questionnaire) => questionnaire.WithRole(QuestionRole.Type)?.Choices ?? [];

    private static T Whole<T>(IEnumerable<Domain.Parsed<T>> parsed)
        where T : class
    {
        var first = parsed.FirstOrDefault() ?? throw new Hosting.TemplateException([new("templates", "incomplete", "The templates are incomplete. Run ./progress check.")]);
        return first.Value ?? throw new Hosting.TemplateException(first.Problems);
    }
}
