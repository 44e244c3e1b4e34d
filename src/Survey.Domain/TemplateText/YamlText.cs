using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Survey.Domain.TemplateText;

/// <summary>
/// Reads a template's YAML: a text becomes a <see cref="MapNode"/> that a parser asks for its keys, and every mistake becomes a
/// <see cref="Problem"/> with file and line; nothing is thrown. In order:
/// <list type="number">
/// <item>the text is cleaned (<see cref="DoorText"/>) and refused above <see cref="LargestSize"/>;</item>
/// <item>YamlDotNet's events are turned into nodes one by one. Anchors, aliases and tags are refused, and nesting stops at
/// <see cref="DeepestNesting"/>: so no file can grow in memory or exhaust the stack (YamlDotNet's own node loader recurses without a limit);</item>
/// <item>the caller's function asks the root for what it wants. A wrong answer is noted, a stand-in is returned, and reading goes on,
/// so that one check shows all mistakes;</item>
/// <item>a key that nobody asked for is reported with the keys that were: the parser is the only list of known keys.</item>
/// </list>
/// Every value is kept as the text that was written: `NO` is Norway and `004` keeps its zeros. Numbers, dates and truth values are
/// what a parser asks for as such.
/// </summary>
public static class YamlText
{
    /// <summary>The largest template, in bytes of UTF-8.</summary>
    public const int LargestSize = 2 * 1024 * 1024;

    /// <summary>How many lists and maps may stand inside each other.</summary>
    public const int DeepestNesting = 32;

    // A hostile file could hold a mistake on every line; a person needs the first ones.
    private const int MostProblems = 100;

    private const string SyntaxAdvice = "Check the indentation, the quotes, the brackets and the colons of this line and the lines beside it.";

    /// <summary>
    /// Reads <paramref name="text"/> and gives its root map to <paramref name="read"/>. The result holds a value only if there was no
    /// problem at all, so <paramref name="read"/> may build its value from stand-ins.
    /// </summary>
    /// <param name="file">How the file is named in problems, such as "templates/plans/made-8-point.yaml".</param>
    public static Parsed<T> Read<T>(string text, string file, Func<MapNode, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(read);
        var notes = new TemplateProblems(file);
        var root = Root(text, notes);
        if (root is null)
            return Parsed<T>.Refused(notes.All(MostProblems));
        var value = read(root);
        root.ReportUnknownKeys();
        return notes.Any ? Parsed<T>.Refused(notes.All(MostProblems)) : Parsed<T>.Of(value);
    }

    private static MapNode? Root(string text, TemplateProblems notes)
    {
        if (text.Length > LargestSize || Encoding.UTF8.GetByteCount(text) > LargestSize)
        {
            notes.Add(1, "template-too-large", $"The file is larger than {LargestSize / 1024 / 1024} MiB; a template is a short text. Check that it is the right file.");
            return null;
        }
        using var reader = new StringReader(DoorText.Clean(text).TrimStart('\uFEFF'));
        var tree = new NodeTree(new Parser(reader), notes);
        try
        {
            return tree.Root();
        }
        catch (YamlException e)
        {
            notes.Add((int)e.Start.Line, "yaml-syntax", $"This is not valid YAML: {Sentence(e)} {SyntaxAdvice}");
            return null;
        }
        // YamlDotNet's scanner gives up on some unclosed brackets with an exception of the framework's.
        catch (InvalidOperationException)
        {
            notes.Add(tree.Line, "yaml-syntax", $"This is not valid YAML: a bracket or a quote is not closed. {SyntaxAdvice}");
            return null;
        }
        catch (InvalidTemplateText)
        {
            return null;
        }
    }

    private static string Sentence(YamlException e)
    {
        var words = e.Message.Trim();
        // YamlDotNet puts "(Line: 3, Col: 5, Idx: 40) - (Line: …): " before its words; the place is already said.
        var end = words.LastIndexOf("): ", StringComparison.Ordinal);
        if (end >= 0 && words.StartsWith("(Line", StringComparison.Ordinal))
            words = words[(end + 3)..];
        return words.EndsWith('.') ? words : words + ".";
    }

