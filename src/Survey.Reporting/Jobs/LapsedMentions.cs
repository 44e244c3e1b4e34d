using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Jobs;

/// <summary>
/// What a version prints of organisations and may no longer: consent withdrawn, an approval taken back, an organisation that became discreet or was set aside.
/// The rule is the one by which versions are built and published (<see cref="EditionSource"/>). Pages are made without it at once (<see cref="Without"/>);
/// files that hold it are gone as soon as a version without it is published.
/// </summary>
public sealed class LapsedMentions
{
    private readonly HashSet<string> words;
    private readonly Dictionary<string, int> names;

    private LapsedMentions(HashSet<string> words, Dictionary<string, int> names) => (this.words, this.names) = (words, names);

    /// <summary>Whether everything that the version mentions still holds.</summary>
    public bool IsEmpty => words.Count == 0 && names.Count == 0;

    /// <summary>What tells one set of lapsed mentions from another: pages made without other ones are other pages.</summary>
    public string Fingerprint => IsEmpty ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', words.Order(StringComparer.Ordinal)) + "\n\n" + string.Join('\n', names.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => $"{n.Value} {n.Key}")))));

    /// <summary>The lapsed mentions of one version of a round.</summary>
    public static async Task<LapsedMentions> OfAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, int versionId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var lapsed = await EditionSource.LapsedAsync(db, round, definition, versionId, cancel);
        var organisations = lapsed.Where(m => m.Kind is MentionKind.Listed).Select(m => m.OrganisationId).ToList();
        var names = organisations.Count == 0 ? [] : await db.Invitations.AsNoTracking().Where(i => i.RoundId == round.Id && organisations.Contains(i.OrganisationId)).Select(i => i.Name).ToListAsync(cancel);
        return new([.. lapsed.Where(m => m.Kind is not MentionKind.Listed).Select(m => m.TextHash)], names.GroupBy(n => n, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()));
    }

    /// <summary>Whether a published version prints, in any of its languages, what may no longer be printed: then the office owes a new one.</summary>
    public static async Task<bool> IsDueAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, int versionId, CancellationToken cancel) =>
        (await LanguagesAsync(db, round, definition, versionId, cancel)).Count > 0;

    /// <summary>The languages in which a version of a round prints what may no longer be printed.</summary>
    public static async Task<IReadOnlySet<string>> LanguagesAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, int versionId, CancellationToken cancel) =>
        await (await OfAsync(db, round, definition, versionId, cancel)).LanguagesAsync(db, versionId, cancel);

    /// <summary>The languages in which the version prints any of it.</summary>
    public async Task<IReadOnlySet<string>> LanguagesAsync(SurveyDb db, int versionId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (IsEmpty)
        {
            return new HashSet<string>();
        }

        var contents = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content).Select(a => new { a.Language, a.Bytes }).ToListAsync(cancel);
        return contents.Where(c => AreIn(JsonSerializer.Deserialize<EditionContent>(c.Bytes, EditionJson.Options)!)).Select(c => c.Language).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether the content holds any of it.</summary>
    public bool AreIn(EditionContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return !IsEmpty && content.Blocks.SelectMany(EditionPages.Inner).Any(b => IsLapsed(b) || (b is TableBlock { Id: ContentBuilder.ListingTable } list && list.Rows.Any(r => names.ContainsKey(r.Cells[0].Text))));
    }

    /// <summary>
    /// The content without it. Equal words of several members go together, since nothing tells whose they are; of equal names as many go as lapsed.
    /// A heading that stood over nothing else goes too.
    /// </summary>
    public EditionContent Without(EditionContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return IsEmpty ? content : content with { Blocks = Without(content.Blocks) };
    }

    private List<EditionBlock> Without(IReadOnlyList<EditionBlock> blocks)
    {
        var kept = new List<EditionBlock>();
        var left = false;
        foreach (var block in blocks)
        {
            if (IsLapsed(block) || Rest(block) is not { } rest)
            {
                left = true;
                continue;
            }

            // The heading over quotes that are all gone stands before the next heading or chapter now.
            if (left && rest is HeadingBlock or ChapterBlock && kept is [.., HeadingBlock { } bare] && rest is not HeadingBlock { Level: > 2 } && bare.Level >= 2)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            left = false;
            kept.Add(rest);
        }

        if (left && kept is [.., HeadingBlock])
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return kept;
    }

    private EditionBlock? Rest(EditionBlock block) => block switch
    {
        ColumnsBlock columns when columns.First.Concat(columns.Second).Any(IsLapsed) => (Without(columns.First), Without(columns.Second)) switch
        {
            ([], []) => null,
            var (first, second) => new ColumnsBlock(first, second),
        },
        TableBlock { Id: ContentBuilder.ListingTable } list => Rest(list),
        _ => block,
    };

    private TableBlock? Rest(TableBlock list)
    {
        var toGo = new Dictionary<string, int>(names, StringComparer.Ordinal);
        var rows = list.Rows.Where(r => !(toGo.TryGetValue(r.Cells[0].Text, out var count) && count > 0 && (toGo[r.Cells[0].Text] = count - 1) >= 0)).ToList();
        return rows.Count == 0 ? null : list with { Rows = rows };
    }

    private bool IsLapsed(EditionBlock block) => block is QuoteBlock quote && words.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(quote.Text))));
}
