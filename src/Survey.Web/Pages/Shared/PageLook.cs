using Microsoft.AspNetCore.Mvc.Rendering;
using Survey.Domain.Responses;

namespace Survey.Web.Pages.Shared;

/// <summary>What a page tells the frame around it. Filled by the page's view before the frame is made.</summary>
public sealed class PageLook
{
    private static readonly object Key = new();

    /// <summary>The page's title, in words; the network's name is added.</summary>
    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>Which of the three parts of the site it belongs to: <c>public</c>, <c>member</c> or <c>office</c>.</summary>
    public string Kind { get; set; } = "public";

    /// <summary>Whether the page shows what was made from the sample network, which it then says.</summary>
    public bool IsSample { get; set; }

    /// <summary>The same page in other languages: code and address.</summary>
    public IReadOnlyList<(string Language, string Address)> Alternates { get; set; } = [];

    /// <summary>Where the language menu leads for languages that do not have this page. Search engines are not told of these.</summary>
    public IReadOnlyList<(string Language, string Address)> Elsewhere { get; set; } = [];

    /// <summary>The page's permanent address with the site's name, for search engines and who shares it; null where it has none.</summary>
    public string? Canonical { get; set; }

    /// <summary>The address that leads every reader to the page in their own language; null where there is none.</summary>
    public string? DefaultAddress { get; set; }

    /// <summary>What addresses of this page begin with where they must be whole; null leaves them as they are.</summary>
    public string? Site { get; set; }

    /// <summary>The picture that stands for this page where it is shared; null where it has none.</summary>
    public PagePicture? Picture { get; set; }

    /// <summary>After how many seconds a browser without script loads the page again.</summary>
    public int? RefreshSeconds { get; set; }

    /// <summary>Addresses of style sheets that this page needs beside the site's own.</summary>
    public IList<string> Styles { get; } = [];

    /// <summary>Scripts of <c>wwwroot</c>; each only improves a page that works without.</summary>
    public IList<string> Scripts { get; } = [];

    /// <summary>For survey pages: the organisation that the page is about, and where "finish" and the language buttons lead.</summary>
    public string? Organisation { get; set; }

    /// <summary>Whether the office looks at a survey page as a member would.</summary>
    public bool IsPreview { get; set; }

    /// <summary>For survey pages that the office fills in for the member: how the answers came to it.</summary>
    public ResponseMode? FillsIn { get; set; }

    /// <summary>Where the office goes back to from a page that it fills in.</summary>
    public string? OfficeAddress { get; set; }

    /// <summary>The id of the form that the language buttons send, so that nothing typed is lost; null where the page has none.</summary>
    public string? FormId { get; set; }

    /// <summary>Whether "finish" saves that form first, because it may hold typed words.</summary>
    public bool SavesOnFinish { get; set; }

    /// <summary>Where to send what was changed after sending; null where nothing was, or where the page says so itself.</summary>
    public string? UnsentAddress { get; set; }

    /// <summary>The survey's contents page.</summary>
    public string? HomeAddress { get; set; }

    /// <summary>For pages of a response: what their script goes by. Null leaves the page without it.</summary>
    public ResponseLine? Line { get; set; }

    /// <summary>The look of the page being made.</summary>
    public static PageLook Of(ViewContext view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Of(view.HttpContext);
    }

    /// <summary>The look of the page that answers this request.</summary>
    public static PageLook Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items[Key] is PageLook look)
        {
            return look;
        }

        var made = new PageLook();
        context.Items[Key] = made;
        return made;
    }

    /// <summary>A page without what was said so far, for the error page that takes the place of another.</summary>
    public static PageLook Anew(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items.Remove(Key);
        return Of(context);
    }
}

/// <summary>A picture that stands for a page elsewhere: its whole address, what it shows in words, and its size in pixels.</summary>
public sealed record PagePicture(string Address, string Alternative, int Width, int Height);
