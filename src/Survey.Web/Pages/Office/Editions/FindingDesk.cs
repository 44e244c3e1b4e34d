using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>The generated findings of a round's points as its newest version has the numbers, in one language, with the office's choice; hidden ones stand among them.</summary>
public sealed record FindingDesk(SurveyRound Round, string? Language, IReadOnlyList<FindingDesk.Chapter> Chapters)
{
    /// <summary>The desk; null where there is no such round. Without a version, or without words of the report, it has no language and nothing to choose from.</summary>
    public static async Task<FindingDesk?> OfAsync(SurveyDb db, string slug, string language, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return null;
        }

        var definition = RoundDefinition.Of(round);
        var newest = await db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == round.Id).OrderByDescending(v => v.Id).Select(v => new { v.Cube, v.PlannedNumber }).FirstOrDefaultAsync(cancel);
        var texts = definition.ReportTexts.GetValueOrDefault(language) ?? definition.ReportTexts.Values.FirstOrDefault();
        if (newest is null || texts is null)
        {
            return new(round, null, []);
        }

        var input = await EditionSource.InputOfAsync(db, round, definition, CubeJson.Read(newest.Cube), newest.PlannedNumber, [], now, cancel);
        // As the rules give them: what is hidden can be shown again.
        if (ContentBuilder.ContentOf(input with { Editorial = EditionEditorial.None }, texts).Value is not { } content)
        {
            return new(round, null, []);
        }

        var choices = input.Editorial.Findings.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var reasons = await db.FindingChoices.AsNoTracking().Where(c => c.RoundId == round.Id).ToDictionaryAsync(c => c.Finding, c => c.Reason, StringComparer.Ordinal, cancel);
        var titles = content.Blocks.OfType<ChapterBlock>().ToDictionary(c => c.Id, c => c.Title, StringComparer.Ordinal);
        return new(round, texts.Language,
        [
            .. FindingOrder.PartsOf(content.Blocks).GroupBy(p => p.Chapter).Select(chapter => new Chapter(chapter.Key, titles[chapter.Key],
                [.. chapter.Select(part => new Part(part.Heading, [.. FindingOrder.Sorted(part.Findings, choices)
                    .Select(f => new Line(f.Id!, f.Text, choices.TryGetValue(f.Id!, out var choice) && choice.IsHidden, reasons.GetValueOrDefault(f.Id!) ?? ""))]))])),
        ]);
    }

    /// <summary>The part in which a finding stands, or null.</summary>
    public Part? PartOf(string finding) => Chapters.SelectMany(c => c.Parts).FirstOrDefault(p => p.Lines.Any(l => l.Id == finding));

    /// <summary>A point's chapter.</summary>
    public sealed record Chapter(string Id, string Title, IReadOnlyList<Part> Parts);

    /// <summary>What stands below the opener (no heading) or below a heading, in the office's order.</summary>
    public sealed record Part(string Heading, IReadOnlyList<Line> Lines);

    /// <summary>A finding.</summary>
    public sealed record Line(string Id, string Text, bool IsHidden, string Reason)
    {
        /// <summary>Its anchor on the page.</summary>
        public string Anchor => "finding-" + Id.Replace('.', '-');
    }
}
