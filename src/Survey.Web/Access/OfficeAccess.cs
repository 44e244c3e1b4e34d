using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// How the office signs in. In order: a one-time link from <c>./progress office add</c> lets a person choose a password and set up an authenticator;
/// after that each sign-in asks for both; a disabled account is refused at each step. Roles include the lesser ones, and every page
/// below <c>/office</c> asks for one, but for the pages that lead in.
/// </summary>
public static class OfficeAccess
{
    /// <summary>Policies by the least role that they ask for.</summary>
    public const string MayRead = "office-reader", MayEdit = "office-editor", MayPublish = "office-publisher";

    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(8);

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
            .AddClaimsPrincipalFactory<OfficeClaims>()
            .AddSignInManager<OfficeSignIn>()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthorizationBuilder()
            .AddPolicy(MayRead, p => Role(p, OfficeRoles.Reader))
            .AddPolicy(MayEdit, p => Role(p, OfficeRoles.Editor))
            .AddPolicy(MayPublish, p => Role(p, OfficeRoles.Publisher));
        return services;

        static void Role(AuthorizationPolicyBuilder policy, string least) =>
            policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser()
                .RequireRole(OfficeRoles.All.SkipWhile(r => r != least));
    }

    /// <summary>The office's cookies.</summary>
    public static Microsoft.AspNetCore.Authentication.AuthenticationBuilder AddOfficeCookies(this Microsoft.AspNetCore.Authentication.AuthenticationBuilder builder)
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

/// <summary>Signs office accounts in; a disabled one never.</summary>
public sealed class OfficeSignIn(
    UserManager<OfficeAccount> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<OfficeAccount> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<OfficeAccount>> logger,
    Microsoft.AspNetCore.Authentication.IAuthenticationSchemeProvider schemes,
    IUserConfirmation<OfficeAccount> confirmation) : SignInManager<OfficeAccount>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.DisabledAt is null && await base.CanSignInAsync(user);
    }
}
