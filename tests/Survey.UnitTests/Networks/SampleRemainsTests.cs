using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Networks;

public sealed class SampleRemainsTests
{
    private static readonly Network Shipped = EditionFixture.Network;

    [Test]
    public void The_sample_network_is_meant_as_it_is() => Assert.That(SampleRemains.In(Shipped), Is.Empty);

    [Test]
    public void Without_the_line_sample_every_field_that_says_who_somebody_is_is_named()
    {
        var fields = SampleRemains.In(Shipped with { IsSample = false }).Select(r => r.Field).Distinct();
        Assert.That(fields, Is.EqualTo(new[] { "name", "shortName", "contact", "neutralSender", "publisher", "place", "dataController", "privacy.authority", "privacy.recipients", "funders", "logo" }));
    }

    [Test]
    public void One_language_that_was_forgotten_is_found()
    {
        foreach (var language in EditionFixture.Languages)
        {
            var own = LocalisedText.Of([.. EditionFixture.Languages.Select(l => (l, l == language ? Shipped.ShortName.In(l) : "Diaspora Network"))]);
            Assert.That(SampleRemains.In(Shipped with { IsSample = false, ShortName = own }).Single(r => r.Field == "shortName").Says, Is.EqualTo(Shipped.ShortName.In(language)));
        }
    }

    [Test]
    public void Words_that_speak_of_examples_are_nobodys_name()
    {
        var own = LocalisedText.Of(("en", "A host in the EU, for example in Berlin."), ("fr", "Un hébergeur, par exemple à Lyon."), ("es", "Un alojamiento, por ejemplo en Quito."), ("ar", "شركة استضافة، على سبيل المثال في تونس."));
        var network = Shipped with { IsSample = false, Privacy = Shipped.Privacy with { Recipients = own } };
        Assert.That(SampleRemains.In(network).Select(r => r.Field), Does.Not.Contain("privacy.recipients"));
    }
}
