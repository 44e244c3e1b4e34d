using System.Security.Cryptography;
using System.Text;
using Survey.Domain;
using Survey.Domain.Demo;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Testing;

namespace Survey.UnitTests.Demo;

/// <summary>Facts that make the default sample network believable. The bounds are those of the brief for it, not of the code.</summary>
public sealed class SampleNetworkTests
{
    private static readonly string[] Languages = ["ar", "en", "es", "fr"];

    private SampleNetwork network = null!;
    private IReadOnlyList<SampleInvitation>[] rounds = null!;

    [OneTimeSetUp]
    public void Make_the_default_network()
    {
        network = SampleNetwork.Of(new SampleOptions(), SampleTemplates.Terms(3));
        rounds = [.. Enumerable.Range(0, 3).Select(network.Population)];
    }

    [Test]
    public void The_same_seed_makes_the_same_network()
    {
        var again = SampleNetwork.Of(new SampleOptions(), SampleTemplates.Terms(3));
        Assert.That(Print(again, 2), Is.EqualTo(Print(network, 2)));
        Assert.That(Print(again, 0), Is.EqualTo(Print(network, 0)), "whatever is asked for first");
    }

    [Test]
    public void Another_seed_makes_another_network()
    {
        var other = SampleNetwork.Of(new SampleOptions(Seed: 7), SampleTemplates.Terms(3));
        Assert.That(Print(other, 2), Is.Not.EqualTo(Print(network, 2)));
    }

    [Test]
    public void Numbers_of_a_stream_are_the_same_on_every_machine() =>
        // SplitMix64 of state 0 begins so in its authors' reference code (https://prng.di.unimi.it/splitmix64.c); the stream's name only sets the state.
        Assert.That(SeededStream.From(0).Next(), Is.EqualTo(0xE220A8397B1DCDAF));

    [Test]
    public void About_600_organisations_in_120_countries_and_every_region()
    {
        Assert.That(rounds[2], Has.Count.EqualTo(600).Within(10));
        Assert.That(rounds[0], Has.Count.EqualTo(590).Within(40));
        Assert.That(network.Organisations.Select(o => o.Country).Where(c => c != "global").Distinct().Count(), Is.GreaterThanOrEqualTo(115));
        Assert.That(rounds[2].Select(i => i.Region).Distinct(), Is.EquivalentTo(SampleTemplates.Regions.Regions.Select(r => r.Slug)));
    }

    [Test]
    public void Organisations_come_and_go()
    {
        for (var round = 0; round < 2; round++)
        {
            var before = rounds[round].Select(i => i.Organisation.Code).ToHashSet();
            var after = rounds[round + 1].Select(i => i.Organisation.Code).ToHashSet();
            Assert.That(before.Count(c => !after.Contains(c)) / (double)before.Count, Is.InRange(0.04, 0.10));
            Assert.That(after.Count(c => !before.Contains(c)) / (double)after.Count, Is.InRange(0.04, 0.12));
        }
    }

    [Test]
    public void Names_are_unique_and_addresses_are_in_a_reserved_domain()
    {
        Assert.That(network.Organisations.Select(o => o.Name), Is.Unique);
        Assert.That(network.Organisations.Select(o => o.Code), Is.Unique);
        Assert.That(network.Organisations.Select(o => o.Name).Where(n => n != DoorText.Clean(n) || n.Contains('{') || DoorText.Length(n) > 120), Is.Empty);
        Assert.That(network.Organisations.SelectMany(o => o.Contacts).Where(c => !c.Email.EndsWith("@example.org", StringComparison.Ordinal)), Is.Empty);
        Assert.That(network.Organisations.Select(o => o.Language).Distinct().Order(), Is.EqualTo(Languages));
        Assert.That(network.Organisations.Count(o => o.IsDiscreet), Is.InRange(4, 30));
    }

    [Test]
    public void Response_rates_differ_by_region()
    {
        foreach (var round in rounds)
        {
            var rates = round.GroupBy(i => i.Region).Where(g => g.Count() >= 30).ToDictionary(g => g.Key, g => g.Count(i => Counts(i)) / (double)g.Count());
            Assert.That(rates.Values, Is.All.InRange(0.25, 0.80));
            Assert.That(rates.Values.Max() - rates.Values.Min(), Is.GreaterThan(0.12));
        }

        Assert.That(rounds[1].Count(Counts) / (double)rounds[1].Count, Is.InRange(0.42, 0.62));
    }

