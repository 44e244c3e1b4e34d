using System.Globalization;
using System.Text;
using Survey.Reporting.Disclosure;
using Survey.Reporting.OpenData;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.OpenData;

public sealed class DataPackTests
{
    private static Dictionary<string, string> Pack(Reporting.Editions.EditionInput input) =>
        DataPack.Of(input, EditionFixture.Texts).ToDictionary(f => f.Name, f => Encoding.UTF8.GetString(f.Bytes), StringComparer.Ordinal);

    [Test]
    public void The_same_input_gives_the_same_bytes()
    {
        var (first, second) = (DataPack.Of(EditionFixture.Whole(), EditionFixture.Texts), DataPack.Of(EditionFixture.Whole(), EditionFixture.Texts));
        Assert.That(second.Select(f => f.Name), Is.EqualTo(first.Select(f => f.Name)));
        foreach (var (one, two) in first.Zip(second))
            Assert.That(two.Bytes, Is.EqualTo(one.Bytes), one.Name);
    }

    [Test]
    public void Ratings_hold_the_printed_shares_and_nothing_that_is_hidden()
    {
        var input = EditionFixture.Whole(size: 150);
        var rows = Pack(input)["ratings.csv"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')).ToList();
        var treatments = new HashSet<string>(StringComparer.Ordinal);
        foreach (var figures in input.Cube.Points.SelectMany(p => p.Ratings.Select(r => (p.Point, r))))
        {
            foreach (var cell in figures.r.Regions.Append(figures.r.World))
            {
                var own = rows.Where(r => r[1] == figures.Point && r[2] == figures.r.Question && r[3] == cell.Region).ToList();
                treatments.Add(own[0][4]);
                Assert.That(own.Select(r => r[5]), Has.All.EqualTo(cell.ValidN?.ToString(CultureInfo.InvariantCulture) ?? ""));
                Assert.That(own.Where(r => r[7].Length > 0).Select(r => int.Parse(r[7], CultureInfo.InvariantCulture)), Is.EqualTo(cell.Shares ?? []));
                Assert.That(cell.Treatment is CellTreatment.Hidden && own.Exists(r => r[5].Length + r[7].Length > 0), Is.False);
            }
        }

        Assert.That(treatments, Is.SupersetOf(new[] { "small-base", "plain" }));
    }

    [Test]
    public void Read_me_has_licence_citation_and_caveats_in_each_language()
    {
        var input = EditionFixture.Whole();
        var pack = Pack(input);
        foreach (var language in EditionFixture.Languages)
        {
            var readMe = pack[$"README.{language}.md"];
            Assert.That(readMe, Does.Contain(input.Network.Licence).And.Contain(input.Network.Publisher.In(language)).And.Contain("(2026)").And.Contain("1244"));
            foreach (var name in pack.Keys.Where(n => n.EndsWith(".csv", StringComparison.Ordinal)))
                Assert.That(readMe, Does.Contain($"`{name}`"));
        }
    }

    [Test]
    public void Every_code_of_the_data_is_in_the_codebook()
    {
        var pack = Pack(EditionFixture.Whole());
        var known = pack["codebook.csv"].Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).Select(l => (Question: l[1], Code: l[2])).ToHashSet();
        foreach (var row in pack["ratings.csv"].Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')))
        {
            Assert.That(known, Does.Contain(("", row[3])), "region");
            Assert.That(row[1].Length == 0 || known.Contains(("", row[1])), "point");
            Assert.That(row[6].Length == 0 || known.Contains((row[2], row[6])), "group");
        }
    }

    [Test]
    public void A_field_with_a_comma_or_a_quote_is_quoted()
    {
        var book = Pack(EditionFixture.Whole())["codebook.csv"];
        Assert.That(book, Does.Contain("\"Engaging migrants and diaspora as entrepreneurs, social investors and policy advocates in development\""));
    }
}
