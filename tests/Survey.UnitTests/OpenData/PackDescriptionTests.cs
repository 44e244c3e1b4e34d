using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Survey.Reporting.Disclosure;
using Survey.Reporting.OpenData;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.OpenData;

/// <summary>What describes the pack for programs and archives, held against the published standards.</summary>
public sealed class PackDescriptionTests
{
    private static readonly XNamespace Ddi = "ddi:codebook:2_5";

    private static readonly Dictionary<string, byte[]> Pack = DataPack.Of(EditionFixture.Whole(), EditionFixture.Texts).ToDictionary(f => f.Name, f => f.Bytes);

    /// <summary>
    /// The order of child elements in DDI-Codebook 2.5, of those that are used here: codebook.xsd of the DDI Alliance (https://ddialliance.org/Specification/DDI-Codebook/2.5/), where each complex type is a sequence.
    /// </summary>
    private static readonly Dictionary<string, string> Order = new()
    {
        ["codeBook"] = "docDscr stdyDscr fileDscr dataDscr",
        ["docDscr"] = "citation",
        ["stdyDscr"] = "citation stdyInfo method dataAccs othrStdyMat",
        ["othrStdyMat"] = "relMat relStdy relPubl othRefs",
        ["relStdy"] = "citation",
        ["citation"] = "titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit",
        ["titlStmt"] = "titl subTitl altTitl parTitl IDNo",
        ["rspStmt"] = "AuthEnty othId",
        ["prodStmt"] = "producer copyright prodDate prodPlac software fundAg grantNo",
        ["distStmt"] = "distrbtr contact depositr depDate distDate",
        ["verStmt"] = "version verResp notes",
        ["stdyInfo"] = "studyBudget subject abstract sumDscr",
        ["sumDscr"] = "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit universe dataKind",
        ["method"] = "dataColl notes anlyInfo",
        ["dataColl"] = "timeMeth dataCollector collectorTraining frequenc sampProc sampleFrame targetSampleSize deviat collMode resInstru instrumentDevelopment sources collSitu actMin ConOps weight cleanOps",
        ["anlyInfo"] = "respRate EstSmpErr dataAppr",
        ["dataAccs"] = "setAvail useStmt notes",
        ["useStmt"] = "confDec specPerm restrctn contact citReq deposReq conditions disclaimer",
        ["fileDscr"] = "fileTxt locMap notes",
        ["fileTxt"] = "fileName fileCitation dataFingerprint fileCont fileStrc dimensns fileType format filePlac",
        ["dimensns"] = "caseQnty varQnty logRecL recPrCas recNumTot",
        ["dataDscr"] = "varGrp nCubeGrp var nCube notes",
        ["var"] = "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng undocCod universe TotlResp sumStat txt stdCatgry catgryGrp catgry codInstr",
        ["qstn"] = "preQTxt qstnLit postQTxt forward backward ivuInstr",
        ["catgry"] = "catValu labl txt catStat mrow",
    };

    [TestCaseSource(typeof(EditionFixture), nameof(EditionFixture.Languages))]
    public void The_study_is_described_in_the_order_of_the_standard(string language)
    {
        var root = XDocument.Parse(Encoding.UTF8.GetString(Pack[$"ddi.{language}.xml"])).Root!;
        Assert.That((root.Name, (string?)root.Attribute("version"), (string?)root.Attribute(XNamespace.Xml + "lang")), Is.EqualTo((Ddi + "codeBook", "2.5", language)));
        Assert.That(root.Elements(Ddi + "stdyDscr").Elements(Ddi + "citation").Elements(Ddi + "titlStmt").Elements(Ddi + "titl").Count(), Is.EqualTo(1), "The one text that the standard demands.");
        foreach (var element in root.DescendantsAndSelf())
        {
            Assert.That(element.Name.Namespace, Is.EqualTo(Ddi));
            if (!element.HasElements)
            {
                Assert.That(element.Value, Is.Not.Empty, element.Name.LocalName);
                continue;
            }

            var order = Order[element.Name.LocalName].Split(' ').ToList();
            var places = element.Elements().Select(e => order.IndexOf(e.Name.LocalName)).ToList();
            Assert.That(places, Has.None.EqualTo(-1), element.Name.LocalName);
            Assert.That(places, Is.Ordered, element.Name.LocalName);
        }

        var ids = root.Descendants().Attributes("ID").Select(a => a.Value).ToList();
        Assert.That(ids, Is.Unique);
        Assert.That(ids, Has.All.Match("^[A-Za-z_][A-Za-z0-9._-]*$"), "An xs:ID.");
    }

