using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Demo;

/// <summary>
/// Fills a questionnaire in as a sample organisation would, whatever its questions: by their role and kind, and by the values of their scales.
/// What the conditions of the questionnaire skip is left out at the end, as for everyone.
/// </summary>
internal sealed class SampleSheets(long seed, IReadOnlyDictionary<string, int> places, SampleOpinions opinions, SampleCorpus corpus)
{
    // A scale's steps lie evenly between these, in standard deviations.
    private const double LowestState = -1.25, HighestState = 1.40, HighestChange = 1.42;

    private static readonly Dictionary<string, double> Known = new(StringComparer.Ordinal)
    {
        // Actions: how many in a hundred do it.
        ["advocacy"] = 60,
        ["services"] = 52,
        ["research"] = 20,
        ["awareness"] = 48,
        ["coalition"] = 36,
        ["litigation"] = 11,
        ["training"] = 33,
        ["other"] = 5,
        // Barriers: weights.
        ["political-will"] = 34,
        ["funding"] = 30,
        ["civic-space"] = 14,
        ["data"] = 12,
        ["coordination"] = 15,
        ["public-hostility"] = 16,
        ["law"] = 18,
    };

    private static readonly Dictionary<(string Place, string Choice), double> Leanings = new()
    {
        [("middle-east", "civic-space")] = 3.2,
        [("middle-east", "litigation")] = 0.3,
        [("middle-east", "advocacy")] = 0.7,
        [("middle-east", "services")] = 1.3,
        [("africa", "funding")] = 1.6,
        [("africa", "data")] = 1.5,
        [("africa", "litigation")] = 0.6,
        [("africa", "awareness")] = 1.25,
        [("asia", "law")] = 1.7,
        [("asia", "training")] = 1.3,
        [("asia", "civic-space")] = 1.3,
        [("europe", "public-hostility")] = 2.3,
        [("europe", "political-will")] = 1.3,
        [("europe", "litigation")] = 1.9,
        [("europe", "coalition")] = 1.3,
        [("europe", "funding")] = 0.8,
        [("latin-america", "services")] = 1.3,
        [("latin-america", "civic-space")] = 1.5,
        [("latin-america", "coordination")] = 1.3,
        [("north-america", "public-hostility")] = 2.0,
        [("north-america", "litigation")] = 2.6,
        [("north-america", "funding")] = 0.7,
        [("academic", "research")] = 3.6,
        [("academic", "services")] = 0.2,
        [("union", "coalition")] = 1.4,
        [("union", "litigation")] = 1.5,
        [("faith", "services")] = 1.4,
        [("diaspora", "awareness")] = 1.2,
    };

    /// <summary>
    /// The sheet of an organisation. <paramref name="points"/>: how many of the round's points it got to; <paramref name="toTheEnd"/>: whether it went on to what comes after them.
    /// A <paramref name="version"/> above 0 differs from the one before in a few ratings.
    /// </summary>
    public (AnswerSheet Sheet, IReadOnlyList<SampleExample> Examples) Of(SampleOrganisation organisation, SampleTerms terms, int back, string language, int points, bool toTheEnd, int version, SampleRotation rotation)
    {
        var answers = new List<KeyValuePair<AnswerKey, AnswerValue>>();
        var examples = new List<SampleExample>();
        var pointsSeen = false;
        foreach (var section in terms.Questionnaire.Sections)
        {
            if (section.IsPerPoint)
            {
                pointsSeen = true;
                foreach (var point in terms.Points.Take(points))
                    answers.AddRange(OfPoint(organisation, terms, section, point, back, language, version, rotation, examples));
            }
            else if (!pointsSeen || toTheEnd)
            {
                foreach (var question in section.Questions)
                {
                    if (Plain(organisation, terms, question, back, language) is { IsEmpty: false } value)
                        answers.Add(new(new AnswerKey("", question.Key), value));
                }
            }
        }

        var sheet = AnswerSheet.Of(answers).Applicable(terms.Questionnaire);
        return (sheet, [.. examples.Where(e => sheet.Find(e.Point, e.Question) is not null)]);
    }

