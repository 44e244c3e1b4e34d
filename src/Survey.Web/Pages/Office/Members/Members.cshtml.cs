using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Members;

/// <summary>The members, found by name, place and status; adds a selection to the round that is open.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MembersModel(SurveyDb db, RoundForms forms, Installation installation, TimeProvider time) : PageModel
{
    public MemberTerms Terms { get; private set; } = null!;

    public MemberList List { get; private set; } = null!;

    public MemberFilter Filter { get; private set; } = null!;

    /// <summary>The round that takes answers now, or null.</summary>
    public SurveyRound? Round { get; private set; }

    /// <summary>How many were just added to the round; null when none were asked for.</summary>
    public int? Joined { get; private set; }

    /// <summary>Adding was asked for without a choice.</summary>
    public bool LacksChoice { get; private set; }

    /// <summary>Whether there is no member at all.</summary>
    public bool IsEmpty => List.Total == 0 && Filter.IsEmpty;

    public async Task OnGetAsync(string? find, string? country, string? region, MemberStatus status, int number, int? joined, CancellationToken cancel)
    {
        await ShowAsync(find, country, region, status, number, cancel);
        Joined = joined;
    }

    public async Task<IActionResult> OnPostAsync(string? find, string? country, string? region, MemberStatus status, int number, int[] chosen, CancellationToken cancel)
    {
        await ShowAsync(find, country, region, status, number, cancel);
        if (Round is null)
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        if (chosen.Length == 0)
        {
            LacksChoice = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var form = await forms.OfAsync(db, Round.Id, cancel);
        var joined = await RoundJoining.AddAsync(db, Round, form.Places, chosen, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, cancel);
        return Redirect(Address(List.Page, joined));
    }

    /// <summary>The list's address with this filter, on another page of it.</summary>
    public string Address(int page, int? joined = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["find"] = Filter.Find,
            ["country"] = Filter.Country,
            ["region"] = Filter.Region,
            ["status"] = Filter.Status is MemberStatus.All ? "" : Filter.Status.ToString(),
            ["number"] = page == 1 ? "" : page.ToString(CultureInfo.InvariantCulture),
            ["joined"] = joined?.ToString(CultureInfo.InvariantCulture),
        };
        return "/office/members" + QueryString.Create(query.Where(q => !string.IsNullOrEmpty(q.Value)));
    }

    private async Task ShowAsync(string? find, string? country, string? region, MemberStatus status, int number, CancellationToken cancel)
    {
        Terms = await OpenRound.TermsAsync(db, forms, installation, cancel);
        Round = await OpenRound.OfAsync(db, time.GetUtcNow().UtcDateTime, cancel);
        Filter = new(DoorText.Clean(find ?? "").Trim(), Terms.Regions.Country(country ?? "")?.Code ?? "", Terms.Regions.Region(region ?? "")?.Slug ?? "", Enum.IsDefined(status) ? status : MemberStatus.All);
        List = await MemberList.OfAsync(db, Filter, Terms.Regions, Round, number, cancel);
    }
}
