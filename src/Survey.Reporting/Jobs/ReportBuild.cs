using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Domain.TemplateText;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.OpenData;
using Survey.Reporting.Typesetting;

namespace Survey.Reporting.Jobs;

/// <summary>
/// One attempt at a report, from counts to stored files. The walk: read the round as frozen; count; one disclosure pass makes the cube (or the one that
/// was published, or shown to members, is taken again); words and charts per language; the typesetter; then a draft version with all its files in one transaction with the run's success.
/// Whatever goes wrong is written on the run in words; trying again is left to the next look.
/// </summary>
public sealed class ReportBuild(IDbContextFactory<SurveyDb> contexts, Typesetter typesetter, TypesettingOptions options, ReportSite site, TimeProvider time, ILogger<ReportBuild> log)
{
    /// <summary>Runs the attempt to its end. Returns whether it made a version.</summary>
    public async Task<bool> RunAsync(ReportAttempt attempt, IProgress<(int Percent, string Step)>? progress, CancellationToken cancel)
    {
        using var beating = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var beat = attempt.BeatAsync(beating.Token, e => log.LogWarning(e, "Report run {Run}: a sign of life could not be written", attempt.RunId));
        try
        {
            await MakeAsync(attempt, progress, cancel);
            return true;
        }
        catch (RunTakenException)
        {
            log.LogWarning("Report run {Run}: attempt {Attempt} was overtaken and stops", attempt.RunId, attempt.Number);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await attempt.CancelledAsync();
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // The process stops; a driver or the typesetter may say so in other words than a cancellation.
            await attempt.GiveBackAsync();
            cancel.ThrowIfCancellationRequested();
        }
        catch (ReportRefusedException e)
        {
            await attempt.FailAsync(e.Message, isFinal: true);
        }
        catch (TypesettingException e)
        {
            log.LogWarning(e, "Report run {Run}: the typesetter refused", attempt.RunId);
            await attempt.FailAsync(e.Message, e.IsFinal);
        }
        catch (Exception e)
        {
            log.LogError(e, "Report run {Run}, attempt {Attempt} failed", attempt.RunId, attempt.Number);
            await attempt.FailAsync(e.GetBaseException().Message, isFinal: false);
        }
        finally
        {
            await beating.CancelAsync();
            await beat;
        }

        return false;
    }

    private async Task MakeAsync(ReportAttempt attempt, IProgress<(int, string)>? progress, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var run = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == attempt.RunId, cancel);
        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstAsync(r => r.Id == run.RoundId, cancel);
        var definition = RoundDefinition.Of(round);
        var now = time.GetUtcNow().UtcDateTime;

