using System.Globalization;
using System.Text.RegularExpressions;
using Survey.Domain.Responses;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Imports;

/// <summary>The reader of answer mappings. Beside the shape of the file it checks that bands of numbers neither overlap nor leave a gap.</summary>
internal static partial class AnswersMappingText
{
    private static readonly string[] YesWords = ["1", "x", "yes", "true"];
    private static readonly string[] NoWords = ["0", "no", "false"];

    public static Parsed<AnswersMapping> Parse(string yaml, string file) => YamlText.Read(yaml, file, root => Mapping(root, file));

    private static AnswersMapping Mapping(MapNode root, string file)
    {
        var form = root.OneOf("form", "long", "wide") == "wide" ? TableForm.Wide : TableForm.Long;
        var round = Coded(root.Map("round"));
        var organisation = Organisation(root.Map("organisation"));
        var country = root.MapOrNull("country") is { } place ? new CountryColumn(place.Text("column"), Texts(place.MapOrNull("aliases"))) : null;
        var point = root.MapOrNull("point") is { } map ? Point(map, form) : null;
        var language = root.MapOrNull("language") is { } words ? Coded(words) : new CodedColumn(null, null, null, false);
        var mode = root.OneOfOrNull("mode", "import", "paper", "phone", "mail") switch
        {
            "paper" => ResponseMode.Paper,
            "phone" => ResponseMode.Phone,
            "mail" => ResponseMode.Mail,
            _ => ResponseMode.Import,
        };
        var duplicates = root.OneOfOrNull("duplicates", "refuse", "first", "last") switch
        {
            "first" => DuplicateRule.First,
            "last" => DuplicateRule.Last,
            _ => DuplicateRule.Refuse,
        };
        var missing = root.Texts("missing");
        var dontKnow = root.Texts("dont-know");
        var questions = new List<QuestionMapping>();
        foreach (var entry in root.Map("questions").Entries())
        {
            var question = Question(entry, form, missing, dontKnow);
            if (form is TableForm.Long && Depends(question.Source))
                entry.Value.Problem("mapping.point-column", "Columns for each point belong to 'form: wide'; in a long file the column 'point' says which point a row is about.");
            questions.Add(question);
        }
        if (form is TableForm.Long && point is null)
            root.ProblemAt("point", "mapping.no-point", "A long file needs 'point': the column that says which point a row is about, or 'fixed' with one point's slug.");
        if (organisation.Missing is MissingOrganisation.Create && country is null)
            root.ProblemAt("organisation", "mapping.no-country", "'missing: create' needs 'country': without one a new organisation has no region.");
        return new(file, form, round, organisation, country, point, language, mode, duplicates, questions);
    }

    private static bool Depends(AnswerSource source) => source switch
    {
        AnswerSource.OneColumn one => one.Column.DependsOnPoint,
        AnswerSource.ColumnPerChoice several => several.Columns.Values.Any(c => c.DependsOnPoint),
        _ => false,
    };

    private static CodedColumn Coded(MapNode map)
    {
        var column = map.TextOrNull("column");
        var same = map.TextOrNull("fixed");
        if ((column is null) == (same is null))
            map.Problem("mapping.column-or-fixed", "Write either 'column' (the column's name) or 'fixed' (the same for all rows).");
        var values = map.MapOrNull("values") is { } entries ? Texts(entries) : null;
        return new(column, same, values, map.OneOfOrNull("others", "refuse", "ignore") == "ignore");
    }

    private static CodedColumn Point(MapNode map, TableForm form)
    {
        if (form is TableForm.Long)
            return Coded(map);
        // A wide file has no column for the point; the words are what stands for a point in the names of its columns.
        map.Known("column", "fixed", "others");
        foreach (var foreign in new[] { "column", "fixed", "others" }.Where(map.Has))
            map.ProblemAt(foreign, "mapping.wide-point", $"In a wide file '{foreign}' has no place under 'point'; only 'values' (the file's word for a point: the point's slug).");
        return new(null, null, Texts(map.Map("values")), true);
    }

    private static OrganisationColumns Organisation(MapNode map)
    {
        var code = map.TextOrNull("code");
        var name = map.TextOrNull("name");
        if (code is null && name is null)
            map.Problem("mapping.no-organisation", "Write 'code' or 'name' (or both): the columns that say which organisation a row is of.");
        var missing = map.OneOfOrNull("missing", "refuse", "invite", "create") switch
        {
            "create" => MissingOrganisation.Create,
            "invite" => MissingOrganisation.Invite,
            _ => MissingOrganisation.Refuse,
        };
        if (missing is MissingOrganisation.Create && name is null)
            map.Problem("mapping.no-name", "'missing: create' needs 'name': the column with the organisation's name.");
        return new(code, name, map.TextOrNull("type"), missing);
    }

