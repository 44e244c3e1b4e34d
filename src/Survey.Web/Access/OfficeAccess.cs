using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// How the office signs in. In order: a one-time link from <c>./progress office add</c> lets a person choose a password and set up an authenticator;
/// after that each sign-in asks for both, or for a passkey that was added since; a disabled account is refused at each step. Roles include the lesser ones, and every page
/// below <c>/office</c> asks for one, but for the pages that lead in.
/// </summary>
public static class OfficeAccess
{
    /// <summary>Policies by the least role that they ask for.</summary>
    public const string MayRead = "office-reader", MayEdit = "office-editor", MayPublish = "office-publisher", MayAdminister = "office-administrator";

    internal static readonly TimeSpan SessionLength = TimeSpan.FromHours(8);

    public static IServiceCollection AddOfficeAccess(this IServiceCollection services)
    {
        services.AddIdentityCore<OfficeAccount>(o =>
        {
            o.Password.RequiredLength = 12;
            // Length is what helps (NIST SP 800-63B); rules about signs only make passwords alike.
            o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
            o.User.RequireUniqueEmail = true;
            o.Lockout.MaxFailedAccessAttempts = 5;
            o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<SurveyDb>()
            .AddUserManager<OfficeUsers>()
            .AddClaimsPrincipalFactory<OfficeClaims>()
            .AddSignInManager<OfficeSignIn>()
            .AddDefaultTokenProviders();
        services.Configure<IdentityPasskeyOptions>(Passkeys.Configure);
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            o.ValidationInterval = TimeSpan.FromMinutes(1);
            // What the account may do is read anew; which session it is stays.
            o.OnRefreshingPrincipal = refreshing =>
            {
                if (refreshing.CurrentPrincipal?.FindFirst(OfficeSessions.Claim) is { } session)
                {
                    refreshing.NewPrincipal?.Identities.First().AddClaim(session.Clone());
                }

                return Task.CompletedTask;
            };
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(MayRead, p => Role(p, OfficeRoles.Reader))
            .AddPolicy(MayEdit, p => Role(p, OfficeRoles.Editor))
            .AddPolicy(MayPublish, p => Role(p, OfficeRoles.Publisher))
            .AddPolicy(MayAdminister, p => Role(p, OfficeRoles.Administrator));
        return services;

        static void Role(AuthorizationPolicyBuilder policy, string least) =>
            policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser()
                .RequireRole(OfficeRoles.All.SkipWhile(r => r != least));
    }

    /// <summary>The office's cookies.</summary>
    public static AuthenticationBuilder AddOfficeCookies(this AuthenticationBuilder builder)
    {
        builder.AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(o =>
            {
                o.Cookie.Name = "office-session";
                o.Cookie.Path = "/office";
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = SessionLength;
                o.SlidingExpiration = true;
                o.Events.OnValidatePrincipal = OfficeStamp.ValidateAsync;
                o.LoginPath = "/office/sign-in";
                o.AccessDeniedPath = null;
                // Signed in but without the role: the page that says so, not a way round by the sign-in.
                o.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
            foreach (var step in new[] { cookies.TwoFactorUserIdCookie!, cookies.TwoFactorRememberMeCookie!, cookies.ExternalCookie! })
            {
                step.Configure(o =>
                {
                    o.Cookie.Path = "/office";
                    o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                });
            }
        });
        return builder;
    }
}

/// <summary>Signs office accounts in, each time as a session of its own; a disabled one never.</summary>
public sealed class OfficeSignIn(
    OfficeUsers users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<OfficeAccount> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<OfficeAccount>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<OfficeAccount> confirmation,
    SurveyDb db,
    TimeProvider time) : SignInManager<OfficeAccount>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.DisabledAt is null && await base.CanSignInAsync(user);
    }

    /// <summary>Whether a password is right. The attempt counts before it is looked at; who knows the password gets it back, but wrong ones before it are forgotten only after the second step.</summary>
    public override async Task<SignInResult> CheckPasswordSignInAsync(OfficeAccount user, string password, bool lockoutOnFailure)
    {
        if (await PreSignInCheck(user) is { } refused)
        {
            return refused;
        }

        if (!await users.TakeAttemptAsync(user))
        {
            return SignInResult.LockedOut;
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);
            return SignInResult.Failed;
        }

