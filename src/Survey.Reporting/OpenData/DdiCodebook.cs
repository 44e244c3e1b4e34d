using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;

namespace Survey.Reporting.OpenData;

/// <summary>
/// The study described in one language for archives and catalogues, as DDI-Codebook 2.5 (ddialliance.org): who made it, how, from whom, the files, and each question for each point
/// with its wording, its choices and, where the cube publishes each of them by itself for the world, their per cents: of choices that are merged none is told. The network's identifier stands
/// for all versions together, so it is that of a related study. Elements stand in the order of the standard.
/// </summary>
internal static class DdiCodebook
{
    public static readonly XNamespace Namespace = "ddi:codebook:2_5";

    /// <summary>The description as a file.</summary>
    public static DataFile Of(EditionInput input, TextCatalogue texts, IReadOnlyList<DataFile> data)
    {
        var book = new Book(input, new Wording(texts)).Whole([.. data.Where(f => f.Name.EndsWith(".csv", StringComparison.Ordinal))]);
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
            book.Save(writer);
        return new DataFile($"ddi.{texts.Language}.xml", "application/xml; charset=utf-8", Encoding.UTF8.GetBytes(text.Append('\n').ToString()));
    }

    private sealed class Book(EditionInput input, Wording words)
    {
        private string Title => words.Text("cover.title", ("title", words.In(input.Network.ReportTitle)), ("round", input.Cube.Round));

        private string Citation => EditionCitation.Of(input, words);

        private bool HasWeights => input.Cube.Points.SelectMany(p => p.Ratings).Concat(input.Cube.Ratings).Any(r => r.Weighted is not null);

        public XElement Whole(IReadOnlyList<DataFile> files) =>
            E("codeBook", new XAttribute("version", "2.5"), new XAttribute(XNamespace.Xml + "lang", words.Language),
                E("docDscr", Cite()),
                Study(),
                files.Select((f, i) => E("fileDscr", new XAttribute("ID", "F" + (i + 1).ToString(CultureInfo.InvariantCulture)), new XAttribute("URI", f.Name),
                    E("fileTxt", E("fileName", f.Name), E("fileCont", words.Text("data." + Path.GetFileNameWithoutExtension(f.Name))),
                        E("dimensns", E("caseQnty", Number(RowsOf(f)))), E("fileType", "text/csv; charset=utf-8")))),
                E("dataDscr", Variables()));

        private XElement Cite()
        {
            var network = input.Network;
            return E("citation",
                E("titlStmt", E("titl", Title), Text("subTitl", words.In(network.ReportSubtitle))),
                E("rspStmt", E("AuthEnty", words.In(network.Publisher))),
                E("prodStmt", E("producer", words.In(network.Publisher)), E("copyright", Joined(network.Licence, network.LicenceAddress)),
                    Date("prodDate", input.Facts.PublishedOn), Text("prodPlac", words.In(network.Place)), network.Funders.Select(f => E("fundAg", words.In(f.Name)))),
                E("distStmt", E("distrbtr", words.In(network.Publisher)), E("contact", new XAttribute("email", network.ContactEmail), words.In(network.Publisher)), Date("distDate", input.Facts.PublishedOn)),
                E("verStmt", E("version", input.Facts.Version is { } version ? Number(version) : words.Text("cover.draft", ("round", input.Cube.Round)))),
                E("biblCit", Citation));
        }

