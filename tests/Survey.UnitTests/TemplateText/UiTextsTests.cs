using Survey.Domain.TemplateText;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.UnitTests.TemplateText;

/// <summary>The shipped words of the site: every language says the same things, with the same places to fill in.</summary>
internal sealed class UiTextsTests
{
    [Test]
    public void Every_language_of_the_network_has_all_texts()
    {
        var catalogues = SiteHost.Texts();
        Assert.That(catalogues.Select(c => c.Language), Is.EqualTo(SiteHost.Network().Languages));
        Assert.That(CatalogueComparison.Of(catalogues), Is.Empty);
    }
}
