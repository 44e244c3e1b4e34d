using System.Globalization;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Findings;

namespace Survey.Reporting.Editions;

/// <summary>
/// How the report was made: the eleven items of the AAPOR disclosure list (Transparency Initiative, April 2021), written from the round's own facts, the rules
/// for small groups with their numbers, and what the ranges mean. The words "margin of error" are never used: nobody was drawn at random.
/// </summary>
public sealed partial class ContentBuilder
{
    private IEnumerable<EditionBlock> Methods()
    {
        yield return new ChapterBlock("methods", _words.Text("methods.kicker"), _words.Text("methods.title"), _words.Text("methods.lead"), null, ChapterTone.Primary);
        yield return new DefinitionsBlock([.. AaporItems().Select((item, i) => new Definition(_words.Text("methods.item", ("number", i + 1), ("title", _words.Text(item.TitleKey))), item.Text))]);
        yield return new HeadingBlock(2, _words.Text("methods.rangeTitle"), "methods-range");
        yield return new ParagraphBlock(_words.Text("range.meaning"));
        yield return new ParagraphBlock(_words.Text("methods.rangeMethod"));
        yield return new HeadingBlock(2, _words.Text("methods.rulesTitle"), "methods-rules");
        yield return new ParagraphBlock(_words.Text("methods.rulesLead"));
        yield return RulesTable();
        if (WeightedFigures().Any())
        {
            yield return new HeadingBlock(2, _words.Text("methods.weightsTitle"), "methods-weights");
            foreach (var question in WeightedFigures().GroupBy(f => f.Figures.Question))
                yield return WeightsTable(question.Key, [.. question]);
        }

        yield return new HeadingBlock(2, _words.Text("methods.modesTitle"), "methods-modes");
        yield return ModesTable();
        foreach (var block in LeftOpen().Concat(ChangedQuestions()))
            yield return block;
        if (!string.IsNullOrWhiteSpace(_words.In(_input.Network.ConflictOfInterest)))
        {
            yield return new HeadingBlock(2, _words.Text("methods.conflictTitle"), "methods-conflict");
            yield return new ParagraphBlock(_words.In(_input.Network.ConflictOfInterest));
        }

        yield return new HeadingBlock(2, _words.Text("methods.translationTitle"), "methods-translation");
        yield return new ParagraphBlock(Translations());
    }

    /// <summary>The eleven items in AAPOR's order. None may be empty.</summary>
    private IEnumerable<(string TitleKey, string Text)> AaporItems()
    {
        var network = _input.Network;
        var facts = _input.Facts;
        var who = Cube.Participation;
        yield return ("methods.strategy", _words.Text("methods.strategyText", ("network", _words.In(network.Name))));
        yield return ("methods.sponsor", Sentences(
            _words.Text("methods.sponsorText", ("publisher", _words.In(network.Publisher)), ("controller", _words.In(network.DataController))),
            network.Funders.Count > 0 ? _words.Text("methods.fundersText", ("funders", Funders())) : _words.Text("methods.noFunders")));
        yield return ("methods.instrument", Sentences(
            _words.Plural("methods.instrumentText", _input.Questionnaire.Questions.Count(), ("title", _words.In(_input.Questionnaire.Title)), ("minutes", _words.Plural("counts.minutes", _input.Questionnaire.Minutes))),
            facts.MedianMinutes is { } median ? _words.Text("methods.median", ("minutes", _words.Plural("counts.minutes", median))) : null));
        yield return ("methods.population", _words.Text("methods.populationText",
            ("population", _words.Plural("counts.organisations", who.Population)), ("round", Cube.Round), ("regions", _words.Plural("counts.regions", _input.Geography.Regions.Count))));
        yield return ("methods.recruitment", Sentences(
            _words.Text("methods.recruitmentText"),
            facts.InvitationsSent is { } invited && MayPrint(invited) && MayPrint(Math.Abs(who.Population - invited)) ? _words.Text("methods.invited", ("organisations", _words.Plural("counts.organisations", invited))) : null,
            facts.RemindersSent is { } reminded ? _words.Text("methods.reminded", ("reminders", _words.Plural("counts.reminders", reminded))) : null,
            facts.Incentive is { } incentive ? _words.Text("methods.incentive", ("incentive", _words.In(incentive))) : _words.Text("methods.noIncentive")));
        yield return ("methods.modes", Sentences(
            who.Modes.Count > 0 ? _words.Text("methods.modesText", ("modes", Values(who.Modes.Select(m => (Mode(m), _words.Number(m.Responses)))))) : _words.Text("methods.modesNone"),
            _words.Text("methods.languagesText", ("languages", _words.List([.. facts.Languages.Select(_names.Language)])))));
        yield return ("methods.dates", Sentences(
            facts.ClosedOn is { } closed
                ? _words.Text("methods.datesText", ("opened", facts.OpenedOn!.Value), ("closed", closed))
                : _words.Text("methods.datesOpen", ("opened", facts.OpenedOn!.Value)),
            _words.Text("methods.dataAsOf", ("date", DateOnly.FromDateTime(Cube.DataAsOf)))));
        yield return ("methods.sizes", Sentences(
            new ParticipationFindings(_words, _names, Cube).Rate("methods").Text,
            new ParticipationFindings(_words, _names, Cube).NotCounted("methods").Text,
            _words.Text("methods.precision")));
        yield return ("methods.weights", _words.Text(WeightedFigures().Any() || !_words.Has("methods.noWeightsText") ? "methods.weightsText" : "methods.noWeightsText"));
        yield return ("methods.processing", Sentences(_words.Text("methods.processingText"), _words.Text("methods.rounding"),
            (_input.Questionnaire.WithRole(QuestionRole.LedByMigrants) ?? _input.Questionnaire.WithRole(QuestionRole.LedByWomen)) is not null ? _words.Text("said.ledByWorldOnly") : null));
        yield return ("methods.limits", Sentences(
            _words.Text("methods.limitsText"),
            who.RatePercent is { } rate and < 100 ? _words.Text("methods.limitsRate", ("share", _words.Percent(100 - rate))) : null));
    }

