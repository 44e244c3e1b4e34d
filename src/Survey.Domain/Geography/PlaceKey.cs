namespace Survey.Domain.Geography;

/// <summary>
/// What is left of a place's name when everything is dropped that people and programs write differently: case, accents, Arabic letter
/// forms, punctuation, spaces, articles, "and", and the usual abbreviations. Two names with one key name the same place.
/// </summary>
internal static class PlaceKey
{
    // Articles and small words of the languages that member lists come in (en, fr, es, pt, ar). Both sides lose them, so the loss is harmless.
    private static readonly HashSet<string> SmallWords = new(StringComparer.Ordinal)
    {
        "the", "of", "and", "la", "le", "les", "l", "d", "de", "du", "des", "et", "el", "los", "las", "del", "y", "e", "da", "do", "dos", "das",
    };

    private static readonly Dictionary<string, string> OneSpelling = new(StringComparer.Ordinal)
    {
        ["st"] = "saint",
        ["ste"] = "sainte",
        ["sta"] = "santa",
        ["is"] = "islands",
        // One word for three languages, so that "Rép. dém. du Congo" needs no entry of its own.
        ["rep"] = "republic",
        ["republique"] = "republic",
        ["republica"] = "republic",
        ["dem"] = "democratic",
        ["democratique"] = "democratic",
        ["democratica"] = "democratic",
    };

    // "Republic of Chile" is Chile. Not here: state and democratic republic, since the State of Mexico and the two Congos are other places.
    // The longest form first, for "republic" begins some of them.
    private static readonly string[][] StateForms =
    [
        .. new[]
        {
            "federal democratic republic", "democratic socialist republic", "federal republic", "federative republic", "socialist republic",
            "islamic republic", "republic", "independent state", "kingdom", "sultanate", "commonwealth", "principality", "grand duchy",
            "republique federale", "republique islamique", "royaume", "sultanat", "principaute", "grand duche",
            "republica federal", "republica islamica", "reino", "sultanato", "principado", "gran ducado",
            "جمهوريه", "مملكه", "سلطنه", "اماره",
        }.Select(form => form.Split(' ').Select(Spelling).ToArray()).OrderByDescending(form => form.Length),
    ];

    /// <summary>The key of a name as it stands; empty when nothing is left.</summary>
    public static string Of(string name) => string.Concat(Words(name));

    /// <summary>The keys that surely mean the place: the name as it stands, and "Y X" for "X, Y" and "X (Y)".</summary>
    public static IEnumerable<string> Strong(string name)
    {
        var key = Of(name);
        if (key.Length > 0)
            yield return key;
        if (Parts(name) is [var first, var second])
        {
            var turned = Of(second + " " + first);
            if (turned.Length > 0 && turned != key)
                yield return turned;
        }
    }

    /// <summary>The keys of a name without its form of state in front ("Republic of …", "Kenya, Republic of").</summary>
    public static IEnumerable<string> WithoutStateForm(string name)
    {
        string[] spellings = Parts(name) is [var first, var second] ? [name, second + " " + first] : [name];
        foreach (var words in spellings.Select(Words))
        {
            var form = Array.Find(StateForms, form => words.Count > form.Length && form.SequenceEqual(words.Take(form.Length)));
            if (form is not null)
                yield return string.Concat(words.Skip(form.Length));
        }
    }

    /// <summary>What stands before the first comma, bracket, slash or spaced dash, and what stands after it; the whole where there is none.</summary>
    public static IReadOnlyList<string> Parts(string name) =>
        name.Replace(" - ", "/", StringComparison.Ordinal).Replace(" – ", "/", StringComparison.Ordinal)
            .Split([',', '،', '(', ')', '[', ']', '/', ';', '|'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static List<string> Words(string name)
    {
        var all = new List<string>();
        var letters = "";
        foreach (var word in FoldedText.Of(name.Replace("&", " and ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // "U.S.A." and "U S A" are one word; a lone letter is a small word ("d'Ivoire").
            if (word.Length == 1)
            {
                letters += word;
                continue;
            }
            // The Arabic "and" belongs to the word after it, with or without a space.
            var joined = letters == "و" ? "و" + word : word;
            if (letters.Length > 0 && letters != "و")
                all.Add(letters);
            letters = "";
            all.Add(Spelling(joined));
        }
        if (letters.Length > 0)
            all.Add(letters);
        var words = all.Where(word => !SmallWords.Contains(word)).ToList();
        return words.Count > 0 ? words : all;
    }

    private static string Spelling(string word) => ArabicSpelling(OneSpelling.GetValueOrDefault(word, word));

    // Written or not (الأردن, أردن), also after "and" (والهرسك). Egyptian and Levantine spellings of g meet: غواتيمالا, جواتيمالا.
    private static string ArabicSpelling(string word)
    {
        var bare = word.Length > 4 && word.StartsWith("ال", StringComparison.Ordinal) ? word[2..]
            : word.Length > 5 && word.StartsWith("وال", StringComparison.Ordinal) ? "و" + word[3..]
            : word;
        return bare.Replace('ج', 'غ');
    }
}
