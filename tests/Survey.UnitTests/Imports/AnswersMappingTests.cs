using Survey.Domain.Imports;

namespace Survey.UnitTests.Imports;

public sealed class AnswersMappingTests
{
    private const string Start = "form: long\nround: {column: year}\norganisation: {code: id}\npoint: {column: topic}\nquestions:\n";

    [TestCase("  state: {column: s, bands: {a: 0-19, b: 20-39}}", null)]
    [TestCase("  state: {column: s, bands: {a: 0-19.9, b: 20-39.9}}", null)]
    [TestCase("  state: {column: s, bands: {a: -2 to -1, b: 0, c: 1..2}}", null)]
    [TestCase("  state: {column: s, bands: {a: [0-9, 20-29], b: 10-19}}", null)]
    [TestCase("  state: {column: s, bands: {a: 0-19, b: 19-39}}", "mapping.band-overlap")]
    [TestCase("  state: {column: s, bands: {a: 0-19, b: 21-39}}", "mapping.band-gap")]
    [TestCase("  state: {column: s, bands: {a: 0-19.5, b: 20-39}}", "mapping.band-gap")]
    [TestCase("  state: {column: s, bands: {a: 19-0}}", "mapping.band")]
    [TestCase("  state: {column: s, bands: {a: low}}", "mapping.band")]
    [TestCase("  state: {column: s, fixed: a}", "mapping.column-or-fixed")]
    [TestCase("  state: {values: {a: b}}", "mapping.column-or-fixed")]
    [TestCase("  state: {column: s, values: {A: x, a: y}}", "mapping.twice")]
    [TestCase("  state: {columns: {a: s1}, values: {a: b}}", "mapping.values")]
    [TestCase("  state: {columns: {a: s1}, separator: ','}", "mapping.separator")]
    [TestCase("  state: {column: '{point}_state'}", "mapping.point-column")]
    [TestCase("  state: {colum: s}", "mapping.column-or-fixed")]
    public void Question_of_a_mapping_is_accepted_or_refused_with_its_line(string question, string? code)
    {
        var mapping = AnswersMapping.Parse(Start + question + "\n", "m.yaml");

        Assert.That(mapping.Problems.Select(p => p.Code).FirstOrDefault(), Is.EqualTo(code));
        Assert.That(mapping.Problems.Select(p => p.Where), Is.All.EqualTo("m.yaml:6"));
    }

    [TestCase("form: long\nround: {column: y}\norganisation: {code: id}\nquestions: {state: {column: s}}", "mapping.no-point", 1)]
    [TestCase("form: wide\nround: {}\norganisation: {code: id}\nquestions: {type: {column: s}}", "mapping.column-or-fixed", 2)]
    [TestCase("form: wide\nround: {column: y}\norganisation: {missing: refuse}\nquestions: {type: {column: s}}", "mapping.no-organisation", 3)]
    [TestCase("form: wide\nround: {column: y}\norganisation: {code: id, missing: create}\nquestions: {type: {column: s}}", "mapping.no-name", 3)]
    [TestCase("form: wide\nround: {column: y}\norganisation: {code: id}\npoint: {column: t, values: {a: b}}\nquestions: {type: {column: s}}", "mapping.wide-point", 4)]
    [TestCase("form: tall\nround: {column: y}\norganisation: {code: id}\npoint: {column: t}\nquestions: {type: {column: s}}", "unknown-word", 1)]
    [TestCase("form: wide\nround: {column: y}\norganisation: {code: id}\nquestion: {type: {column: s}}", "missing-key", 1)]
    public void Mapping_that_cannot_be_used_is_refused_with_its_line(string yaml, string code, int line) =>
        Assert.That(AnswersMapping.Parse(yaml, "m.yaml").Problems.Select(p => (p.Code, p.Where)), Does.Contain((code, $"m.yaml:{line}")));
}