    private IEnumerable<KeyValuePair<AnswerKey, AnswerValue>> OfPoint(
        SampleOrganisation organisation, SampleTerms terms, Section section, string slug, int back, string language, int version, SampleRotation rotation, List<SampleExample> examples)
    {
        var point = places[slug];
        var draw = SeededStream.Of(seed, "point", organisation.Number, point, back);
        // Whoever corrects a sent response changes a few ratings and leaves the rest.
        var rates = version > 0 && SeededStream.Of(seed, "correct", organisation.Number, point, back).Happens(0.3) ? SeededStream.Of(seed, "point", organisation.Number, point, back, version) : draw;
        var nudge = ReferenceEquals(rates, draw) ? 0 : 0.6;
        var engaged = 0;
        double change = 0;
        SampleExample? example = null;
        foreach (var question in section.Questions)
        {
            // Drawn for every question, asked or not: one answer's outcome never shifts the next question's chance.
            var own = SeededStream.Of(seed, "answer:" + question.Key, organisation.Number, point, back);
            if (!question.IsRequired && question.Role is not (QuestionRole.Example or QuestionRole.Consent) && own.Happens(0.015))
                continue;
            AnswerValue? value = null;
            switch (question.Role)
            {
                case QuestionRole.Work:
                    (value, engaged) = Work(question, section, opinions.Work(organisation.Number, point, organisation.Kind, back));
                    break;
                case QuestionRole.State:
                    value = Rated(question, opinions.State(organisation.Number, point, organisation.Area, back) + nudge, LowestState, HighestState, own, engaged > 0 ? 0.14 : 0.025);
                    break;
                case QuestionRole.Change:
                    change = opinions.Change(organisation.Number, point, organisation.Area, back);
                    value = Rated(question, change - nudge, -HighestChange, HighestChange, own, engaged > 0 ? 0.19 : 0.05);
                    break;
                case QuestionRole.Actions:
                    value = Actions(question, organisation, point, own, engaged > 0 ? 0.45 : 1);
                    break;
                case QuestionRole.Barriers:
                    value = Barriers(question, organisation, point, back, own);
                    break;
                case QuestionRole.Example:
                    if (own.Happens(engaged > 0 ? 0.05 : 0.17))
                    {
                        example = Example(organisation, question, slug, language, change, own, rotation);
                        examples.Add(example);
                        value = AnswerValue.OfText(example.Text);
                    }

                    break;
                case QuestionRole.Consent:
                    if (example is not null && own.Happens(0.96))
                        value = Consent(question, organisation, own);
                    break;
                default:
                    value = Other(question, organisation, terms, own, language);
                    break;
            }

            if (value is { IsEmpty: false })
                yield return new(new AnswerKey(slug, question.Key), value);
        }
    }

    /// <summary>The answer, and how far from working on it oneself: 0 directly, 1 follows, … Which choices mean work is read from the condition of the state.</summary>
    private static (AnswerValue? Value, int Engaged) Work(Question question, Section section, double work)
    {
        var asked = section.Questions.FirstOrDefault(q => q.Role is QuestionRole.State)?.When is { } when && when.Question == question.Key ? when.AnyOf : [.. question.Choices.Select(c => c.Code)];
        string[] levels = [.. question.Choices.Select(c => c.Code).Where(asked.Contains)];
        string[] none = [.. question.Choices.Select(c => c.Code).Except(levels)];
        for (var level = 0; level < levels.Length; level++)
        {
            if (work > -0.55 * level || (none.Length == 0 && level == levels.Length - 1))
                return (AnswerValue.Of(levels[level]), level);
        }

        return none.Length > 0 ? (AnswerValue.Of(none[0]), 0) : (null, 0);
    }

