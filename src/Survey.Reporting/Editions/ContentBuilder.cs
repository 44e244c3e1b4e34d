using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;
using Survey.Reporting.Charts;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Findings;

namespace Survey.Reporting.Editions;

/// <summary>
/// Writes an edition in one language. Pure: the same input and texts give the same content, and every language has the same blocks in the same order with the
/// same numbers. An edition whose methods chapter would leave one of the eleven AAPOR items empty is not written: the problems say what is missing.
/// </summary>
public sealed partial class ContentBuilder
{
    private readonly EditionInput _input;
    private readonly Wording _words;
    private readonly EditionNames _names;
    private readonly Question? _lead;
    private readonly Question? _state;
    private readonly PlanReading _reading;

    private ContentBuilder(EditionInput input, TextCatalogue texts)
    {
        _input = input;
        _words = new Wording(texts);
        _names = new EditionNames(input, _words);
        _lead = LeadOf(input);
        _state = input.Questionnaire.WithRole(QuestionRole.State) is { } state && state.Key != _lead?.Key ? state : null;
        _reading = new PlanReading(_words, _names, input, _lead, _state);
    }

    private Cube Cube => _input.Cube;

    /// <summary>The whole edition, or what it lacks.</summary>
    public static Parsed<EditionContent> ContentOf(EditionInput input, TextCatalogue texts)
    {
        ArgumentNullException.ThrowIfNull(input);
        var builder = new ContentBuilder(input, texts);
        var problems = builder.MethodsProblems();
        return problems.Count > 0 ? Parsed<EditionContent>.Refused(problems) : Parsed<EditionContent>.Of(builder.WithReferences(builder.WithEditorial(builder.Content())));
    }

