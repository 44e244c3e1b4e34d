using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Domain.Watching;
using Survey.Reporting.Disclosure;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Watching;

/// <summary>
/// How answers come in, beside last year at the same day since the opening; which regions will be too few; where those stopped who did not send. Counts alone.
/// Countries, languages and types with fewer members than <see cref="Fewest"/> have no row of their own for a reader, and in no file; nor has what they could be told from.
/// </summary>
public sealed class ProgressModel(SurveyDb db, RoundForms forms, PageTexts texts, TimeProvider time) : PageModel
{
    /// <summary>A country, language or type with fewer members than this is shown to editors only: two counts of so few tell who answered.</summary>
    public const int Fewest = 5;

    private static readonly DisclosureRules Rules = new();

    public SurveyRound Round { get; private set; } = null!;

    public RoundForm Form { get; private set; } = null!;

    /// <summary>The moment that the figures are of: now, or the close of a round that is over.</summary>
    public DateTime AsOf { get; private set; }

    /// <summary>The day since the opening that <see cref="AsOf"/> is in, from 1.</summary>
    public int Day { get; private set; }

    public bool HasEarlier { get; private set; }

    public GroupRate All { get; private set; } = null!;

    /// <summary>How many sent after the close, by the office's leave. They are in no other figure here.</summary>
    public int Late { get; private set; }

    public IReadOnlyList<Group> Groups { get; private set; } = [];

    public IReadOnlyList<RegionOutlook> Missing { get; private set; } = [];

    /// <summary>Regions with so few members that they get no results of their own, whatever comes in; only while the round is open.</summary>
    public IReadOnlyList<string> TooSmall { get; private set; } = [];

    /// <summary>The fewest answers for which a region has results of its own.</summary>
    public static int RegionMinimum => Rules.RegionMinimum;

    public CurvePicture Curve { get; private set; } = null!;

    public IReadOnlyList<StoppedAt<SurveyPart>> Stopped { get; private set; } = [];

    /// <summary>Whether the round takes answers at this moment.</summary>
    public bool IsOpen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await ShowAsync(slug, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnGetFileAsync(string slug, CancellationToken cancel)
    {
        if (!await ShowAsync(slug, cancel))
        {
            return KindPage.NotFound();
        }

        using var file = new MemoryStream();
        await using (var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            Write(csv, "round", "as-of", "by", "code", "name", "invited", "started", "sent", "invited-last-year", "sent-last-year-same-day");
            foreach (var group in Groups)
            {
                foreach (var row in WithoutSmall(group).Rows)
                {
                    Write(csv, Round.Slug, AsOf.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), group.Kind, row.Key, NameOf(group.Kind, row.Key), Text(row.Invited), Text(row.Started), Text(row.Sent), HasEarlier ? Text(row.InvitedThen) : "", row.SentThen is { } then ? Text(then) : "");
                }
            }

            await csv.FlushAsync(cancel);
        }

        return File(file.ToArray(), "text/csv; charset=utf-8", $"progress-{Round.Slug}.csv");

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A group's member in the words of the page.</summary>
    public string NameOf(string kind, string key) => kind switch
    {
        "region" => Form.Places.Region(key)?.Title.In(texts.Language) ?? key,
        "country" => Form.Places.CountryName(key, texts.Language),
        "language" => texts.Languages.FirstOrDefault(l => l.Language == key)?.Name ?? key,
        _ => Form.Questionnaire.WithRole(QuestionRole.Type)?.Choice(key)?.Label.In(texts.Language) ?? (key.Length == 0 ? texts["watching.unknown"] : key),
    };

    private async Task<bool> ShowAsync(string slug, CancellationToken cancel)
    {
        if (await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == slug && r.State != RoundState.Planned, cancel) is not { } round)
        {
            return false;
        }

        var now = time.GetUtcNow().UtcDateTime;
        Round = round;
        Form = await forms.OfAsync(db, round.Id, cancel);
        IsOpen = round.IsOpenAt(now);
        var watched = await RoundWatch.OfAsync(db, round, cancel);
        var before = await RoundWatch.BeforeAsync(db, round, Form.Definition, cancel);
        HasEarlier = before is not null;
        AsOf = IsOpen || (round.ClosedAt ?? round.ClosesAt) is not { } closed || closed > now ? now : closed;
        // Who was writing at the close may send for some minutes more; what comes later than that was let in by the office and is counted apart.
        var gone = AsOf - watched.OpenedAt + (IsOpen ? TimeSpan.Zero : SurveyRound.Grace);
        Day = Math.Max(0, ResponseCurve.DayOf(AsOf, watched.OpenedAt)) + 1;
        var isReader = !OfficeMay.Edit(User);
        Groups =
        [
            .. new[] { Of("region", m => m.Region), Of("language", m => m.Language), Of("type", m => m.Type), ByName(Of("country", m => m.Country)) }.Select(g => isReader ? WithoutSmall(g) : g),
        ];
        Late = watched.SentAt.Count(at => at > watched.OpenedAt + gone);
        All = GroupRate.By(_ => "", watched, before, gone) is [var all] ? all : new("", 0, 0, 0, 0, null);
        Curve = CurvePicture.Of(watched, before, Day, Length(round, watched.OpenedAt));
        var thresholds = new[] { Rules.RegionMinimum, Rules.SharesFrom, Rules.PlainFrom };
        Missing = round.ClosesAt is not { } closes || !IsOpen ? [] :
        [
            .. watched.Members.GroupBy(m => m.Region).Select(g => RegionOutlook.Of(g.Key, g.Count(), [.. g.Where(m => m.SentAt is not null).Select(m => m.SentAt!.Value)], watched.OpenedAt, closes, now, thresholds))
                .OfType<RegionOutlook>().OrderBy(o => o.Threshold).ThenBy(o => o.Region, StringComparer.Ordinal),
        ];
        TooSmall = IsOpen ? [.. Groups[0].Rows.Where(r => r.Invited < Rules.RegionMinimum).Select(r => r.Key)] : [];
        Stopped = await RoundWatch.StoppedAsync(db, round, Form, cancel);
        return true;

        Group Of(string kind, Func<MemberStanding, string> key) => new(kind, GroupRate.By(key, watched, before, gone));
    }

    /// <summary>Countries as the reader looks for them: by name, not by code.</summary>
    private Group ByName(Group group) => group with { Rows = [.. group.Rows.OrderBy(r => FoldedText.SortKey(NameOf(group.Kind, r.Key)), StringComparer.Ordinal)] };

    /// <summary>Regions are the report's own groups and are shown whole; a country is a part of its region, languages and types are parts of all.</summary>
    private Group WithoutSmall(Group group) => group.Kind == "region" ? group
        : group with { Rows = GroupRate.WithoutSmall(group.Rows, key => group.Kind == "country" ? Form.Places.RegionOf(key)?.Slug ?? "" : "", Fewest) };

    /// <summary>Days from the opening to the close; of a round without a close as many as have gone.</summary>
    private int Length(SurveyRound round, DateTime openedAt) => Math.Max(Day, round.ClosesAt is { } closes ? ResponseCurve.DayOf(closes, openedAt) + 1 : Day);

    private static void Write(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.EndRecord();
    }

    /// <summary>The rows of one table.</summary>
    public sealed record Group(string Kind, IReadOnlyList<GroupRate> Rows);
}
