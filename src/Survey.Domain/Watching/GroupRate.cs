namespace Survey.Domain.Watching;

/// <summary>
/// How many of a group were invited, began without sending, and had sent by a moment; and last year as long after the opening, where there was such a round.
/// A group that was not invited last year has no figure of it.
/// </summary>
public sealed record GroupRate(string Key, int Invited, int Started, int Sent, int InvitedThen, int? SentThen)
{
    /// <summary>Sent of invited in whole per cent.</summary>
    public int Percent => Of(Sent, Invited);

    /// <summary>The same at last year's same day; null where nobody of the group was invited.</summary>
    public int? PercentThen => SentThen is { } sent && InvitedThen > 0 ? Of(sent, InvitedThen) : null;

    /// <summary>
    /// The rows without groups of fewer than <paramref name="fewest"/>, and without as many of the next smallest as it takes that what is left out cannot be had by
    /// subtraction from their total: of each <paramref name="whole"/> either nothing is left out, or at least <paramref name="fewest"/>, or everything. Where last year
    /// a shown group, or what is left out, had fewer, no row of that whole has a figure of last year.
    /// </summary>
    /// <param name="whole">What the row is a part of, and whose total is shown elsewhere.</param>
    public static IReadOnlyList<GroupRate> WithoutSmall(IReadOnlyList<GroupRate> rows, Func<string, string> whole, int fewest)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (left, isNewOnly) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var part in rows.GroupBy(r => whole(r.Key)))
        {
            var hidden = 0;
            foreach (var row in part.OrderBy(r => r.Invited).ThenBy(r => r.Key, StringComparer.Ordinal).TakeWhile(r => r.Invited < fewest || (hidden > 0 && hidden < fewest)))
            {
                hidden += row.Invited;
                left.Add(row.Key);
            }

            bool IsSmallThen(int invited) => invited > 0 && invited < fewest;
            if (part.Any(r => !left.Contains(r.Key) && IsSmallThen(r.InvitedThen)) || IsSmallThen(part.Where(r => left.Contains(r.Key)).Sum(r => r.InvitedThen)))
            {
                isNewOnly.Add(part.Key);
            }
        }

        return [.. rows.Where(r => !left.Contains(r.Key)).Select(r => isNewOnly.Contains(whole(r.Key)) ? r with { InvitedThen = 0, SentThen = null } : r)];
    }

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
                return new GroupRate(g.Key, g.Count(), g.Count(m => m.IsStarted), g.Count(m => m.SentAt <= now.OpenedAt + sinceOpening), earlier.Invited, earlier.Invited > 0 ? earlier.Sent : null);
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