        await users.GiveBackAsync(user);
        return SignInResult.Success;
    }

    /// <summary>A code of the authenticator as the second step; it counts before it is looked at.</summary>
    public override async Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        await MayTryAsync() ? await base.TwoFactorAuthenticatorSignInAsync(code, isPersistent, rememberClient) : SignInResult.Failed;

    /// <summary>A recovery code as the second step, under the same rules; the framework alone would let in a disabled or locked account and not count.</summary>
    public override async Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode)
    {
        if (!await MayTryAsync())
        {
            return SignInResult.Failed;
        }

        var answer = await base.TwoFactorRecoveryCodeSignInAsync(recoveryCode);
        if (!answer.Succeeded && await GetTwoFactorAuthenticationUserAsync() is { } account)
        {
            await users.AccessFailedAsync(account);
        }

        return answer;
    }

    private async Task<bool> MayTryAsync() =>
        await GetTwoFactorAuthenticationUserAsync() is { } account && await PreSignInCheck(account) is null && await users.TakeAttemptAsync(account);

    /// <summary>
    /// Makes a passkey's answer the sign-in of its account, past the second factor. A disabled or locked account and one that is to be set up anew are refused. An answer signs in once: the session is named after what was asked
    /// (256 random bits), so that a second one of the same answer finds its place taken, even after it has ended.
    /// </summary>
    public override async Task<SignInResult> PasskeySignInAsync(string credentialJson)
    {
        var answer = await AssertedAsync(credentialJson);
        if (answer is not { Succeeded: true, User: { TwoFactorEnabled: true } account, Passkey: { IsUserVerified: true } passkey } || await PreSignInCheck(account) is not null
            || !(await UserManager.AddOrUpdatePasskeyAsync(account, passkey)).Succeeded)
        {
            return SignInResult.Failed;
        }

        try
        {
            begun = await OfficeSessions.BeginAsync(db, account.Id, Context.Request.Headers.UserAgent, time.GetUtcNow().UtcDateTime, AskedIn(credentialJson));
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await db.OfficeSessions.AsNoTracking().AnyAsync(s => s.Id == AskedIn(credentialJson), Context.RequestAborted))
            {
                throw;
            }

            return SignInResult.Failed;
        }

        Passed = account;
        await UserManager.ResetAccessFailedCountAsync(account);
        return await SignInOrTwoFactorAsync(account, isPersistent: false, bypassTwoFactor: true);
    }

    /// <summary>The account that a passkey has signed in on this request.</summary>
    public OfficeAccount? Passed { get; private set; }

    /// <summary>The session that a passkey has begun on this request.</summary>
    private string? begun;

    /// <summary>128 bits, hexadecimal, of the hash of what a passkey's answer says it was asked.</summary>
    private static string AskedIn(string credentialJson)
    {
        using var credential = JsonDocument.Parse(credentialJson);
        using var client = JsonDocument.Parse(Base64Url.DecodeFromChars(credential.RootElement.GetProperty("response").GetProperty("clientDataJSON").GetString()));
        return Convert.ToHexStringLower(SHA256.HashData(Base64Url.DecodeFromChars(client.RootElement.GetProperty("challenge").GetString())).AsSpan(0, 16));
    }

    /// <summary>The passkey that a device made for this account; null when it is not what was asked for, or nothing was.</summary>
    public async Task<UserPasskeyInfo?> MadePasskeyAsync(OfficeAccount account, string? credentialJson)
    {
        ArgumentNullException.ThrowIfNull(account);
        try
        {
            return credentialJson is { Length: > 0 } && await PerformPasskeyAttestationAsync(credentialJson) is { Succeeded: true } made && made.UserEntity.Id == account.Id ? made.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked for in this browser in the last minutes.
            return null;
        }
    }

    private async Task<PasskeyAssertionResult<OfficeAccount>?> AssertedAsync(string? credentialJson)
    {
        try
        {
            return credentialJson is { Length: > 0 } ? await PerformPasskeyAssertionAsync(credentialJson) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public override async Task SignInWithClaimsAsync(OfficeAccount user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(user);
        var now = time.GetUtcNow().UtcDateTime;
        // Refreshing a session (another language, another password) is no new one.
        var id = begun ?? (Context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value == user.Id && await OfficeSessions.IsOpenAsync(db, Context.User, now, Context.RequestAborted)
            ? Context.User.FindFirst(OfficeSessions.Claim)!.Value
            : await OfficeSessions.BeginAsync(db, user.Id, Context.Request.Headers.UserAgent, now));
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims.Append(new(OfficeSessions.Claim, id)));
    }

    public override async Task SignOutAsync()
    {
        if (Context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value is { } account)
        {
            await OfficeSessions.EndAsync(db, account, Context.User.FindFirst(OfficeSessions.Claim)?.Value, time.GetUtcNow().UtcDateTime, Context.RequestAborted);
        }

        await base.SignOutAsync();
    }
}
