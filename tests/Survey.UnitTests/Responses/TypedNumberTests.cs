using Survey.Web.Pages.Answer;

namespace Survey.UnitTests.Responses;

/// <summary>Numbers as people type them; the expected values are the readings that the design names, by hand.</summary>
internal sealed class TypedNumberTests
{
    [TestCase("1500", 1500)]
    [TestCase("1 500", 1500)]
    [TestCase("12,5", 12.5)]
    [TestCase("12.25", 12.25)]
    [TestCase("0,125", 0.125)]
    [TestCase("1500.125", 1500.125)]
    [TestCase("١٢٫٥", 12.5)]
    [TestCase("١٬٥٠٠", 1500)]
    public void A_number_is_read_as_it_is_written(string typed, double expected) => Assert.That(AnswerForm.Number(typed), Is.EqualTo(expected));

    [TestCase("1,500")]
    [TestCase("1.500")]
    [TestCase("120.000")]
    [TestCase("١,٥٠٠")]
    public void A_mark_before_three_digits_is_refused_because_it_has_two_readings(string typed) =>
        Assert.Multiple(() =>
        {
            Assert.That(AnswerForm.IsAmbiguous(typed));
            Assert.That(AnswerForm.Number(typed), Is.Null);
        });

    [TestCase("1,500,000")]
    [TestCase("twelve")]
    [TestCase("-3")]
    public void What_is_no_number_is_refused(string typed) =>
        Assert.Multiple(() =>
        {
            Assert.That(AnswerForm.IsAmbiguous(typed), Is.False);
            Assert.That(AnswerForm.Number(typed), Is.Null);
        });
}
