using System.Globalization;
using System.Text;
using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Testing;
using Survey.UnitTests.TemplateText;

namespace Survey.UnitTests.Plans;

public sealed class PlanFileTests
{
    private static readonly string Shipped = File.ReadAllText(Repository.File("templates/plans/made-8-point.yaml"));

    private static readonly Mistake Mistakes = new(Shipped, "plan.yaml", (text, file) => PlanFile.Parse(text, file).Problems);

    private static Plan ShippedPlan()
    {
        var read = PlanFile.Parse(Shipped, "plan.yaml");
        Assert.That(read.Problems, Is.Empty);
        return read.Value!;
    }

    [Test]
    public void The_shipped_plan_has_the_eight_points_in_their_order_and_the_optional_ninth()
    {
        var plan = ShippedPlan();
        Assert.That(plan.Points.Select(point => point.Slug), Is.EqualTo(new[]
        {
            "post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights", "xenophobia",
        }));
        Assert.That(plan.Points.Select(point => point.Number), Is.EqualTo(Enumerable.Range(1, 9)));
        Assert.That(plan.PointsOf("2026", []), Has.Count.EqualTo(8));
        Assert.That(plan.PointsOf("2026-pilot", ["xenophobia"]), Has.Count.EqualTo(9));
        Assert.That(plan.PointsOf("2025", ["xenophobia"]), Has.Count.EqualTo(8), "the ninth point exists since 2026");
    }

    [Test]
    public void Official_titles_are_marked_and_all_others_are_provisional()
    {
        var plan = ShippedPlan();
        Assert.That(plan.Point("diaspora")!.Title.In("fr"), Is.EqualTo(
            "Impliquer les migrants et les membres de la diaspora en tant qu'entrepreneurs, investisseurs sociaux et défenseurs de politiques en matière de développement"));
        Assert.That(plan.Points.Where(point => point.Title.StatusIn("fr") == TranslationStatus.Official).Select(point => point.Number), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(plan.Points.Where(point => point.Title.StatusIn("en") == TranslationStatus.Official).Select(point => point.Number), Is.EqualTo(Enumerable.Range(1, 8)));
        foreach (var language in new[] { "es", "ar" })
            Assert.That(plan.Points.Select(point => point.Title.StatusIn(language)), Is.All.EqualTo(TranslationStatus.Provisional));
    }

    [TestCase(3), TestCase(9), TestCase(23)]
    public void A_plan_of_any_number_of_points_is_read_with_or_without_clusters(int count)
    {
        var text = new StringBuilder("slug: other\nstatus: {en: official}\ntitle: {en: Other plan}\nshortTitle: {en: Other}\npoints:\n");
        for (var i = 1; i <= count; i++)
            text.Append(CultureInfo.InvariantCulture, $"  - {{slug: point-{i}, title: {{en: Point {i}}}, shortTitle: {{en: P{i}}}}}\n");
        var read = PlanFile.Parse(text.ToString(), "other.yaml");
        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Value!.Points, Has.Count.EqualTo(count));
        Assert.That(read.Value.PointsOf("pilot", []), Has.Count.EqualTo(count));
    }

    [TestCase("slug: diaspora", "slug: post2015", "duplicate-slug")]
    [TestCase("number: 2", "number: 1", "duplicate-number")]
    [TestCase("slug: diaspora", "slug: Diaspora!", "not-a-slug")]
    [TestCase("cluster: rights", "cluster: right", "unknown-cluster")]
    [TestCase("gcm: [\"19\", \"20\"]", "gcm: [\"24\"]", "gcm-objective")]
    [TestCase("\"10.c\"", "\"18.1\"", "sdg-target")]
    [TestCase("since: \"2026\"", "since: \"next year\"", "not-a-year")]
    [TestCase("since: \"2026\"", "until: \"2028\"\n    since: \"2029\"", "until-before-since")]
    [TestCase("since: \"2026\"", "break: true", "break-without-since")]
    [TestCase("since: \"2026\"", "replaces: post2015\n    since: \"2026\"", "replaced-still-there")]
    [TestCase("since: \"2026\"", "replaces: xenophobia\n    since: \"2026\"", "replaces-itself")]
    [TestCase("since: \"2026\"", "continues: xenophobia", "continues")]
    [TestCase("optional: true", "optinal: true", "unknown-key")]
    [TestCase("until: 2018", "until: 2012", "until-before-from")]
    [TestCase("{en: \"Diaspora engagement\", fr: \"Rôle des diasporas\", ", "{en: \"Diaspora engagement\", ", "missing-language")]
    [TestCase("fr: \"Rôle des diasporas\"", "fr: \"Rôle des {x}\"", "placeholder")]
    public void A_mistake_is_reported_at_its_line(string right, string wrong, string code) =>
        Assert.That(Mistakes.Of(right, wrong), Is.EqualTo(new[] { code }));

    [Test]
    public void A_point_outside_every_cluster_is_reported() =>
        Assert.That(Mistakes.Of("    cluster: labour\n", "", after: "slug: labour-rights"), Is.EqualTo(new[] { "missing-cluster -2" }));

    [Test]
    public void A_file_without_status_or_points_says_so() =>
        Assert.That(PlanFile.Parse("slug: a\ntitle: {en: A}\nshortTitle: {en: A}\npoints: []\n", "a.yaml").Problems.Select(p => $"{p.Where} {p.Code}"),
            Is.EqualTo(new[] { "a.yaml:1 missing-key", "a.yaml:4 no-points" }));
}
