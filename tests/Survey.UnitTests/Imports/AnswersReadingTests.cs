using Survey.Domain.Imports;

namespace Survey.UnitTests.Imports;

public sealed class AnswersReadingTests
{
    private const string Long = """
        form: long
        round: {column: year}
        organisation: {code: id}
        point: {column: topic}
        missing: [n/a]
        dont-know: ["99"]
        questions:
          work: {fixed: directly}
          state: {column: score, bands: {not-at-all: 0-19, a-little: 20-39, partly: 40-59, largely: 60-79, fully: 80-98}}
          barriers: {column: barriers, separator: ";"}
          priorities: {column: first, separator: ";"}
          example: {column: words}
        """;

    private const string Header = "year,id,topic,score,barriers,first,words\n";

    [TestCase("2026,m1,diaspora,45,,,", "diaspora/state=partly|diaspora/work=directly")]
    [TestCase("2026,M1,diaspora,٤٥,,,", "diaspora/state=partly|diaspora/work=directly")]
    [TestCase("2026,m1,diaspora,\"45,0\",,,", "diaspora/state=partly|diaspora/work=directly")]
    [TestCase("2026,m1,diaspora,99,n/a,,", "diaspora/state=dont-know|diaspora/work=directly")]
    [TestCase("2026,m1,diaspora,,LAW; funding ;law,,", "diaspora/barriers=funding+law|diaspora/work=directly")]
    [TestCase("2026,m1,diaspora,,,women-children;diaspora,", "priorities=diaspora+women-children")]
    [TestCase("2026,m1,diaspora,n/a,,,", "")]
    public void Row_is_read(string row, string answers)
    {
        var reading = Read(Header + row + "\n");

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(string.Join('|', reading.Responses.Single().Sheet.Answers.Select(a => $"{a.Key}={string.Join('+', a.Value.Choices)}")), Is.EqualTo(answers));
    }

    [TestCase("2026,m1,diaspora,19.5,,,", "line 2, column 'score'", "import.bad-value")]
    [TestCase("2026,m1,diaspora,101,,,", "line 2, column 'score'", "import.bad-value")]
    [TestCase("2026,m1,diaspora,often,,,", "line 2, column 'score'", "import.bad-value")]
    [TestCase("2026,m1,diaspora,45,weather,,", "line 2, column 'barriers'", "import.bad-value")]
    [TestCase("2026,m1,diaspora,45,law;funding;data;other,,", "line 2, column 'barriers'", "answer.too-many")]
    [TestCase("2026,m1,diaspora,45,,moon,", "line 2, column 'first'", "import.bad-value")]
    [TestCase("2026,m1,moon,45,,,", "line 2, column 'topic'", "import.unknown-point")]
    [TestCase("2026,m1,,45,,,", "line 2, column 'topic'", "import.empty")]
    [TestCase("2026,m9,diaspora,45,,,", "line 2, column 'id'", "import.unknown-organisation")]
    [TestCase("2026,m2,diaspora,45,,,", "line 2, column 'id'", "import.not-invited")]
    [TestCase("2026,,diaspora,45,,,", "line 2, column 'id'", "import.empty")]
    [TestCase(",m1,diaspora,45,,,", "line 2, column 'year'", "import.empty")]
    [TestCase("2031,m1,diaspora,45,,,\n2026,m1,diaspora,45,,,", "line 2, column 'year'", "import.no-round")]
    [TestCase("2026,m1,diaspora,45", "line 2", "table.ragged")]
    public void Bad_row_is_reported_with_line_column_and_reason(string row, string where, string code)
    {
        var reading = Read(Header + row + "\n");

        Assert.That(reading.Problems.Select(p => (p.Where, p.Code)), Is.EqualTo(new[] { (where, code) }));
        Assert.That(reading.BadRows, Is.EqualTo(1));
        Assert.That(reading.Responses.Count, Is.EqualTo(row.Contains('\n', StringComparison.Ordinal) ? 1 : 0));
    }

    [Test]
    public void Text_that_is_too_long_is_a_bad_row()
    {
        var reading = Read(Header + $"2026,m1,diaspora,45,,,{new string('x', 1501)}\n");

        Assert.That(reading.Problems.Select(p => (p.Where, p.Code)), Is.EqualTo(new[] { ("line 2, column 'words'", "answer.too-long") }));
    }

