using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// Saves on SQLite, which lets one writer in at a time: so one thread with a connection of its own writes them all. It takes what has queued up, saves each behind a
/// savepoint in one transaction, commits once, answers, and takes what queued up meanwhile; it never waits for more. A save that fails is rolled back to its savepoint and
/// fails alone; a commit that fails is the failure of every save in it. When the queue is full, callers wait for room. Another process may hold the file's lock; the writer
/// waits for it longer than any command of ours holds it. Disposing saves what is queued, then stops.
/// </summary>
public sealed class SqliteDraftStore : IDraftStore, IAsyncDisposable
{
    /// <summary>Saves that wait at most; each holds one page's answers.</summary>
    private const int Room = 2000;

    /// <summary>Saves in one commit at most: the first of them waits for the last.</summary>
    private const int MostInOneCommit = 200;

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Room) { SingleReader = true });
    private readonly string database;
    private readonly Lazy<Task> writer;

    /// <summary>A store on the file that <paramref name="database"/> names; its thread starts with the first save.</summary>
    public SqliteDraftStore(string database)
    {
        this.database = database;
        writer = new(() => Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    public async Task<DraftChange> SaveAsync(DraftSave save, CancellationToken cancel)
    {
        _ = writer.Value;
        var waiting = new Waiting(save);
        await queue.Writer.WriteAsync(waiting, cancel);
        // Once queued it is saved, whether or not somebody still waits for the answer.
        return await waiting.Answer.Task.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (writer.IsValueCreated)
        {
            await writer.Value;
        }
    }

    private void Write()
    {
        DraftFile? file = null;
        var batch = new List<Waiting>(MostInOneCommit);
        // This thread belongs to the store: it may block.
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MostInOneCommit && queue.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            try
            {
                file ??= DraftFile.Open(database);
                file.Commit(batch);
            }
            catch (Exception e)
            {
                // What was not committed is gone with the connection; a new one begins afresh.
                file?.Dispose();
                file = null;
                batch.ForEach(w => w.Outcome = e);
            }

            batch.ForEach(w => w.Tell());
            batch.Clear();
        }

        file?.Dispose();
    }

    /// <summary>A save in the queue, and later what came of it: a <see cref="DraftChange"/> or an exception.</summary>
    private sealed class Waiting(DraftSave save)
    {
        public DraftSave Save => save;

        public TaskCompletionSource<DraftChange> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public object? Outcome { get; set; }

        public void Tell()
        {
            if (Outcome is DraftChange change)
            {
                Answer.SetResult(change);
            }
            else
            {
                Answer.SetException(new InvalidOperationException("The answers could not be stored.", Outcome as Exception));
            }
        }
    }

    /// <summary>The writer's connection with its prepared statements.</summary>
    private sealed class DraftFile : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly SqliteCommand begin, commit, savepoint, release, undo, read, start, raise, remove, set;

        private DraftFile(SqliteConnection connection)
        {
            this.connection = connection;
            begin = Prepare("BEGIN IMMEDIATE");
            commit = Prepare("COMMIT");
            savepoint = Prepare("SAVEPOINT save");
            release = Prepare("RELEASE save");
            undo = Prepare("ROLLBACK TO save");
            read = Prepare(DraftSql.Read, "$1", "$2");
            start = Prepare(DraftSql.Begin, "$1", "$2", "$3", "$4", "$5");
            raise = Prepare("""UPDATE "Responses" SET "Revision" = "Revision" + 1, "ChangedAt" = $2, "Language" = $3 WHERE "Id" = $1""", "$1", "$2", "$3");
            remove = Prepare("""DELETE FROM "DraftAnswers" WHERE "ResponseId" = $1 AND "Point" = $2 AND "Question" = $3 AND "Slot" = $4""", "$1", "$2", "$3", "$4");
            set = Prepare("""
                INSERT INTO "DraftAnswers" ("ResponseId", "Point", "Question", "Slot", "Choice", "Number", "Text") VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT ("ResponseId", "Point", "Question", "Slot") DO UPDATE SET "Choice" = excluded."Choice", "Number" = excluded."Number", "Text" = excluded."Text"
                """, "$1", "$2", "$3", "$4", "$5", "$6", "$7");
        }

        public static DraftFile Open(string database)
        {
            var connection = StorageSetup.OpenWriter(database);
            try
            {
                return new(connection);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>Saves all of them in one transaction. Throws when it could not be committed, and then none is saved.</summary>
        public void Commit(IReadOnlyList<Waiting> batch)
        {
            begin.ExecuteNonQuery();
            foreach (var waiting in batch)
            {
                savepoint.ExecuteNonQuery();
                try
                {
                    waiting.Outcome = Save(waiting.Save);
                }
                catch (Exception e)
                {
                    waiting.Outcome = e;
                    undo.ExecuteNonQuery(); // fails where SQLite ended the whole transaction, and then all fail
                }

                release.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
        }

        private DraftChange Save(DraftSave save)
        {
            var (response, rows) = Read(save);
            var change = DraftChange.Of(rows, save);
            if (change.Verdict is not DraftVerdict.Changed)
            {
                return change;
            }

            if (response is null)
            {
                // Nobody else writes in this transaction: what was not there a moment ago is not there now.
                response = (long)Run(start, save.PublicId, save.InvitationId, save.RoundId, save.Language, Moment(save.At))!;
            }
            else
            {
                Run(raise, response, Moment(save.At), save.Language);
            }

            foreach (var row in change.Removed)
            {
                Run(remove, response, row.Point, row.Question, row.Slot);
            }

            foreach (var row in change.Set)
            {
                Run(set, response, row.Point, row.Question, row.Slot, row.Choice, row.Number, row.Text);
            }

            return change;
        }

        private (long? Response, List<DraftAnswer> Rows) Read(DraftSave save)
        {
            Bind(read, save.InvitationId, save.Part.Point);
            using var reader = read.ExecuteReader();
            long? response = null;
            var rows = new List<DraftAnswer>();
            while (reader.Read())
            {
                response = reader.GetInt64(0);
                if (DraftSql.Row(reader) is { } row)
                {
                    rows.Add(row);
                }
            }

            return (response, rows);
        }

        public void Dispose() => connection.Dispose();

        private SqliteCommand Prepare(string sql, params string[] parameters)
        {
            var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var name in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            return command;
        }

        private static object? Run(SqliteCommand command, params ReadOnlySpan<object?> values)
        {
            Bind(command, values);
            return command.ExecuteScalar();
        }

        private static void Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }
        }

        /// <summary>A moment as the rest of the program stores it: cut to microseconds.</summary>
        private static string Moment(DateTime at) => new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond)).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
    }
}
