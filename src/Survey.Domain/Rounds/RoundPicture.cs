namespace Survey.Domain.Rounds;

/// <summary>A logo as a round keeps it. In a round's files it is a data address, so that every file of a round is text.</summary>
public sealed record RoundPicture(string MediaType, ReadOnlyMemory<byte> Bytes)
{
    private const string Svg = "image/svg+xml";
    private const string Png = "image/png";

    /// <summary>The picture of a file, by the ending of its name; null for a kind that a report cannot show.</summary>
    public static RoundPicture? Of(string fileName, byte[] bytes) =>
        fileName.EndsWith(".svg", StringComparison.Ordinal) ? new(Svg, bytes)
        : fileName.EndsWith(".png", StringComparison.Ordinal) ? new(Png, bytes)
        : null;

    /// <summary>The picture in a data address, or null.</summary>
    public static RoundPicture? Read(string dataAddress)
    {
        foreach (var mediaType in new[] { Svg, Png })
        {
            var start = $"data:{mediaType};base64,";
            var bytes = new byte[dataAddress.Length];
            if (dataAddress.StartsWith(start, StringComparison.Ordinal) && Convert.TryFromBase64String(dataAddress[start.Length..], bytes, out var length))
                return new(mediaType, bytes.AsMemory(0, length));
        }
        return null;
    }

    /// <summary>The picture as a data address.</summary>
    public string ToDataAddress() => $"data:{MediaType};base64,{Convert.ToBase64String(Bytes.Span)}";
}