        await StepAsync(2, "tally");
        List<string> languages = [.. run.Languages.Split(' ')];
        if (languages.FirstOrDefault(l => !definition.ReportTexts.ContainsKey(l)) is { } unknown)
        {
            throw new ReportRefusedException($"Round {round.Slug} has no report texts in '{unknown}'. It has: {string.Join(", ", definition.ReportTexts.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (run.RecomputesNumbers && !await Recounts.IsPossibleAsync(db, round.Id, cancel))
        {
            throw new ReportRefusedException($"What was sent in round {round.Slug} was deleted after its time: its numbers cannot be counted anew.");
        }

        await using var typesetting = typesetter.BeginReport();
        var added = run.AddsToVersionId is { } to ? await AddedLanguage.ToAsync(db, to, cancel) : null;
        var before = added?.Number ?? int.MaxValue;
        var published = await db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == round.Id && v.Number != null)
            .Where(v => v.Number < before).OrderBy(v => v.Number).Select(v => new { v.Number, v.PublishedAt, v.Erratum }).ToListAsync(cancel);
        var consulted = await ShownVersions.ConsultedAsync(db, round.Id, cancel);
        // What replaces a published version takes that one's numbers, whatever draft members have read since.
        var shown = run.RequestedBy == ReportRuns.ByJob ? await ShownVersions.PublishedAsync(db, round.Id, cancel) : await ShownVersions.NewestAsync(db, round.Id, cancel);
        // Samples are shown while their round is open: there is nothing to hold on to yet, but for a version that comes out anew without an erased organisation.
        var isFree = round is { State: RoundState.Open, IsSample: true };
        var kept = shown is not null && !run.RecomputesNumbers && (!isFree || shown.IsWithdrawn) ? CubeJson.Read(shown.Cube) : null;
        // Counted again because the numbers were wrong: the version before stays public, or members have read it, so this one shows nothing that is withheld there.
        var corrected = shown is not null && run.RecomputesNumbers && !isFree ? CubeJson.Read(shown.Cube) : null;
        var changes = published.Select(v => new VersionNote(v.Number!.Value, DateOnly.FromDateTime(v.PublishedAt!.Value), v.Erratum)).ToList();
        var number = (published is [.., var last] ? last.Number!.Value : 0) + 1;
        var (input, mentions) = await EditionSource.ReadWithMentionsAsync(db, round, definition, added?.Cube ?? kept, corrected, added?.Number ?? number, changes, now, cancel);
        // Numbers that were seen go on with the times and counts that were printed with them.
        var carried = kept is not null ? KeptEditorial.Read(shown!.Editorial) : null;
        input = added?.Of(input) ?? (carried is null ? input : input.WithFacts(carried));
        input = input with { Site = site.Address, Languages = [.. (added?.Languages ?? []).Union(languages, StringComparer.Ordinal)] };
        if (run.RequestedBy == ReportRuns.ByJob)
        {
            // Nobody looks at a replacement before it comes out: it holds nothing that was typed since.
            input = input with { Editorial = carried is null ? EditionEditorial.None : new(carried.Texts, carried.Findings) };
        }

        await StepAsync(8, "content");
        var contents = new List<EditionContent>();
        foreach (var language in languages)
        {
            var content = ContentBuilder.ContentOf(input, await ReportWords.CompletedAsync(definition.ReportTexts[language], options.Templates ?? Path.Combine(options.Root, "templates"), cancel));
            contents.Add(content.Value ?? throw new ReportRefusedException(string.Join(Environment.NewLine, content.Problems)));
        }

        await StepAsync(15, "typesetting");
        // The typesetter reports faster than a row should be written: the newest step is written when the last write is done.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var steps = new LatestStep(p => StepAsync(15 + (80 * p.Done / Math.Max(1, p.Total)), "typesetting"), stop);
        IReadOnlyList<TypesetFile> files = [];
        try
        {
            files = await typesetting.SetAsync(contents, options.TimeLimit, steps, stop.Token);
        }
        finally
        {
            await steps.FinishAsync();
        }

        await StepAsync(97, "saving");
        var json = CubeJson.Write(input.Cube);
        await attempt.SucceedAsync(added is null ? MakeVersionAsync : AddToVersionAsync, cancel);
        progress?.Report((100, "saving"));

        async Task<EditionVersion> MakeVersionAsync(SurveyDb store)
        {
            // Held until it is stored: a draft that members may read from now on is either what this one was made with, or comes after it and knows of it.
            await store.Rounds.Where(r => r.Id == round.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.OptionalPoints, r => r.OptionalPoints), cancel);
            if (await ShownVersions.ConsultedAsync(store, round.Id, cancel) != consulted)
            {
                throw new InvalidOperationException("While this report was made a draft went to members; it is made again with the numbers that they see.");
            }

            var edition = await store.Editions.FirstOrDefaultAsync(e => e.RoundId == round.Id, cancel);
            if (edition is null)
            {
                edition = new Edition { RoundId = round.Id, CreatedAt = now };
                store.Editions.Add(edition);
            }

            var version = new EditionVersion { RunId = run.Id, PlannedNumber = number, Cube = json, CubeSha256 = Hash(Encoding.UTF8.GetBytes(json)), DataAsOf = input.Cube.DataAsOf, CreatedAt = now, IsSample = round.IsSample, Editorial = EditorialSource.KeptOf(input, contents.ConvertAll(c => c.Language)).Write() };
            AddFiles(version);
            foreach (var file in DataPack.Of(input, definition.ReportTexts))
            {
                version.Artefacts.Add(ArtefactOf("", $"data/{file.Name}", file.MediaType, file.Bytes));
            }

            foreach (var mention in mentions)
            {
                version.Mentions.Add(new EditionMention { Kind = mention.Kind, OrganisationId = mention.OrganisationId, QuoteId = mention.QuoteId, TextHash = mention.TextHash });
            }

            edition.Versions.Add(version);
            await store.SaveChangesAsync(cancel);
            return version;
        }

