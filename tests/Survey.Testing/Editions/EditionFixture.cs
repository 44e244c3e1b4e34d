using System.Collections.Concurrent;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Networks;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Tallies;

namespace Survey.Testing.Editions;

/// <summary>
/// Editions from the shipped templates and seeded counts: the words under test are those that ship. Networks of any size and shape are made by changing the input.
/// </summary>
public static class EditionFixture
{
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "ar"];

    public static Plan Plan { get; } = Read("plans/made-8-point.yaml", PlanFile.Parse);

    public static Questionnaire Questionnaire { get; } = Read("questionnaires/made-2026.yaml", QuestionnaireFile.Parse);

    public static Network Network { get; } = Read("network.yaml", NetworkFile.Parse);

    public static RegionScheme Regions { get; } = Read("regions/default.yaml", (text, file) => RegionScheme.Parse(text, file));

    public static IReadOnlyDictionary<string, TextCatalogue> Texts { get; } =
        Languages.ToDictionary(l => l, l => Read($"report/{l}.yaml", TextCatalogue.Parse), StringComparer.Ordinal);

    public static EditionGeography Geography { get; } = new(
        [.. Regions.Regions.Select(r => new EditionRegion(r.Slug, r.Title, [.. Regions.Countries.Where(c => c.Region.Slug == r.Slug && !c.IsGlobal).Select(c => new EditionCountry(c.Code, c.Name))], r.ShortTitle))],
        [.. Regions.Notes.Where(n => n.Kind is not PlaceNoteKind.Map).Select(n => new GeographyNote(n.Countries, n.Text, n.Kind is PlaceNoteKind.Naming))],
        Regions.Notes.FirstOrDefault(n => n.Kind is PlaceNoteKind.Map)?.Text);

    public static RoundFacts Facts { get; } = new(
        "2026", true, 1, new DateOnly(2026, 11, 20), new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 15), Languages,
        21, 600, 840);

    private static readonly Dictionary<string, string> Untranslated = [];

    private static readonly ConcurrentDictionary<int, EditionInput> BySize = new();

    /// <summary>A whole edition: three rounds of a network of this size.</summary>
    public static EditionInput Whole(int size = 600) => BySize.GetOrAdd(size, s => Of(Plan, Questionnaire, 7, s, 3));

    /// <summary>An edition of this plan and questionnaire; <paramref name="rounds"/> counts this round too.</summary>
    public static EditionInput Of(Plan plan, Questionnaire questionnaire, int seed, int size, int rounds)
    {
        var inputs = Enumerable.Range(0, rounds).Select(i => new RoundInput(Tally((2027 - rounds + i).ToString(System.Globalization.CultureInfo.InvariantCulture), plan, questionnaire, seed + i, size), plan, questionnaire)).ToList();
        var cube = DisclosurePass.CubeOf(inputs[^1], [.. inputs.SkipLast(1)], [], new DisclosureRules());
        return new EditionInput(cube, plan, questionnaire, Network, Geography, Facts,
            [
                new EditionQuote(plan.Points[0].Slug, "“It #moved” *here* $x$ \\ إلى الأمام.", "en", null, "africa", "ngo", 40, Untranslated) { SharedLanguage = 40 },
                new EditionQuote(plan.Points[0].Slug, "Le bureau nous a reçus.", "fr", "Association Exemple", "africa", "ngo", 40, new Dictionary<string, string> { ["ar"] = "استقبلنا المكتب." }) { SharedLanguage = 40 },
                new EditionQuote(plan.Points[0].Slug, "Sós na região.", "pt", null, "global", "ngo", 1, new Dictionary<string, string> { ["en"] = "Alone in the region.", ["es"] = "Solos en la región." }),
            ],
            [new ListedOrganisation("Example House", "XK"), new ListedOrganisation("دار المثال", "")],
            [new VersionNote(1, new DateOnly(2026, 11, 1), "")],
            null, []);
    }

    /// <summary>Seeded counts; every region answers differently, the smallest hardly.</summary>
    public static RoundTally Tally(string round, Plan plan, Questionnaire questionnaire, int seed, int size)
    {
        var random = new Lcg(seed);
        int[] weights = [30, 20, 22, 16, 8, 3, 1];
        var rows = new List<TallyRow>();
        var regions = new List<RegionCount>();
        foreach (var (region, weight) in Regions.Regions.Select(r => r.Slug).Zip(weights))
        {
            var population = size * weight / 100;
            var responses = population * (35 + random.Below(30)) / 100;
            regions.Add(new RegionCount(region, population, responses, population / 20, population / 40, population / 60));
            foreach (var question in questionnaire.Questions.Where(q => q.Kind is QuestionKind.Scale or QuestionKind.OneChoice or QuestionKind.SeveralChoices or QuestionKind.Points))
            {
                foreach (var point in questionnaire.IsPerPoint(question) ? plan.Points.Select(p => p.Slug) : [""])
                {
                    var codes = question.Kind is QuestionKind.Points ? plan.Points.Select(p => p.Slug).ToList() : [.. question.Choices.Select(c => c.Code)];
                    var lean = random.Below(codes.Count);
                    if (question.Kind is QuestionKind.SeveralChoices or QuestionKind.Points)
                    {
                        rows.Add(new TallyRow(region, point, question.Key, TallyRow.Answered, responses));
                        rows.AddRange(codes.Select(c => new TallyRow(region, point, question.Key, c, responses == 0 ? 0 : random.Below(responses + 1))));
                    }
                    else
                    {
                        var left = responses;
                        foreach (var (code, i) in codes.Select((c, i) => (c, i)))
                        {
                            var count = i == codes.Count - 1 ? left : Math.Min(left, responses * (i == lean ? 40 : 8 + random.Below(16)) / 100);
                            left -= count;
                            rows.Add(new TallyRow(region, point, question.Key, code, count));
                        }
                    }
                }
            }
        }

        var all = regions.Sum(r => r.Responses);
        return new RoundTally(round, new DateTime(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc), rows, regions,
            [new GroupCount("ngo", size / 2, all / 2), new GroupCount("trade-union", size / 4, all / 4), new GroupCount("academic", size / 4, all - (all / 2) - (all / 4))],
            [new GroupCount("en", size / 2, all / 2), new GroupCount("fr", size / 4, all / 4), new GroupCount("ar", size / 4, all - (all / 2) - (all / 4))],
            [new GroupCount("web", all - (all / 5), all - (all / 5)), new GroupCount("import", all / 5, all / 5)],
            Math.Min(all, 112), all / 40, all / 60);
    }

    public static EditionContent Content(EditionInput input, string language) => Content(input, Texts[language]);

    public static EditionContent Content(EditionInput input, TextCatalogue texts)
    {
        var built = ContentBuilder.ContentOf(input, texts);
        return built.Value ?? throw new InvalidOperationException(string.Join('\n', built.Problems));
    }

    public static T Read<T>(string path, Func<string, string, Parsed<T>> parse)
        where T : class
    {
        var parsed = parse(File.ReadAllText(Path.Combine(Repository.Templates, path)), path);
        return parsed.Value ?? throw new InvalidOperationException(string.Join('\n', parsed.Problems));
    }

    /// <summary>A linear congruential generator (Numerical Recipes' constants): the same numbers on every machine.</summary>
    private sealed class Lcg(int seed)
    {
        private uint _state = (uint)seed;

        public int Below(int limit)
        {
            _state = unchecked((_state * 1664525) + 1013904223);
            return (int)((_state >> 8) % (uint)limit);
        }
    }
}
