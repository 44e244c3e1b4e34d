using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>The sentences about a question with several answers: what was named most, never a ranking of what was not published.</summary>
public sealed class SeveralFindings(Wording words, EditionNames names, Question question, SeveralFigures figures)
{
    /// <summary>The choices with a published share, most named first; "other" last, whatever its share; ties in the questionnaire's order.</summary>
    public IReadOnlyList<(string Choice, int Share)> Ranked(string region)
    {
        if (figures.Cell(region)?.Shares is not { } shares)
            return [];
        return [.. figures.Choices.Zip(shares, (choice, share) => (choice, share)).Where(c => c.share is not null).Select(c => (c.choice, c.share!.Value))
            .OrderBy(c => c.choice == OtherChoice).ThenByDescending(c => c.Value)];
    }

    /// <summary>What was named most and by how many; there always is a sentence.</summary>
    public Finding Headline(string id, string region)
    {
        var ranked = Ranked(region).Where(c => c.Choice != OtherChoice && c.Share > 0).ToList();
        if (ranked.Count == 0)
        {
            return figures.Cell(region) is { AnsweredN: { } n, Treatment: not CellTreatment.Hidden }
                ? new Sentence(words).Count("n", n, "counts.answers").Finding(id, "tooFew.shares", Direction.None, 10)
                : new Sentence(words).Finding(id, "tooFew.answers", Direction.None, 0);
        }

        var most = ranked[0].Share;
        var first = ranked.TakeWhile(c => c.Share == most).ToList();
        var sentence = new Sentence(words).Percent("share", most).Words("first", Labels(first));
        if (first.Count > 1)
            return sentence.Finding(id, "several.tied", null, 50);
        return ranked.Count > 1
            ? sentence.Words("second", Labels([ranked[1]])).Percent("secondShare", ranked[1].Share).Finding(id, "several.two", null, 60)
            : sentence.Finding(id, "several.one", null, 50);
    }

    private const string OtherChoice = "other";

    private string Labels(IReadOnlyList<(string Choice, int Share)> choices) =>
        words.List([.. choices.Select(c => words.Quoted(names.Choice(question.Key, c.Choice)))]);
}
