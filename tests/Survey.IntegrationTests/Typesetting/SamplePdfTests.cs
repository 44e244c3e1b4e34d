using System.Text.Json;
using Survey.Reporting.Editions;
using Survey.Reporting.Typesetting;
using Survey.Testing.Editions;

namespace Survey.IntegrationTests.Typesetting;

[TestFixture]
public sealed class SamplePdfTests
{
    [Test, Explicit("writes the sample where TYPESET_OUT says, to be looked at")]
    public async Task Sample_is_written_for_looking_at()
    {
        var folder = Environment.GetEnvironmentVariable("TYPESET_OUT")!;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "editions.json"), JsonSerializer.Serialize(SampleEdition.Languages.Select(l => SampleEdition.In(l)), EditionJson.Options));
        var files = await new Typesetter(new TypesettingOptions()).SetAsync([.. SampleEdition.Languages.Select(l => SampleEdition.In(l))]);
        foreach (var file in files)
            await File.WriteAllBytesAsync(Path.Combine(folder, file.Kind == TypesetFileKind.Pdf ? $"report.{file.Language}.pdf" : $"{file.Name}.{file.Language}.svg"), file.Bytes);
    }
}
