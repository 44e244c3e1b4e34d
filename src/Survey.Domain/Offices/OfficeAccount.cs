using Microsoft.AspNetCore.Identity;

namespace Survey.Domain.Offices;

/// <summary>A person of the coordinating office. Signs in with a password and a second factor; disabled, never deleted or shared.</summary>
public sealed class OfficeAccount : IdentityUser
{
    public DateTime CreatedAt { get; init; }
    public DateTime? DisabledAt { get; set; }

    /// <summary>SHA-256 of the one-time set-up or sign-in link's token; null when none is open.</summary>
    public string? SetUpTokenHash { get; set; }

    public DateTime? SetUpTokenExpiresAt { get; set; }
    public string Language { get; set; } = "en";
}

/// <summary>What an account may do: the names stored as Identity roles.</summary>
public static class OfficeRoles
{
    public const string Editor = "editor";
    public const string Publisher = "publisher";
    public const string Administrator = "administrator";
    public const string Reader = "reader";

    /// <summary>All roles, from the least to the most.</summary>
    public static readonly IReadOnlyList<string> All = [Reader, Editor, Publisher, Administrator];
}
