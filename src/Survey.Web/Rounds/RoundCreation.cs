using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Templates;

namespace Survey.Web.Rounds;

/// <summary>Makes a planned round: its templates are copied into the database with their hashes. All or nothing; a second try under the same name finds the first.</summary>
public static class RoundCreation
{
    /// <param name="by">Who acts, as the audit names them.</param>
    public static async Task<Parsed<CreatedRound>> CreateAsync(SurveyDb db, TemplateFolder templates, RoundDraft draft, string by, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(draft);
        var known = await db.Rounds.Where(r => r.Slug == draft.Slug).Select(r => r.Slug).ToListAsync(cancel);
        if (draft.NameProblems(known).Concat(draft.DayProblems(null)).ToList() is { Count: > 0 } problems)
        {
            return Parsed<CreatedRound>.Refused(problems);
        }

        var bundle = templates.Bundle(draft.Slug, draft.Plan, draft.Questionnaire, draft.Regions, draft.OptionalPoints);
        if (!bundle.IsWhole)
        {
            return Parsed<CreatedRound>.Refused(bundle.Problems);
        }

        var definition = bundle.Value.Definition;
        var round = new SurveyRound
        {
            Slug = draft.Slug,
            PlanSlug = definition.Plan.Slug,
            QuestionnaireName = definition.Questionnaire.Name,
            RegionsName = definition.Regions.Slug,
            OptionalPoints = string.Join(' ', draft.OptionalPoints),
            OpensOn = draft.OpensOn,
            CreatedAt = now,
            IsPilot = draft.IsPilot,
        };
        round.CloseAtEndOf(draft.ClosesOn);
        foreach (var template in bundle.Value.Templates)
        {
            round.Templates.Add(template);
        }

        db.Rounds.Add(round);
        db.Record(now, by, "round.create", $"round:{round.Slug}");
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // The unique index on the name: somebody else was quicker.
            db.ChangeTracker.Clear();
            if (await db.Rounds.AnyAsync(r => r.Slug == draft.Slug, cancel))
            {
                return Parsed<CreatedRound>.Refused([RoundDraft.Taken(draft.Slug)]);
            }

            throw;
        }

        return Parsed<CreatedRound>.Of(new(round, definition));
    }
}

/// <summary>A round that was just created, with what it asks.</summary>
public sealed record CreatedRound(SurveyRound Round, RoundDefinition Definition);
