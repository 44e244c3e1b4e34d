using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Pages.Shared;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// What every page of one response begins with: the session must hold the response named in the address, else the page that says "open your link".
/// Reading is possible as long as the link is; writing only while the round takes answers. Shortly after the close it still takes what was begun before: the mark
/// that says when a page was made is handed on from page to page, in forms and in addresses, so that check and send work too.
/// </summary>
public abstract class MemberPage(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks) : PageModel
{
    /// <summary>The mark of a page loaded before the close, while it still opens the round.</summary>
    private string? _kept;

    protected SurveyDb Db => db;

    protected PageTexts Texts => texts;

    /// <summary>The moment of this request, UTC.</summary>
    protected DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    /// <summary>The response that the page is about.</summary>
    public HeldResponse Held { get; private set; } = null!;

    public RoundForm Form { get; private set; } = null!;

    /// <summary>The draft as it is stored.</summary>
    public AnswerSheet Sheet { get; protected set; } = AnswerSheet.Of([]);

    /// <summary>Whether the round takes answers now.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The address of the response, below which its pages are.</summary>
    public string Root => $"/a/r/{Held.PublicId:D}";

    /// <summary>Whether something was changed after it was last sent.</summary>
    public bool HasUnsentChanges => Held.Response is { Version: > 0, HasUnsentChanges: true };

    /// <summary>The moment at which this page was made (after the close: the page before the close that led here), in a form that only this site can write.</summary>
    public string LoadedMark => _kept ?? marks.Of(Held.PublicId, Now);

    /// <summary>The address of one of the response's pages; empty is the contents.</summary>
    public string To(string path = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        var address = path.Length > 0 ? $"{Root}/{path}" : Root;
        return _kept is null ? address : $"{address}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{AnswerForm.Loaded}={Uri.EscapeDataString(_kept)}";
    }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var cancel = HttpContext.RequestAborted;
        if (!Guid.TryParse(RouteData.Values["response"] as string, out var id) || await session.FindAsync(User, id, cancel) is not { } held)
        {
            context.Result = KindPage.NoSession();
            return;
        }

        Held = held;
        if (held.Round.State is RoundState.Planned)
        {
            context.Result = KindPage.NotOpenYet();
            return;
        }

        var isWrite = HttpMethods.IsPost(Request.Method);
        IsOpen = held.Round.AcceptsAnswersAt(Now);
        var mark = isWrite ? Asked(AnswerForm.Loaded) : Request.Query[AnswerForm.Loaded].ToString();
        if (!IsOpen && held.Round.AcceptsAnswersAt(Now, marks.LoadedAt(mark, held.PublicId)))
        {
            (IsOpen, _kept) = (true, mark);
        }

        if (isWrite && !IsOpen && !IsAlwaysAllowed)
        {
            context.Result = KindPage.Closed();
            return;
        }

        Form = await forms.OfAsync(db, held.Round.Id, cancel);
        PageLook.Of(HttpContext).Line = ResponseLine.Of(Held.PublicId, Form);
        if (held.Response is { } response)
        {
            Sheet = AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == response.Id).ToListAsync(cancel));
        }

        await base.OnPageHandlerExecutionAsync(context, next);
    }

    /// <summary>Whether this post writes no answer and so may come after the close.</summary>
    protected virtual bool IsAlwaysAllowed => Asked(AnswerForm.Then)?.StartsWith("speak-", StringComparison.Ordinal) == true && !Request.Form.ContainsKey(AnswerForm.On);

    /// <summary>A field of the form, or null.</summary>
    protected string? Asked(string field) => Request.HasFormContentType && Request.Form.TryGetValue(field, out var value) ? value.ToString() : null;

    /// <summary>The language that the form asks to go on in, if it does.</summary>
    protected string? AskedLanguage => Asked(AnswerForm.Then) is { } then && then.StartsWith("speak-", StringComparison.Ordinal) && texts.Languages.FirstOrDefault(l => l.Language == then[6..]) is { } found ? found.Language : null;

    /// <summary>Switches the session and the rest of this page to a language.</summary>
    protected async Task SpeakAsync(string language)
    {
        await MemberSession.SpeakAsync(HttpContext, language);
        texts.Use(language);
    }
}
