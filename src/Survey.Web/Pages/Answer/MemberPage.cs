using Microsoft.AspNetCore.Antiforgery;
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
/// that says when a page was made is handed on from page to page, in forms and in addresses, so that check and send work too. Whatever the reason for which a
/// form is refused, what was typed into it is shown again.
/// </summary>
[IgnoreAntiforgeryToken]
public abstract class MemberPage(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks) : PageModel
{
    /// <summary>The mark of a page loaded before the close, while it still opens the round.</summary>
    private string? _kept;

    /// <summary>The status that says why the form cannot be read, or null when it can.</summary>
    private int? _unreadable;

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

    /// <summary>The moment at which the newest version was sent, or changed by withdrawing a consent: what its PDF copy says too. Null when nothing was sent.</summary>
    protected async Task<DateTime?> SentAtAsync(CancellationToken cancel)
    {
        var (id, version) = (Held.Response?.Id, Held.Response?.Version);
        return await db.Submissions.Where(s => s.ResponseId == id && s.Version == version).Select(s => (DateTime?)s.SubmittedAt).SingleOrDefaultAsync(cancel) ?? Held.Response?.SubmittedAt;
    }

    /// <summary>The address of the response, below which its pages are.</summary>
    public string Root => $"/a/r/{Held.PublicId:D}";

    /// <summary>What the page says once the round takes no answers: who began and never sent must know that nothing counts.</summary>
    public string ClosedWords => Held.Response is { Version: 0 } ? "member.closedUnsent" : "member.closed";

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

    // Before the handler's arguments are bound, which would read the form in the framework's way. Not a handler itself, which the name would make of it, for a method PAGE.
    [NonHandler]
    public override async Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        if (HttpMethods.IsPost(Request.Method) && Request.HasFormContentType)
        {
            var (form, status) = await StrictForm.ReadAsync(Request, WebSetup.LargestForm, HttpContext.RequestAborted);
            _unreadable = form is null ? status : null;
        }

