using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Survey.Domain.Editions;

/// <summary>
/// What a version printed that is neither in its cube nor a member's: the office's texts in its languages, its choice of findings, the time that members took, the mails that were counted, and of each quote how many
/// responses shared its region with its type, and with its language (null for a version from before these were kept together). A language that is added later, a further version with the same numbers and a replacement after an erasure take it from here, never from what the office has typed since.
/// </summary>
public sealed record KeptEditorial(IReadOnlyList<EditorialWords> Texts, IReadOnlyList<ChosenFinding> Findings, int? MedianMinutes, int? InvitationsSent, int? RemindersSent, IReadOnlyDictionary<long, SharedCounts>? Shared)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // kept in a column, never put into a page
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>What was written; null for a version from before it was kept.</summary>
    public static KeptEditorial? Read(string? written) => written is null ? null : JsonSerializer.Deserialize<KeptEditorial>(written, Options);
}

/// <summary>How many counted responses shared a quote's region and type, and its region and language, when the version was made.</summary>
public sealed record SharedCounts(int Type, int Language);
