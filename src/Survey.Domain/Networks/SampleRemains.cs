using System.Text.RegularExpressions;

namespace Survey.Domain.Networks;

/// <summary>
/// What a network that no longer calls itself a sample still says of the sample network: whoever takes the line <c>sample: true</c> out of the file and stops there would publish invented names. Looks at the fields that say who
/// somebody is.
/// </summary>
public static partial class SampleRemains
{
    /// <summary>Each such field with what it says; none for the sample network itself, where all of it is meant.</summary>
    public static IReadOnlyList<(string Field, string Says)> In(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.IsSample)
        {
            return [];
        }

        var fields = new List<(string Field, IEnumerable<string> Texts)>
        {
            ("name", network.Name.Texts.Values),
            ("shortName", network.ShortName.Texts.Values),
            ("contact", [network.ContactEmail, network.WebAddress ?? ""]),
            ("neutralSender", [network.NeutralSender?.Email ?? ""]),
            ("publisher", network.Publisher.Texts.Values),
            ("place", network.Place.Texts.Values),
            ("dataController", network.DataController.Texts.Values),
            ("privacy.authority", network.Privacy.Authority?.Texts.Values ?? []),
            ("privacy.recipients", network.Privacy.Recipients?.Texts.Values ?? []),
            ("funders", network.Funders.SelectMany(f => f.Name.Texts.Values)),
            ("logo", network.Logo?.Alternative.Texts.Values ?? []),
        };
        return [.. fields.SelectMany(f => f.Texts.Where(t => OfTheSample().IsMatch(t)).Take(1).Select(t => (f.Field, t)))];
    }

    // What the sample's own file says in these fields, in its four languages, and the top-level domain that is reserved for examples (RFC 2606). Whole names, since running words may speak of examples.
    [GeneratedRegex(@"\.example\b|Sample (Network|City|Data Protection)|Example (Foundation|Hosting|Street)|Model Fund for Civil|Réseau exemple|Ville-Exemple|Autorité exemple|Hébergement Exemple|Fondation Exemple|Fonds modèle pour|rue de l’Exemple|Red de Ejemplo|Ciudad Ejemplo|Autoridad de Ejemplo|Alojamiento Ejemplo|Fundación Ejemplo|Fondo Modelo para|Calle del Ejemplo|الشبكة النموذجية|المدينة النموذجية|هيئة المثال|استضافة المثال|مؤسسة المثال|الصندوق النموذجي|شارع المثال", RegexOptions.CultureInvariant)]
    private static partial Regex OfTheSample();
}