    [Test]
    public void Every_kind_of_response_occurs()
    {
        var over = rounds[..2].SelectMany(r => r).Where(i => i.Response is not null).Select(i => i.Response!).ToList();
        Assert.That(over.Count(r => r.Submissions.Count == 0), Is.GreaterThan(10), "started, not sent");
        Assert.That(over.Count(r => r.Submissions.Count > 1), Is.GreaterThan(10), "sent twice");
        Assert.That(over.Count(r => r.IsLate), Is.GreaterThan(5));
        Assert.That(over.Count(r => r.Review is ReviewState.SetAside), Is.GreaterThan(1));
        Assert.That(rounds[2].Any(i => i.Response is { Submissions: [.., var sent] } r && r.Draft != sent.Sheet), "unsent changes");
        Assert.That(rounds[2].Where(i => i.Response is not null).Select(i => i.Response!.ChangedAfter), Is.All.LessThanOrEqualTo(SampleCalendar.OpenSoFar));
        Assert.That(rounds[2].Count(i => i.Region == "global" && Counts(i)), Is.LessThan(5), "so that small regions are joined");
    }

    [Test]
    public void Every_sheet_is_one_that_the_questionnaire_allows()
    {
        for (var round = 0; round < 3; round++)
        {
            var terms = network.Rounds[round];
            foreach (var sheet in rounds[round].Where(i => i.Response is not null).SelectMany(i => i.Response!.Submissions.Select(s => s.Sheet).Append(i.Response.Draft)))
            {
                Assert.That(sheet.Check(terms.Questionnaire, terms.Points, code => SampleTemplates.Regions.Country(code) is not null), Is.Empty);
                Assert.That(sheet.Applicable(terms.Questionnaire).ToJson(), Is.EqualTo(sheet.ToJson()));
                Assert.That(AnswerSheet.FromDraft(sheet.ToDraft(1, terms.Questionnaire)).ToJson(), Is.EqualTo(sheet.ToJson()));
                Assert.That(sheet.Answers.Select(a => a.Value.Text).Where(t => t is not null && (t != DoorText.Clean(t) || t.AsSpan().IndexOfAny('{', '}', '|') >= 0)), Is.Empty);
            }
        }
    }

    [Test]
    public void Whoever_answers_says_the_required_things()
    {
        var terms = network.Rounds[2];
        foreach (var sheet in rounds[2].Where(Counts).Select(i => i.Response!.Submissions[^1].Sheet))
            Assert.That(terms.Questionnaire.Questions.Where(q => q.IsRequired && !terms.Questionnaire.IsPerPoint(q) && sheet.Find("", q.Key) is null), Is.Empty);
    }

    [Test]
    public void Some_points_advance_and_some_fall_and_one_region_goes_its_own_way()
    {
        var changes = network.Rounds[0].Points.ToDictionary(p => p, p => Headline(2, p, null) - Headline(0, p, null));
        Assert.That(changes.Values.Max(), Is.GreaterThan(0.08));
        Assert.That(changes.Values.Min(), Is.LessThan(-0.08));
        Assert.That(changes.Values.Any(c => Math.Abs(c) < 0.05));
        Assert.That(Headline(2, "recruitment", "latin-america-caribbean") - Headline(0, "recruitment", "latin-america-caribbean"), Is.LessThan(changes["recruitment"] - 0.08));
    }

    [Test]
    public void An_organisation_keeps_its_view_from_year_to_year()
    {
        // Were the answers noise, two years of an organisation would differ as much as two organisations: by chance about every third pair of steps is the same.
        var pairs = rounds[0].Where(Counts).Join(rounds[1].Where(Counts), a => a.Organisation, b => b.Organisation, (a, b) => (A: a.Response!.Submissions[^1].Sheet, B: b.Response!.Submissions[^1].Sheet));
        var steps = pairs.SelectMany(p => network.Rounds[0].Points.Select(point => (A: Step(p.A, point), B: Step(p.B, point)))).Where(p => p.A >= 0 && p.B >= 0).ToList();
        Assert.That(steps, Has.Count.GreaterThan(300));
        Assert.That(steps.Average(p => Math.Abs(p.A - p.B)), Is.LessThan(0.8));
    }

