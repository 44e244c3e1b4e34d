using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Survey.Web.Access;

/// <summary>
/// Reads a url-encoded form and takes it whole or not at all: bytes that are not UTF-8, a broken escape, too many fields or too many bytes are refused, where the
/// framework's reader would put other characters in their place. What it read is the request's form from then on, for whoever asks after it (the token's check);
/// what it refused stays unread, for whoever shows as much of it as can be read.
/// </summary>
public static class StrictForm
{
    private const int MostFields = 2000;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The form, or null with the status that says why not: 413 for too much of it, else 400.</summary>
    public static async Task<(IFormCollection? Form, int Status)> ReadAsync(HttpRequest request, int mostBytes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (null, StatusCodes.Status400BadRequest);
        }

        try
        {
            for (; ; )
            {
                var read = await request.BodyReader.ReadAsync(cancel);
                if (read.Buffer.Length > mostBytes)
                {
                    request.BodyReader.AdvanceTo(read.Buffer.Start);
                    return (null, StatusCodes.Status413PayloadTooLarge);
                }

                if (read.IsCompleted)
                {
                    var form = Parse(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray());
                    request.BodyReader.AdvanceTo(form is null ? read.Buffer.Start : read.Buffer.End);
                    return (form is null ? null : request.Form = form, StatusCodes.Status400BadRequest);
                }

                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode);
        }
    }

    /// <summary>The fields of an encoded form, in order for each name; null when it is broken.</summary>
    public static FormCollection? Parse(ReadOnlySpan<byte> encoded)
    {
        var fields = new KeyValueAccumulator();
        var plain = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            while (encoded.Length > 0)
            {
                var end = encoded.IndexOf((byte)'&');
                var field = end < 0 ? encoded : encoded[..end];
                encoded = end < 0 ? [] : encoded[(end + 1)..];
                var equals = field.IndexOf((byte)'=');
                var (name, value) = (Decode(equals < 0 ? field : field[..equals], plain), Decode(equals < 0 ? [] : field[(equals + 1)..], plain));
                if (name is null || value is null || fields.ValueCount == MostFields)
                {
                    return null;
                }

                fields.Append(name, value);
            }

            return new(fields.GetResults());
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        }
    }

    private static string? Decode(ReadOnlySpan<byte> encoded, Span<byte> plain)
    {
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var one = encoded[i];
            if (one == '%')
            {
                if (i + 2 >= encoded.Length || !byte.TryParse(encoded.Slice(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out one))
                {
                    return null;
                }

                i += 2;
            }
            else if (one == '+')
            {
                one = (byte)' ';
            }

            plain[length++] = one;
        }

        return Utf8.GetString(plain[..length]);
    }
}
