using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
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
    public static async Task<FindingDesk?> OfAsync(SurveyDb db, string slug, string language, string templates, DateTime now, CancellationToken cancel)
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
        var words = await ReportWords.CompletedAsync(texts, templates, cancel);
        if (ContentBuilder.ContentOf(input with { Editorial = EditionEditorial.None }, words).Value is not { } content)
        {
            return new(round, null, []);
        }

        var kept = await db.FindingChoices.AsNoTracking().Where(c => c.RoundId == round.Id).ToDictionaryAsync(c => c.Finding, StringComparer.Ordinal, cancel);
        var parts = FindingOrder.PartsOf(content.Blocks);
        var titles = content.Blocks.OfType<ChapterBlock>().ToDictionary(c => c.Id, c => c.Title, StringComparer.Ordinal);
        return new(round, texts.Language, [.. parts.GroupBy(p => p.Chapter).Select(ChapterOf)])
        {
            Orphans = [.. kept.Values.Where(c => c.IsHidden && !parts.Any(p => p.Findings.Any(f => f.Id == c.Finding))).Select(c => new Line(c.Finding, "") { Reason = c.Reason, IsHidden = true }).OrderBy(l => l.Id, StringComparer.Ordinal)],
        };

        Chapter ChapterOf(IGrouping<string, FindingPart> chapter)
        {
            var stays = FindingOrder.TitlesOf(content.Blocks, chapter.Key);
            return new(chapter.Key, titles[chapter.Key], [.. chapter.Select(part => new Part(part.Heading, [.. InOrder(part.Findings, kept.Values).Select(f => LineOf(f, kept.GetValueOrDefault(f.Id!), stays))], part.Findings))]);
        }
    }

    /// <summary>The findings of a part in the office's order.</summary>
    public static IReadOnlyList<FindingBlock> InOrder(IReadOnlyList<FindingBlock> findings, IEnumerable<FindingChoice> choices) =>
        FindingOrder.Sorted(findings, choices.ToDictionary(c => c.Finding, c => new ChosenFinding(c.Finding, c.IsHidden, c.Position), StringComparer.Ordinal));

    /// <summary>Hidden findings that the newest numbers do not give: hidden again as soon as they come back.</summary>
    public IReadOnlyList<Line> Orphans { get; private init; } = [];

    /// <summary>The anchor of a finding on the page.</summary>
    public static string AnchorOf(string finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return "finding-" + finding.Replace('.', '-');
    }

    private static Line LineOf(FindingBlock finding, FindingChoice? choice, IReadOnlySet<string> titles)
    {
        var said = FindingOrder.SaidBy(finding);
        return new(finding.Id!, finding.Text) { IsHidden = choice is { IsHidden: true }, Reason = choice?.Reason ?? "", Said = said, SaysOtherNow = choice is { IsHidden: true, Said: { } then } && then != said, StaysAsTitle = titles.Contains(finding.Text) };
    }

    /// <summary>The part in which a finding stands, or null.</summary>
    public Part? PartOf(string finding) => Chapters.SelectMany(c => c.Parts).FirstOrDefault(p => p.Lines.Any(l => l.Id == finding));

    /// <summary>A point's chapter.</summary>
    public sealed record Chapter(string Id, string Title, IReadOnlyList<Part> Parts);

    /// <summary>What stands below the opener (no heading) or below a heading: lines in the office's order, findings in that of the rules.</summary>
    public sealed record Part(string Heading, IReadOnlyList<Line> Lines, IReadOnlyList<FindingBlock> Findings);

    /// <summary>The finding, where it can be chosen about: one that stands, or one that is hidden and does not come now.</summary>
    public Line? Find(string finding) => PartOf(finding)?.Lines.First(l => l.Id == finding) ?? Orphans.FirstOrDefault(l => l.Id == finding);

    /// <summary>A finding; an orphan has no text.</summary>
    public sealed record Line(string Id, string Text)
    {
        public bool IsHidden { get; init; }

        /// <summary>Why it is hidden.</summary>
        public string Reason { get; init; } = "";

        /// <summary>The numbers that it tells, as a choice keeps them.</summary>
        public string Said { get; init; } = "";

        /// <summary>It was hidden when it told other numbers.</summary>
        public bool SaysOtherNow { get; init; }

        /// <summary>The same sentence is the chapter's lead or a figure's title, and stays there.</summary>
        public bool StaysAsTitle { get; init; }

        public string Anchor => AnchorOf(Id);
    }
}
