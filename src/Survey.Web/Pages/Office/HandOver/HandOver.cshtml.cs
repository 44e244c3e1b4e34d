using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Office.Accounts;

namespace Survey.Web.Pages.Office.HandOver;

/// <summary>
/// For who takes over from a colleague: what is open, who is who, and what lies outside this site. Colleagues' addresses are for publishers and administrators, as the
/// record of processing says; others see how many people have which role.
/// </summary>
public sealed class HandOverModel(SurveyDb db, RoundForms forms, TimeProvider time) : PageModel
{
    /// <summary>What lies outside this site; the words are <c>handOver.outside.NAME</c>.</summary>
    public static readonly IReadOnlyList<string> Outside = ["machine", "settings", "auditKey", "erasures", "backups", "mail", "account"];

    /// <summary>The moment of this request, UTC.</summary>
    public DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    public IReadOnlyList<TaskGroup> Groups { get; private set; } = [];

    /// <summary>All accounts, for publishers and administrators; else none.</summary>
    public IReadOnlyList<AccountLine> Accounts { get; private set; } = [];

    /// <summary>How many people of each role can sign in, from the least to the most.</summary>
    public IReadOnlyList<(string Role, int People)> Roles { get; private set; } = [];

    /// <summary>Whether any round is made from the sample network.</summary>
    public bool HasSample { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var rounds = (await db.Rounds.AsNoTracking().ToListAsync(cancel)).OrderByDescending(r => r.Slug, StringComparer.Ordinal).ToList();
        var accounts = await AccountLine.AllAsync(db, null, time.GetUtcNow(), cancel);
        HasSample = rounds.Exists(r => r.IsSample);
        Groups = await new OpenTasks(db, forms, User, Now).OfAsync(rounds, accounts, cancel);
        Accounts = OfficeMay.Publish(User) ? accounts : [];
        Roles = [.. OfficeRoles.All.Select(role => (role, accounts.Count(a => a.CanSignIn && a.Role == role))).Where(r => r.Item2 > 0)];
    }
}