        private XElement Study()
        {
            var (facts, who) = (input.Facts, input.Cube.Participation);
            return E("stdyDscr", Cite(),
                E("stdyInfo",
                    E("abstract", words.Text("data.intro", ("publisher", words.In(input.Network.Publisher)), ("date", DateOnly.FromDateTime(input.Cube.DataAsOf)))),
                    E("sumDscr",
                        facts.OpenedOn is { } opened ? Date("collDate", opened, "start") : null,
                        facts.ClosedOn is { } closed ? Date("collDate", closed, "end") : null,
                        input.Cube.Regions.Select(r => E("geogCover", string.Join(", ", r.Members.Select(m => input.Geography.Region(m)).OfType<EditionRegion>().Select(m => words.In(m.Name))))),
                        E("universe", words.Text("methods.populationText", ("population", words.Plural("counts.organisations", who.Population)), ("round", input.Cube.Round), ("regions", words.Plural("counts.regions", input.Geography.Regions.Count)))))),
                E("method",
                    E("dataColl",
                        E("dataCollector", words.In(input.Network.Publisher)),
                        E("sampProc", words.Text("methods.recruitmentText")),
                        E("collMode", words.Text("methods.strategyText", ("network", words.In(input.Network.Name)))),
                        E("weight", words.Text(HasWeights || !words.Has("methods.noWeightsText") ? "methods.weightsText" : "methods.noWeightsText")),
                        E("cleanOps", words.Text("methods.processingText"))),
                    E("anlyInfo",
                        who.RatePercent is { } rate ? E("respRate", words.Percent(rate)) : null,
                        E("EstSmpErr", words.Text("methods.precision")))),
                E("dataAccs",
                    E("useStmt", E("citReq", Citation), E("conditions", Joined(input.Network.Licence, input.Network.LicenceAddress)),
                        E("disclaimer", words.Text("imprint.selfSelected")), input.Facts.IsSample || input.Network.IsSample ? E("disclaimer", words.Text("imprint.sample")) : null)),
                input.Network.Doi is { Length: > 0 } doi ? E("othrStdyMat", E("relStdy", E("citation", E("titlStmt", E("titl", words.In(input.Network.ReportTitle)), E("IDNo", new XAttribute("agency", "DOI"), doi))))) : null);
        }

        private IEnumerable<XElement> Variables()
        {
            foreach (var point in input.Cube.Points)
            {
                var title = input.Plan.Point(point.Point) is { } known ? words.In(known.ShortTitle) : point.Point;
                foreach (var figures in point.Ratings)
                {
                    if (Variable(figures.Question, point.Point, title, Single(figures)) is { } variable)
                        yield return variable;
                }

                foreach (var figures in point.Several)
                {
                    if (Variable(figures.Question, point.Point, title, Known(figures)) is { } variable)
                        yield return variable;
                }
            }

            foreach (var figures in input.Cube.Ratings)
            {
                if (Variable(figures.Question, null, null, Single(figures)) is { } variable)
                    yield return variable;
            }

            foreach (var figures in input.Cube.Several)
            {
                if (Variable(figures.Question, null, null, Known(figures)) is { } variable)
                    yield return variable;
            }
        }

        private static List<(string, int)> Known(SeveralFigures figures) =>
            figures.World.Shares is { } shares ? [.. figures.Choices.Zip(shares).Where(s => s.Second is not null).Select(s => (s.First, s.Second!.Value))] : [];

        /// <summary>The world's shares where each stands for one choice: those of the finest groups, if these are choices.</summary>
        private List<(string, int)> Single(RatingFigures figures) =>
            figures.World is { Rung: 0, Shares: { } shares } && input.Questionnaire.Question(figures.Question) is { } question && figures.Rungs[0].All(g => question.Choices.Any(c => c.Code == g))
                ? [.. figures.Rungs[0].Zip(shares)] : [];

        /// <summary>The rows of a table below its head; a line feed within quotation marks ends none.</summary>
        private static int RowsOf(DataFile file)
        {
            var (rows, isQuoted) = (0, false);
            foreach (var at in file.Bytes)
            {
                isQuoted ^= at == '"';
                rows += at == '\n' && !isQuoted ? 1 : 0;
            }

            return rows - 1;
        }

        private XElement? Variable(string key, string? point, string? title, IReadOnlyList<(string Code, int Share)> shares)
        {
            if (input.Questionnaire.Question(key) is not { } question)
                return null;
            var id = point is null ? key : $"{point}.{key}";
            var percents = shares.ToDictionary(s => s.Code, s => s.Share, StringComparer.Ordinal);
            var label = words.In(question.ShortTitle);
            return E("var", new XAttribute("ID", "V." + id), new XAttribute("name", id),
                E("labl", title is null ? label : words.Pair(title, label)),
                E("qstn", E("qstnLit", words.In(question.Text))),
                question.Choices.Select(c => E("catgry", E("catValu", c.Code), E("labl", words.In(c.Label)),
                    percents.TryGetValue(c.Code, out var share) ? E("catStat", new XAttribute("type", "percent"), Number(share)) : null)));
        }

        private static XElement? Text(string name, string text) => string.IsNullOrWhiteSpace(text) ? null : E(name, text);

        private XElement Date(string name, DateOnly day, string? moment = null) =>
            E(name, new XAttribute("date", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), moment is null ? null : new XAttribute("event", moment), words.Date(day));

        private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

        private static string Joined(params string[] parts) => string.Join(' ', parts.Where(p => p.Length > 0));

        private static XElement E(string name, params object?[] content) => new(Namespace + name, content);
    }
}