    /// <summary>Ends the reading when going on makes no sense; the reason is already noted.</summary>
    private sealed class InvalidTemplateText : Exception;

    private sealed class NodeTree(Parser events, TemplateProblems notes)
    {
        /// <summary>How far the reading has come.</summary>
        public int Line => (int)(events.Current?.End.Line ?? 1);

        public MapNode? Root()
        {
            events.Consume<StreamStart>();
            if (!events.TryConsume<DocumentStart>(out _))
            {
                notes.Add(1, "template-empty", "The file is empty. Begin from one of the templates that come with the product.");
                return null;
            }
            var root = Node(0);
            events.Consume<DocumentEnd>();
            if (events.Current is not StreamEnd && events.TryConsume<DocumentStart>(out var second))
                throw Refuse(second, "yaml-documents", "A template holds one document; remove the line '---' and what follows, or put it in a file of its own.");
            if (root is MapNode map)
                return map;
            notes.Add(root.Line, "template-shape", "A template is a list of 'key: value' lines; this file begins with something else.");
            return null;
        }

        private TemplateNode Node(int depth)
        {
            if (events.Current is AnchorAlias alias)
                throw Refuse(alias, "yaml-alias", $"Aliases ('*{alias.Value}') are not used in templates; write the text out here.");
            // After some unclosed quotes and brackets the parser lets a key have no value at all.
            if (events.Current is not NodeEvent start)
                throw Refuse(events.Current!, "yaml-syntax", $"This is not valid YAML: a value is missing. {SyntaxAdvice}");
            if (!start.Anchor.IsEmpty)
                throw Refuse(start, "yaml-anchor", $"Anchors ('&{start.Anchor.Value}') are not used in templates; remove it, or put the text in quotes if it begins with '&'.");
            if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific)
                throw Refuse(start, "yaml-tag", "Tags ('!…') are not used in templates; remove it, or put the text in quotes if it begins with '!'.");
            if (depth > DeepestNesting)
                throw Refuse(start, "yaml-depth", $"Lists and maps are nested more than {DeepestNesting} deep here; a bracket or an indentation is wrong.");
            return start switch
            {
                Scalar scalar => Text(scalar),
                SequenceStart list => List(list, depth),
                MappingStart map => Map(map, depth),
                _ => throw new NotSupportedException($"YamlDotNet gave an unknown event {start.GetType().Name}."),
            };
        }

        private TextNode Text(Scalar scalar)
        {
            events.MoveNext();
            var empty = scalar.Style == ScalarStyle.Plain && scalar.Value is ("" or "~" or "null");
            return new TextNode(notes, (int)scalar.Start.Line, empty ? null : scalar.Value);
        }

        private ListNode List(SequenceStart start, int depth)
        {
            events.MoveNext();
            var items = new List<TemplateNode>();
            while (!events.TryConsume<SequenceEnd>(out _))
                items.Add(Node(depth + 1));
            return new ListNode(notes, (int)start.Start.Line, items);
        }

        private MapNode Map(MappingStart start, int depth)
        {
            events.MoveNext();
            var entries = new List<MapEntry>();
            var lines = new Dictionary<string, int>(StringComparer.Ordinal);
            while (!events.TryConsume<MappingEnd>(out _))
            {
                if (events.Current is AnchorAlias)
                    Node(depth);
                if (events.Current is not Scalar key)
                    throw Refuse(events.Current!, "yaml-key", "A key is a plain word followed by ':'; here a list or a map stands in its place.");
                var line = (int)key.Start.Line;
                var name = ((TextNode)Node(depth + 1)).Value ?? key.Value;
                var value = Node(depth + 1);
                if (lines.TryGetValue(name, out var first))
                {
                    notes.Add(line, "duplicate-key", $"The key '{name}' stands here for the second time (first on line {first}); keep one.");
                    continue;
                }
                lines.Add(name, line);
                entries.Add(new MapEntry(name, line, value));
            }
            return new MapNode(notes, (int)start.Start.Line, entries);
        }

        private InvalidTemplateText Refuse(ParsingEvent at, string code, string message)
        {
            notes.Add((int)at.Start.Line, code, message);
            return new InvalidTemplateText();
        }
    }
}
