using Survey.Domain.Consultations;

namespace Survey.UnitTests.Consultations;

/// <summary>When a draft may be shown to members, until when they comment, and what they may still change.</summary>
internal sealed class ConsultationTests
{
    private static readonly DateTime Now = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);

    private static Consultation Of(int number, DateTime closesAt, DateTime? closedAt = null) => new() { Number = number, OpenedAt = Now.AddDays(-10), OpenedBy = "office:1", ClosesAt = closesAt, ClosedAt = closedAt };

    [Test]
    public void Comments_are_taken_before_the_close_and_not_at_it()
    {
        var open = Of(1, Now);
        Assert.That((open.IsOpenAt(Now.AddTicks(-1)), open.IsOpenAt(Now), open.EndsAt), Is.EqualTo((true, false, Now)));
        var closed = Of(1, Now.AddDays(3), closedAt: Now);
        Assert.That((closed.IsOpenAt(Now.AddTicks(-1)), closed.IsOpenAt(Now), closed.EndsAt), Is.EqualTo((true, false, Now)), "closed before its time");
    }

    [Test]
    public void A_draft_is_refused_with_every_reason()
    {
        Consultation over = Of(1, Now.AddDays(-1)), open = Of(1, Now.AddDays(1)), second = Of(2, Now.AddDays(-1)), still = Of(2, Now.AddDays(1));
        Assert.That(ConsultationStart.Against(false, false, [], Now), Is.Empty);
        Assert.That(ConsultationStart.Against(false, false, [over], Now), Is.Empty, "the second round");
        Assert.That(ConsultationStart.Against(false, false, [open], Now), Is.EqualTo(new[] { "another" }));
        Assert.That(ConsultationStart.Against(false, false, [over, second], Now), Is.EqualTo(new[] { "both" }));
        Assert.That(ConsultationStart.Against(false, false, [over, still], Now), Is.EqualTo(new[] { "another" }));
        Assert.That(ConsultationStart.Against(true, false, [open], Now), Is.EqualTo(new[] { "published", "another" }));
        Assert.That(ConsultationStart.Against(true, true, [], Now), Is.EqualTo(new[] { "withdrawn" }));
    }

    [Test]
    public void The_last_day_is_one_to_come() =>
        Assert.That((ConsultationStart.WrongDay(null, Now), ConsultationStart.WrongDay(Now, Now), ConsultationStart.WrongDay(Now.AddTicks(1), Now)), Is.EqualTo(("day", "past", (string?)null)));

    [TestCase(CommentState.Open, 1, true)]
    [TestCase(CommentState.Open, 0, false)]
    [TestCase(CommentState.Answered, 1, false)]
    [TestCase(CommentState.Closed, 1, false)]
    public void A_comment_changes_until_it_is_dealt_with_or_the_time_is_over(CommentState state, int days, bool mayChange)
    {
        var comment = new DraftComment { Chapter = "", Language = "en", Text = "Words", State = state };
        Assert.That(comment.MayChangeAt(Of(1, Now.AddDays(days)), Now), Is.EqualTo(mayChange));
    }
}
