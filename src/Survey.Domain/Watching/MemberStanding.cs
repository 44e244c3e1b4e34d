namespace Survey.Domain.Watching;

/// <summary>
/// One invited organisation as watching counts it: by what it was in the round, whether it has begun without sending, and the moment (UTC) at which it first sent
/// what counts; null for one that did not.
/// </summary>
public sealed record MemberStanding(string Region, string Country, string Language, string Type, bool IsStarted, DateTime? SentAt);