    [Test]
    public void A_question_has_its_wording_its_choices_and_the_printed_shares_of_the_world()
    {
        var input = EditionFixture.Whole();
        var point = input.Cube.Points[0];
        var figures = point.Rating("change")!;
        var variable = XDocument.Parse(Encoding.UTF8.GetString(Pack["ddi.fr.xml"])).Descendants(Ddi + "var").Single(v => (string?)v.Attribute("name") == $"{point.Point}.change");
        var question = input.Questionnaire.Question("change")!;
        Assert.That(variable.Element(Ddi + "qstn")!.Element(Ddi + "qstnLit")!.Value, Is.EqualTo(question.Text.In("fr")));
        Assert.That(variable.Elements(Ddi + "catgry").Select(c => c.Element(Ddi + "catValu")!.Value), Is.EqualTo(question.Choices.Select(c => c.Code)));
        var printed = variable.Elements(Ddi + "catgry").Where(c => c.Element(Ddi + "catStat") is not null).ToDictionary(c => c.Element(Ddi + "catValu")!.Value, c => int.Parse(c.Element(Ddi + "catStat")!.Value, CultureInfo.InvariantCulture));
        Assert.That(printed, Is.EquivalentTo(figures.Rungs[figures.World.Rung!.Value].Zip(figures.World.Shares!).ToDictionary(s => s.First, s => s.Second)));
    }

    [Test]
    public void Every_table_is_described_with_its_columns_and_what_stands_in_them_fits()
    {
        var package = JsonDocument.Parse(Pack["datapackage.json"]).RootElement;
        Assert.That(package.GetProperty("profile").GetString(), Is.EqualTo("tabular-data-package"));
        Assert.That(package.GetProperty("name").GetString(), Does.Match("^[a-z0-9._-]+$"));
        var resources = package.GetProperty("resources").EnumerateArray().ToList();
        Assert.That(resources.Select(r => r.GetProperty("path").GetString()), Is.EquivalentTo(Pack.Keys.Where(n => n.EndsWith(".csv", StringComparison.Ordinal))));
        foreach (var resource in resources)
        {
            var path = resource.GetProperty("path").GetString()!;
            Assert.That(resource.GetProperty("hash").GetString(), Is.EqualTo("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Pack[path]))));
            var fields = resource.GetProperty("schema").GetProperty("fields").EnumerateArray().ToList();
            var lines = Encoding.UTF8.GetString(Pack[path]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(string.Join(',', fields.Select(f => f.GetProperty("name").GetString())), Is.EqualTo(lines[0]), path);
            // The codebook's labels may hold commas; its other columns are plain words.
            foreach (var cells in lines.Skip(1).Select(l => l.Split(',', fields.Count)))
            {
                foreach (var (field, cell) in fields.Zip(cells).Where(c => c.Second.Length > 0))
                {
                    Assert.That(Fits(field, cell), $"{path}: {field.GetProperty("name")} = {cell}");
                }
            }
        }
    }

    private static bool Fits(JsonElement field, string cell) => field.GetProperty("type").GetString() switch
    {
        "integer" => int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        "boolean" => cell is "true" or "false",
        _ => !field.TryGetProperty("constraints", out var constraints) || constraints.GetProperty("enum").EnumerateArray().Any(v => v.GetString() == cell),
    };

    [Test]
    public void The_one_file_holds_all_others_with_fixed_times_and_their_checksums_hold()
    {
        using var zip = new ZipArchive(new MemoryStream(Pack["data-pack.zip"]));
        Assert.That(zip.Entries.Select(e => e.FullName), Is.EqualTo(Pack.Keys.Where(n => n != "data-pack.zip").Select(n => "progress-report-2026-v1-data/" + n).Order(StringComparer.Ordinal)));
        Assert.That(zip.Entries.Select(e => e.LastWriteTime.DateTime).Distinct(), Is.EqualTo(new[] { new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) }));
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.That(copy.ToArray(), Is.EqualTo(Pack[entry.Name]), entry.Name);
        }

        var sums = Encoding.UTF8.GetString(Pack["SHA256SUMS"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split("  ")).ToDictionary(l => l[1], l => l[0]);
        Assert.That(sums.Keys, Is.EquivalentTo(Pack.Keys.Except(["data-pack.zip", "SHA256SUMS"])));
        foreach (var (name, sum) in sums)
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(Pack[name])), Is.EqualTo(sum), name);
    }

    [Test]
    public void No_hidden_share_is_in_the_description_of_the_study()
    {
        var input = EditionFixture.Whole(size: 40);
        var pack = DataPack.Of(input, EditionFixture.Texts).ToDictionary(f => f.Name, f => f.Bytes);
        var variables = XDocument.Parse(Encoding.UTF8.GetString(pack["ddi.en.xml"])).Descendants(Ddi + "var").ToDictionary(v => v.Attribute("name")!.Value);
        var hidden = 0;
        foreach (var (point, figures) in input.Cube.Points.SelectMany(p => p.Ratings.Select(r => (p.Point, r))).Where(r => r.r.World.Shares is null))
        {
            hidden++;
            Assert.That(variables[$"{point}.{figures.Question}"].Descendants(Ddi + "catStat"), Is.Empty);
        }

        foreach (var (point, figures) in input.Cube.Points.SelectMany(p => p.Several.Select(s => (p.Point, s))))
        {
            var known = figures.World.Shares?.Count(s => s is not null) ?? 0;
            hidden += figures.Choices.Count - known;
            Assert.That(variables[$"{point}.{figures.Question}"].Descendants(Ddi + "catStat").Count(), Is.EqualTo(known));
        }

        Assert.That(hidden, Is.GreaterThan(0), "Nothing was hidden, so nothing was tried.");
    }
}
