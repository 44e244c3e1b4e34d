using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Imports;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Mails;

/// <summary>
/// A list of addresses that mails came back from, as a mail server gives it: a CSV with the columns <c>address</c> and, if there are reasons, <c>reason</c>. Read
/// whole before anything is marked; an address that is nobody's is told, not refused.
/// </summary>
public sealed record BounceList(IReadOnlyList<BounceRow> Known, IReadOnlyList<string> Unknown, IReadOnlyList<string> Already, IReadOnlyList<string> BadRows, bool IsTable)
{
    private const int LongestReason = 500;
    private static readonly string[] AddressColumns = ["address", "email", "e-mail"];

    /// <summary>Reads the list and looks its addresses up.</summary>
    public static async Task<BounceList> ReadAsync(SurveyDb db, string text, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(text);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(OneColumn(text)));
        if (CsvTable.Read(stream).Value is not { } table || Array.Find(AddressColumns, c => table.Column(c) is not null) is not { } column)
        {
            return new([], [], [], [], IsTable: false);
        }

        var rows = new Dictionary<string, string>();
        var bad = table.RowProblems.Select(p => p.Where).ToList();
        foreach (var row in table.Rows)
        {
            if (EmailAddress.Of(table.Cell(row, column)) is { } address)
            {
                var reason = table.Column("reason") is null ? "" : table.Cell(row, "reason");
                rows.TryAdd(address.ToLowerInvariant(), DoorText.Cut(reason, LongestReason));
            }
            else
            {
                bad.Add(CsvTable.Where(row, column));
            }
        }

        var addresses = rows.Keys.ToList();
        var contacts = await (
            from contact in db.Contacts.AsNoTracking()
            where addresses.Contains(contact.EmailFolded) && contact.RemovedAt == null
            join organisation in db.Organisations on contact.OrganisationId equals organisation.Id
            orderby contact.EmailFolded, contact.Id
            select new { contact.Id, contact.EmailFolded, organisation.Name, IsBounced = contact.BouncedAt != null }).ToListAsync(cancel);
        var there = contacts.Select(c => c.EmailFolded).ToHashSet();
        return new(
            [.. contacts.Where(c => !c.IsBounced).Select(c => new BounceRow(c.Id, c.EmailFolded, c.Name, rows[c.EmailFolded]))],
            [.. addresses.Where(a => !there.Contains(a))],
            [.. contacts.Where(c => c.IsBounced).Select(c => c.EmailFolded).Distinct()],
            bad, IsTable: true);
    }

    // A list of addresses alone has no separator by which a table is known.
    private static string OneColumn(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        return lines[0].AsSpan().ContainsAny(",;\t") ? string.Join('\n', lines) : string.Join('\n', lines.Select((line, i) => line.Length == 0 ? line : line + (i == 0 ? ",reason" : ",")));
    }
}

/// <summary>A contact to be marked.</summary>
public sealed record BounceRow(int ContactId, string Address, string Organisation, string Reason);