        await base.OnPageHandlerSelectionAsync(context);
    }

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (await RefusalAsync(HttpContext.RequestAborted) is { } refusal)
        {
            context.Result = refusal;
            return;
        }

        var look = PageLook.Of(HttpContext);
        (look.Organisation, look.HomeAddress, look.IsSample) = (Held.Invitation.Name, To(), Held.Round.IsSample);
        (look.FillsIn, look.OfficeAddress) = (Held.Mode, Held.Mode is null ? null : $"/office/rounds/{Held.Round.Slug}/responses");
        look.UnsentAddress = IsOpen && HasUnsentChanges ? To("check") : null;
        await base.OnPageHandlerExecutionAsync(context, next);
    }

    /// <summary>Finds the response and reads its draft; or says why this request gets nothing of it.</summary>
    private async Task<IActionResult?> RefusalAsync(CancellationToken cancel)
    {
        var isWrite = HttpMethods.IsPost(Request.Method);
        if (_unreadable is not null)
        {
            await ReadLooselyAsync(cancel);
        }

        var id = Guid.Parse((string)RouteData.Values["response"]!);
        var mark = isWrite ? Asked(AnswerForm.Loaded) : Request.Query[AnswerForm.Loaded].ToString();
        var loadedAt = marks.LoadedAt(mark, id);
        if (_unreadable is { } status)
        {
            await KeepAsync(loadedAt is not null, maySend: false, null, cancel);
            return new StatusCodeResult(status);
        }

        var held = await session.FindAsync(User, id, cancel);
        if (held is null)
        {
            await KeepAsync(isWrite && loadedAt is not null, maySend: true, null, cancel);
            return KindPage.NoSession();
        }

        Held = held;
        if (held.IsPreview)
        {
            return await PreviewAsync();
        }

        if (held.Round.State is RoundState.Planned)
        {
            return KindPage.NotOpenYet();
        }

        IsOpen = held.AcceptsAnswersAt(Now);
        if (!IsOpen && held.AcceptsAnswersAt(Now, loadedAt))
        {
            (IsOpen, _kept) = (true, mark);
        }

        if (isWrite && !IsOpen && !IsAlwaysAllowed)
        {
            await KeepAsync(loadedAt is not null, maySend: false, held.Round, cancel);
            return KindPage.Closed();
        }

        // Checked here and not by the framework, so that nothing typed is lost when the token is too old.
        if (isWrite && !await HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(HttpContext))
        {
            await KeepAsync(loadedAt is not null, maySend: true, held.Round, cancel);
            return loadedAt is null ? new StatusCodeResult(StatusCodes.Status400BadRequest) : KindPage.Again();
        }

        Form = await forms.OfAsync(db, held.Round.Id, cancel);
        PageLook.Of(HttpContext).Line = ResponseLine.Of(Held.PublicId, Form);
        if (held.Response is { } response)
        {
            Sheet = AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == response.Id).ToListAsync(cancel));
        }

        return null;
    }

    /// <summary>
    /// A page of the office's preview: the round's own templates as they are now, an open round, and no answers. A form is checked and comes back with its problems or
    /// leads on as a member's would, but the page's own handler, which writes, never runs.
    /// </summary>
    private async Task<IActionResult?> PreviewAsync()
    {
        (IsOpen, Form) = (true, new RoundForm(RoundDefinition.Of(Held.Round)));
        Held.Invitation.Name = texts["preview.organisation"];
        PageLook.Of(HttpContext).IsPreview = true;
        if (!IsInPreview)
        {
            return Redirect(To());
        }

        if (!HttpMethods.IsPost(Request.Method))
        {
            return null;
        }

        if (!await HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status400BadRequest);
        }

        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
            return Redirect(Request.Path);
        }

        return Asked(AnswerForm.Then) == AnswerForm.Finish ? await FinishAsync() : Previewed();
    }

    /// <summary>Whether the office can look at this page before there is any response.</summary>
    protected virtual bool IsInPreview => false;

    /// <summary>Where a form leads that was sent in a preview.</summary>
    protected virtual IActionResult Previewed() => Redirect(To());

    /// <summary>Reads of a broken form what can be read, to show it and for nothing else.</summary>
    private async Task ReadLooselyAsync(CancellationToken cancel)
    {
        try
        {
            await Request.ReadFormAsync(cancel);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            Request.Form = FormCollection.Empty;
        }
    }

    /// <summary>Hands what was typed on to the page that refuses it, in the language of the page that it was typed on.</summary>
    private async Task KeepAsync(bool isOurs, bool maySend, SurveyRound? round, CancellationToken cancel)
    {
        if (!isOurs)
        {
            return;
        }

        if (texts.Languages.FirstOrDefault(l => l.Language == Asked(AnswerForm.Language)) is { } language)
        {
            texts.Use(language.Language);
        }

        var slug = Asked(AnswerForm.Round);
        var roundId = round?.Id ?? await db.Rounds.Where(r => r.Slug == slug && r.State != RoundState.Planned).Select(r => r.Id).FirstOrDefaultAsync(cancel);
        var form = roundId == 0 ? null : await forms.OfAsync(db, roundId, cancel);
        var part = RouteData.Values["section"] is string section ? form?.Part(section, RouteData.Values["point"] as string) : null;
        KeptForm.Of(Request, texts, form, part, maySend).Keep(HttpContext);
    }

    /// <summary>Whether this post writes no answer and so may come after the close.</summary>
    protected virtual bool IsAlwaysAllowed => Asked(AnswerForm.Then)?.StartsWith("speak-", StringComparison.Ordinal) == true && !Request.Form.ContainsKey(AnswerForm.On);

    /// <summary>Ends the session, tells the browser to forget what it kept, and leads to the page that says what is left to do.</summary>
    protected Task<IActionResult> FinishAsync() => FinishModel.RunAsync(HttpContext, session, Now);

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
