using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;

namespace Survey.Reporting.Charts;

/// <summary>Charts of plain shares: questions with several answers, and response rates.</summary>
public static class ShareCharts
{
    /// <summary>How many of those who answered named each choice, most named first; null when nothing is published.</summary>
    public static BarsChart? OfSeveral(Wording words, EditionNames names, Question question, SeveralFigures figures, string region)
    {
        var ranked = new SeveralFindings(words, names, question, figures).Ranked(region);
        return ranked.Count == 0 ? null
            : new BarsChart([.. ranked.Select(c => new BarsRow(names.Choice(question.Key, c.Choice), c.Share, words.Percent(c.Share)))], null, null, null);
    }

    /// <summary>Response rates by region and for the world, against the last round where the region was made of the same regions then.</summary>
    public static BarsChart? OfRates(Wording words, EditionNames names, Cube cube)
    {
        var who = cube.Participation;
        if (cube.Regions.All(r => r.RatePercent is null))
            return null;
        var earlier = who.Earlier.Count > 0 ? who.Earlier[^1] : null;
        var rows = cube.Regions.Where(r => r.RatePercent is not null)
            .Select(r => new BarsRow(names.Region(r.Slug), r.RatePercent!.Value, words.Percent(r.RatePercent.Value), Then(earlier, r)?.RatePercent)).ToList();
        if (who.RatePercent is { } rate)
            rows.Add(new BarsRow(names.Region(Cube.World), rate, words.Percent(rate), earlier?.RatePercent, true));
        var hasEarlier = rows.Exists(r => r.Earlier is not null);
        return new BarsChart(rows, 100, hasEarlier ? cube.Round : null, hasEarlier ? earlier!.Round : null);
    }

    /// <summary>The same region in that round, if it was published and made of the same regions; else null.</summary>
    public static PublishedRegion? Then(EarlierParticipation? earlier, PublishedRegion region) =>
        earlier?.Regions.FirstOrDefault(r => r.Slug == region.Slug && r.Members.Order(StringComparer.Ordinal).SequenceEqual(region.Members.Order(StringComparer.Ordinal)));

    /// <summary>The countries that a region takes on the map, as codes; none for one without a place, such as organisations that work in several.</summary>
    public static IReadOnlyList<string> CountriesOf(EditionInput input, PublishedRegion region)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(region);
        return [.. MembersOf(region).SelectMany(m => input.Geography.Region(m)?.Countries ?? []).Select(c => c.Code)];
    }

    private static IReadOnlyList<string> MembersOf(PublishedRegion region) => region.Members.Count > 0 ? region.Members : [region.Slug];

    /// <summary>The map of response rates in five classes of twenty per cent; null when no region of the map has a rate.</summary>
    public static RegionMapChart? OfMap(Wording words, EditionNames names, EditionInput input)
    {
        var regions = new List<MapRegion>();
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var published in input.Cube.Regions)
        {
            shown.UnionWith(MembersOf(published));
            var countries = CountriesOf(input, published);
            if (countries.Count > 0)
            {
                regions.Add(new MapRegion(
                    names.Region(published.Slug),
                    published.RatePercent is { } rate ? Math.Min(4, rate / 20) : null,
                    published.RatePercent is { } percent ? words.Percent(percent) : words.Text("figures.none"),
                    countries));
            }
        }

        if (regions.TrueForAll(r => r.Class is null))
            return null;
        foreach (var other in input.Geography.Regions.Where(r => !shown.Contains(r.Slug) && r.Countries.Count > 0))
            regions.Add(new MapRegion(words.In(other.Name), null, words.Text("figures.none"), [.. other.Countries.Select(c => c.Code)]));
        var classes = Enumerable.Range(0, 5).Select(i => words.Text("marks.range", ("low", words.Number(i * 20)), ("high", words.Percent(i == 4 ? 100 : (i * 20) + 19))));
        return new RegionMapChart(regions, [.. classes], words.Text("figures.none"));
    }
}
