namespace Survey.Domain.TemplateText;

/// <summary>
/// A place in a template: a map, a list or a text, with the line it begins on. Asking it for something it is not notes a problem there
/// and returns a stand-in. A stand-in for what is missing is silent: one mistake is one problem.
/// </summary>
public abstract class TemplateNode
{
    private protected TemplateNode(TemplateProblems notes, int line, bool silent)
    {
        Notes = notes;
        Line = line;
        IsMissing = silent;
    }

    /// <summary>The line it begins on, counted from 1.</summary>
    public int Line { get; }

    /// <summary>"file:line", as in a problem.</summary>
    public string Where => Notes.Where(Line);

    /// <summary>Whether this is the stand-in for something that the file lacks; what is asked of it is answered without a further problem.</summary>
    public bool IsMissing { get; }

    internal TemplateProblems Notes { get; }

    /// <summary>Notes a problem at this place: a stable code, and a message that says what to do.</summary>
    public void Problem(string code, string message)
    {
        if (!IsMissing)
            Notes.Add(Line, code, message);
    }

    /// <summary>This place as a map; if it is none, a problem and an empty stand-in.</summary>
    public MapNode AsMap(string what = "this")
    {
        if (this is MapNode map)
            return map;
        Problem("not-a-map", $"{Subject(what)} should be a map ('key: value' lines, indented), but is {Kind}.");
        return new MapNode(Notes, Line, [], missing: true);
    }

    /// <summary>This place as a list; if it is none, a problem and an empty stand-in.</summary>
    public ListNode AsList(string what = "this")
    {
        if (this is ListNode list)
            return list;
        Problem("not-a-list", $"{Subject(what)} should be a list ('- …' lines, or [a, b]), but is {Kind}.");
        return new ListNode(Notes, Line, [], missing: true);
    }

    /// <summary>This place as a text that is not empty; else a problem and "". White space around it is dropped.</summary>
    public string AsText(string what = "this")
    {
        if (this is not TextNode { Value: var value })
        {
            Problem("not-a-text", $"{Subject(what)} should be a text, but is {Kind}. Put a text with ':' or '[' in quotes.");
            return "";
        }
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
            Problem("empty-text", $"{Subject(what)} is empty; write a text.");
        return text;
    }

    private protected string Kind => this switch
    {
        MapNode => "a map",
        ListNode => "a list",
        TextNode { Value: null } => "empty",
        _ => "a text",
    };

    internal abstract void ReportUnknownKeys();

    private static string Subject(string what) => what == "this" ? "This" : $"'{what}'";
}

/// <summary>A text as it was written. A plain empty value, `~` or `null` has no text (null); quotes make it one.</summary>
public sealed class TextNode : TemplateNode
{
    internal TextNode(TemplateProblems notes, int line, string? value)
        : base(notes, line, silent: false) => Value = value;

    public string? Value { get; }

    internal override void ReportUnknownKeys()
    {
    }
}

/// <summary>A list, in the file's order.</summary>
public sealed class ListNode : TemplateNode
{
    internal ListNode(TemplateProblems notes, int line, IReadOnlyList<TemplateNode> items, bool missing = false)
        : base(notes, line, missing) => Items = items;

    public IReadOnlyList<TemplateNode> Items { get; }

    /// <summary>The items that are maps; a problem for each that is not.</summary>
    public IReadOnlyList<MapNode> Maps() => [.. Items.Select(item => item.AsMap("each item of this list")).Where(map => !map.IsMissing)];

    /// <summary>The items that are texts; a problem for each that is not, or is empty.</summary>
    public IReadOnlyList<string> Texts() => [.. Items.Select(item => item.AsText("each item of this list")).Where(text => text.Length > 0)];

    internal override void ReportUnknownKeys()
    {
        foreach (var item in Items)
            item.ReportUnknownKeys();
    }
}

/// <summary>One line of a map: its key, the line of the key, and the value.</summary>
public sealed record MapEntry(string Key, int Line, TemplateNode Value);