    private static QuestionMapping Question(MapEntry entry, TableForm form, IReadOnlyList<string> missing, IReadOnlyList<string> dontKnow)
    {
        var map = entry.Value.AsMap(entry.Key);
        var source = Source(map, form);
        var values = map.MapOrNull("values") is { } entries ? Texts(entries) : null;
        var bands = Bands(map);
        if (values is not null && source is AnswerSource.ColumnPerChoice)
            map.ProblemAt("values", "mapping.values", "'values' has no place beside 'columns'; write which cells mean yes under 'yes'.");
        var separator = map.TextOrNull("separator");
        if (separator is not null && source is not AnswerSource.OneColumn)
            map.ProblemAt("separator", "mapping.separator", "'separator' belongs to 'column': it parts the choices in one cell.");
        return new(entry.Value.Where, entry.Key, source, values, bands, separator,
            Words([.. missing, .. map.Texts("missing")]), Words([.. dontKnow, .. map.Texts("dont-know")]));
    }

    private static AnswerSource Source(MapNode map, TableForm form)
    {
        var ways = new[] { "column", "columns", "fixed" }.Where(map.Has).ToList();
        if (ways.Count != 1)
            map.Problem("mapping.column-or-fixed", "Write one of 'column' (the column's name), 'columns' (a column for each choice) and 'fixed' (the same for all rows).");
        if (map.Optional("fixed") is { } same)
            return new AnswerSource.Same(same is ListNode list ? list.Texts() : [same.AsText("fixed")]);
        if (map.MapOrNull("columns") is { } columns)
        {
            var yes = map.Texts("yes");
            var no = map.Texts("no");
            return new AnswerSource.ColumnPerChoice(columns.Entries().ToDictionary(e => e.Key, e => Column(e.Value, form), StringComparer.Ordinal),
                Words(yes.Count > 0 ? yes : YesWords), Words(no.Count > 0 ? no : yes.Count > 0 ? [] : NoWords));
        }
        return new AnswerSource.OneColumn(map.Optional("column") is { } column ? Column(column, form) : new ColumnName("", null));
    }

    private static ColumnName Column(TemplateNode node, TableForm form) =>
        node is MapNode byPoint && form is TableForm.Wide ? new(null, Texts(byPoint)) : new(node.AsText("column"), null);

    private static Dictionary<string, string> Texts(MapNode? map)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in map?.Entries() ?? [])
        {
            if (!texts.TryAdd(entry.Key.Trim(), entry.Value.AsText(entry.Key)))
                entry.Value.Problem("mapping.twice", $"'{entry.Key}' stands here for the second time (capitals do not count); keep one.");
        }
        return texts;
    }

    private static HashSet<string> Words(IReadOnlyList<string> words) => new(words, StringComparer.OrdinalIgnoreCase);

    private static List<NumberBand> Bands(MapNode question)
    {
        if (question.MapOrNull("bands") is not { } map)
            return [];
        var bands = new List<(NumberBand Band, TemplateNode Node)>();
        var decimals = 0;
        foreach (var entry in map.Entries())
        {
            foreach (var node in entry.Value is ListNode several ? several.Items : [entry.Value])
            {
                var match = BandPattern().Match(node.AsText(entry.Key));
                if (!match.Success || !Number(match.Groups[1], out var from) || !Number(match.Groups[2].Success ? match.Groups[2] : match.Groups[1], out var to) || from > to)
                {
                    node.Problem("mapping.band", $"The band of '{entry.Key}' should be two numbers, the smaller first, such as 0-19 or -5 to -1 (both belong to it), or one number.");
                    continue;
                }
                decimals = Math.Max(decimals, Math.Max(from.Scale, to.Scale));
                bands.Add((new(entry.Key, from, to), node));
            }
        }
        // The next band begins one unit of the last written decimal after the one before: 0-19 and 20-39, or 0-19.9 and 20-39.9.
        var step = new decimal(1, 0, 0, false, (byte)decimals);
        var inOrder = bands.OrderBy(b => b.Band.From).ToList();
        foreach (var (before, next) in inOrder.Zip(inOrder.Skip(1)))
        {
            if (next.Band.From <= before.Band.To)
                next.Node.Problem("mapping.band-overlap", FormattableString.Invariant($"The band of '{next.Band.Choice}' begins at {next.Band.From}, where '{before.Band.Choice}' still holds; let it begin after {before.Band.To}."));
            else if (next.Band.From - before.Band.To > step)
                next.Node.Problem("mapping.band-gap", FormattableString.Invariant($"Between {before.Band.To} ('{before.Band.Choice}') and {next.Band.From} ('{next.Band.Choice}') there is a gap; let the bands meet."));
        }
        return [.. inOrder.Select(b => b.Band)];
    }

    private static bool Number(Group group, out decimal number) =>
        decimal.TryParse(group.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^(-?\d{1,12}(?:\.\d{1,6})?)(?:\s*(?:-|–|\.\.|to)\s*(-?\d{1,12}(?:\.\d{1,6})?))?$")]
    private static partial Regex BandPattern();
}