    private static AnswerValue? Rated(Question question, double view, double lowest, double highest, SeededStream own, double dontKnow)
    {
        var unsure = question.Choices.FirstOrDefault(c => c.Meaning is ChoiceMeaning.DontKnow);
        var undecided = own.Happens(dontKnow);
        if (undecided && unsure is not null)
            return AnswerValue.Of(unsure.Code);
        Choice[] steps = [.. question.SubstantiveChoices.OrderBy(c => c.Value ?? 0)];
        if (steps.Length == 0)
            return question.Kind is QuestionKind.Number ? Number(question, own) : null;
        var step = 0;
        while (step < steps.Length - 1 && view > Threshold(step, steps.Length, lowest, highest))
            step++;
        return AnswerValue.Of(steps[step].Code);
    }

    private static double Threshold(int step, int steps, double lowest, double highest) =>
        steps <= 2 ? (lowest + highest) / 2 : lowest + ((highest - lowest) * step / (steps - 2));

    private AnswerValue? Actions(Question question, SampleOrganisation organisation, int point, SeededStream own, double effort)
    {
        var taken = new List<string>();
        foreach (var choice in question.SubstantiveChoices)
        {
            var habit = 0.55 + (0.9 * SeededStream.Of(seed, "habit:" + choice.Code, organisation.Number).Share());
            var usual = Known.GetValueOrDefault(choice.Code, 30) / 100 * Leaning(organisation, choice.Code) * habit * effort * (0.85 + (0.3 * SeededStream.Of(seed, "way:" + choice.Code, point).Share()));
            if (own.Happens(Math.Min(usual, 0.93)))
                taken.Add(choice.Code);
        }

        return Several(own.Shuffled(taken).Take(question.Maximum ?? int.MaxValue));
    }

    private AnswerValue? Barriers(Question question, SampleOrganisation organisation, int point, int back, SeededStream own)
    {
        List<Choice> left = [.. question.SubstantiveChoices];
        if (left.Count == 0 || own.Happens(0.05))
            return null;
        var wanted = Math.Min(1 + own.Weighted([0.2, 0.35, 0.45]), question.Maximum ?? int.MaxValue);
        var taken = new List<string>();
        while (taken.Count < wanted && left.Count > 0)
        {
            var at = own.Weighted([.. left.Select(c => Known.GetValueOrDefault(c.Code, 12) * Leaning(organisation, c.Code) * Season(c.Code, back)
                * (0.4 + (1.2 * SeededStream.Of(seed, "wall:" + c.Code, organisation.Number).Share())) * (0.7 + (0.6 * SeededStream.Of(seed, "wall:" + c.Code, 0, point + 1).Share())))]);
            taken.Add(left[at].Code);
            left.RemoveAt(at);
        }

        return Several(taken);
    }

    // Funding was cut in the newest year; civic space shrinks from year to year.
    private static double Season(string choice, int back) => choice switch
    {
        "funding" => back == 0 ? 1.4 : 1,
        "civic-space" => Math.Max(0.5, 1.25 - (0.2 * back)),
        "other" => 0.6,
        _ => 1,
    };

    private static double Leaning(SampleOrganisation organisation, string choice) =>
        Leanings.GetValueOrDefault((organisation.Area, choice), 1) * Leanings.GetValueOrDefault((organisation.Kind, choice), 1);

    private SampleExample Example(SampleOrganisation organisation, Question question, string slug, string language, double change, SeededStream own, SampleRotation rotation)
    {
        var words = corpus.In(language);
        var goesForward = change > 0.3 || (change > -0.3 && own.Happens(0.6));
        var told = words.ExamplesOn(slug);
        var sentences = goesForward ? told.Forward : told.Back;
        var which = rotation.Next(organisation.Number, slug, language, goesForward, sentences.Count);
        var text = SampleWords.Say(sentences[which], own);
        var closings = goesForward ? words.ForwardClosings : words.BackClosings;
        if (own.Happens(0.55) && closings.Count > 0)
            text += " " + SampleWords.Say(own.Pick(closings), own);
        text = DoorText.Cut(DoorText.Clean(text), question.Maximum ?? int.MaxValue);
        return new(slug, question.Key, text, $"{language}/{told.Point}/{(goesForward ? "forward" : "back")}/{which}");
    }

