using System.Globalization;
using System.Text;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.OpenData;

namespace Survey.Testing.Attack;

/// <summary>What the CSV files of a data pack say, read back from their bytes: nothing else of an edition's figures reaches the attacker.</summary>
public sealed class PublishedFiles
{
    private readonly List<Dictionary<string, string>> ratings, several;

    public PublishedFiles(IEnumerable<DataFile> files) : this(files.ToDictionary(f => f.Name, f => f.Bytes))
    {
    }

    public PublishedFiles(IReadOnlyDictionary<string, byte[]> files)
    {
        (ratings, several) = (Rows(files["ratings.csv"]), Rows(files["several.csv"]));
        (Trends, Headlines, Participation) = (Rows(files["trends.csv"]), Rows(files["headlines.csv"]), Rows(files["participation.csv"]));
    }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Trends { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Headlines { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Participation { get; }

    /// <summary>The members of each region as published.</summary>
    public IReadOnlyDictionary<string, string[]> Regions(string round) =>
        Participation.Where(r => r["round"] == round && r["kind"] == "region").ToDictionary(r => r["code"], r => r["members"].Split(' '));

    /// <summary>The figures of the questions with one answer. The reader knows the questionnaire, and so the rungs.</summary>
    public IEnumerable<(string Point, RatingFigures Figures)> Ratings(Questionnaire questionnaire) =>
        ratings.GroupBy(r => (Point: r["point"], Question: r["question"])).Select(g =>
        {
            var question = questionnaire.Question(g.Key.Question)!;
            var rungs = Rungs(question);
            var cells = g.GroupBy(r => r["region"]).Select(rows => Cell(rows.Key, [.. rows], rungs)).ToList();
            return (g.Key.Point, new RatingFigures(g.Key.Question, null, rungs, cells.Single(c => c.Region == Cube.World), [.. cells.Where(c => c.Region != Cube.World)], []));
        });

    /// <summary>The figures of the questions with several answers.</summary>
    public IEnumerable<(string Point, SeveralFigures Figures)> Several(Questionnaire questionnaire, IReadOnlyList<string> points) =>
        several.GroupBy(r => (Point: r["point"], Question: r["question"])).Select(g =>
        {
            var question = questionnaire.Question(g.Key.Question)!;
            List<string> choices = question.Kind == QuestionKind.Points ? [.. points] : [.. question.Choices.Select(c => c.Code)];
            var cells = g.GroupBy(r => r["region"]).Select(rows => new SeveralCell(
                rows.Key, Treatment(rows.First()), Number(rows.First()["n"]),
                rows.First()["choice"].Length == 0 ? null : [.. choices.Select(c => Number(rows.Single(r => r["choice"] == c)["share"]))])).ToList();
            return (g.Key.Point, new SeveralFigures(g.Key.Question, choices, cells.Single(c => c.Region == Cube.World), [.. cells.Where(c => c.Region != Cube.World)]));
        });

    private static RatingCell Cell(string region, List<Dictionary<string, string>> rows, List<List<string>> rungs)
    {
        bool hasShares = rows[0]["group"].Length > 0;
        return new RatingCell(region, Treatment(rows[0]), Number(rows[0]["n"]), Number(rows[0]["dont_know_share"]),
            hasShares ? rungs.FindIndex(r => r.SequenceEqual(rows.Select(x => x["group"]))) : null, hasShares ? [.. rows.Select(r => Number(r["share"])!.Value)] : null, null);
    }

    private static List<List<string>> Rungs(Question question)
    {
        if (question.Rungs.Count > 0)
        {
            return [.. question.Rungs.Select(r => r.Groups.Select(g => g.Code).ToList())];
        }

        List<string> each = [.. question.SubstantiveChoices.Select(c => c.Code)];
        return question.Role == QuestionRole.Work && each.Count > 2 ? [each, [each[0], string.Join('+', each.Skip(1))]] : [each];
    }

    private static CellTreatment Treatment(Dictionary<string, string> row) => Enum.Parse<CellTreatment>(row["treatment"].Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static int? Number(string field) => field.Length == 0 ? null : int.Parse(field, CultureInfo.InvariantCulture);

    // No field of these files needs quotes.
    private static List<Dictionary<string, string>> Rows(byte[] csv)
    {
        var lines = Encoding.UTF8.GetString(csv).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => columns.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }
}
