using Microsoft.EntityFrameworkCore;
using Survey.Domain.Organisations;

namespace Survey.Domain.Storage;

/// <summary>Questions about members that several places ask, each asked in one way.</summary>
public static class MemberQueries
{
    /// <summary>Those to whom a mail may go: not taken off, no opt-out, no bounce.</summary>
    public static IQueryable<Contact> Reachable(this IQueryable<Contact> contacts) =>
        contacts.Where(c => c.RemovedAt == null && c.OptedOutAt == null && c.BouncedAt == null);

    /// <summary>In the order of a directory, the same on both databases: the key is made to be compared letter by letter.</summary>
    public static IOrderedQueryable<Organisation> ByName(this SurveyDb db, IQueryable<Organisation> organisations)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (db.Database.IsNpgsql() ? organisations.OrderBy(o => EF.Functions.Collate(o.NameSortKey, "C")) : organisations.OrderBy(o => o.NameSortKey)).ThenBy(o => o.Id);
    }

    /// <summary>Makes whoever changes the organisation wait until this transaction is over.</summary>
    public static Task<int> LockOrganisationAsync(this SurveyDb db, int id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Organisations.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, o => o.RetiredAt), cancel);
    }
}
