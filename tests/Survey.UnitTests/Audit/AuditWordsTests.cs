using System.Text.RegularExpressions;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.UnitTests.Audit;

/// <summary>Every action that the sources record has words on the audit page, in every language.</summary>
internal sealed partial class AuditWordsTests
{
    [Test]
    public void Every_action_has_words()
    {
        var actions = Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText).Where(source => Recording().IsMatch(source))
            .SelectMany(source => Action().Matches(source).Select(m => m.Groups[1].Value)).Distinct().Where(a => !IsElse(a))
            // Made from the review's name.
            .Concat(Enum.GetNames<Domain.Responses.QuoteReview>().Select(r => $"quote.{r.ToLowerInvariant()}"))
            .Concat(Enum.GetNames<Domain.Invitations.MailingKind>().Select(k => $"mailing.{k.ToLowerInvariant()}"))
            .ToList();
        Assert.That(actions, Is.SupersetOf(new[] { "round.open", "discretion.choose", "contact.add-by-member", "consent.withdraw", "edition.publish", "answers.import" }), "the test finds literals and constants");
        Assert.That(SiteHost.Texts().SelectMany(t => actions.Where(a => !t.Has($"audit.action.{a}")).Select(a => $"{t.Language}: {a}")), Is.Empty);
    }

    /// <summary>Codes of problems and keys of texts have the same form.</summary>
    private static bool IsElse(string text) => text.StartsWith("publish.", StringComparison.Ordinal) || text.StartsWith("import.", StringComparison.Ordinal) || text is "round.late" or "evil.com" or "audit.key" or "audit.csv" or "members.csv"
        || (SiteHost.Texts()[0].Has(text) && !SiteHost.Texts()[0].Has($"audit.action.{text}"));

    [GeneratedRegex(@"\.Record\(|\bAudit\(")]
    private static partial Regex Recording();

    // The code of a problem is followed by its sentence.
    [GeneratedRegex("(?<!\\$)\"([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*)\"(?!, \\$?\"['A-Z-])")]
    private static partial Regex Action();
}
