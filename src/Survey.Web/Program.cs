using System.Text;
using Survey.Web.Commands;

// Windows-1252 files are read by name.
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
return await CommandLine.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);

/// <summary>The entry point; public so that tests start the same program.</summary>
public partial class Program;
