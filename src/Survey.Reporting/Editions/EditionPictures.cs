using System.Text.Json.Serialization;
using Survey.Domain.Editions;
using Survey.Reporting.Charts;

namespace Survey.Reporting.Editions;

/// <summary>
/// The pictures of an edition in one language as they are handed on: each figure with all that it needs to be understood elsewhere, and the headline for pages that are shared. Every word and
/// number in them stands in the content; no member's word does.
/// </summary>
public static class EditionPictures
{
    /// <summary>How wide a figure is, in pixels; its height follows from what stands in it.</summary>
    public const int FigureWidth = 1600;

    /// <summary>The size that the sites on which pages are shared ask for.</summary>
    public const int HeadlineWidth = 1200, HeadlineHeight = 630;

    /// <summary>All pictures, the headline last; <paramref name="licence"/> is that of the figures.</summary>
    public static IReadOnlyList<PictureContent> Of(EditionContent content, string licence)
    {
        ArgumentNullException.ThrowIfNull(content);
        var (pages, numbers) = (EditionPages.Of(content), new EditionNumbers(content));
        var source = $"{content.Publisher}. {content.Title}. {content.EditionLine}.";
        return
        [
            .. from page in pages.Pages
               from figure in page.Blocks.SelectMany(EditionPages.Inner).Select(EditionFigure.Of).OfType<EditionFigure>()
               select new FigurePicture(figure.Id, numbers.Of(figure.Id)!, page.Chapter.Title, source, licence),
            HeadlineOf(content, pages),
        ];
    }

    private static HeadlinePicture HeadlineOf(EditionContent content, EditionPages pages)
    {
        var (headline, summary) = (pages.Headline, pages.Summary);
        var point = headline?.Of;
        return new(headline?.Point, headline?.Sentence ?? content.Subtitle, point?.Figure, point?.Direction, point?.Figure is null ? null : summary!.FigureHeading,
        [
            .. point is { Figure: not null, Range: { } range } ? [new Definition(summary!.RangeHeading, range)] : Array.Empty<Definition>(),
            .. point is { Figure: not null, Base: { } counted } ? [new Definition(summary!.BaseHeading, counted)] : Array.Empty<Definition>(),
        ]);
    }
}

/// <summary>What stands in a picture besides the edition's own look and words.</summary>
/// <param name="Name">Its file, below the language's folder.</param>
/// <param name="Width">How many pixels it is wide.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FigurePicture), "figure")]
[JsonDerivedType(typeof(HeadlinePicture), "headline")]
public abstract record PictureContent(string Name, int Width)
{
    /// <summary>The file of a figure's picture.</summary>
    public static string OfFigure(string id) => $"figures/{id}.png";
}

/// <summary>A figure of the content, with its number and its chapter, which its title takes for known.</summary>
public sealed record FigurePicture(string Id, string Label, string Chapter, string Source, string Licence) : PictureContent(OfFigure(Id), EditionPictures.FigureWidth);

/// <summary>What is said of the edition in one sentence, with the figure behind it and its range and base where they may be shown.</summary>
public sealed record HeadlinePicture(string? Point, string Sentence, string? Figure, Direction? Direction, string? Measure, IReadOnlyList<Definition> Facts) : PictureContent(Artefact.Headline, EditionPictures.HeadlineWidth);
