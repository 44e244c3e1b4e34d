using Survey.Domain.Questionnaires;

namespace Survey.Domain.Responses;

/// <summary>
/// A save of one part of a response: what the page held, already checked against the questionnaire. Questions that are not in <see cref="Answers"/> keep what is
/// stored; an empty value takes an answer away. <see cref="BasedOn"/> is the <see cref="DraftPart.Fingerprint"/> that the page was made from, or null to save whatever
/// is there. <see cref="At"/> is UTC.
/// </summary>
public sealed record DraftSave(
    Guid PublicId,
    int InvitationId,
    int RoundId,
    Questionnaire Questionnaire,
    DraftPart Part,
    IReadOnlyDictionary<AnswerKey, AnswerValue> Answers,
    string? BasedOn,
    string Language,
    DateTime At);

/// <summary>What a save comes to. Nothing new wins over stale: the same save sent twice is no conflict.</summary>
public enum DraftVerdict
{
    /// <summary>All of it is stored already: a replayed save, or a page sent as it was.</summary>
    NothingNew,

    /// <summary>The part was changed by someone else since; nothing is stored.</summary>
    Stale,

    /// <summary>Rows change.</summary>
    Changed,
}

/// <summary>
/// The decision on a save, the same on every database: whether it is stored, and which rows that changes. <see cref="After"/> holds the answers of the part's point and
/// those outside the points as they are when it is done, and <see cref="Rows"/> is how they are stored then. The rows carry no response's id, because a first save has none yet.
/// </summary>
public sealed record DraftChange(DraftVerdict Verdict, AnswerSheet After, IReadOnlyCollection<DraftAnswer> Rows, IReadOnlyList<DraftAnswer> Set, IReadOnlyList<DraftAnswer> Removed)
{
    /// <summary>Decides on <paramref name="save"/>, where <paramref name="rows"/> are stored of the part's point and outside the points.</summary>
    public static DraftChange Of(IReadOnlyCollection<DraftAnswer> rows, DraftSave save)
    {
        var stored = AnswerSheet.FromDraft(rows);
        if (save.Answers.All(a => IsSame(stored.Find(a.Key.Point, a.Key.Question), a.Value)))
        {
            return new(DraftVerdict.NothingNew, stored, rows, [], []);
        }

        if (save.BasedOn is { } based && based != save.Part.Fingerprint(stored))
        {
            return new(DraftVerdict.Stale, stored, rows, [], []);
        }

        var wanted = AnswerSheet.Of(save.Answers).ToDraft(default, save.Questionnaire).ToList();
        var touched = rows.Where(r => save.Answers.ContainsKey(new(r.Point, r.Question))).ToDictionary(KeyOf);
        var set = wanted.Where(w => !touched.TryGetValue(KeyOf(w), out var was) || (was.Choice, was.Number, was.Text) != (w.Choice, w.Number, w.Text)).ToList();
        var kept = wanted.Select(KeyOf).ToHashSet();
        var removed = touched.Values.Where(r => !kept.Contains(KeyOf(r))).ToList();
        List<DraftAnswer> after = [.. rows.Where(r => !touched.ContainsKey(KeyOf(r))), .. wanted];
        return new(DraftVerdict.Changed, AnswerSheet.FromDraft(after), after, set, removed);
    }

    private static (string Point, string Question, string Slot) KeyOf(DraftAnswer row) => (row.Point, row.Question, row.Slot);

    private static bool IsSame(AnswerValue? a, AnswerValue b) =>
        a is null ? b.IsEmpty : a.Number == b.Number && a.Text == b.Text && a.Choices.Order(StringComparer.Ordinal).SequenceEqual(b.Choices.Distinct().Order(StringComparer.Ordinal));
}
