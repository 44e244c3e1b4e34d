using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// Writes many answers at once, past the change tracker: one COPY on PostgreSQL, one prepared statement on SQLite. Runs in the context's transaction,
/// which the caller must have begun; the responses must be there.
/// </summary>
public static class AnswerRows
{
    private static readonly string[] Counted = ["ResponseId", "Point", "Question", "Slot", "RoundId", "Region", "Choice", "Number", "Text", "TextStart"];
    private static readonly string[] Drafted = ["ResponseId", "Point", "Question", "Slot", "Choice", "Number", "Text"];

    /// <summary>Adds counted answers.</summary>
    public static Task AddAsync(SurveyDb db, IEnumerable<Answer> answers, CancellationToken cancel) =>
        WriteAsync(db, "Answers", Counted, answers.Select(a => (object?[])[a.ResponseId, a.Point, a.Question, a.Slot, a.RoundId, a.Region, a.Choice, a.Number, a.Text, a.TextStart]), cancel);

    /// <summary>Adds answers of drafts.</summary>
    public static Task AddAsync(SurveyDb db, IEnumerable<DraftAnswer> answers, CancellationToken cancel) =>
        WriteAsync(db, "DraftAnswers", Drafted, answers.Select(a => (object?[])[a.ResponseId, a.Point, a.Question, a.Slot, a.Choice, a.Number, a.Text]), cancel);

    private static async Task WriteAsync(SurveyDb db, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("Answers are written in a transaction.");
        var names = string.Join(", ", columns.Select(c => $"\"{c}\""));
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await using var copy = await postgres.BeginBinaryImportAsync($"COPY \"{table}\" ({names}) FROM STDIN (FORMAT BINARY)", cancel);
            foreach (var row in rows)
            {
                await copy.StartRowAsync(cancel);
                for (var i = 0; i < columns.Length; i++)
                {
                    if (row[i] is null)
                    {
                        await copy.WriteNullAsync(cancel);
                    }
                    else
                    {
                        await copy.WriteAsync(row[i], columns[i] switch
                        {
                            "ResponseId" => NpgsqlDbType.Bigint,
                            "RoundId" => NpgsqlDbType.Integer,
                            "Number" => NpgsqlDbType.Double,
                            "Text" => NpgsqlDbType.Text,
                            _ => NpgsqlDbType.Varchar,
                        }, cancel);
                    }
                }
            }

            await copy.CompleteAsync(cancel);
            return;
        }

        await using var insert = db.Database.GetDbConnection().CreateCommand();
        insert.Transaction = transaction;
#pragma warning disable CA2100 // Table and columns are the constants above.
        insert.CommandText = $"INSERT INTO \"{table}\" ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => "$" + i))})";
#pragma warning restore CA2100
        DbParameter[] parameters = [.. columns.Select((_, i) =>
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = "$" + i;
            insert.Parameters.Add(parameter);
            return parameter;
        })];
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
                parameters[i].Value = row[i] ?? DBNull.Value;
            // SQLite knows no waiting: the asynchronous form would only cost time.
#pragma warning disable CA1849
            insert.ExecuteNonQuery();
#pragma warning restore CA1849
        }
    }
}
