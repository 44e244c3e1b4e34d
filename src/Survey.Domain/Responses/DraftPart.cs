using System.Security.Cryptography;
using System.Text;
using Survey.Domain.Questionnaires;

namespace Survey.Domain.Responses;

/// <summary>The part of a draft that one page shows and saves: a section, of one point (its slug; empty outside the points).</summary>
public sealed record DraftPart(Section Section, string Point)
{
    /// <summary>The answers of this part alone.</summary>
    public AnswerSheet Only(AnswerSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return AnswerSheet.Of(sheet.Answers.Where(a => a.Key.Point == Point && Section.Questions.Any(q => q.Key == a.Key.Question)));
    }

    /// <summary>What this part's answers are, in short: equal for equal answers, so that a save based on others is told from one based on these.</summary>
    public string Fingerprint(AnswerSheet sheet) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Only(sheet).ToJson())).AsSpan(0, 8));
}