    private static AnswerValue? Consent(Question question, SampleOrganisation organisation, SeededStream own)
    {
        var drawn = own.Share();
        var code = organisation.IsDiscreet ? (drawn < 0.85 ? ConsentCodes.None : ConsentCodes.Anonymous)
            : drawn < 0.60 ? ConsentCodes.None
            : drawn < 0.88 ? ConsentCodes.Anonymous
            : ConsentCodes.Named;
        return question.Choice(code) is null ? null : AnswerValue.Of(code);
    }

    /// <summary>A question outside the points.</summary>
    private AnswerValue? Plain(SampleOrganisation organisation, SampleTerms terms, Question question, int back, string language)
    {
        var own = SeededStream.Of(seed, "answer:" + question.Key, organisation.Number, -1, back);
        // Facts about an organisation stay what they are from year to year.
        var fact = SeededStream.Of(seed, "fact:" + question.Key, organisation.Number);
        var leftOut = !question.IsRequired && own.Happens(0.03);
        if (leftOut)
            return null;
        switch (question.Role)
        {
            case QuestionRole.Country:
                return AnswerValue.Of(organisation.Country);
            case QuestionRole.OtherCountries:
                return OtherCountries(organisation, terms, question, fact);
            case QuestionRole.Type:
                return question.Choice(organisation.Type) is null ? null : AnswerValue.Of(organisation.Type);
            case QuestionRole.Umbrella:
                return YesOr(question, fact.Happens(organisation.Kind == "union" ? 0.88 : organisation.Kind == "faith" ? 0.6 : 0.38));
            case QuestionRole.LedByMigrants:
                return YesOr(question, fact.Happens(organisation.Kind == "diaspora" ? 0.84 : 0.24));
            case QuestionRole.LedByWomen:
                return YesOr(question, fact.Happens(organisation.Kind == "union" ? 0.33 : 0.47));
            case QuestionRole.Size:
                return OrderedChoice(question, fact.Normal() + (organisation.Kind == "union" ? 0.7 : 0) + (organisation.Area == "global" ? 0.6 : 0));
            case QuestionRole.Priorities:
                return Priorities(organisation, terms, question, own);
            case QuestionRole.Remark:
                return own.Happens(0.08) ? AnswerValue.OfText(DoorText.Cut(DoorText.Clean(SampleWords.Say(own.Pick(corpus.In(language).Remarks), own)), question.Maximum ?? int.MaxValue)) : null;
            case QuestionRole.Listing:
                return own.Happens(0.14) ? null : YesOr(question, !organisation.IsDiscreet && fact.Happens(0.76));
            default:
                return Other(question, organisation, terms, fact, language);
        }
    }

