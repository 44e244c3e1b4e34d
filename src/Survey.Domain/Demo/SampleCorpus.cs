namespace Survey.Domain.Demo;

/// <summary>
/// All words of the sample network, in files beside this one that are built into the program, so that the same build makes the same network
/// wherever it runs. A language is added with a file alone; a member who writes in another is given English words.
/// </summary>
public sealed record SampleCorpus(SamplePlaces Places, SampleNames Names, IReadOnlyDictionary<string, SampleWords> Words)
{
    private const string Folder = "Survey.Domain.Demo.Words.";

    private static readonly Lazy<SampleCorpus> Built = new(Read);

    /// <summary>The words that come with the product.</summary>
    public static SampleCorpus Shipped => Built.Value;

    /// <summary>The words of a language, or English ones.</summary>
    public SampleWords In(string language) => Words.TryGetValue(language, out var words) ? words : Words["en"];

    private static SampleCorpus Read()
    {
        var words = typeof(SampleCorpus).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n is not (Folder + "places.yaml" or Folder + "names.yaml"))
            .Order(StringComparer.Ordinal)
            .Select(n => Whole(SampleWords.Read(Text(n), n)))
            .ToDictionary(w => w.Language, StringComparer.Ordinal);
        return new(Whole(SamplePlaces.Read(Text(Folder + "places.yaml"), "places.yaml")), Whole(SampleNames.Read(Text(Folder + "names.yaml"), "names.yaml")), words);
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(SampleCorpus).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not built in."));
        return reader.ReadToEnd();
    }

    // They are part of the program: a mistake in them is ours and no user's.
    private static T Whole<T>(Parsed<T> parsed) where T : class => parsed.Value ?? throw new InvalidOperationException(string.Join(Environment.NewLine, parsed.Problems));
}
