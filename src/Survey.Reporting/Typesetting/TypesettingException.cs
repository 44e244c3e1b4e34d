namespace Survey.Reporting.Typesetting;

/// <summary>The report could not be set. The message says why and what to do, for the office and the operator.</summary>
public sealed class TypesettingException : Exception
{
    /// <summary>Whether trying again cannot help. A time limit or an end from outside (out of memory) may pass; a layout that does not fit will not.</summary>
    public bool IsFinal { get; init; } = true;

    /// <summary>With a message in words.</summary>
    public TypesettingException(string message) : base(message) { }

    /// <summary>With a message in words and its cause.</summary>
    public TypesettingException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Without a message; for serializers only.</summary>
    public TypesettingException() { }
}
