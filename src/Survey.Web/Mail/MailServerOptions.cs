using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Survey.Web.Mail;

/// <summary>The mail server that takes the mails. A password goes only over an encrypted line, except to this machine itself.</summary>
public sealed record MailServerOptions
{
    public required string Host { get; init; }

    public int Port { get; init; } = 587;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Whether the line is encrypted (STARTTLS) before anything is said; a server that cannot is not used.</summary>
    public bool UsesTls { get; init; } = true;

    /// <summary>How many mails may be begun in a minute.</summary>
    public int MostPerMinute { get; init; } = 60;

    /// <summary>How long a server may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The options that the environment gives: null without a host, which means the folder. What is wrong is added to <paramref name="problems"/>.</summary>
    public static MailServerOptions? Read(IConfiguration configuration, IList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(problems);
        string? Named(string name) => configuration["PROGRESS_SMTP_" + name] is { Length: > 0 } value ? value : null;
        int Number(string name, string? value, int otherwise, int most)
        {
            if (value is null)
            {
                return otherwise;
            }

            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            {
                return number;
            }

            problems.Add($"{name} is '{value}', which is not a whole number from 1 to {most}.");
            return otherwise;
        }

        var (host, user, password, tls) = (Named("HOST"), Named("USER"), Named("PASSWORD"), Named("TLS") ?? "starttls");
        if (host is null)
        {
            if (user is not null || password is not null || Named("PORT") is not null)
            {
                problems.Add("PROGRESS_SMTP_HOST is missing, though other settings of the mail server are there; name the server, or take the others out.");
            }

            return null;
        }

        if (tls is not ("starttls" or "none"))
        {
            problems.Add($"PROGRESS_SMTP_TLS is '{tls}'; it is 'starttls' or 'none'.");
        }

        if (user is null != password is null)
        {
            problems.Add("PROGRESS_SMTP_USER and PROGRESS_SMTP_PASSWORD go together; one of them is missing.");
        }

        if (tls == "none" && user is not null && host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
        {
            problems.Add("PROGRESS_SMTP_TLS is 'none', so the password would be sent for everyone to read; set it to 'starttls'.");
        }

        return new()
        {
            Host = host,
            Port = Number("PROGRESS_SMTP_PORT", Named("PORT"), 587, 65535),
            User = user,
            Password = password,
            UsesTls = tls != "none",
            MostPerMinute = Number("PROGRESS_MAIL_PER_MINUTE", configuration["PROGRESS_MAIL_PER_MINUTE"] is { Length: > 0 } most ? most : null, 60, 100_000),
        };
    }
}
