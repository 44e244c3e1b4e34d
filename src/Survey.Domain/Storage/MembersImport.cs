using Microsoft.EntityFrameworkCore;
using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Organisations;

namespace Survey.Domain.Storage;

/// <summary>
/// Brings a member list into the database: reads the table, asks <see cref="MembersPlan"/> what changes, and writes that in one transaction,
/// or nothing while one row is bad. Past rounds keep their population as it was; only the organisations of today change.
/// </summary>
public static class MembersImport
{
    /// <summary>The action in the audit.</summary>
    public const string Imported = "members.import";

    /// <summary>
    /// Imports a file. <paramref name="types"/> and <paramref name="languages"/> are as in <see cref="MembersPlan.Of"/>;
    /// <paramref name="at"/> is the moment that new rows carry.
    /// </summary>
    public static async Task<MembersImported> RunAsync(
        SurveyDb db, Stream file, PlaceMatcher places, IReadOnlyCollection<string> types, IReadOnlyList<string> languages, ImportWrites writes, DateTime at, CancellationToken cancel = default)
    {
        var table = CsvTable.Read(file);
        if (!table.IsWhole)
            return MembersImported.Refused(table.Problems);
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var organisations = await KnownAsync(db, cancel);
        var plan = MembersPlan.Of(table.Value, KnownOrganisation.All(organisations), places, types, languages);
        if (plan.Problems.Count == 0 && writes is ImportWrites.Everything)
        {
            Write(db, organisations, plan, "command", at);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return new(plan.Added.Count, plan.Changed.Count, plan.Unchanged, plan.Problems.Count == 0 && writes is ImportWrites.Everything, plan.Problems, plan.Notices);
    }

    /// <summary>What a table would change now; nothing is written.</summary>
    public static async Task<MembersPlan> PlanAsync(SurveyDb db, CsvTable table, PlaceMatcher places, IReadOnlyCollection<string> types, IReadOnlyList<string> languages, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var organisations = await db.Organisations.AsNoTracking().Where(o => o.ErasedAt == null).Include(o => o.Contacts).AsSplitQuery().ToListAsync(cancel);
        return MembersPlan.Of(table, KnownOrganisation.All(organisations), places, types, languages);
    }

    /// <summary>
    /// Writes a table if what it changes now is still what was <paramref name="shown"/> (<see cref="MembersPreview.Hash"/>), and nothing otherwise (null).
    /// Gives the codes of the organisations that are new.
    /// </summary>
    public static async Task<IReadOnlyList<string>?> WriteAsShownAsync(
        SurveyDb db, CsvTable table, PlaceMatcher places, IReadOnlyCollection<string> types, IReadOnlyList<string> languages, string shown, string actor, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var organisations = await KnownAsync(db, cancel);
        var plan = MembersPlan.Of(table, KnownOrganisation.All(organisations), places, types, languages);
        if (plan.Problems.Count > 0 || MembersPreview.Of(plan).Hash != shown)
            return null;
        Write(db, organisations, plan, actor, at);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return [.. plan.Added.Select(m => m.Code)];
    }

    private static Task<List<Organisation>> KnownAsync(SurveyDb db, CancellationToken cancel) =>
        db.Organisations.Where(o => o.ErasedAt == null).Include(o => o.Contacts).AsSplitQuery().ToListAsync(cancel);

    private static void Write(SurveyDb db, List<Organisation> organisations, MembersPlan plan, string actor, DateTime at)
    {
        if (plan.Added.Count + plan.Changed.Count > 0)
            db.Record(at, actor, Imported, "members", FormattableString.Invariant($"{plan.Added.Count} added, {plan.Changed.Count} changed"));
        var byId = organisations.ToDictionary(o => o.Id);
        foreach (var member in plan.Added.Concat(plan.Changed))
        {
            Organisation organisation;
            if (member.Known is { } known)
            {
                organisation = byId[known.Id];
                organisation.Rename(member.Name);
                organisation.Country = member.Country;
            }
            else
            {
                organisation = new() { Code = member.Code, Name = member.Name, NameFolded = FoldedText.Of(member.Name), NameSortKey = FoldedText.SortKey(member.Name), Country = member.Country, CreatedAt = at };
                db.Organisations.Add(organisation);
            }

            (organisation.Type, organisation.Language, organisation.IsDiscreet) = (member.Type, member.Language, member.IsDiscreet);
            foreach (var contact in member.Contacts)
            {
                var existing = organisation.Contacts.FirstOrDefault(c => c.EmailFolded == contact.EmailFolded);
                // Whom a colleague took off stays off; the plan says so in a notice.
                if (existing is { RemovedAt: not null })
                    continue;
                if (existing is not null)
                    (existing.Name, existing.Language) = (contact.Name ?? existing.Name, contact.Language ?? existing.Language);
                else
                    organisation.Contacts.Add(new Contact { Email = contact.Email, EmailFolded = contact.EmailFolded, Name = contact.Name ?? "", Language = contact.Language ?? member.Language, CreatedAt = at });
            }
        }
    }
}