    [Test]
    public void Equal_rows_count_once_and_are_reported()
    {
        var reading = Read(Header + "2026,m1,diaspora,45,,,\n2026,m1,diaspora, 45 ,,,\n");

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Notices.Select(n => (n.Where, n.Code)), Is.EqualTo(new[] { ("line 3", "import.duplicate") }));
        Assert.That(reading.Responses.Single().Sheet.Answers.Count, Is.EqualTo(2));
    }

    [TestCase("", null, 1)]
    [TestCase("duplicates: first\n", "partly", 0)]
    [TestCase("duplicates: last\n", "fully", 0)]
    public void Rows_that_differ_are_both_bad_unless_the_mapping_chooses(string rule, string? state, int problems)
    {
        var reading = Read(Header + "2026,m1,diaspora,45,,,\n2026,m1,diaspora,95,,,\n2026,m1,recruitment,45,,,\n", rule + Long);

        Assert.That(reading.Problems.Count(p => p.Code == "import.conflict"), Is.EqualTo(problems));
        Assert.That(reading.BadRows, Is.EqualTo(2 * problems));
        Assert.That(reading.Responses.Single().Sheet.Find("diaspora", "state")?.Choices.Single(), Is.EqualTo(state));
        Assert.That(reading.Responses.Single().Sheet.Find("recruitment", "state")?.Choices.Single(), Is.EqualTo("partly"));
    }

    [Test]
    public void Answer_asked_once_must_agree_in_all_rows()
    {
        var reading = Read(Header + "2026,m1,diaspora,45,,diaspora,\n2026,m1,recruitment,45,,diaspora,\n2026,m1,governance,45,,recruitment,\n");

        Assert.That(reading.Problems.Select(p => (p.Where, p.Code)), Is.EqualTo(new[] { ("line 4, column 'first'", "import.contradiction") }));
    }

    [Test]
    public void Answers_that_the_questionnaire_does_not_ask_are_left_out_and_counted()
    {
        var reading = Read(Header + "2026,m1,diaspora,45,,,\n", Long.Replace("fixed: directly", "fixed: \"no\"", StringComparison.Ordinal));

        Assert.That(reading.Responses.Single().Sheet.Answers.Select(a => a.Key.Question), Is.EqualTo(new[] { "work" }));
        Assert.That(reading.Notices.Single().Message, Does.StartWith("1 answers to 'state' are left out"));
    }

    [TestCase("score", "points", "import.missing-column")]
    [TestCase("state:", "stat:", "import.unknown-question")]
    [TestCase("partly:", "middling:", "import.unknown-choice")]
    public void Mapping_that_does_not_fit_the_file_or_the_round_is_one_problem(string part, string instead, string code)
    {
        var reading = Read(Header + "2026,m1,diaspora,45,,,\n", Long.Replace(part, instead, StringComparison.Ordinal));

        Assert.That(reading.Problems.Select(p => p.Code), Is.EqualTo(new[] { code }));
        Assert.That(reading.IsUnreadable);
    }

    [TestCase("Iran, Islamic Republic of", "IR")]
    [TestCase("Luxembourg ", "LU")]
    [TestCase("St. Vincent & the Grenadines", "VC")]
    [TestCase("Macedonia, the Former Yugoslav Republic of", "MK")]
    [TestCase("Turkey", "TR")]
    [TestCase("Hong Kong (S.A.R.)", "HK")]
    [TestCase("ko", "XK")]
    [TestCase("xk", "XK")]
    [TestCase("global", "global")]
    [TestCase("", null)]
    [TestCase("Atlantis", null)]
    public void Country_of_a_new_organisation_is_recognised_or_the_row_is_bad(string country, string? code)
    {
        var mapping = Long.Replace("{code: id}", "{name: id, missing: create}\ncountry: {column: first, aliases: {ko: XK}}", StringComparison.Ordinal).Replace("  priorities: {column: first, separator: \";\"}\n", "", StringComparison.Ordinal);

        var reading = Read(Header + $"2026,Newcomers,diaspora,45,,\"{country}\",\n", mapping);

        Assert.That(reading.Responses.Select(r => r.Organisation.Country).SingleOrDefault(), Is.EqualTo(code));
        Assert.That(reading.Problems, Has.Count.EqualTo(code is null ? 1 : 0));
    }

    private static AnswersReading Read(string csv, string? mapping = null)
    {
        var parsed = AnswersMapping.Parse(mapping ?? Long, "m.yaml");
        Assert.That(parsed.Problems, Is.Empty);
        return AnswersReading.Of(Files.Table(csv), parsed.Value!, [Rounds.Of("2026", 1)], new OrganisationIndex([Rounds.Known(1, "m1"), Rounds.Known(2, "m2", "Second")]));
    }
}