    [Test]
    public void Dont_know_is_more_frequent_where_a_point_is_only_followed()
    {
        var answers = rounds.SelectMany(r => r).Where(Counts).Select(i => i.Response!.Submissions[^1].Sheet)
            .SelectMany(s => network.Rounds[0].Points.Select(p => (Work: Choice(s, p, "work"), State: Choice(s, p, "state")))).Where(a => a.State is not null).ToList();
        double Unsure(string work) => answers.Count(a => a.Work == work && a.State == "dont-know") / (double)answers.Count(a => a.Work == work);
        Assert.That(Unsure("follow"), Is.GreaterThan(2 * Unsure("directly")));
    }

    [Test]
    public void Members_write_in_four_languages_and_most_do_not_want_to_be_quoted()
    {
        var written = rounds.SelectMany(r => r).Where(Counts).SelectMany(i => i.Response!.Submissions[^1].Sheet.Answers.Where(a => a.Key.Question == "example")
            .Select(a => (i.Response!.Language, a.Value.Text, Consent: Choice(i.Response.Submissions[^1].Sheet, a.Key.Point, "consent")))).ToList();
        Assert.That(written.CountBy(w => w.Language).Where(l => l.Value >= 8).Select(l => l.Key).Order(), Is.EqualTo(Languages));
        Assert.That(written.Count(w => w.Consent is ConsentCodes.Anonymous) / (double)written.Count, Is.InRange(0.18, 0.36));
        Assert.That(written.Count(w => w.Consent is ConsentCodes.Named) / (double)written.Count, Is.InRange(0.06, 0.18));
        Assert.That(written.Select(w => w.Text).Distinct().Count(), Is.GreaterThan(0.8 * written.Count));
        var approved = rounds.Select(r => r.Where(Counts).Sum(i => i.Response!.QuoteReviews.Values.Count(v => v is QuoteReview.Approved))).ToList();
        Assert.That(approved, Is.All.GreaterThan(25));
    }

    [TestCase(10, 1)]
    [TestCase(40, 3)]
    [TestCase(80, 10)]
    public void Smaller_and_longer_networks_hold_together(int organisations, int years)
    {
        var small = SampleNetwork.Of(new SampleOptions(organisations), SampleTemplates.Terms(years));
        Assert.That(small.Population(years - 1), Has.Count.EqualTo(organisations).Within(1 + (organisations / 20)));
        Assert.That(Enumerable.Range(0, years).Sum(r => small.Population(r).Count(Counts)), Is.GreaterThan(1));
    }

    [Test]
    public void A_network_of_10_000_still_has_unique_names()
    {
        var large = SampleNetwork.Of(new SampleOptions(10_000), SampleTemplates.Terms(1));
        Assert.That(large.Organisations.Select(o => o.Name), Is.Unique);
        Assert.That(large.Organisations, Has.Count.EqualTo(10_000));
    }

    [Test]
    public void Each_language_has_words_for_every_point()
    {
        foreach (var language in Languages)
        {
            var words = SampleCorpus.Shipped.Words[language];
            foreach (var point in SampleTemplates.Plan.Points)
                Assert.That(words.ExamplesOn(point.Slug).Point, Is.EqualTo(point.Slug), language);
            Assert.That(words.Examples.Sum(e => e.Forward.Count + e.Back.Count), Is.GreaterThanOrEqualTo(15));
        }
    }

    private static bool Counts(SampleInvitation invitation) => invitation.Response is { Submissions.Count: > 0, Review: not ReviewState.SetAside };

    private double Headline(int round, string point, string? region)
    {
        var steps = rounds[round].Where(i => Counts(i) && (region is null || i.Region == region)).Select(i => Step(i.Response!.Submissions[^1].Sheet, point)).Where(s => s >= 0).ToList();
        return steps.Count(s => s >= 3) / (double)Math.Max(1, steps.Count);
    }

    private int Step(AnswerSheet sheet, string point) => network.Rounds[0].Questionnaire.Question("state")!.Choice(Choice(sheet, point, "state") ?? "")?.Value ?? -1;

    private static string? Choice(AnswerSheet sheet, string point, string question) => sheet.Find(point, question)?.Choices[0];

    private static string Print(SampleNetwork network, int round)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var invitation in network.Population(round))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{invitation.Organisation.Code} {invitation.Organisation.Name} {invitation.Region}\n"));
            if (invitation.Response is { } response)
                hash.AppendData(Encoding.UTF8.GetBytes($"{response.StartedAfter} {response.ChangedAfter} {response.Review} {response.Draft.ToJson()} {string.Join(' ', response.Submissions.Select(s => s.SentAfter + s.Sheet.ToJson()))} {string.Join(' ', response.QuoteReviews.OrderBy(q => q.Key, StringComparer.Ordinal))}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
