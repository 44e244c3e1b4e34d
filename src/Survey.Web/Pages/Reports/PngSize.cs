using System.Buffers.Binary;

namespace Survey.Web.Pages.Reports;

/// <summary>The size of a PNG as its header says it, in pixels; the pictures are our own.</summary>
public static class PngSize
{
    private const int Width = 16, Height = 20;

    public static int WidthOf(ReadOnlySpan<byte> png) => BinaryPrimitives.ReadInt32BigEndian(png[Width..]);

    public static int HeightOf(ReadOnlySpan<byte> png) => BinaryPrimitives.ReadInt32BigEndian(png[Height..]);
}
