using Survey.Testing;
using Survey.Web.Templates;

namespace Survey.UnitTests.Templates;

public sealed class TemplateCheckTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void Copy()
    {
        _folder = new TestFolder();
        // Without the words of pages and report and the messages: each test puts there what it is about.
        foreach (var relative in new[] { "network.yaml", "logo.svg", "plans/made-8-point.yaml", "questionnaires/made-2026.yaml", "regions/default.yaml" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(relative))!);
            File.Copy(Repository.File("templates", relative), At(relative));
        }
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    private string At(string relative) => _folder.File(relative);

    private IEnumerable<string> Codes() => TemplateCheck.Of(TemplateFolder.Open(_folder.Path)).Problems.Select(problem => problem.Code);

    private void Edit(string relative, string right, string wrong)
    {
        var text = File.ReadAllText(At(relative));
        Assert.That(text, Does.Contain(right));
        File.WriteAllText(At(relative), text.Replace(right, wrong, StringComparison.Ordinal));
    }

    [Test]
    public void A_file_with_another_name_than_its_own_is_reported()
    {
        File.Move(At("plans/made-8-point.yaml"), At("plans/our-plan.yaml"));
        Assert.That(Codes(), Is.EqualTo(new[] { "file-name" }));
    }

    [Test]
    public void A_missing_network_or_plan_is_reported()
    {
        File.Delete(At("network.yaml"));
        File.Delete(At("plans/made-8-point.yaml"));
        Assert.That(Codes(), Is.EquivalentTo(new[] { "no-network", "no-template" }));
    }

    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'><use href='https://example.org/x.svg'/></svg>")]
    [TestCase("<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>")]
    [TestCase("<html/>")]
    [TestCase("PNG")]
    public void A_logo_that_could_load_or_run_something_is_refused(string svg)
    {
        File.WriteAllText(At("logo.svg"), svg);
        Assert.That(Codes(), Is.EqualTo(new[] { "picture" }));
    }

    [Test]
    public void A_missing_logo_is_reported()
    {
        File.Delete(At("logo.svg"));
        Assert.That(Codes(), Is.EqualTo(new[] { "missing-picture" }));
        Assert.That(TemplateFolder.Open(_folder.Path).Bundle("2026", "made-8-point", "made-2026", "default", []).Problems.Select(problem => problem.Code), Is.EqualTo(new[] { "missing-picture" }));
    }

    [Test]
    public void Messages_are_there_in_every_language_with_the_same_places()
    {
        Directory.CreateDirectory(At("mail"));
        foreach (var (language, body) in new[] { ("en", "{link}"), ("fr", "{link} {office}"), ("es", "{link}") })
            File.WriteAllText(At($"mail/hello.{language}.md"), $"Subject: a\n\n{body}\n");
        File.WriteAllText(At("mail/hello.md"), "Subject: a\n\nb\n");
        Assert.That(Codes(), Is.EquivalentTo(new[] { "missing-message", "missing-language", "placeholder", "mail-name" }));
    }

    [Test]
    public void A_message_to_a_discreet_member_tells_nothing()
    {
        Directory.CreateDirectory(At("mail"));
        foreach (var file in Directory.GetFiles(Repository.File("templates", "mail")))
            File.Copy(file, At($"mail/{Path.GetFileName(file)}"));
        Edit("mail/discreet-receipt.en.md", "has arrived.", "from {organisation} has arrived.");
        Assert.That(Codes(), Does.Contain("discreet-place"));
    }

    [Test]
    public void The_newest_privacy_notice_is_there_in_every_language_with_what_it_needs()
    {
        Directory.CreateDirectory(At("privacy"));
        foreach (var (name, text) in new[] { ("2025-01.en", "# a\n\n{web}\n"), ("2026-11.en", "# a\n\n{authority}\n"), ("2026-11.fr", "# a\n\nb\n"), ("2026-11.es", "# a\n\n{authority}\n"), ("notice.en", "# a\n\nb\n") })
            File.WriteAllText(At($"privacy/{name}.md"), text);
        Assert.That(Codes(), Is.EquivalentTo(new[] { "privacy-name", "missing-language", "placeholder" }));
        Edit("network.yaml", "  authority:\n    en: \"Sample", "  authorities:\n    en: \"Sample");
        Assert.That(Codes(), Does.Contain("unknown-key"));
    }

    [Test]
    public void Texts_are_there_in_every_language_of_the_network()
    {
        Directory.CreateDirectory(At("ui"));
        File.WriteAllText(At("ui/en.yaml"), """
            language: en
            name: English
            direction: ltr
            plurals: {one: n = 1}
            formats: {date: "{day}", dateShort: "{day}", percent: "{number}%", months: [a, b, c, d, e, f, g, h, i, j, k, l]}
            a: b
            """);
        Assert.That(Codes(), Is.EqualTo(new[] { "missing-language", "missing-language", "missing-language" }));
    }

    [Test]
    public void A_round_is_refused_when_a_template_lacks_one_of_the_networks_languages()
    {
        File.WriteAllText(At("plans/small.yaml"), "slug: small\nstatus: {en: official}\ntitle: {en: Small}\nshortTitle: {en: Small}\npoints:\n  - {slug: a, title: {en: A}, shortTitle: {en: A}}\n");
        var read = TemplateFolder.Open(_folder.Path).Bundle("2026", "small", "made-2026", "default", []);
        Assert.That(read.Problems.Select(problem => (problem.Code, problem.Where.EndsWith("plans/small.yaml", StringComparison.Ordinal))), Is.EqualTo(new[] { ("missing-language", true) }));
        Assert.That(Codes(), Is.Empty, "a plan that no round uses may be in one language");
    }

    [TestCase("../network", "made-2026", "default"), TestCase("made-8-point", "made-1999", "default"), TestCase("made-8-point", "made-2026", "")]
    public void A_round_is_refused_when_a_name_is_none_of_the_folders(string plan, string questionnaire, string regions) =>
        Assert.That(TemplateFolder.Open(_folder.Path).Bundle("2026", plan, questionnaire, regions, []).Problems.Select(problem => problem.Code), Is.EqualTo(new[] { "no-such-template" }));

    [Test]
    public void Single_files_are_known_by_folder_or_content()
    {
        Edit("plans/made-8-point.yaml", "from: 2013", "from: then");
        File.Copy(At("questionnaires/made-2026.yaml"), At("made-2026.yaml"));
        File.WriteAllText(At("notes.yaml"), "milk: 1\n");
        var problems = TemplateCheck.OfFiles([At("plans/made-8-point.yaml"), At("made-2026.yaml"), At("network.yaml"), At("regions/default.yaml"), At("notes.yaml"), At("none.yaml")]).Problems;
        Assert.That(problems.Select(problem => problem.Code), Is.EqualTo(new[] { "not-a-number", "unknown-template", "no-such-file" }));
    }
}