    /// <summary>What is missing for the methods chapter, each where it can be put right; nothing when all eleven items can be written.</summary>
    private List<Problem> MethodsProblems()
    {
        var network = _input.Network;
        var facts = _input.Facts;
        var problems = new List<Problem>();
        Want(_words.In(network.Name), "network.yaml", "aapor-1", "The network has no name; the report must say whose survey this is (AAPOR item 1).");
        Want(_words.In(network.Publisher), "network.yaml", "aapor-2", "'publisher' is empty; the report must say who conducted the survey (AAPOR item 2).");
        Want(_words.In(network.DataController), "network.yaml", "aapor-2", "'dataController' is empty; the report must say who answers for the data (AAPOR item 2).");
        if (!_input.Questionnaire.Questions.Any())
            problems.Add(new Problem($"questionnaire {_input.Questionnaire.Name}", "aapor-3", "The questionnaire has no questions; the report must print their wording (AAPOR item 3)."));
        if (_input.Geography.Regions.Count == 0)
            problems.Add(new Problem($"round {facts.Round}", "aapor-4", "The round has no regions; the report must describe its population (AAPOR item 4)."));
        if (Cube.Participation.Modes.Count == 0 && Cube.Participation.Responses > 0)
            problems.Add(new Problem($"round {facts.Round}", "aapor-6", "It is not known how the answers came in; the report must state the modes (AAPOR item 6)."));
        if (facts.Languages.Count == 0)
            problems.Add(new Problem($"round {facts.Round}", "aapor-6", "It is not known in which languages could be answered; the report must state them (AAPOR item 6)."));
        if (facts.OpenedOn is null)
            problems.Add(new Problem($"round {facts.Round}", "aapor-7", "The round has no first day; set it with 'round create --opens DATE' or open the round. The report must state its dates (AAPOR item 7)."));
        if (problems.Count > 0)
            return problems;
        foreach (var (item, i) in AaporItems().Select((item, i) => (item, i + 1)))
            Want(item.Text, $"report/{_words.Language}.yaml", "aapor-" + i.ToString(CultureInfo.InvariantCulture), $"'{item.TitleKey}Text' gives no words (AAPOR item {i}).");
        return problems;

        void Want(string text, string where, string code, string message)
        {
            if (string.IsNullOrWhiteSpace(text))
                problems.Add(new Problem(where, code, message));
        }
    }

    private TableBlock RulesTable()
    {
        var rules = Cube.Rules;
        (string Key, int Value)[] rows =
        [
            ("rules.nothingBelow", rules.NothingBelow),
            ("rules.sharesFrom", rules.SharesFrom),
            ("rules.plainFrom", rules.PlainFrom),
            ("rules.ratingMinimum", rules.RatingMinimum),
            ("rules.countMinimum", rules.CountMinimum),
            ("rules.regionMinimum", rules.RegionMinimum),
            ("rules.mergedMinimum", rules.MergedMinimum),
            ("rules.matchedMinimum", rules.MatchedMinimum),
            ("rules.joinersMinimum", rules.JoinersMinimum),
            ("rules.leastPossible", rules.LeastPossible),
        ];
        return new TableBlock("methods-rules-table", _words.Text("rules.title"), null,
            [new(_words.Text("rules.rule"), CellAlignment.Start, 4), new(_words.Text("rules.number"), CellAlignment.End, 1)],
            [.. rows.Where(r => _words.Has(r.Key)).Select(r => new TableRow([new(_words.Text(r.Key)), new(_words.Number(r.Value))]))],
            _words.Text("rules.note"));
    }

