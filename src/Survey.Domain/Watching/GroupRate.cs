namespace Survey.Domain.Watching;

/// <summary>
/// How many of a group were invited, began without sending, and sent; and last year as many days after the opening, where there was such a round.
/// A group that was not invited last year has no figure of it.
/// </summary>
public sealed record GroupRate(string Key, int Invited, int Started, int Sent, int InvitedThen, int? SentThen)
{
    /// <summary>Sent of invited in whole per cent.</summary>
    public int Percent => Of(Sent, Invited);

    /// <summary>The same at last year's same day; null where nobody of the group was invited.</summary>
    public int? PercentThen => SentThen is { } sent && InvitedThen > 0 ? Of(sent, InvitedThen) : null;

    /// <summary>The groups of a round by <paramref name="key"/>, in the order of their keys, beside the earlier round.</summary>
    public static IReadOnlyList<GroupRate> By(Func<MemberStanding, string> key, WatchedRound now, WatchedRound? then, TimeSpan sinceOpening)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(now);
        var before = then?.Members.GroupBy(key).ToDictionary(g => g.Key, g => (Invited: g.Count(), Sent: g.Count(m => m.SentAt <= then.OpenedAt + sinceOpening)), StringComparer.Ordinal) ?? [];
        return
        [
            .. now.Members.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            {
                var earlier = before.GetValueOrDefault(g.Key);
                return new GroupRate(g.Key, g.Count(), g.Count(m => m.IsStarted), g.Count(m => m.SentAt is not null), earlier.Invited, earlier.Invited > 0 ? earlier.Sent : null);
            }),
        ];
    }

    private static int Of(int part, int whole) => whole == 0 ? 0 : (int)Math.Round(100.0 * part / whole, MidpointRounding.AwayFromZero);
}

/// <summary>A round's population and the moment (UTC) at which it opened.</summary>
public sealed record WatchedRound(DateTime OpenedAt, IReadOnlyList<MemberStanding> Members)
{
    /// <summary>When answers first came in.</summary>
    public IEnumerable<DateTime> SentAt => Members.Where(m => m.SentAt is not null).Select(m => m.SentAt!.Value);
}
