namespace Survey.Domain.Editions;

/// <summary>A text of the office as it typed it, in Markdown; <paramref name="SignedBy"/> and <paramref name="SignedAs"/> of a foreword only, else empty.</summary>
public sealed record EditorialWords(EditorialKind Kind, string Subject, string Language, string Markdown, string SignedBy = "", string SignedAs = "");
