using System.Data.Common;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>The statements that both databases understand alike, and how their rows are read.</summary>
internal static class DraftSql
{
    /// <summary>The response of invitation $1 with its revision, and beside it the draft's rows of point $2 and outside the points; one row of nulls where it has none.</summary>
    public const string Read = """
        SELECT r."Id", r."Revision", d."Point", d."Question", d."Slot", d."Choice", d."Number", d."Text"
        FROM "Responses" r LEFT JOIN "DraftAnswers" d ON d."ResponseId" = r."Id" AND d."Point" IN ($2, '')
        WHERE r."InvitationId" = $1
        """;

    /// <summary>Makes the response of invitation $2 unless it is there: the unique indexes decide, whichever of them is asked first. Gives the id of a new one alone.</summary>
    public const string Begin = """
        INSERT INTO "Responses" ("PublicId", "InvitationId", "RoundId", "Language", "Mode", "StartedAt", "ChangedAt", "Version", "Revision", "SubmittedRevision", "Review", "IsLate")
        VALUES ($1, $2, $3, $4, 'Web', $5, $5, 0, 1, 0, 'Unread', false)
        ON CONFLICT DO NOTHING RETURNING "Id"
        """;

    /// <summary>The draft's row of <see cref="Read"/> on which the reader stands; null where the response has none.</summary>
    public static DraftAnswer? Row(DbDataReader reader) => reader.IsDBNull(2) ? null : new()
    {
        Point = reader.GetString(2),
        Question = reader.GetString(3),
        Slot = reader.GetString(4),
        Choice = reader.GetString(5),
        Number = reader.IsDBNull(6) ? null : reader.GetDouble(6),
        Text = reader.IsDBNull(7) ? null : reader.GetString(7),
    };
}
