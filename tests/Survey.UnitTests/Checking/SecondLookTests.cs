using Survey.Domain.Checking;
using Survey.Domain.Questionnaires;
using Survey.Testing;

namespace Survey.UnitTests.Checking;

/// <summary>One rule each of what deserves a second look, on the shipped questionnaire's scales.</summary>
internal sealed class SecondLookTests
{
    private static readonly Questionnaire Asked = QuestionnaireFile.Parse(File.ReadAllText(Path.Combine(Repository.Templates, "questionnaires", "made-2026.yaml")), "made-2026.yaml").Value!;

    [TestCase("SN", "ML", true)]
    [TestCase("SN", "SN", false)]
    [TestCase("", "SN", false, Description = "Nothing is known of last year.")]
    [TestCase("SN", "", false)]
    public void Another_country_or_type_is_one_that_differs_from_a_known_one(string then, string now, bool isOther) => Assert.That(SecondLook.IsOther(then, now), Is.EqualTo(isOther));

    [TestCase("up-to-5", "21-to-100", true)]
    [TestCase("over-100", "6-to-20", true)]
    [TestCase("up-to-5", "6-to-20", false, Description = "A neighbouring class is growth.")]
    [TestCase("up-to-5", "5000", false, Description = "A code of another scale has no place on this one.")]
    public void A_jump_in_size_is_two_classes_or_more(string then, string now, bool isJump) => Assert.That(SecondLook.IsSizeJump(Asked.WithRole(QuestionRole.Size)!, then, now), Is.EqualTo(isJump));

    [TestCase("directly", "no", true)]
    [TestCase("directly", "follow", false)]
    [TestCase("follow", "no", false)]
    [TestCase("no", "directly", false)]
    public void Work_is_dropped_from_directly_to_none(string then, string now, bool isDropped) => Assert.That(SecondLook.IsWorkDropped(Asked.WithRole(QuestionRole.Work)!, then, now), Is.EqualTo(isDropped));

    [TestCase("See above, as last year.", false)]
    [TestCase("... ... ... ... ... ... ... ... ...", false, Description = "Signs alone are no text.")]
    [TestCase("We trained forty women to run their own business.", true)]
    [TestCase("دربنا أربعين امرأة على إدارة أعمالهن الخاصة", true)]
    public void A_text_is_telling_from_twenty_five_letters_on(string text, bool isTelling) => Assert.That(SecondLook.IsTelling(text), Is.EqualTo(isTelling));
}
