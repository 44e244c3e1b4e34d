using Survey.Domain.Imports;

namespace Survey.UnitTests.Imports;

public sealed class MembersPlanTests
{
    private static readonly string[] Languages = ["en", "fr", "es", "ar"];
    private static readonly string[] Types = ["ngo", "trade-union"];

    [Test]
    public void Rows_of_one_code_are_one_organisation_with_several_contacts()
    {
        var plan = Plan("Code;Name;Country;Type;Language;E-mail;Contact name;Contact_language;Discreet\n"
            + "a1;Hope Centre;kenya;ngo;en;One@Example.org;Ann;;\na1;Hope Centre;KE;;;two@example.org;Bo;fr;yes\n");

        Assert.That(plan.Problems, Is.Empty);
        var member = plan.Added.Single();
        Assert.That((member.Code, member.Country, member.Type, member.Language, member.IsDiscreet), Is.EqualTo(("a1", "KE", "ngo", "en", true)));
        Assert.That(member.Contacts.Select(c => (c.Email, c.EmailFolded, c.Name, c.Language)), Is.EqualTo(new[]
        {
            ("One@Example.org", "one@example.org", "Ann", (string?)null), ("two@example.org", "two@example.org", "Bo", "fr"),
        }));
    }

    [TestCase("a1,,KE,,", "line 2, column 'name'", "members.empty")]
    [TestCase("a1,Hope,,,", "line 2, column 'country'", "members.empty")]
    [TestCase("a1,Hope,Atlantis,,", "line 2, column 'country'", "members.country")]
    [TestCase("a 1,Hope,KE,,", "line 2, column 'code'", "members.code")]
    [TestCase(",Hope,KE,,", "line 2, column 'code'", "members.empty")]
    [TestCase("a1,Hope,KE,club,", "line 2, column 'type'", "members.type")]
    [TestCase("a1,Hope,KE,,nobody", "line 2, column 'email'", "members.email")]
    [TestCase("a1,Hope,KE,,a@b.org\na1,Help,KE,,c@d.org", "line 3, column 'name'", "members.contradiction")]
    [TestCase("a1,Hope,KE,,a@b.org\na1,Hope,TZ,,c@d.org", "line 3, column 'country'", "members.contradiction")]
    public void Bad_row_is_reported_with_line_column_and_reason(string rows, string where, string code) =>
        Assert.That(Plan("code,name,country,type,email\n" + rows + "\n").Problems.Select(p => (p.Where, p.Code)), Is.EqualTo(new[] { (where, code) }));

    [Test]
    public void Missing_column_is_one_problem_and_unused_ones_are_noticed()
    {
        Assert.That(Plan("code,title\na1,Hope\n").Problems.Select(p => p.Code), Is.All.EqualTo("members.missing-column"));
        Assert.That(Plan("name,country,phone\nHope,KE,1\n").Notices.Single().Where, Is.EqualTo("line 1, column 'phone'"));
    }

    [Test]
    public void Empty_cells_leave_what_is_known_and_the_same_again_changes_nothing()
    {
        var known = Rounds.Known(1, "a1", "Hope Centre", "KE", new KnownContact("Ann@example.org", "ann@example.org", "Ann", "fr"));

        var same = Plan("code,name,country,type,language,email,contact\nA1,Hope Centre,Kenya,,,ann@EXAMPLE.org,\n", known);
        var renamed = Plan("code,name,country\na1,Hope House,KE\n", known);
        var contact = Plan("code,name,country,email\na1,Hope Centre,KE,bo@example.org\n", known);

        Assert.That((same.Unchanged, same.Added.Count, same.Changed.Count), Is.EqualTo((1, 0, 0)));
        Assert.That((renamed.Unchanged, renamed.Changed.Count), Is.EqualTo((0, 1)));
        Assert.That((contact.Unchanged, contact.Changed.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Organisation_without_a_code_is_known_by_its_name_and_country()
    {
        var known = Rounds.Known(1, "k-77", "Centre d'Espoir", "KE");

        var plan = Plan("name,country\nCENTRE D’ESPOIR,Kenya\nCentre d'Espoir,Mali\nمركز الأمل,EG\n", known);

        Assert.That((plan.Unchanged, plan.Changed.Count), Is.EqualTo((0, 1)));
        Assert.That(plan.Added.Select(m => m.Code).First(), Is.EqualTo("centre-d-espoir-ml"));
        Assert.That(plan.Added.Select(m => m.Code).Last(), Does.Match("^[0-9a-f]{8}-eg$"));
    }

    [Test]
    public void Two_organisations_of_one_name_are_never_guessed_between()
    {
        var plan = Plan("name,country\nHope,KE\n", Rounds.Known(1, "a", "Hope"), Rounds.Known(2, "b", "Hope"));

        Assert.That(plan.Problems.Single().Code, Is.EqualTo("members.ambiguous"));
    }

    private static MembersPlan Plan(string csv, params KnownOrganisation[] known) => MembersPlan.Of(Files.Table(csv), known, Rounds.Places, Types, Languages);
}