    /// <summary>None in a round whose words were frozen before there were any for it.</summary>
    private IEnumerable<(string Point, RatingFigures Figures)> WeightedFigures() =>
        !_words.Has("methods.weightsTable") ? [] : Cube.Points.SelectMany(p => p.Ratings.Where(r => r.Weighted is not null).Select(r => (p.Point, r)));

    /// <summary>The world's headline at each point, each organisation counting once and each region by its members.</summary>
    private TableBlock WeightsTable(string question, IReadOnlyList<(string Point, RatingFigures Figures)> figures)
    {
        var rows = figures.Select(f =>
        {
            var (once, weighted, isNet) = (f.Figures.World.Headline!, f.Figures.Weighted!, f.Figures.IsNetBalance == true);
            return new TableRow([
                new(_names.NumberedPoint(f.Point)),
                new(_words.Figure(once.Value, isNet)), new(_words.Range(once.Low, once.High, isNet)),
                new(_words.Figure(weighted.Value, isNet)), new(_words.Range(weighted.Low, weighted.High, isNet)),
                new(_words.Decimal(weighted.DesignEffect))]);
        });
        return new TableBlock("methods-weights-table-" + question, _words.Text("methods.weightsTable", ("question", _words.In(_input.Questionnaire.Question(question)!.ShortTitle))), null,
            [
                new(_words.Text("figures.point"), CellAlignment.Start, 2.6),
                new(_words.Text("methods.once"), CellAlignment.End, 1.2), new(_words.Text("figures.range"), CellAlignment.End, 1.4),
                new(_words.Text("methods.byMembers"), CellAlignment.End, 1.2), new(_words.Text("figures.range"), CellAlignment.End, 1.4),
                new(_words.Text("methods.designEffect"), CellAlignment.End, 1),
            ],
            [.. rows], null);
    }

    private TableBlock ModesTable()
    {
        var rows = Cube.Participation.Modes.Select(m => new TableRow([new(Mode(m)), new(_words.Number(m.Responses))])).ToList();
        rows.Add(new TableRow([new(_words.Text("methods.allModes")), new(_words.Number(Cube.Participation.Responses))], true));
        return new TableBlock("methods-modes-table", _words.Text("methods.modesTable"), null,
            [new(_words.Text("methods.mode"), CellAlignment.Start, 3), new(_words.Text("participation.responses"), CellAlignment.End, 1)],
            rows, null);
    }

    /// <summary>A merged group is called by all its modes: which of them is how small is not said.</summary>
    private string Mode(PublishedGroup group) => group.Code == PublishedGroup.OtherGroups ? _words.List([.. group.Members.Select(Mode)]) : Mode(group.Code);

    private bool MayPrint(int count) => count == 0 || count >= Cube.Rules.CountMinimum;

    private string Mode(string code) => _words.Has("modes." + code) ? _words.Text("modes." + code) : code;

    /// <summary>Which titles of points are only our translation, and whether this language was read by a native reader.</summary>
    private string Translations()
    {
        var provisional = Cube.Points.Select(p => _input.Plan.Point(p.Point)).OfType<Domain.Plans.PlanPoint>()
            .Where(p => p.Title.StatusIn(_words.Language) is TranslationStatus.Provisional).Select(p => _names.NumberedPoint(p.Slug)).ToList();
        return Sentences(
            provisional.Count == 0 ? _words.Text("methods.titlesOfficial") : _words.Text("methods.titlesProvisional", ("titles", _words.Chain(provisional))),
            IsOriginal(_words.Language) ? null : Review(_words.Language) + _words.Text("marks.stop"));
    }

    /// <summary>Whether the words of a language are the network's own and no translation: nobody has to review them.</summary>
    private bool IsOriginal(string language) => UnreviewedTranslations.IsOriginal(language, _input.Questionnaire) && ReviewerOf(language) is null;

    private static string Sentences(params string?[] sentences) => string.Join(' ', sentences.Where(s => !string.IsNullOrWhiteSpace(s)));
}
