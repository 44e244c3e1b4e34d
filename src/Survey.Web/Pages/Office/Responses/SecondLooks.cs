using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Checking;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>
/// The counted responses of a round that deserve a second look, each with why. The database pairs them (with last year's response of the same organisation, and with
/// other organisations); the rules of <see cref="SecondLook"/> decide. What the office has accepted is not listed again.
/// </summary>
public static class SecondLooks
{
    /// <summary>All of a round, by name.</summary>
    public static Task<IReadOnlyList<Look>> OfRoundAsync(SurveyDb db, SurveyRound round, RoundForm form, CancellationToken cancel) => OfAsync(db, round, form, null, cancel);

    /// <summary>Those of one response.</summary>
    public static Task<IReadOnlyList<Look>> OfResponseAsync(SurveyDb db, SurveyRound round, RoundForm form, long responseId, CancellationToken cancel) => OfAsync(db, round, form, responseId, cancel);

    private static async Task<IReadOnlyList<Look>> OfAsync(SurveyDb db, SurveyRound round, RoundForm form, long? only, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(form);
        List<Look> looks =
        [
            .. await AgainstLastYearAsync(db, round, form, only, cancel), .. await SameTextAsync(db, round, only, cancel),
            .. await SameAddressAsync(db, round, only, cancel), .. await SameNameAsync(db, round, only, cancel),
        ];
        return [.. looks.OrderBy(l => FoldedText.SortKey(l.Name), StringComparer.Ordinal).ThenBy(l => l.ResponseId).ThenBy(l => l.Kind).ThenBy(l => l.Point, StringComparer.Ordinal)];
    }

    private static IQueryable<SurveyResponse> ToBeRead(SurveyDb db, SurveyRound round, long? only) =>
        db.Responses.Where(r => r.RoundId == round.Id && r.Version > 0 && (r.Review == ReviewState.Unread || r.Review == ReviewState.HasQuestion) && (only == null || r.Id == only));

    private static async Task<IEnumerable<Look>> AgainstLastYearAsync(SurveyDb db, SurveyRound round, RoundForm form, long? only, CancellationToken cancel)
    {
        if (await EarlierRounds.OfAsync(db, round, form.Definition.Plan, cancel) is not [.., var before])
        {
            return [];
        }

        var asked = form.Questionnaire.Questions.Where(q => q.Role is QuestionRole.Country or QuestionRole.Type or QuestionRole.Size or QuestionRole.Work).ToDictionary(q => q.Key);
        List<string> keys = [.. asked.Keys];
        var changed = await (
            from response in ToBeRead(db, round, only)
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            join earlier in db.Invitations on new { RoundId = before.Id, invitation.OrganisationId } equals new { earlier.RoundId, earlier.OrganisationId }
            join answered in db.Responses on earlier.Id equals answered.InvitationId
            join now in db.Answers on response.Id equals now.ResponseId
            join then in db.Answers on new { ResponseId = answered.Id, now.Point, now.Question, now.Slot } equals new { then.ResponseId, then.Point, then.Question, then.Slot }
            where keys.Contains(now.Question) && now.Choice != then.Choice
            select new { response.Id, invitation.Name, now.Point, now.Question, Then = then.Choice, Now = now.Choice }).ToListAsync(cancel);
        return from c in changed
               let kind = KindOf(asked[c.Question], c.Then, c.Now)
               where kind is not null
               select new Look(kind.Value, c.Id, c.Name, c.Point, c.Then, c.Now);
    }

    private static LookKind? KindOf(Question question, string then, string now) => question.Role switch
    {
        QuestionRole.Country when SecondLook.IsOther(then, now) => LookKind.OtherCountry,
        QuestionRole.Type when SecondLook.IsOther(then, now) => LookKind.OtherType,
        QuestionRole.Size when SecondLook.IsSizeJump(question, then, now) => LookKind.SizeJump,
        QuestionRole.Work when SecondLook.IsWorkDropped(question, then, now) => LookKind.WorkDropped,
        _ => null,
    };

