using System.Globalization;
using System.Text.Json;
using Survey.Testing;

namespace Survey.IntegrationTests.Typesetting;

/// <summary>
/// Colours that stand side by side in a chart are told apart by every eye, and in print without colour. Distances are CIE 1976 (a difference of 2.3 is just seen);
/// colour blindness by the matrices of Machado, Oliveira and Fernandes (2009) at full severity.
/// </summary>
[TestFixture]
public sealed class PaletteTests
{
    private static readonly Dictionary<string, double[][]?> Eyes = new(StringComparer.Ordinal)
    {
        ["normal"] = null,
        ["protanopia"] = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ["deuteranopia"] = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ["tritanopia"] = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        ["greyscale"] = [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
    };

    private static readonly string[] Change = ["stronglyBack", "back", "neutral", "forward", "stronglyForward"];
    private static readonly string[] State = ["step0", "step1", "step2", "step3", "step4"];

    private JsonElement theme;

    private static IEnumerable<string> Kinds => Eyes.Keys;

    [OneTimeSetUp]
    public async Task Read_the_theme()
    {
        var file = new Uri(Path.Combine(Repository.Templates, "charts", "theme.mjs")).AbsoluteUri;
        theme = JsonDocument.Parse(await ScriptRun.OutputAsync(["--input-type=module", "-e", $"import * as theme from '{file}'; console.log(JSON.stringify(theme));"])).RootElement;
    }

    [TestCaseSource(nameof(Kinds))]
    public void Steps_of_a_rating_classes_of_a_map_and_marks_are_told_apart(string eye)
    {
        var least = eye == "greyscale" ? 9 : 13;
        Assert.Multiple(() =>
        {
            Assert.That(Nearest(Change.Select(Fill), eye), Is.GreaterThan(eye == "greyscale" ? least : 25), "steps of change");
            Assert.That(Nearest(State.Select(Fill), eye), Is.GreaterThan(least), "steps of state");
            Assert.That(Nearest(theme.GetProperty("classes").EnumerateArray().Select(c => c.GetString()!), eye), Is.GreaterThan(least), "classes of the map");
            Assert.That(Nearest(new[] { "forward", "unclear", "back" }.Select(m => theme.GetProperty("marks").GetProperty(m).GetProperty("fill").GetString()!), eye), Is.GreaterThan(least), "marks");
        });
    }

    [Test]
    public void Steps_that_were_put_together_have_a_texture()
    {
        foreach (var tone in theme.GetProperty("tones").EnumerateObject().Where(t => !Change.Contains(t.Name) && !State.Contains(t.Name)))
            Assert.That(tone.Value.TryGetProperty("texture", out _), Is.True, tone.Name);
    }

    [Test]
    public void Number_on_a_bar_can_be_read()
    {
        foreach (var tone in theme.GetProperty("tones").EnumerateObject())
            Assert.That(Contrast(tone.Value.GetProperty("fill").GetString()!, tone.Value.GetProperty("ink").GetString()!), Is.GreaterThanOrEqualTo(4.5), tone.Name);
    }

    [Test]
    public void Heatmap_has_the_colours_of_the_bars()
    {
        var layout = File.ReadAllText(Path.Combine(Repository.Templates, "report", "blocks.typ"));
        var classes = layout.Split('\n').Single(l => l.StartsWith("#let classes", StringComparison.Ordinal));
        var found = Change.Select(Fill).Select(c => classes.IndexOf($"\"{c}\"", StringComparison.Ordinal)).ToList();
        Assert.That(found, Has.None.Negative);
        Assert.That(found, Is.Ordered);
    }

    private string Fill(string tone) => theme.GetProperty("tones").GetProperty(tone).GetProperty("fill").GetString()!;

    private static double Nearest(IEnumerable<string> colours, string eye)
    {
        var seen = colours.Select(c => Lab(Seen(Linear(c), Eyes[eye]))).ToList();
        return seen.SelectMany((a, i) => seen.Skip(i + 1).Select(b => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()))).Min();
    }

    private static double Contrast(string one, string other)
    {
        var light = new[] { one, other }.Select(c => Linear(c)).Select(c => (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2])).Order().ToList();
        return (light[1] + 0.05) / (light[0] + 0.05);
    }

    private static double[] Linear(string hex) =>
        [.. new[] { 1, 3, 5 }.Select(at => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];

    private static double[] Seen(double[] rgb, double[][]? eye) => eye is null ? rgb : [.. eye.Select(row => Math.Clamp(row.Zip(rgb, (m, c) => m * c).Sum(), 0, 1))];

    // sRGB to CIE L*a*b* for D65
    private static double[] Lab(double[] rgb)
    {
        double Of(double r, double g, double b, double white)
        {
            var t = ((r * rgb[0]) + (g * rgb[1]) + (b * rgb[2])) / white;
            return t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
        }

        var (x, y, z) = (Of(0.4124564, 0.3575761, 0.1804375, 0.95047), Of(0.2126729, 0.7151522, 0.0721750, 1), Of(0.0193339, 0.1191920, 0.9503041, 1.08883));
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }
}
