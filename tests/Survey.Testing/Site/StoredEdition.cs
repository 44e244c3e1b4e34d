using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.OpenData;
using Survey.Testing.Editions;

namespace Survey.Testing.Site;

/// <summary>
/// The sample edition in all its languages, stored as the report job stores one, with stand-ins for its PDFs and pictures. It has an index with a text of the office, and in English alone a
/// foreword.
/// </summary>
public static class StoredEdition
{
    public static readonly byte[] Pdf = [.. "%PDF-1.7 sample "u8, .. Enumerable.Range(0, 4000).Select(i => (byte)i)];

    /// <summary>The words of a member that it prints.</summary>
    public const string Quote = "Nous avons formé <b>quarante</b> femmes.";

    private static EditionContent WithOffice(EditionContent content)
    {
        var text = new RichTextBlock(2,
        [
            new(RichPartKind.Heading, [new([new("Rich heading")])], $"rich-{content.Language}"),
            new(RichPartKind.Paragraph, [new([new("Words of the "), new("office", IsStrong: true), new(".")])], null),
        ]);
        var blocks = content.Blocks.ToList();
        if (content.Language == "en")
        {
            blocks.InsertRange(blocks.FindIndex(b => b is ChapterBlock), [new ChapterBlock("foreword", "The office", "Foreword", null, null, ChapterTone.Primary), text]);
        }

        var point = blocks.OfType<ChapterBlock>().First(c => c.Id == "point-1");
        return content with
        {
            Blocks =
            [
                .. blocks,
                new ChapterBlock("annex-index", point.Kicker, "SDG", null, null, ChapterTone.Accent),
                text,
                new IndexBlock("annex-index-sdg", "SDG 10", [new("10.7", "https://sdgs.un.org/goals/goal10", [new(point.Title, "point-1"), new("–", "no-such-chapter")])]),
            ],
        };
    }

    /// <summary>Figures of two points: plain for the world, a small base, a count only and nothing for Africa; of the other points nothing.</summary>
    private static Cube Cube(SurveyRound round)
    {
        IReadOnlyList<IReadOnlyList<string>> state = [["not-at-all", "a-little", "partly", "largely", "fully"], ["little-or-not", "partly", "largely-or-fully"]];
        IReadOnlyList<IReadOnlyList<string>> change = [["back-a-lot", "back", "no-change", "advanced", "advanced-a-lot"]];
        var world = new RatingCell("world", CellTreatment.Plain, 82, 12, 0, [10, 20, 40, 20, 10], new Headline(30, 21, 41));
        PointFigures Point(string slug, RatingCell first, RatingCell second) => new(slug,
            [new RatingFigures("state", false, state, world, [first], []), new RatingFigures("change", true, change, world, [second], [])], []);
        return new Cube(round.Slug, round.PlanSlug, SiteHost.Start.UtcDateTime, [new PublishedRegion("africa", ["africa"], 40, 26, 65)],
            new Participation(120, 82, 68, 0, 0, 0, 20, [], [], [new PublishedGroup("web", ["web"], 120, 82, 68)], []),
            [
                Point("diaspora", new("africa", CellTreatment.SmallBase, 26, null, 1, [30, 40, 30], new Headline(30, 15, 51)), new("africa", CellTreatment.CountOnly, 8, null, null, null, null)),
                Point("protection", new("africa", CellTreatment.Hidden, null, null, null, null, null), new("africa", CellTreatment.Hidden, null, null, null, null, null)),
            ], [], [], new DisclosureRules());
    }

