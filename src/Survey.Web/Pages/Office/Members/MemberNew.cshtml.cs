using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Imports;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Members;

/// <summary>Adds an organisation by hand. Without a code of the office's own it gets the one that an imported list would give it, so that a later import finds it.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberNewModel(SurveyDb db, RoundForms forms, Installation installation, TimeProvider time) : PageModel
{
    public MemberTerms Terms { get; private set; } = null!;

    public MemberFacts Facts { get; private set; } = null!;

    public string Code { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Terms = await OpenRound.TermsAsync(db, forms, installation, cancel);
        Facts = new("", "", "", Terms.Languages[0], false);
    }

    public async Task<IActionResult> OnPostAsync(string? code, string? name, string? country, string? type, string? language, bool discreet, CancellationToken cancel)
    {
        Terms = await OpenRound.TermsAsync(db, forms, installation, cancel);
        Facts = MemberFacts.Typed(name, country, type, language, discreet);
        Code = DoorText.Clean(code ?? "").Trim();
        var problems = Facts.Problems(Terms, null);
        if (Code.Length > 0 && (Code.Length > OrganisationIndex.LongestCode || !OrganisationCode.IsOne(Code)))
        {
            problems["code"] = "code";
        }

        if (problems.Count == 0)
        {
            await LookForSameAsync(problems, cancel);
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var now = time.GetUtcNow().UtcDateTime;
        var organisation = new Organisation { Code = StoredCode, Name = "", NameFolded = "", Country = Facts.Country, CreatedAt = now };
        Facts.WriteTo(organisation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Organisations.Add(organisation);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // The same form sent twice at once: the code is unique.
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        db.Record(now, OfficeActor.Of(User), "organisation.add", FormattableString.Invariant($"organisation:{organisation.Id}"), Facts.Name);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(FormattableString.Invariant($"/office/members/{organisation.Id}?done=added"));
    }

    private string StoredCode => Code.Length > 0 ? Code : OrganisationIndex.CodeOf(Facts.Name, Facts.Country);

    private async Task LookForSameAsync(Dictionary<string, string> problems, CancellationToken cancel)
    {
        var (folded, stored, given) = (FoldedText.Of(Facts.Name), StoredCode, Code);
        if (given.Length > 0 && await db.Organisations.AnyAsync(o => o.Code == given, cancel))
        {
            problems["code"] = "sameCode";
        }
        else if (await db.Organisations.AnyAsync(o => (o.NameFolded == folded && o.Country == Facts.Country) || o.Code == stored, cancel))
        {
            problems["name"] = "sameName";
        }
    }
}
