using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Survey.Testing.Site;

/// <summary>A mail server on this machine that speaks SMTP and does at each step of the dialogue what a test says: answer, hang or drop the line.</summary>
public sealed class LoopbackSmtp : IAsyncDisposable
{
    /// <summary>At a step: say nothing more and keep the line.</summary>
    public const string Hang = "hang";

    /// <summary>At a step: close the line without a word.</summary>
    public const string Drop = "drop";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2? certificate;
    private readonly ConcurrentQueue<SmtpMail> received = new();
    private readonly ConcurrentQueue<SmtpStep> steps = new();
    private readonly Task accepting;

    /// <param name="hasTls">Whether STARTTLS is offered, with a certificate that nobody has signed.</param>
    public LoopbackSmtp(bool hasTls = false, bool asksLogIn = false)
    {
        (certificate, AsksLogIn) = (hasTls ? SelfSigned() : null, asksLogIn);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What to say at a step; null for what a server says that takes everything.</summary>
    public Func<SmtpStep, string, string?> Script { get; set; } = (_, _) => null;

    public bool AsksLogIn { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string? Thumbprint => certificate?.Thumbprint;

    /// <summary>What it took, in order. A message whose end it saw and did not acknowledge is here too: nobody else knows that it was taken.</summary>
    public IReadOnlyList<SmtpMail> Received => [.. received];

    /// <summary>The steps that were reached, in order.</summary>
    public IReadOnlyList<SmtpStep> Steps => [.. steps];

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream line = client.GetStream();
                await AnswerAsync(line, SmtpStep.Greeting, "", "220 loopback ready");
                var (from, to, user, password, isEncrypted) = ("", "", "", "", false);
                while (await ReadAsync(line) is { } said)
                {
                    switch (said.Split(' ')[0].ToUpperInvariant())
                    {
                        case "EHLO":
                            await AnswerAsync(line, SmtpStep.Hello, said, "250-loopback\r\n" + (certificate is not null && !isEncrypted ? "250-STARTTLS\r\n" : "") + (AsksLogIn && (certificate is null || isEncrypted) ? "250-AUTH LOGIN\r\n" : "") + "250 8BITMIME");
                            break;
                        case "STARTTLS":
                            await AnswerAsync(line, SmtpStep.StartTls, said, "220 go on");
                            var secure = new SslStream(line);
                            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
                            (line, isEncrypted) = (secure, true);
                            break;
                        case "AUTH":
                            var parts = said.Split(' ');
                            user = Decoded(parts.Length > 2 ? parts[2] : await AskAsync(line, "334 VXNlcm5hbWU6"));
                            password = Decoded(await AskAsync(line, "334 UGFzc3dvcmQ6"));
                            await AnswerAsync(line, SmtpStep.LogIn, user, "235 welcome");
                            break;
                        case "MAIL":
                            from = said;
                            await AnswerAsync(line, SmtpStep.From, said, "250 ok");
                            break;
                        case "RCPT":
                            to = said[(said.IndexOf('<', StringComparison.Ordinal) + 1)..said.IndexOf('>', StringComparison.Ordinal)];
                            await AnswerAsync(line, SmtpStep.To, to, "250 ok");
                            break;
                        case "DATA":
                            if (!await AnswerAsync(line, SmtpStep.Data, to, "354 go ahead"))
                            {
                                break;
                            }

                            var text = new StringBuilder();
                            var one = await ReadAsync(line);
                            for (; one is not null and not "."; one = await ReadAsync(line))
                            {
                                text.Append(one.StartsWith('.') ? one[1..] : one).Append("\r\n");
                            }

                            if (one is null)
                            {
                                // A text without its end is no message.
                                return;
                            }

                            await AnswerAsync(line, SmtpStep.Text, to, "250 taken", () => received.Enqueue(new(from, to, text.ToString(), user, password, isEncrypted)));
                            break;
                        case "QUIT":
                            await SayAsync(line, "221 bye");
                            return;
                        default:
                            await SayAsync(line, "250 ok");
                            break;
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or SocketException or ObjectDisposedException)
            {
                // The line is gone, or the test is over.
            }
        }
    }

    /// <summary>Answers, and says whether that was no refusal.</summary>
    private async Task<bool> AnswerAsync(Stream line, SmtpStep step, string said, string otherwise, Action? take = null)
    {
        steps.Enqueue(step);
        var answer = Script(step, said) ?? otherwise;
        var isRefused = answer[0] is '4' or '5';
        if (!isRefused)
        {
            take?.Invoke();
        }

        switch (answer)
        {
            case Hang:
                await Task.Delay(Timeout.Infinite, stop.Token);
                break;
            case Drop:
                throw new IOException("Dropped as told.");
            default:
                await SayAsync(line, answer);
                break;
        }

        return !isRefused;
    }

    private async Task<string> AskAsync(Stream line, string question)
    {
        await SayAsync(line, question);
        return await ReadAsync(line) ?? "";
    }

    private async Task SayAsync(Stream line, string words) => await line.WriteAsync(Encoding.UTF8.GetBytes(words + "\r\n"), stop.Token);

    // Byte by byte: nothing may be read ahead of a change to TLS.
    private async Task<string?> ReadAsync(Stream line)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (await line.ReadAsync(one, stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            }

            bytes.Add(one[0]);
        }

        return null;
    }

    private static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2060, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

/// <summary>The steps of the dialogue at which a server may behave badly.</summary>
public enum SmtpStep { Greeting, Hello, StartTls, LogIn, From, To, Data, Text }

/// <summary>A message that the server took.</summary>
public sealed record SmtpMail(string From, string To, string Text, string User, string Password, bool IsEncrypted);
