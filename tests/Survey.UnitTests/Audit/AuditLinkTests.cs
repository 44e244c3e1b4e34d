using System.Text;
using Survey.Domain.Audit;

namespace Survey.UnitTests.Audit;

/// <summary>The form of an entry's bytes is written by hand; links and hashes are Python's hmac and hashlib over those bytes with 32 times the letter k as key.</summary>
internal sealed class AuditLinkTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes(new string('k', 32));
    private const string First = "0aa66d3c317c42dae1f46d2c2b32f71e8b46465a855f6de129066c720791bc00";
    private const string Second = "7a3a4af3ecb5d06bfaa78c3fcd09a363b53c3c032ebd9fe05eec5eb5ab2893c6";
    private const string Details = "0c69f3d5a35bad976c102db70586545f94a49f8b8b50d9f7a1f82dd1c1b5b842";

    private static AuditEntry Opened(long? number = null, string? link = null, string? keyName = null) => new()
    {
        Id = 1,
        At = new DateTime(2026, 5, 4, 9, 0, 0, 123, 456, DateTimeKind.Utc),
        Actor = "office:7",
        Action = "round.open",
        Subject = "round:2026",
        Number = number,
        Link = link,
        KeyName = keyName,
    };

    private static AuditEntry Chosen(long? number = null, string? link = null, string? keyName = null, string content = "é") => new()
    {
        Id = 2,
        At = new DateTime(2026, 5, 4, 9, 0, 1, DateTimeKind.Utc),
        Actor = "member",
        Action = "discretion.choose",
        Subject = "organisation:3",
        DetailsHash = Details,
        Number = number,
        Link = link,
        KeyName = keyName,
        Detail = new AuditDetail { EntryId = 2, Salt = "ab", Content = content },
    };

    [Test]
    public void An_entry_is_written_field_by_field_with_lengths() =>
        Assert.That(Encoding.UTF8.GetString(AuditLink.BytesOf(Opened(), 1, "")), Is.EqualTo("1:1,1:1,0:,27:2026-05-04T09:00:00.123456Z,8:office:7,10:round.open,10:round:2026,0:,"));

    [Test]
    public void Links_are_HMAC_SHA256_over_the_entry_and_the_link_before()
    {
        Assert.That(AuditLink.Of(Opened(), 1, "", Key), Is.EqualTo(First));
        Assert.That(AuditLink.HashOf("ab", "é"), Is.EqualTo(Details));
        Assert.That(AuditLink.Of(Chosen(), 2, First, Key), Is.EqualTo(Second));
        Assert.That(AuditLink.NameOf(Key), Is.EqualTo("aaed59f4f8a6ba78"));
    }

    private static IReadOnlyList<AuditFinding> Verify(AuditHead head, string? noted, params AuditEntry[] entries)
    {
        var verification = new AuditVerification(new Dictionary<string, byte[]> { ["aaed59f4f8a6ba78"] = Key }, noted is null ? [] : [AuditVerification.ParseHead(noted)!.Value]);
        foreach (var entry in entries)
        {
            verification.Next(entry);
        }

        return verification.End(head);
    }

    private static readonly AuditHead Two = new() { Number = 2, Link = Second };

    [Test]
    public void A_whole_chain_has_nothing_wrong() =>
        Assert.That(Verify(Two, "2:" + Second, Opened(1, First, "aaed59f4f8a6ba78"), Chosen(2, Second, "aaed59f4f8a6ba78")), Is.Empty);

    [Test]
    public void Changed_details_are_found() =>
        Assert.That(Verify(Two, null, Opened(1, First, "aaed59f4f8a6ba78"), Chosen(2, Second, "aaed59f4f8a6ba78", "e")), Is.EqualTo(new[] { new AuditFinding(AuditFault.DetailChanged, 2, 2) }));

    [Test]
    public void A_cut_tail_whose_head_was_set_back_is_found_by_what_was_noted() =>
        Assert.That(Verify(new() { Number = 1, Link = First }, "2:" + Second, Opened(1, First, "aaed59f4f8a6ba78")), Is.EqualTo(new[] { new AuditFinding(AuditFault.NotAsNoted, 2, null) }));

    [Test]
    public void A_link_under_another_key_is_told_from_a_change() =>
        Assert.That(Verify(Two, null, Opened(1, First, "0000000000000000"), Chosen(2, Second, "aaed59f4f8a6ba78")), Is.EqualTo(new[] { new AuditFinding(AuditFault.OtherKey, 1, 1) }));

    [TestCase("2")]
    [TestCase("two:" + First)]
    [TestCase("2:" + First + "00")]
    [TestCase("-2:" + First)]
    public void What_is_no_head_is_none(string text) => Assert.That(AuditVerification.ParseHead(text), Is.Null);
}