    /// <summary>A question without a part in the report: something that its kind allows, leaning towards the first choices.</summary>
    private static AnswerValue? Other(Question question, SampleOrganisation organisation, SampleTerms terms, SeededStream own, string language)
    {
        Choice[] choices = [.. question.SubstantiveChoices];
        return question.Kind switch
        {
            QuestionKind.OneChoice => choices.Length == 0 ? null : AnswerValue.Of(choices[own.Weighted([.. choices.Select((_, i) => 1.0 / (i + 1.5))])].Code),
            QuestionKind.Scale => Rated(question, own.Normal(), LowestState, HighestState, own, 0.05),
            QuestionKind.SeveralChoices => Several(own.Shuffled(choices.Where((_, i) => own.Happens(0.5 - (0.03 * Math.Min(i, 12)))).Select(c => c.Code)).Take(question.Maximum ?? int.MaxValue)),
            QuestionKind.Number => Number(question, own),
            QuestionKind.Country => AnswerValue.Of(organisation.Country),
            QuestionKind.Points => Several(own.Shuffled(terms.Points).Take(Math.Min(question.Maximum ?? 3, 3))),
            QuestionKind.Countries or QuestionKind.ShortText or QuestionKind.LongText => null,
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.Kind, $"A question kind that the sample in {language} cannot answer."),
        };
    }

    private AnswerValue? OtherCountries(SampleOrganisation organisation, SampleTerms terms, Question question, SeededStream fact)
    {
        var several = organisation.Area == "global";
        if (!several && !fact.Happens(0.26))
            return null;
        var near = corpus.Places.Areas.Where(a => several || a.Slug == organisation.Area).SelectMany(a => a.Countries).Select(c => c.Code)
            .Where(c => c is not "global" && c != organisation.Country && terms.RegionOf(c) is not null);
        return Several(fact.Shuffled(near).Take(Math.Min(question.Maximum ?? 10, several ? 4 + fact.Below(6) : 1 + fact.Weighted([0.5, 0.25, 0.15, 0.1]))));
    }

    private AnswerValue? Priorities(SampleOrganisation organisation, SampleTerms terms, Question question, SeededStream own)
    {
        if (question.Kind is not QuestionKind.Points || own.Happens(0.06))
            return null;
        List<string> left = [.. terms.Points];
        var wanted = Math.Min(question.Maximum ?? 3, own.Happens(0.85) ? 3 : 1 + own.Below(2));
        var taken = new List<string>();
        while (taken.Count < wanted && left.Count > 0)
        {
            var at = own.Weighted([.. left.Select(p => SampleOpinions.Urgency(places[p], organisation.Area))]);
            taken.Add(left[at]);
            left.RemoveAt(at);
        }

        return Several(taken);
    }

    private static AnswerValue? YesOr(Question question, bool isSo)
    {
        Choice[] choices = [.. question.SubstantiveChoices];
        if (choices.Length == 0)
            return null;
        var yes = question.Choice("yes") ?? choices[0];
        return AnswerValue.Of(isSo ? yes.Code : (choices.FirstOrDefault(c => c != yes) ?? yes).Code);
    }

    private static AnswerValue? OrderedChoice(Question question, double place)
    {
        Choice[] choices = [.. question.SubstantiveChoices];
        if (choices.Length == 0)
            return null;
        var at = 0;
        while (at < choices.Length - 1 && place > Threshold(at, choices.Length, -0.45, 1.2))
            at++;
        return AnswerValue.Of(choices[at].Code);
    }

    private static AnswerValue Number(Question question, SeededStream own) =>
        new([], (double)(int)((question.Maximum is { } most ? Math.Min(most, 1_000_000) : 100) * own.Share() * own.Share()));

    // In the codes' order, as a draft that was saved and read again has them.
    private static AnswerValue? Several(IEnumerable<string> codes) => codes.Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } taken ? AnswerValue.Of(taken) : null;
}

/// <summary>An example that a sample member wrote; <paramref name="Core"/> tells which sentence it grew from, so that the office can leave out what was said before.</summary>
internal sealed record SampleExample(string Point, string Question, string Text, string Core);

/// <summary>Goes round the sentences on a point within a round, so that members do not repeat each other while there is another thing to say.</summary>
internal sealed class SampleRotation(long seed, int round)
{
    private readonly Dictionary<(string, string, bool), int> said = [];
    private readonly Dictionary<(int, string), int> given = [];

    /// <summary>Which of <paramref name="count"/> sentences an organisation says on a point: the next one, and in a corrected version the same again.</summary>
    public int Next(int organisation, string point, string language, bool forward, int count)
    {
        if (given.TryGetValue((organisation, point), out var before) && before < count)
            return before;
        var key = (point, language, forward);
        var next = said.TryGetValue(key, out var last) ? last + 1 : SeededStream.Of(seed, $"first:{point}:{language}:{forward}", round).Below(count);
        said[key] = next;
        return given[(organisation, point)] = next % count;
    }
}