        // Only rows are added: what the version has is not even read.
        async Task<EditionVersion> AddToVersionAsync(SurveyDb store)
        {
            // Held and read anew: another language may have been added, or a text forgotten, since the run began.
            await store.EditionVersions.Where(v => v.Id == added!.VersionId).ExecuteUpdateAsync(s => s.SetProperty(v => v.Doi, v => v.Doi), cancel);
            var version = await store.EditionVersions.FirstAsync(v => v.Id == added!.VersionId, cancel);
            if (version.WithdrawnAt is not null || await store.Artefacts.AnyAsync(a => a.EditionVersionId == version.Id && languages.Contains(a.Language), cancel))
            {
                throw new ReportRefusedException("The version has this language already, or is not public any more.");
            }

            var unreviewed = contents.Where(c => c.IsUnreviewed == true).Select(c => c.Language).ToList();
            if (unreviewed.Count > 0 && !run.AcceptsUnreviewed)
            {
                throw new ReportRefusedException($"Nobody has reviewed these translations: {string.Join(", ", unreviewed)}. Add the language again and say that it is to come out all the same.");
            }

            AddFiles(version);
            version.Editorial = WithTexts(KeptEditorial.Read(version.Editorial), input, languages).Write();
            foreach (var mention in added!.NewOf(input, mentions))
            {
                version.Mentions.Add(new EditionMention { Kind = mention.Kind, OrganisationId = mention.OrganisationId, QuoteId = mention.QuoteId, TextHash = mention.TextHash });
            }

            store.Record(now, run.RequestedBy, "edition.add-language", $"edition:{round.Slug}/v{version.Number}/{string.Join('+', languages)}");
            if (unreviewed.Count > 0)
            {
                store.Record(now, run.RequestedBy, "edition.publish-unreviewed", $"edition:{round.Slug}/v{version.Number}/{string.Join('+', unreviewed)}");
            }

            await store.SaveChangesAsync(cancel);
            return version;
        }

        static KeptEditorial WithTexts(KeptEditorial? kept, EditionInput printed, IReadOnlyList<string> languages)
        {
            var own = EditorialSource.KeptOf(printed, languages);
            return kept is not null ? kept with { Texts = [.. kept.Texts.Where(t => !languages.Contains(t.Language)), .. own.Texts] } : own;
        }

        void AddFiles(EditionVersion version)
        {
            foreach (var file in files)
            {
                version.Artefacts.Add(file.Kind is TypesetFileKind.Pdf
                    ? ArtefactOf(file.Language, Artefact.Pdf, "application/pdf", file.Bytes)
                    : ArtefactOf(file.Language, $"figures/{file.Name}.svg", "image/svg+xml", file.Bytes));
            }

            foreach (var content in contents)
            {
                version.Artefacts.Add(ArtefactOf(content.Language, Artefact.Content, "application/json", JsonSerializer.SerializeToUtf8Bytes(content, EditionJson.Options)));
                foreach (var file in FigureFiles.Of(content, SourceOf(input, definition.ReportTexts[content.Language])))
                {
                    version.Artefacts.Add(ArtefactOf(content.Language, file.Name, file.MediaType, file.Bytes));
                }
            }
        }

        async Task StepAsync(int percent, string step)
        {
            progress?.Report((percent, step));
            await attempt.ReportAsync(percent, step, cancel);
        }
    }

    private static FigureSource SourceOf(EditionInput input, TextCatalogue texts) =>
        new(EditionCitation.Of(input, new Wording(texts)), input.Network.Licence, input.Network.LicenceAddress, input.Network.Doi, input.Cube.DataAsOf);

    private static Artefact ArtefactOf(string language, string name, string mediaType, byte[] bytes) =>
        new() { Language = language, Name = name, MediaType = mediaType, Bytes = bytes, Length = bytes.Length, Sha256 = Hash(bytes) };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Writes the newest step only, one write at a time. A write that fails (cancelled, overtaken) stops the work and is thrown at its end.</summary>
    private sealed class LatestStep(Func<TypesetProgress, Task> write, CancellationTokenSource stop) : IProgress<TypesetProgress>
    {
        private readonly Lock gate = new();
        private Task writing = Task.CompletedTask;

        public void Report(TypesetProgress value)
        {
            lock (gate)
            {
                if (writing.IsCompletedSuccessfully)
                {
                    writing = Task.Run(() => WriteAsync(value));
                }
            }
        }

        public Task FinishAsync() => writing;

        private async Task WriteAsync(TypesetProgress value)
        {
            try
            {
                await write(value);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }
}

/// <summary>The report cannot be made from what there is; the message says what is missing. Trying again cannot help.</summary>
public sealed class ReportRefusedException(string message) : Exception(message);
