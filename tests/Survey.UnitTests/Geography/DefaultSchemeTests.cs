using Survey.Domain;
using Survey.Domain.Geography;

namespace Survey.UnitTests.Geography;

public sealed class DefaultSchemeTests
{
    // ISO 3166-1 alpha-2, officially assigned: typed in by region of M49, apart from the product's own list.
    private const string Assigned = """
        DZ EG LY MA SD TN EH
        IO BI KM DJ ER ET TF KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW
        AO CM CF TD CG CD GQ GA ST BW SZ LS NA ZA
        BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG
        AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI
        BZ CR SV GT HN MX NI PA
        AR BO BV BR CL CO EC FK GF GY PY PE GS SR UY VE
        BM CA GL PM US AQ
        KZ KG TJ TM UZ CN HK MO KP JP MN KR TW
        BN KH ID LA MY MM PH SG TH TL VN
        AF BD BT IN IR MV NP PK LK
        AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE
        BY BG CZ HU PL MD RO RU SK UA
        AX GG JE DK EE FO FI IS IE IM LV LT NO SJ SE GB
        AL AD BA HR GI GR VA IT MT ME MK PT SM RS SI ES
        AT BE FR DE LI LU MC NL CH
        AU CX CC HM NZ NF FJ NC PG SB VU GU KI MH FM NR MP PW UM
        AS CK PF NU PN WS TK TO TV WF
        """;

    private static readonly string[] Languages = ["en", "fr", "es", "ar"];

    private static string[] AssignedCodes => Assigned.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [Test]
    public void Every_country_of_iso_3166_1_and_kosovo_is_there_once()
    {
        Assert.That(AssignedCodes, Has.Length.EqualTo(249));
        Assert.That(DefaultScheme.Value.Countries.Select(country => country.Code), Is.EquivalentTo(AssignedCodes.Append("XK").Append("global")));
        Assert.That(Iso3166.Codes, Is.EquivalentTo(AssignedCodes));
    }

    [Test]
    public void Every_country_is_in_one_of_seven_regions()
    {
        Assert.That(DefaultScheme.Value.Regions.Select(region => region.Slug), Is.EqualTo(new[]
        {
            "africa", "asia-pacific", "europe-central-asia", "latin-america-caribbean", "middle-east-north-africa", "north-america", "global",
        }));
        foreach (var country in DefaultScheme.Value.Countries)
            Assert.That(DefaultScheme.Value.Regions, Does.Contain(country.Region), country.Code);
        Assert.That(DefaultScheme.Value.Countries.Where(country => country.Region.Slug == "global").Select(country => country.Code), Is.EqualTo(new[] { "global" }));
    }

    // Placements follow M49 but for those that a note states; the tables of M49 are the source.
    [TestCase("africa", "KE SN DJ SO KM SD MR SS ZA RE YT SH IO TF")]
    [TestCase("asia-pacific", "AF PK IN CN JP KR KP TW HK MO MN FJ AU NZ NC PF GU HM")]
    [TestCase("europe-central-asia", "TR CY AM AZ GE RU UA KZ KG TJ TM UZ XK MT GB FO SJ VA")]
    [TestCase("latin-america-caribbean", "MX BR HT PR VI GF GP MQ FK GS BV")]
    [TestCase("middle-east-north-africa", "IL PS IR IQ MA EG TN DZ LY EH YE AE SY")]
    [TestCase("north-america", "US CA BM GL PM")]
    [TestCase("global", "global")]
    public void Places_are_where_the_notes_say(string region, string codes)
    {
        foreach (var code in codes.Split(' '))
            Assert.That(DefaultScheme.Value.RegionOf(code)?.Slug, Is.EqualTo(region), code);
    }

    [Test]
    public void Every_text_is_in_four_languages()
    {
        var texts = DefaultScheme.Value.Countries.Select(country => country.Name)
            .Concat(DefaultScheme.Value.Regions.SelectMany(region => new[] { region.Title, region.ShortTitle }))
            .Concat(DefaultScheme.Value.Notes.Select(note => note.Text))
            .Append(DefaultScheme.Value.Title);
        foreach (var text in texts)
        {
            Assert.That(text.Texts.Keys, Is.EquivalentTo(Languages));
            Assert.That(text.In("ar"), Does.Match(@"\p{IsArabic}"), text.In("en"));
            Assert.That(text.In("en") + text.In("fr") + text.In("es"), Does.Not.Match(@"\p{IsArabic}"), text.In("en"));
        }
    }

