using System.Globalization;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Domain.Storage;

/// <summary>
/// Writes a round's counted answers for the office, unprotected: a row per organisation, point, question and choice, in that order (codes compared
/// ordinally), as UTF-8 with a byte order mark, which Excel needs. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
/// </summary>
public static class AnswersExport
{
    private const int ResponsesAtATime = 500;

    private static readonly string[] Columns =
        ["round", "organisation", "name", "country", "region", "type", "discreet", "mode", "language", "version", "submitted", "point", "question", "choice", "number", "text"];

    /// <summary>Writes the file; says how many responses and rows it holds.</summary>
    public static async Task<(int Responses, int Rows)> WriteAsync(SurveyDb db, SurveyRound round, Stream file, CancellationToken cancel = default)
    {
        var responses = await (from r in db.Responses.AsNoTracking()
                               join i in db.Invitations on r.InvitationId equals i.Id
                               join o in db.Organisations on i.OrganisationId equals o.Id
                               where r.RoundId == round.Id && r.Version > 0 && r.Review != ReviewState.SetAside
                               select new { r.Id, o.Code, i.Name, i.Country, i.Region, i.Type, IsDiscreet = i.IsDiscreet || o.IsDiscreet || o.WantsDiscretion, r.Mode, r.Language, r.Version, r.SubmittedAt }).ToListAsync(cancel);
        responses.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
        Write(csv, Columns);
        var rows = 0;
        foreach (var batch in responses.Chunk(ResponsesAtATime))
        {
            var ids = batch.Select(r => r.Id).ToList();
            // The base row of a question with several choices is no choice of anyone's.
            var answers = (await db.Answers.AsNoTracking().Where(a => ids.Contains(a.ResponseId)).ToListAsync(cancel))
                .Where(a => a.Slot.Length > 0 || a.Choice != Answer.Answered).ToLookup(a => a.ResponseId);
            foreach (var r in batch)
            {
                foreach (var a in answers[r.Id].OrderBy(a => a.Point, StringComparer.Ordinal).ThenBy(a => a.Question, StringComparer.Ordinal).ThenBy(a => a.Slot, StringComparer.Ordinal))
                {
                    Write(csv, round.Slug, r.Code, r.Name, r.Country, r.Region, r.Type, r.IsDiscreet ? "yes" : "no", r.Mode.ToString().ToLowerInvariant(), r.Language,
                        r.Version.ToString(CultureInfo.InvariantCulture), r.SubmittedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
                        a.Point, a.Question, a.Choice, a.Number?.ToString("R", CultureInfo.InvariantCulture) ?? "", a.Text ?? "");
                    rows++;
                }
            }
        }
        await csv.FlushAsync(cancel);
        return (responses.Count, rows);
    }

    private static void Write(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        csv.EndRecord();
    }
}
