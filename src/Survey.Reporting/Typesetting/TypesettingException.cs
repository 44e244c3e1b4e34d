namespace Survey.Reporting.Typesetting;

/// <summary>The report could not be set. The message says why and what to do, for the office and the operator.</summary>
public sealed class TypesettingException : Exception
{
    /// <summary>With a message in words.</summary>
    public TypesettingException(string message) : base(message) { }

    /// <summary>With a message in words and its cause.</summary>
    public TypesettingException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Without a message; for serializers only.</summary>
    public TypesettingException() { }
}
