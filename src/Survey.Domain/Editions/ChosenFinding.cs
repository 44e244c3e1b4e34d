namespace Survey.Domain.Editions;

/// <summary>The office's word on a finding: left out, or where it stands among those of its part of the chapter (null: where the rules put it).</summary>
public sealed record ChosenFinding(string Id, bool IsHidden, int? Position);