    /// <summary>What an edition of this input would lack; nothing when it can be written.</summary>
    public static IReadOnlyList<Problem> ProblemsOf(EditionInput input, TextCatalogue texts)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ContentBuilder(input, texts).MethodsProblems();
    }

    /// <summary>
    /// The rating that speaks for a point: <em>change</em>; in a questionnaire without it <em>state</em>, else the first rating with a headline. Null without any.
    /// </summary>
    public static Question? LeadOf(EditionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var withHeadline = input.Cube.Points.SelectMany(p => p.Ratings).Where(r => r.IsNetBalance is not null).Select(r => r.Question).ToHashSet(StringComparer.Ordinal);
        var questions = input.Questionnaire.Questions.Where(q => withHeadline.Contains(q.Key)).ToList();
        return questions.Find(q => q.Role is QuestionRole.Change) ?? questions.Find(q => q.Role is QuestionRole.State) ?? questions.FirstOrDefault();
    }

    private EditionContent Content()
    {
        var network = _input.Network;
        return new EditionContent(
            _words.Language,
            _words.Direction,
            _words.Text("cover.title", ("title", _words.In(network.ReportTitle)), ("round", Cube.Round)),
            _words.In(network.ReportSubtitle),
            EditionCitation.EditionLine(_input, _words),
            _words.In(network.Publisher),
            _input.Facts.PublishedOn,
            IsSample ? _words.Text("cover.sample") : null,
            new EditionLabels(_words.Text("layout.figure"), _words.Text("layout.table"), _words.Text("layout.source"), _words.Text("layout.percentPattern")),
            new EditionLook(network.Colours.Primary, network.Colours.Accent, network.Colours.Highlight),
            _input.Logo is { } logo && network.Logo is { } mark ? logo with { Alternative = _words.In(mark.Alternative) } : _input.Logo,
            Cube.Points.Count,
            Math.Max(1, Cube.Regions.Count),
            [
                Imprint(),
                new ContentsBlock(_words.Text("contents.title")),
                .. Summary(),
                .. WhoAnswered(),
                .. Glance(),
                .. Cube.Points.SelectMany(PointSpread),
                .. Cube.Regions.SelectMany(RegionPage),
                .. Priorities(),
                .. Methods(),
                .. FullTables(),
                .. Index(),
                .. Countries(),
                .. ListedOrganisations(),
                .. QuestionnaireWording(),
                .. ChangeLog(),
            ],
            UnreviewedTranslations.Has(_words.Language, _input.Questionnaire, network, [.. _input.Reviewers.Keys]));
    }

    /// <summary>Each figure whose table stands elsewhere says where, now that all tables have their numbers; one whose table is not there says nothing.</summary>
    private EditionContent WithReferences(EditionContent content)
    {
        var numbers = new EditionNumbers(content);
        return content with { Blocks = [.. content.Blocks.Select(Referring)] };

        EditionBlock Referring(EditionBlock block) => block switch
        {
            FigureBlock { Table: { } table } figure => figure with
            {
                Table = numbers.Of(table.Id) is { } name && _words.Has("bases.numbersIn") ? table with { Words = _words.Text("bases.numbersIn", ("table", name)) } : null,
            },
            ColumnsBlock columns => new ColumnsBlock([.. columns.First.Select(Referring)], [.. columns.Second.Select(Referring)]),
            _ => block,
        };
    }

    private bool IsPrinted(string language) => _input.Languages.Count == 0 || _input.Languages.Contains(language);

    private bool IsSample => _input.Facts.IsSample || _input.Network.IsSample;

    private ImprintBlock Imprint()
    {
        var network = _input.Network;
        var items = new List<Definition> { new(_words.Text("imprint.publisher"), Joined(_words.In(network.Publisher), _words.In(network.Place))) };
        Add("imprint.contact", Joined(network.ContactEmail, network.WebAddress));
        Add("imprint.edition", _input.Facts.Version is { } version
            ? _words.Text("imprint.editionVersion", ("round", Cube.Round), ("version", _words.Number(version)), ("date", _input.Facts.PublishedOn))
            : _words.Text("imprint.editionDraft", ("round", Cube.Round), ("date", _input.Facts.PublishedOn)));
        Add("imprint.dataAsOf", _words.Date(DateOnly.FromDateTime(Cube.DataAsOf)));
        Add("imprint.cite", EditionCitation.Of(_input, _words));
        Add("imprint.licence", Joined(network.Licence, network.LicenceAddress));
        Add("imprint.isbn", network.Isbn);
        Add("imprint.doi", network.Doi);
        Add("imprint.funders", Funders());
        Add("imprint.acknowledgement", _words.In(network.Acknowledgement));
        Add("imprint.languages", _words.Chain([.. network.Languages.Where(language => IsPrinted(language) && !IsOriginal(language)).Select(Review)]));

        var paragraphs = new List<string>();
        if (IsSample)
            paragraphs.Add(_words.Text("imprint.sample"));
        if (!string.IsNullOrWhiteSpace(_words.In(network.Disclaimer)))
            paragraphs.Add(_words.In(network.Disclaimer));
        paragraphs.AddRange(network.Funders.Select(f => f.Note).OfType<LocalisedText>().Select(_words.In));
        paragraphs.Add(_words.Text("imprint.selfSelected"));
        return new ImprintBlock(_words.Text("imprint.title"), paragraphs, items, FunderLogos());

        void Add(string key, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
                items.Add(new Definition(_words.Text(key), text));
        }
    }

    /// <summary>The funders' pictures with their alternative texts in this language; pictures that cannot be told apart are called by all their names.</summary>
    private List<EditionPicture> FunderLogos()
    {
        var withLogo = _input.Network.Funders.Where(f => f.Logo is not null).ToList();
        return [.. _input.FunderLogos.Select((picture, i) => picture with
        {
            Alternative = withLogo.Count == _input.FunderLogos.Count ? _words.In(withLogo[i].Logo!.Alternative) : Funders(),
        })];
    }

    private string Review(string language)
    {
        var name = _names.LanguageAlone(language);
        return ReviewerOf(language) is { } reviewer
            ? _words.Text("imprint.reviewed", ("language", name), ("reviewer", reviewer))
            : _words.Text("imprint.notReviewed", ("language", name));
    }

    private string? ReviewerOf(string language) =>
        _input.Reviewers.TryGetValue(language, out var recorded) ? _words.Parts(recorded.Name, recorded.Organisation, _words.Date(recorded.ReviewedOn))
        : _input.Network.TranslationReviewers.GetValueOrDefault(language) is { Length: > 0 } named ? named : null;

    private string Funders() => _words.List([.. _input.Network.Funders.Select(f => _words.In(f.Name))]);

    private string Joined(params string?[] parts) => _words.Parts(parts);

    private RatingFigures? LeadFigures(PointFigures point) => _lead is null ? null : point.Rating(_lead.Key);

    private RatingFindings FindingsOf(Question question, RatingFigures figures, string point = CubeCell.NoPoint) => _reading.Of(question, figures, point);

    private RatingCharts ChartsOf(Question question, RatingFigures figures) => new(_words, _names, question, figures, Cube.Rules);

    private Direction PointDirection(PointFigures point, string region) => _reading.DirectionOf(point, region);

    private bool LeadIsNet => _lead?.Measure?.IsNetBalance == true;

    /// <summary>What the marks mean, of those in use.</summary>
    private List<MarkLabel> Marks(IEnumerable<Direction> used) => AllMarks().Where(m => used.Contains(m.Direction)).ToList();

    private List<MarkLabel> AllMarks() => LeadIsNet
        ?
        [
            new(Direction.Forward, _words.Text("marks.forward")),
            new(Direction.Back, _words.Text("marks.back")),
            new(Direction.Unclear, _words.Text("marks.unclear")),
            new(Direction.None, _words.Text("marks.none")),
        ]
        :
        [
            new(Direction.Forward, _words.Text("marks.up")),
            new(Direction.Back, _words.Text("marks.down")),
            new(Direction.Unclear, _words.Text("marks.unclearChange")),
            new(Direction.None, _words.Text("marks.noneChange")),
        ];

    /// <summary>The world and every published region, in the cube's order.</summary>
    private IEnumerable<string> WorldAndRegions() => Cube.Regions.Select(r => r.Slug).Prepend(Cube.World);

    /// <summary>The note that names the regions left out of columns for want of any figure; null where none is.</summary>
    private string? LeftOut(IEnumerable<string> regions) => regions.ToList() is { Count: > 0 } left ? _words.Text("score.leftOut", ("names", _words.List(left.ConvertAll(_names.Region)))) : null;

    /// <summary>Where a figure's numbers come from, with the answers that they rest on.</summary>
    private string Source(int? answers) => answers is { } n
        ? _words.Text("score.source", ("round", Cube.Round), ("n", _words.Plural("counts.answers", n)))
        : _words.Text("score.sourcePlain", ("round", Cube.Round));

    private string SourceOf(IReadOnlyList<string> rounds) => rounds.Count > 1 ? _words.Text("score.sourceRounds", ("rounds", _words.List(rounds))) : Source(null);

    private static IEnumerable<EditionBlock> Said(params Finding?[] findings) => findings.OfType<Finding>().Select(f => f.ToBlock());
}
