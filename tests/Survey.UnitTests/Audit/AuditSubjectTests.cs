using Survey.Domain.Audit;

namespace Survey.UnitTests.Audit;

/// <summary>Which of the things that a subject names people look for.</summary>
internal sealed class AuditSubjectTests
{
    [TestCase("organisation:7", "organisation", "7")]
    [TestCase("round:2026/organisation:7", "organisation", "7")]
    [TestCase("round:2026/invitation:28/contact:5", "contact", "5")]
    [TestCase("response:1/protection/change", "response", "1")]
    [TestCase("edition:2026/v1/fr+es", "edition", "2026/v1")]
    [TestCase("round:2026/wave:2", "round", "2026")]
    [TestCase("account:4f6b/role:editor", "account", "4f6b")]
    public void The_thing_that_is_looked_for_is_found(string subject, string kind, string key) => Assert.That(AuditSubject.Of(subject), Is.EqualTo(new AuditSubject(kind, key)));

    [TestCase("members")]
    [TestCase("language:fr")]
    [TestCase("edition:2026")]
    public void What_has_no_page_names_nothing(string subject) => Assert.That(AuditSubject.Of(subject), Is.Null);
}
