using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Audit;

/// <summary>
/// What entries of the audit log tell of, where it is still there: the page that shows it and the name that it has now. An erased organisation has neither. For accounts
/// that read the log, which may also edit; pages of accounts are for administrators only.
/// </summary>
internal static class AuditThings
{
    /// <summary>The things by the subjects that name them; subjects whose thing is gone are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, AuditThing>> OfAsync(SurveyDb db, IEnumerable<string> subjects, bool mayAdminister, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var named = subjects.Distinct().Select(s => (Subject: s, Named: AuditSubject.Of(s))).Where(s => s.Named is not null).Select(s => (s.Subject, Kind: s.Named!.Kind, Key: s.Named.Key)).ToList();
        var organisations = await OrganisationsAsync(db, named, cancel);
        var quotes = Ids(named, "quote");
        var responses = await db.Quotes.AsNoTracking().Where(q => quotes.Contains(q.Id)).ToDictionaryAsync(q => q.Id, q => q.ResponseId, cancel);
        List<long> wanted = [.. Ids(named, "response"), .. responses.Values];
        var answered = await db.Responses.AsNoTracking().Where(r => wanted.Contains(r.Id) && r.Invitation!.Organisation!.ErasedAt == null).Select(r => new { r.Id, r.Invitation!.Name }).ToDictionaryAsync(r => r.Id, r => r.Name, cancel);
        var rounds = await db.Rounds.AsNoTracking().Select(r => new { r.Id, r.Slug }).ToDictionaryAsync(r => r.Id, r => r.Slug, cancel);
        var slugs = rounds.Values.ToHashSet(StringComparer.Ordinal);
        var editions = named.Where(n => n.Kind == "edition").Select(n => n.Key.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        var edited = rounds.Where(r => editions.Contains(r.Value)).Select(r => r.Key).ToList();
        var versions = (await db.EditionVersions.AsNoTracking().Where(v => v.Number != null && edited.Contains(v.Edition!.RoundId)).Select(v => new { v.Edition!.RoundId, v.Number, v.Id }).ToListAsync(cancel))
            .ToDictionary(v => string.Create(CultureInfo.InvariantCulture, $"{rounds[v.RoundId]}/v{v.Number}"), v => v.Id, StringComparer.Ordinal);
        var (runIds, mailingIds) = (Ids(named, "run"), Ids(named, "mailing"));
        var runs = await db.Runs.AsNoTracking().Where(r => runIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => rounds[r.RoundId], cancel);
        var mailings = await db.Mailings.AsNoTracking().Where(m => mailingIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => rounds[m.RoundId], cancel);
        var accounts = named.Where(n => mayAdminister && n.Kind == "account").Select(n => n.Key).ToList();
        var people = await db.Users.AsNoTracking().Where(a => accounts.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Email!, cancel);

        var found = new Dictionary<string, AuditThing>(StringComparer.Ordinal);
        foreach (var (subject, kind, key) in named)
        {
            var thing = kind switch
            {
                "organisation" or "contact" or "invitation" when organisations.TryGetValue((kind, key), out var member) => new AuditThing("organisation", $"/office/members/{member.Id}", member.Name),
                "response" when Id(key) is { } id && answered.TryGetValue(id, out var name) => new AuditThing("response", Response(id), name),
                "quote" when Id(key) is { } id && responses.TryGetValue(id, out var response) && answered.TryGetValue(response, out var name) => new AuditThing("response", Response(response), name),
                "round" when slugs.Contains(key) => new AuditThing("round", $"/office/rounds/{key}", key),
                "edition" when versions.TryGetValue(key, out var version) => new AuditThing("edition", string.Create(CultureInfo.InvariantCulture, $"/office/editions/{version}"), key.Replace('/', ' ')),
                "run" when Id(key) is { } id && runs.TryGetValue(id, out var slug) => new AuditThing("run", $"/office/runs/{key}", slug),
                "mailing" when Id(key) is { } id && mailings.TryGetValue(id, out var slug) => new AuditThing("mailing", $"/office/mailings/{key}", slug),
                "account" when people.TryGetValue(key, out var email) => new AuditThing("account", $"/office/accounts/{key}", email),
                _ => null,
            };
            if (thing is not null)
            {
                found[subject] = thing;
            }
        }

        return found;

        static string Response(long id) => string.Create(CultureInfo.InvariantCulture, $"/office/responses/{id}");
    }

    /// <summary>The organisations that are named themselves, by a contact or by their place in a round.</summary>
    private static async Task<Dictionary<(string Kind, string Key), (int Id, string Name)>> OrganisationsAsync(SurveyDb db, IReadOnlyList<(string Subject, string Kind, string Key)> named, CancellationToken cancel)
    {
        var (own, contacts, places) = (Ids(named, "organisation"), Ids(named, "contact"), Ids(named, "invitation"));
        var there = db.Organisations.AsNoTracking().Where(o => o.ErasedAt == null && o.MergedIntoId == null);
        var found = new List<(string Kind, long Key, int Id, string Name)>();
        found.AddRange((await there.Where(o => own.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToListAsync(cancel)).Select(o => ("organisation", (long)o.Id, o.Id, o.Name)));
        found.AddRange((await db.Contacts.AsNoTracking().Where(c => contacts.Contains(c.Id)).Join(there, c => c.OrganisationId, o => o.Id, (c, o) => new { Key = c.Id, o.Id, o.Name }).ToListAsync(cancel)).Select(o => ("contact", (long)o.Key, o.Id, o.Name)));
        found.AddRange((await db.Invitations.AsNoTracking().Where(i => places.Contains(i.Id)).Join(there, i => i.OrganisationId, o => o.Id, (i, o) => new { Key = i.Id, o.Id, o.Name }).ToListAsync(cancel)).Select(o => ("invitation", (long)o.Key, o.Id, o.Name)));
        return found.ToDictionary(f => (f.Kind, f.Key.ToString(CultureInfo.InvariantCulture)), f => (f.Id, f.Name));
    }

    private static List<long> Ids(IEnumerable<(string Subject, string Kind, string Key)> named, string kind) => [.. named.Where(n => n.Kind == kind).Select(n => Id(n.Key)).OfType<long>()];

    private static long? Id(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>A thing that an entry tells of: what it is (words <c>auditThings.KIND</c>), where its page is, and its name.</summary>
public sealed record AuditThing(string Kind, string Address, string Name);