    /// <summary>Stores a version for a round; published unless said otherwise.</summary>
    public static async Task<EditionVersion> AddAsync(SurveyDb db, SurveyRound round, bool isPublished = true, int number = 1, params string[] languages)
    {
        IReadOnlyList<string> made = languages.Length > 0 ? languages : SampleEdition.Languages;
        var edition = db.Editions.FirstOrDefault(e => e.RoundId == round.Id) ?? db.Editions.Add(new Edition { RoundId = round.Id, CreatedAt = SiteHost.Start.UtcDateTime }).Entity;
        var run = new ReportRun { RoundId = round.Id, Languages = string.Join(' ', made), State = RunState.Succeeded, RequestedAt = SiteHost.Start.UtcDateTime, Percent = 100 };
        db.Runs.Add(run);
        await db.SaveChangesAsync();
        var version = new EditionVersion
        {
            EditionId = edition.Id,
            PlannedNumber = number,
            RunId = run.Id,
            Cube = CubeJson.Write(Cube(round)),
            CubeSha256 = new string('0', 64),
            DataAsOf = SiteHost.Start.UtcDateTime,
            CreatedAt = SiteHost.Start.UtcDateTime,
            IsSample = true,
        };
        foreach (var language in made)
        {
            var content = WithOffice(SampleEdition.In(language, new QuoteBlock(Quote, "fr", "–", null)));
            Add(language, "report.pdf", "application/pdf", Pdf);
            Add(language, "content.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(content, EditionJson.Options));
            foreach (var figure in content.Blocks.OfType<FigureBlock>())
            {
                Add(language, $"figures/{figure.Id}.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 120\"><rect x=\"10\" y=\"20\" width=\"300\" height=\"30\" fill=\"#0B6E8A\"/><rect x=\"10\" y=\"70\" width=\"210\" height=\"30\" fill=\"#0B6E8A\"/></svg>"u8.ToArray());
            }

            foreach (var file in FigureFiles.Of(content, new FigureSource("Sample Network (2026).", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", null, SiteHost.Start.UtcDateTime)))
            {
                Add(language, file.Name, file.MediaType, file.Bytes);
            }
        }

        Add("", "data/ratings.csv", "text/csv", "region,point,share\nafrica,diaspora,41\n"u8.ToArray());
        if (isPublished)
        {
            version.Publish(SiteHost.Start.UtcDateTime, "office:test");
        }

        db.EditionVersions.Add(version);
        await db.SaveChangesAsync();
        run.EditionVersionId = version.Id;
        await db.SaveChangesAsync();
        return version;

        void Add(string language, string name, string type, byte[] bytes) => version.Artefacts.Add(
            new Artefact { Language = language, Name = name, MediaType = type, Bytes = bytes, Length = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) });
    }

    /// <summary>The one figure of a short version.</summary>
    public const string ShortFigure = "response-rate";

    /// <summary>Stores a version in one language whose content is a chapter with one figure: for what makes pictures, since each takes its time.</summary>
    public static async Task<EditionVersion> AddShortAsync(SurveyDb db, SurveyRound round, string language, bool isPublished = true, int number = 1)
    {
        var version = await AddAsync(db, round, isPublished, number, language);
        var content = SampleEdition.In(language);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content with { Blocks = [.. content.Blocks.Where(b => b is ChapterBlock { Id: "summary" } or SummaryListBlock or FigureBlock { Id: ShortFigure })] }, EditionJson.Options);
        await db.Artefacts.Where(a => a.EditionVersionId == version.Id && a.Name == Artefact.Content).ExecuteUpdateAsync(s => s.SetProperty(a => a.Bytes, bytes));
        return version;
    }

    /// <summary>A picture of one pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");

    /// <summary>Stores stand-ins for the pictures that the job makes of a published version, in these of its languages.</summary>
    public static async Task AddPicturesAsync(SurveyDb db, EditionVersion version, params string[] languages)
    {
        foreach (var name in languages.SelectMany(l => SampleEdition.In(l).Blocks.SelectMany(EditionPages.Inner).Select(EditionFigure.Of).OfType<EditionFigure>().Select(f => PictureContent.OfFigure(f.Id)).Append(Artefact.Headline).Select(n => (Language: l, Name: n))))
        {
            db.Artefacts.Add(new Artefact { EditionVersionId = version.Id, Language = name.Language, Name = name.Name, MediaType = "image/png", Bytes = Png, Length = Png.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Png)) });
        }

        await db.SaveChangesAsync();
    }
}
