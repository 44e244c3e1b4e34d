using System.Text;
using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Domain.Rounds;
using Survey.Domain.TemplateText;

namespace Survey.Web.Templates;

/// <summary>
/// The folder of templates: what can be chosen for the next round, and the words of the pages. The only place that reads these files; it keeps
/// nothing, so that an edited file counts from the next reading on. A running round reads its own copy (<see cref="RoundDefinition"/>).
/// </summary>
public sealed class TemplateFolder
{
    /// <summary>A larger file is no template; it is not read into memory.</summary>
    private const long LargestFile = 4 * 1024 * 1024;

    private TemplateFolder(string path) => Path = path;

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Opens a folder, which must exist.</summary>
    public static TemplateFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return Directory.Exists(full)
            ? new TemplateFolder(full)
            : throw new DirectoryNotFoundException($"There is no folder of templates at {full}; set PROGRESS_TEMPLATES or start from the folder of the product.");
    }

    /// <summary>The slugs of the plans that can be chosen, sorted.</summary>
    public IReadOnlyList<string> Plans => Names("plans", ".yaml");

    /// <summary>The names of the questionnaires that can be chosen, sorted.</summary>
    public IReadOnlyList<string> Questionnaires => Names("questionnaires", ".yaml");

    /// <summary>The names of the region schemes that can be chosen, sorted.</summary>
    public IReadOnlyList<string> Regions => Names("regions", ".yaml");

    /// <summary>All templates that are there.</summary>
    public IReadOnlyList<TemplateFile> All()
    {
        var files = new List<TemplateFile>();
        if (File.Exists(FullPath("network.yaml")))
            files.Add(Read(TemplateKind.Network, "network.yaml"));
        foreach (var (kind, folder, ending) in Folders)
            files.AddRange(Names(folder, ending).Select(name => Read(kind, $"{folder}/{name}{ending}")));
        return files;
    }

    /// <summary>The templates of one kind that are there.</summary>
    public IReadOnlyList<TemplateFile> Of(TemplateKind kind) => kind == TemplateKind.Network
        ? File.Exists(FullPath("network.yaml")) ? [Read(kind, "network.yaml")] : []
        : [.. Folders.Where(folder => folder.Kind == kind).SelectMany(folder => Names(folder.Name, folder.Ending).Select(name => Read(kind, $"{folder.Name}/{name}{folder.Ending}")))];

    /// <summary>The words of the pages in every language that has them, or what is wrong with them.</summary>
    public Parsed<IReadOnlyList<TextCatalogue>> UiTexts() => Catalogues(TemplateKind.UiTexts);

    /// <summary>The words of the report in every language that has them, or what is wrong with them. A round reads its own copy.</summary>
    public Parsed<IReadOnlyList<TextCatalogue>> ReportTexts() => Catalogues(TemplateKind.ReportTexts);

    /// <summary>
    /// The templates that a round copies when it is created, checked as a whole: they can be read, and say everything in each of the network's
    /// languages.
    /// </summary>
    /// <param name="round">The round's slug; points that do not exist in its year are not asked.</param>
    public Parsed<RoundBundle> Bundle(string round, string plan, string questionnaire, string regions, IReadOnlyCollection<string> optionalPoints)
    {
        var problems = new List<Problem>();
        var files = new List<(RoundTemplate Template, string Path)>();
        if (File.Exists(FullPath("network.yaml")))
            Add(TemplateKinds.Network, "network", Read(TemplateKind.Network, "network.yaml"));
        else
            problems.Add(new Problem(Named("network.yaml"), "no-network", "There is no network.yaml; copy the one that comes with the product and change it."));
        Choose(TemplateKinds.Plan, TemplateKind.Plan, plan);
        Choose(TemplateKinds.Questionnaire, TemplateKind.Questionnaire, questionnaire);
        Choose(TemplateKinds.Regions, TemplateKind.Regions, regions);
        foreach (var texts in Of(TemplateKind.ReportTexts))
            Add(TemplateKinds.Report, texts.Name, texts);
        if (problems.Count > 0)
            return Parsed<RoundBundle>.Refused(problems);

        var network = NetworkFile.Parse(files[0].Template.Content, files[0].Path).Value;
        foreach (var name in network?.Pictures ?? [])
        {
            if (Bytes(name) is { } bytes && RoundPicture.Of(name, bytes) is { } picture)
                files.Add((RoundTemplate.Of(TemplateKinds.Picture, name, picture.ToDataAddress()), Named(name)));
        }
        var templates = files.Select(file => file.Template).ToList();
        var definition = RoundDefinition.Parse(templates, optionalPoints, round, template => files.Find(file => file.Template == template).Path);
        if (!definition.IsWhole)
            return Parsed<RoundBundle>.Refused(definition.Problems);
        var lacks = definition.Value.Lacks(kind => files.Find(file => file.Template.Kind == kind).Path);
        return lacks.Count > 0 ? Parsed<RoundBundle>.Refused(lacks) : Parsed<RoundBundle>.Of(new RoundBundle(templates, definition.Value));

        void Add(string kind, string name, TemplateFile file) => files.Add((RoundTemplate.Of(kind, name, file.Content), file.Path));

        // The name comes from a command line or a form: it only chooses among the files of the folder and is never part of a path.
        void Choose(string kind, TemplateKind of, string name)
        {
            var there = Of(of);
            if (there.FirstOrDefault(file => file.Name == name) is { } chosen)
                Add(kind, name, chosen);
            else
                problems.Add(new Problem(Named(Folders.First(folder => folder.Kind == of).Name), "no-such-template", $"There is no {kind} '{name}'; there is: {string.Join(", ", there.Select(file => file.Name))}."));
        }
    }

    /// <summary>A file of the folder by its relative path, for pictures and the like; null when there is none.</summary>
    internal byte[]? Bytes(string relative) => File.Exists(FullPath(relative)) ? File.ReadAllBytes(FullPath(relative)) : null;

    /// <summary>How a file of this folder is named in problems: from the current folder, as a person would type it.</summary>
    internal string Named(string relative) => Shown(FullPath(relative));

    /// <summary>A file anywhere, as a template of a kind.</summary>
    internal static TemplateFile ReadAt(TemplateKind kind, string path) =>
        new(kind, NameOf(System.IO.Path.GetFileName(path)), Shown(System.IO.Path.GetFullPath(path)), Text(path));

    internal static readonly IReadOnlyList<(TemplateKind Kind, string Name, string Ending)> Folders =
    [
        (TemplateKind.Plan, "plans", ".yaml"),
        (TemplateKind.Questionnaire, "questionnaires", ".yaml"),
        (TemplateKind.Regions, "regions", ".yaml"),
        (TemplateKind.UiTexts, "ui", ".yaml"),
        (TemplateKind.ReportTexts, "report", ".yaml"),
        (TemplateKind.Mail, "mail", ".md"),
        (TemplateKind.Privacy, "privacy", ".md"),
    ];

    private Parsed<IReadOnlyList<TextCatalogue>> Catalogues(TemplateKind kind)
    {
        var problems = new List<Problem>();
        var catalogues = new List<TextCatalogue>();
        foreach (var file in Of(kind))
        {
            var read = TextCatalogue.Parse(file.Content, file.Path);
            problems.AddRange(read.Problems);
            if (read.Value is { } catalogue)
                catalogues.Add(catalogue);
        }
        problems.AddRange(CatalogueComparison.Of(catalogues));
        return problems.Count > 0 ? Parsed<IReadOnlyList<TextCatalogue>>.Refused(problems) : Parsed<IReadOnlyList<TextCatalogue>>.Of(catalogues);
    }

    private TemplateFile Read(TemplateKind kind, string relative) =>
        new(kind, NameOf(System.IO.Path.GetFileName(relative)), Named(relative), Text(FullPath(relative)));

    private IReadOnlyList<string> Names(string folder, string ending) => !Directory.Exists(FullPath(folder))
        ? []
        : [.. Directory.EnumerateFiles(FullPath(folder), "*" + ending).Select(file => System.IO.Path.GetFileName(file)[..^ending.Length]).Order(StringComparer.Ordinal)];

    private string FullPath(string relative) => System.IO.Path.Combine(Path, relative);

    private static string NameOf(string fileName) => System.IO.Path.GetFileNameWithoutExtension(fileName);

    private static string Shown(string full)
    {
        var relative = System.IO.Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? full : relative).Replace('\\', '/');
    }

    // Larger than any template: the parser refuses it by its size, without its being in memory as a whole.
    private static string Text(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        if (reader.BaseStream.Length <= LargestFile)
            return reader.ReadToEnd();
        var start = new char[LargestFile];
        return new string(start, 0, reader.ReadBlock(start));
    }
}
