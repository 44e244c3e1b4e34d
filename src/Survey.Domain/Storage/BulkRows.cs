using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// Inserts many answers at once in the context's open transaction, past its change tracker, which takes most of an import's time otherwise:
/// PostgreSQL by COPY, SQLite by one prepared statement. The responses must have been saved before.
/// </summary>
internal static class BulkRows
{
    private static readonly Column<DraftAnswer>[] DraftColumns =
    [
        new("ResponseId", NpgsqlDbType.Bigint, a => a.ResponseId), new("Point", NpgsqlDbType.Varchar, a => a.Point), new("Question", NpgsqlDbType.Varchar, a => a.Question),
        new("Slot", NpgsqlDbType.Varchar, a => a.Slot), new("Choice", NpgsqlDbType.Varchar, a => a.Choice), new("Number", NpgsqlDbType.Double, a => a.Number), new("Text", NpgsqlDbType.Text, a => a.Text),
    ];

    private static readonly Column<Answer>[] AnswerColumns =
    [
        new("ResponseId", NpgsqlDbType.Bigint, a => a.ResponseId), new("Point", NpgsqlDbType.Varchar, a => a.Point), new("Question", NpgsqlDbType.Varchar, a => a.Question),
        new("Slot", NpgsqlDbType.Varchar, a => a.Slot), new("RoundId", NpgsqlDbType.Integer, a => a.RoundId), new("Region", NpgsqlDbType.Varchar, a => a.Region),
        new("Choice", NpgsqlDbType.Varchar, a => a.Choice), new("Number", NpgsqlDbType.Double, a => a.Number), new("Text", NpgsqlDbType.Text, a => a.Text),
    ];

    public static Task InsertAsync(SurveyDb db, IReadOnlyCollection<Answer> answers, CancellationToken cancel) => InsertAsync(db, "Answers", AnswerColumns, answers, cancel);

    public static Task InsertAsync(SurveyDb db, IReadOnlyCollection<DraftAnswer> answers, CancellationToken cancel) => InsertAsync(db, "DraftAnswers", DraftColumns, answers, cancel);

    private static async Task InsertAsync<T>(SurveyDb db, string table, Column<T>[] columns, IReadOnlyCollection<T> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return;
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (transaction.Connection is NpgsqlConnection postgres)
        {
            await using var copy = await postgres.BeginBinaryImportAsync($"COPY \"{table}\" ({names}) FROM STDIN (FORMAT BINARY)", cancel);
            foreach (var row in rows)
            {
                await copy.StartRowAsync(cancel);
                foreach (var column in columns)
                {
                    if (column.Value(row) is { } value)
                        await copy.WriteAsync(value, column.Type, cancel);
                    else
                        await copy.WriteNullAsync(cancel);
                }
            }
            await copy.CompleteAsync(cancel);
            return;
        }

        await using var command = (SqliteCommand)transaction.Connection!.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        // Names of tables and columns are constants of this file; values are parameters.
#pragma warning disable CA2100
        command.CommandText = $"INSERT INTO \"{table}\" ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i}"))})";
#pragma warning restore CA2100
        var parameters = columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" })).ToArray();
        await command.PrepareAsync(cancel);
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < columns.Length; i++)
                parameters[i].Value = columns[i].Value(row) ?? DBNull.Value;
            // SQLite has no asynchronous calls; the asynchronous method would only add cost to each row.
            command.ExecuteNonQuery();
        }
    }

    private sealed record Column<T>(string Name, NpgsqlDbType Type, Func<T, object?> Value);
}
