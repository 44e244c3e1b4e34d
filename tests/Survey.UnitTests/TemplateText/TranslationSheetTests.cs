using System.Text;
using Survey.Domain;
using Survey.Domain.Imports;
using Survey.Domain.TemplateText;
using Survey.Web.Members;

namespace Survey.UnitTests.TemplateText;

/// <summary>The sheet that translators fill in: written, changed, read back.</summary>
internal sealed class TranslationSheetTests
{
    private static readonly string[] Languages = ["en", "fr", "es"];

    private const string Small = """
        status: {en: official, fr: reviewed, es: provisional}
        title: {en: "Year {n}", fr: "Année {n}", es: "Año {n}"}
        sum: {en: "=1+1", fr: "=1+1", es: "-1"}
        """;

    private static string Written()
    {
        using var file = new MemoryStream();
        TranslationSheet.Write([new("", TemplateStrings.Of(Small))], Languages, file);
        return Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }

    private static Parsed<IReadOnlyDictionary<(string Key, string Language), Translation>> Read(string sheet)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(sheet));
        return TranslationSheet.Read(CsvTable.Read(file).Value!, [new("", TemplateStrings.Of(Small))], Languages);
    }

    [Test]
    public void Unchanged_it_changes_nothing()
    {
        Assert.That(Written(), Does.StartWith($"key,source,en,fr,fr-status,es,es-status\ntitle,{TemplateStrings.HashOf("Year {n}")},Year {{n}},Année {{n}},reviewed,Año {{n}},provisional\n"));
        Assert.That(Written(), Does.Contain("'=1+1"), "No cell is a formula.");
        Assert.That(Read(Written()).Value, Is.Empty);
    }

    [Test]
    public void New_words_are_provisional_and_say_what_they_were_made_from()
    {
        var changes = Read(Written().Replace("Année {n},reviewed", "An {n},reviewed", StringComparison.Ordinal).Replace("Año {n},provisional", "Año {n},reviewed", StringComparison.Ordinal)).Value!;
        Assert.That(changes, Is.EquivalentTo(new Dictionary<(string, string), Translation>
        {
            [("title", "fr")] = new("An {n}", TranslationStatus.Provisional, TemplateStrings.HashOf("Year {n}")),
            [("title", "es")] = new("Año {n}", TranslationStatus.Reviewed, TemplateStrings.HashOf("Year {n}")),
        }));
    }

    [Test]
    public void Changed_English_words_leave_the_translations_that_did_not_follow_out_of_date()
    {
        var changes = Read(Written().Replace(",Year {n},Année {n},", ",The year {n},L’année {n},", StringComparison.Ordinal)).Value!;
        var changed = TemplateStrings.Of(TemplateStrings.Of(Small).With(changes)).Find("title")!;
        Assert.That(changed.Words["fr"].Of, Is.EqualTo(TemplateStrings.HashOf("The year {n}")));
        Assert.That(changed.Words["es"].Of, Is.EqualTo(TemplateStrings.HashOf("Year {n}")).And.Not.EqualTo(TemplateStrings.HashOf(changed.English)));
    }

    [TestCase(",Année {n},", ",,", "sheet.missing", "line 2, column 'fr'")]
    [TestCase(",Année {n},", ",Année,", "sheet.places", "line 2, column 'fr'")]
    [TestCase("reviewed", "read", "sheet.status", "line 2, column 'fr-status'")]
    [TestCase("\ntitle,", "\nheadline,", "sheet.unknown-key", "line 2, column 'key'")]
    [TestCase("\nsum,", "\ntitle,", "sheet.twice", "line 3, column 'key'")]
    [TestCase("key,source,en,fr,", "key,source,en,pt,", "sheet.no-column", "line 1")]
    public void What_cannot_be_taken_is_named_with_its_cell(string from, string to, string code, string where)
    {
        var read = Read(Written().Replace(from, to, StringComparison.Ordinal));
        Assert.That(read.Problems.Select(p => (p.Where, p.Code)), Does.Contain((where, code)));
        Assert.That(read.IsWhole, Is.False);
    }

    [Test]
    public void A_sheet_made_from_other_English_words_is_refused()
    {
        var read = Read(Written().Replace(TemplateStrings.HashOf("Year {n}"), "00000000", StringComparison.Ordinal));
        Assert.That(read.Problems.Select(p => p.Code), Is.EqualTo(new[] { "sheet.outdated" }));
    }

    [Test]
    public void Several_templates_share_a_sheet_and_each_takes_its_own_words_also_from_a_workbook()
    {
        const string Plan = """
            status: {en: official, fr: reviewed, es: provisional}
            title: {en: "Plan", fr: "Plan", es: "Plan"}
            lead:
              en: "One\nTwo"
              fr: "Un\nDeux"
              es: "Uno\nDos"
            """;
        SheetPart[] parts = [new("", TemplateStrings.Of(Small)), new("plan", TemplateStrings.Of(Plan))];
        var rows = TranslationSheet.Rows(parts, Languages).Select(r => r.Select(c => c == "Plan" ? "Projet" : c).ToList()).ToList();
        rows.Single(r => r[0] == "plan:title")[2] = "Plan";
        using var file = new MemoryStream(WorkbookFile.Of("translations", rows));
        using var sheet = new MemoryStream(Workbook.ToCsv(file).Value!);
        var read = TranslationSheet.Read(CsvTable.Read(sheet).Value!, parts, Languages);
        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Value!.Keys, Is.EquivalentTo(new[] { ("plan:title", "fr"), ("plan:title", "es") }), "Line breaks that a workbook does not keep change nothing.");
        Assert.That((parts[0].With(read.Value), parts[1].With(read.Value).Contains("Projet", StringComparison.Ordinal)), Is.EqualTo((Small, true)));
    }
}
