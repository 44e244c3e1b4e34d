using System.CommandLine;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>Checks the templates, or the files named, and says what is wrong with file and line, and what a report would lack.</summary>
internal static class CheckCommand
{
    public static Command Make(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.ZeroOrMore, Description = "Files to check; without any, all templates." };
        var command = new Command("check", "Checks the templates.") { files };
        command.SetAction(async (parsed, cancel) =>
        {
            var named = parsed.GetValue(files) ?? [];
            var check = named.Length > 0 ? TemplateCheck.OfFiles(named) : TemplateCheck.Of(TemplateFolder.Open(Terminal.InstallationOf(parsed).Templates));
            if (check.Problems.Count > 0)
            {
                throw CommandFailure.BadInput(check.Problems);
            }

            foreach (var remark in check.Remarks)
            {
                await terminal.SayAsync(remark.ToString());
            }

            if (check.Remarks.Any(r => r.Code == TemplateCheck.SampleRemainsCode))
            {
                throw CommandFailure.BadInput("No round opens while network.yaml still names the sample network: see above.");
            }

            await terminal.SayAsync(named.Length > 0 ? $"Nothing is wrong with {string.Join(", ", named)}." : "Nothing is wrong with the templates.");
            return 0;
        });
        return command;
    }
}