    private static async Task<IEnumerable<Look>> SameTextAsync(SurveyDb db, SurveyRound round, long? only, CancellationToken cancel)
    {
        // By how texts begin, for which there is an index; only those that begin alike are read whole.
        var starts = db.Answers.Where(a => a.RoundId == round.Id && a.TextStart != null);
        if (only is not null)
        {
            var own = (await db.Answers.Where(a => a.ResponseId == only && a.TextStart != null).Select(a => a.TextStart!).Distinct().ToListAsync(cancel)).Where(IsTellingStart).ToList();
            if (own.Count == 0)
            {
                return [];
            }

            starts = starts.Where(a => own.Contains(a.TextStart!));
        }

        var shared = (await starts.GroupBy(a => a.TextStart!).Where(g => g.Select(a => a.ResponseId).Distinct().Count() > 1).Select(g => g.Key).ToListAsync(cancel)).Where(IsTellingStart).ToList();
        var rows = new List<(string Text, long Id, string Name, string Point)>();
        foreach (var batch in shared.Chunk(200))
        {
            rows.AddRange((await (
                from answer in db.Answers
                where answer.RoundId == round.Id && answer.TextStart != null && batch.Contains(answer.TextStart)
                join response in db.Responses on answer.ResponseId equals response.Id
                join invitation in db.Invitations on response.InvitationId equals invitation.Id
                select new { answer.Text, response.Id, invitation.Name, answer.Point }).ToListAsync(cancel)).Where(r => SecondLook.IsTelling(r.Text!)).Select(r => (r.Text!, r.Id, r.Name, r.Point)));
        }

        return await PairsAsync(db, round, only, LookKind.SameText, rows, cancel);
    }

    /// <summary>Whether a text that begins so can be a telling one: a longer one may be so by what comes after.</summary>
    private static bool IsTellingStart(string start) => SecondLook.IsTelling(start) || DoorText.Length(start) == Domain.Responses.Answer.StartLength;

    private static async Task<IEnumerable<Look>> SameAddressAsync(SurveyDb db, SurveyRound round, long? only, CancellationToken cancel)
    {
        var people =
            from contact in db.Contacts
            where contact.RemovedAt == null
            join invitation in db.Invitations on contact.OrganisationId equals invitation.OrganisationId
            where invitation.RoundId == round.Id
            join response in db.Responses on invitation.Id equals response.InvitationId
            where response.Version > 0
            select new { contact.EmailFolded, response.Id, invitation.Name };
        // Of one response the addresses are read first: the index on them leads to the others, and nothing else of the round is read.
        var own = only is null ? null : await people.Where(p => p.Id == only).Select(p => p.EmailFolded).ToListAsync(cancel);
        var rows = await (own is null ? people.Where(p => people.Any(other => other.EmailFolded == p.EmailFolded && other.Id != p.Id)) : people.Where(p => own.Contains(p.EmailFolded))).ToListAsync(cancel);
        return await PairsAsync(db, round, only, LookKind.SameAddress, rows.Select(r => (r.EmailFolded, r.Id, r.Name, "")), cancel);
    }

    private static async Task<IEnumerable<Look>> SameNameAsync(SurveyDb db, SurveyRound round, long? only, CancellationToken cancel)
    {
        var named =
            from invitation in db.Invitations
            where invitation.RoundId == round.Id && invitation.Organisation!.NameFolded != ""
            join response in db.Responses on invitation.Id equals response.InvitationId
            where response.Version > 0
            select new { invitation.Organisation!.NameFolded, response.Id, invitation.Name };
        var own = only is null ? null : await named.Where(n => n.Id == only).Select(n => n.NameFolded).FirstOrDefaultAsync(cancel);
        var rows = await (only is null ? named.Where(n => named.Any(other => other.NameFolded == n.NameFolded && other.Id != n.Id)) : named.Where(n => n.NameFolded == own)).ToListAsync(cancel);
        return await PairsAsync(db, round, only, LookKind.SameName, rows.Select(r => (r.NameFolded, r.Id, r.Name, "")), cancel);
    }

    /// <summary>Each response that is to be read with the first other one that shares something with it.</summary>
    private static async Task<IEnumerable<Look>> PairsAsync(SurveyDb db, SurveyRound round, long? only, LookKind kind, IEnumerable<(string Shared, long Id, string Name, string Point)> rows, CancellationToken cancel)
    {
        var groups = rows.GroupBy(r => r.Shared).ToList();
        if (groups.Count == 0)
        {
            return [];
        }

        var read = (await ToBeRead(db, round, only).Select(r => r.Id).ToListAsync(cancel)).ToHashSet();
        return from g in groups
               from one in g.DistinctBy(r => r.Id)
               where read.Contains(one.Id)
               let other = g.Where(r => r.Id != one.Id).OrderBy(r => r.Id).Select(r => ((long Id, string Name)?)(r.Id, r.Name)).FirstOrDefault()
               where other is not null
               select new Look(kind, one.Id, one.Name, one.Point, "", kind is LookKind.SameName ? "" : g.Key, other.Value.Id, other.Value.Name);
    }
}