    [Test]
    public void No_two_countries_have_the_same_name_in_a_language()
    {
        foreach (var language in Languages)
            Assert.That(DefaultScheme.Value.Countries.Select(country => FoldedText.Of(country.Name.In(language))), Is.Unique, language);
    }

    // UNTERM and the M49 tables in the four languages.
    [TestCase("TR", "Türkiye", "Türkiye", "Türkiye", "تركيا")]
    [TestCase("CZ", "Czechia", "Tchéquie", "Chequia", "تشيكيا")]
    [TestCase("SZ", "Eswatini", "Eswatini", "Eswatini", "إسواتيني")]
    [TestCase("MK", "North Macedonia", "Macédoine du Nord", "Macedonia del Norte", "مقدونيا الشمالية")]
    [TestCase("BJ", "Benin", "Bénin", "Benin", "بنن")]
    [TestCase("TT", "Trinidad and Tobago", "Trinité-et-Tobago", "Trinidad y Tabago", "ترينيداد وتوباغو")]
    [TestCase("HU", "Hungary", "Hongrie", "Hungría", "هنغاريا")]
    [TestCase("RU", "Russian Federation", "Fédération de Russie", "Federación de Rusia", "الاتحاد الروسي")]
    [TestCase("KE", "Kenya", "Kenya", "Kenya", "كينيا")]
    [TestCase("PS", "State of Palestine", "État de Palestine", "Estado de Palestina", "دولة فلسطين")]
    [TestCase("VN", "Viet Nam", "Viet Nam", "Viet Nam", "فييت نام")]
    public void Names_follow_the_usage_of_the_united_nations(string code, params string[] names)
    {
        Assert.That(Languages.Select(language => DefaultScheme.Value.CountryName(code, language)), Is.EqualTo(names));
    }

    [Test]
    public void Kosovo_carries_its_note_and_france_none()
    {
        Assert.That(DefaultScheme.Value.NamingNotes(["XK", "FR"]).Single().Text.In("en"), Does.Contain("resolution 1244 (1999)"));
        foreach (var language in Languages)
            Assert.That(DefaultScheme.Value.NamingNotes(["xk"]).Single().Text.In(language), Does.Contain("1244 (1999)"));
        Assert.That(DefaultScheme.Value.NamingNotes(["FR", "DE", "global"]), Is.Empty);
        Assert.That(DefaultScheme.Value.Notes.Count(note => note.Kind == PlaceNoteKind.Map), Is.EqualTo(1));
    }

    [Test]
    public void Placements_that_people_ask_about_have_a_note()
    {
        var explained = DefaultScheme.Value.Notes.Where(note => note.Kind == PlaceNoteKind.Placement).SelectMany(note => note.Countries);
        Assert.That(explained, Is.SupersetOf(new[] { "TR", "CY", "IL", "PS", "SD", "MR", "MX" }));
    }

    [Test]
    public void Uninhabited_places_cannot_be_chosen()
    {
        Assert.That(DefaultScheme.Value.Countries.Where(country => country.IsUninhabited).Select(country => country.Code),
            Is.EqualTo(new[] { "AQ", "BV", "GS", "HM", "IO", "TF", "UM" }));
        var choices = DefaultScheme.Value.Choices("fr");
        Assert.That(choices, Has.Count.EqualTo(251 - 7));
        Assert.That(choices[^1].Code, Is.EqualTo("global"));
    }

    // The Arabic list of the member States of the United Nations begins so too: without the article.
    [TestCase("en", "AF AX AL DZ")]
    [TestCase("fr", "AF ZA AL DZ")]
    [TestCase("es", "AF AL DE AD")]
    [TestCase("ar", "RU ET AZ AR")]
    public void Choices_are_in_the_order_of_their_language(string language, string first)
    {
        Assert.That(DefaultScheme.Value.Choices(language).Take(4).Select(country => country.Code), Is.EqualTo(first.Split(' ')));
    }

    [Test]
    public void An_unknown_code_is_its_own_name_and_has_no_region()
    {
        Assert.That(DefaultScheme.Value.CountryName("ZZ", "en"), Is.EqualTo("ZZ"));
        Assert.That(DefaultScheme.Value.RegionOf("ZZ"), Is.Null);
        Assert.That(DefaultScheme.Value.CountryName("fr", "en"), Is.EqualTo("France"));
    }
}
