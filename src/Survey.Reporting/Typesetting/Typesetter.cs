using System.Text.Json;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Typesetting;

/// <summary>Sets editions, and members' copies of their answers, as PDF: one <see cref="TypesettingProcess"/> for all languages of a run, so that a picture is drawn once.</summary>
public sealed class Typesetter(TypesettingOptions options)
{
    /// <summary>Starts what sets reports, so that it is ready by the time that their content is: it loads while others count. Fails with <see cref="TypesettingException"/> where it is not installed.</summary>
    public TypesettingProcess BeginReport() => TypesettingProcess.Start(options, "report.typ", draws: true);

    /// <summary>The PDF of each edition and its figures, in the editions' order. Fails with <see cref="TypesettingException"/>, never with half of the files.</summary>
    public async Task<IReadOnlyList<TypesetFile>> SetAsync(IReadOnlyList<EditionContent> editions, IProgress<TypesetProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(editions);
        await using var process = BeginReport();
        return await process.SetAsync(editions, options.TimeLimit, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The pictures of one language of an edition, in their order, as PNG. The same content gives the same bytes.</summary>
    public async Task<IReadOnlyList<TypesetFile>> DrawAsync(EditionContent edition, IReadOnlyList<PictureContent> pictures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(pictures);
        var content = JsonSerializer.SerializeToNode(edition, EditionJson.Options)!;
        content["pictures"] = JsonSerializer.SerializeToNode(pictures, EditionJson.Options);
        await using var process = TypesettingProcess.Start(options, "picture.typ", draws: true);
        return await process.SetAsync([content], options.TimeLimit, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The PDF of one copy of a member's answers, in the report's look and to its standards. Nothing is drawn for it, so it takes a second or two.</summary>
    public async Task<byte[]> SetAsync(CopyContent copy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(copy);
        await using var process = TypesettingProcess.Start(options, "copy.typ", draws: false);
        return (await process.SetAsync([copy], CopyTimeLimit, null, cancellationToken).ConfigureAwait(false)).Single().Bytes;
    }

    /// <summary>A copy of answers that takes longer is stopped.</summary>
    public static readonly TimeSpan CopyTimeLimit = TimeSpan.FromMinutes(1);
}
