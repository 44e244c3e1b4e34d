namespace Survey.Domain.Storage;

/// <summary>A key of ASP.NET Core data protection, shared by all processes of one database.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; set; }
}
