namespace Survey.Reporting.OpenData;

/// <summary>A file of the data pack: its name within the pack, its media type and its bytes.</summary>
public sealed record DataFile(string Name, string MediaType, byte[] Bytes);
