using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Testing;

namespace Survey.UnitTests.Responses;

public sealed class ApplicableTests
{
    [Test]
    public void Consent_is_kept_after_any_example_and_dropped_without_one()
    {
        var questionnaire = SampleTemplates.Questionnaire(2026);
        AnswerSheet Sheet(params (string Question, AnswerValue Value)[] answers) =>
            AnswerSheet.Of(answers.Select(a => KeyValuePair.Create(new AnswerKey("diaspora", a.Question), a.Value))).Applicable(questionnaire);
        var work = ("work", AnswerValue.Of("directly"));
        var consent = ("consent", AnswerValue.Of(ConsentCodes.Named));
        Assert.That(Sheet(work, ("example", AnswerValue.OfText("A fund was opened.")), consent).Find("diaspora", "consent"), Is.Not.Null);
        Assert.That(Sheet(work, consent).Find("diaspora", "consent"), Is.Null);
        Assert.That(Sheet(("work", AnswerValue.Of("no")), ("example", AnswerValue.OfText("A fund was opened.")), consent).Answers, Has.Count.EqualTo(1), "what was skipped skips what hangs on it");
    }
}
