namespace Survey.Domain.Consultations;

/// <summary>Why a draft cannot be shown to members now. Each reason is a word of <c>consultation.start.against</c>.</summary>
public static class ConsultationStart
{
    /// <summary>The reasons; empty where nothing stands in the way. <paramref name="earlier"/> are the consultations that the round has had.</summary>
    public static IReadOnlyList<string> Against(bool isPublished, bool isWithdrawn, IReadOnlyList<Consultation> earlier, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var reasons = new List<string>();
        if (isWithdrawn)
        {
            reasons.Add("withdrawn");
        }
        else if (isPublished)
        {
            reasons.Add("published");
        }

        if (earlier.Any(c => c.IsOpenAt(now)))
        {
            reasons.Add("another");
        }
        else if (earlier.Count >= Consultation.Most)
        {
            reasons.Add("both");
        }

        return reasons;
    }

    /// <summary>What is wrong with the last day that was asked for; null when it can be. It ends where it ends last on earth.</summary>
    public static string? WrongDay(DateTime? closesAt, DateTime now) => closesAt is null ? "day" : closesAt <= now ? "past" : null;
}
