using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>The sentences about a question with several answers: what was named most. Where a choice is withheld it may be the one that most named: then the sentence speaks of the answers shown, and nothing is called the first of all.</summary>
/// <param name="point">The point's slug, by which the numbers are found again in the cube.</param>
/// <param name="round">The slug of the round whose figures these are.</param>
public sealed class SeveralFindings(Wording words, EditionNames names, Question question, SeveralFigures figures, string point = CubeCell.NoPoint, string round = "")
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
                ? new Sentence(words).Count("n", n, "counts.answers", At(region, "answered")).Finding(id, "tooFew.shares", Direction.None, 10)
                : new Sentence(words).Finding(id, "tooFew.answers", Direction.None, 0);
        }

        var most = ranked[0].Share;
        var first = ranked.TakeWhile(c => c.Share == most).ToList();
        var sentence = new Sentence(words).Percent("share", most, At(region, first[0].Choice)).Words("first", Labels(first));
        var isWhole = IsWhole(region);
        if (first.Count > 1)
            return sentence.Finding(id, isWhole ? "several.tied" : "several.tiedShown", null, 50);
        return ranked.Count > 1
            ? sentence.Words("second", Labels([ranked[1]])).Percent("secondShare", ranked[1].Share, At(region, ranked[1].Choice)).Finding(id, isWhole ? "several.two" : "several.twoShown", null, 60)
            : sentence.Finding(id, isWhole ? "several.one" : "several.oneShown", null, 50);
    }

    /// <summary>What was named most, with its share and how many answered; null where nothing is published, two were named alike, or a choice is withheld, for that one may have been named more.</summary>
    public SeveralTop? Top(string region)
    {
        var ranked = Ranked(region).Where(c => c.Choice != OtherChoice && c.Share > 0).ToList();
        if (!IsWhole(region) || ranked.Count == 0 || (ranked.Count > 1 && ranked[0].Share == ranked[1].Share) || figures.Cell(region)?.AnsweredN is not { } n)
            return null;
        return new SeveralTop(ranked[0].Choice, words.Quoted(names.Choice(question.Key, ranked[0].Choice)), ranked[0].Share, At(region, ranked[0].Choice), n, At(region, "answered"));
    }

    private const string OtherChoice = "other";

    // Whether every choice that could be the most named is shown.
    private bool IsWhole(string region) => figures.Cell(region)?.Shares is { } shares && figures.Choices.Zip(shares).All(c => c.First == OtherChoice || c.Second is not null);

    private string At(string region, string what) => CubeCell.Of(question.Key, point, region, what, round);

    private string Labels(IReadOnlyList<(string Choice, int Share)> choices) =>
        words.List([.. choices.Select(c => words.Quoted(names.Choice(question.Key, c.Choice)))]);
}

/// <summary>What was named most: its code, its name in quotation marks, its share and the organisations that answered, each with its place in the cube.</summary>
public sealed record SeveralTop(string Choice, string Label, int Share, string ShareCell, int Answered, string AnsweredCell);
