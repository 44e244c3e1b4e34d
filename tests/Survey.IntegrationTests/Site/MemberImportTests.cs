using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office imports its list over the site: looks first, and what it confirms is what it saw.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class MemberImportTests(DatabaseKind kind) : OpenRoundFixture(kind)
{
    private const string Page = "/office/members/import";

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    private static Task<SeenPage> UploadAsync(HttpClient person, string csv) => UploadAsync(person, Encoding.UTF8.GetBytes(csv));

    private static async Task<SeenPage> UploadAsync(HttpClient person, byte[]? file)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in (await SeenPage.GetAsync(person, Page)).Fields("upload").Where(f => f.Key != "file"))
        {
            form.Add(new StringContent(value), name);
        }

        if (file is not null)
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, "file", "list");
        }

        return await SeenPage.ReadAsync(person, await person.PostAsync(Page, form));
    }

    [Test]
    public async Task A_list_is_shown_field_by_field_and_written_as_shown_with_its_new_members_in_the_open_round()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        Assert.That((await SeenPage.GetAsync(editor, Page)).Words, Does.Contain("faith-based Faith-based organisation").And.Contain("ar العربية").And.Contain("KE Kenya"), "The codes that a list may use.");
        var first = await UploadAsync(editor, "code,name,country,language,email,contact\nim-1,Import One,KE,en,one@import.example,Ann\nim-2,Import Two,SN,fr,,\n");
        Assert.That(first.Path, Does.StartWith(Page + "/"), first.Words);
        Assert.That(first.Words, Does.Contain("Nothing is written yet.").And.Contain("2 organisations are added").And.Contain("Import One").And.Contain("Ann · one@import.example").And.Contain("Kenya"));
        await using (var db = site.Open())
        {
            Assert.That(await db.Organisations.CountAsync(o => o.Code.StartsWith("im-")), Is.Zero);
        }

        var done = await first.SendAsync("import", ("join", "true"));
        Assert.That(done.Words, Does.Contain("2 organisations were added. 0 were changed.").And.Contain("2 were added to the open round."));
        Assert.That((await first.SendAsync("import")).Status, Is.EqualTo(HttpStatusCode.NotFound), "a second click imports nothing");

        var second = await UploadAsync(editor, "code,name,country,language,email,contact\nim-1,Import Uno,KE,es,one@import.example,Ann\nim-1,Import Uno,KE,,two@import.example,Bo\nim-2,Import Two,SN,,,\n");
        Assert.That(second.Words, Does.Contain("0 organisations are added").And.Contain("1 organisation changes").And.Contain("1 organisation in the list stays as it is"));
        Assert.That(second.Words, Does.Match("Name +Import One +Import Uno").And.Match("Language +English +Español").And.Contain("Bo <two@import.example>"));
        await second.SendAsync("import");
        await using var after = site.Open();
        var one = await after.Organisations.Include(o => o.Contacts).SingleAsync(o => o.Code == "im-1");
        Assert.That((one.Name, one.Language, one.Contacts.Count), Is.EqualTo(("Import Uno", "es", 2)));
        Assert.That(await after.Invitations.CountAsync(i => i.RoundId == round.Id && i.Organisation!.Code.StartsWith("im-")), Is.EqualTo(2));
        Assert.That(await after.AuditEntries.CountAsync(a => a.Action == "members.import" && a.Actor.StartsWith("office:")), Is.EqualTo(2));
        Assert.That(await after.MemberUploads.CountAsync(), Is.Zero, "lists are not kept");
    }

    [Test]
    public async Task Nothing_is_written_when_the_members_changed_in_between()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        await (await UploadAsync(editor, "code,name,country\nmove-1,Moving House,KE\n")).SendAsync("import");
        var shown = await UploadAsync(editor, "code,name,country\nmove-1,Moved House,KE\nmove-2,Other House,KE\n");
        await using var db = site.Open();
        await db.Organisations.Where(o => o.Code == "move-1").ExecuteUpdateAsync(s => s.SetProperty(o => o.Country, "UG"));
        var refused = await shown.SendAsync("import");
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Words, Does.Contain("The members changed since this page was made").And.Match("Country +Uganda +Kenya"));
        Assert.That(await db.Organisations.CountAsync(o => o.Code == "move-2"), Is.Zero);
        await refused.SendAsync("import");
        Assert.That(await db.Organisations.AsNoTracking().Where(o => o.Code == "move-1").Select(o => o.Name + o.Country).SingleAsync(), Is.EqualTo("Moved HouseKE"));
    }

    [Test]
    public async Task Every_wrong_row_of_a_workbook_is_named_with_its_cell_and_stops_the_import()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        using var file = Workbooks.OfTexts(["name", "code", "country", "email"], ["Good House", "wb-1", "KE", "a@b.example"], ["Bad House", "wb-2", "Atlantis", "nobody"]);
        var page = await UploadAsync(editor, file.ToArray());
        Assert.That(page.Words, Does.Contain("2 places in the list are wrong").And.Contain("Cell C3 (column “country”)").And.Contain("Atlantis").And.Contain("Cell D3 (column “email”)").And.Contain("This is no e-mail address."));
        Assert.That(page.Html, Does.Not.Contain("id=\"import\""));
        var dropped = await page.SendAsync("drop");
        Assert.That(dropped.Path, Is.EqualTo(Page));
        await using var db = site.Open();
        Assert.That(await db.Organisations.CountAsync(o => o.Code.StartsWith("wb-")) + await db.MemberUploads.CountAsync(), Is.Zero);
    }

    [TestCase("", "Choose a file first.")]
    [TestCase("name\u0000,country", "signs that no text has")]
    [TestCase("%PDF-1.7", "no table that can be read")]
    [TestCase("name,name\na,b", "Two columns have this name.")]
    [TestCase("big", "larger than 2 MB")]
    [TestCase("rows", "more than 10,000 rows")]
    public async Task Files_that_are_no_member_list_are_refused_in_words(string file, string words)
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        var bytes = file switch
        {
            "" => null,
            "big" => new byte[2_000_001],
            "rows" => Encoding.UTF8.GetBytes("name,country\n" + string.Concat(Enumerable.Repeat("Row House,KE\n", 10_001))),
            _ => Encoding.UTF8.GetBytes(file),
        };
        var page = await UploadAsync(editor, bytes);
        Assert.That((page.Status, page.Words.Contains(words, StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), page.Words);
        await using var db = site.Open();
        Assert.That(await db.MemberUploads.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task The_record_of_processing_says_controller_and_terms_in_each_language()
    {
        var reader = await PersonAsync(OfficeRoles.Reader);
        var page = await SeenPage.GetAsync(reader, "/office/privacy-record");
        // The terms of templates/network.yaml: 12, 6 and 72 months.
        Assert.That(page.Words, Does.Contain("Coordinating office of the Sample Network, 1 Example Street").And.Contain("Sample Data Protection Authority").And.Contain("6 years").And.Contain("6 months").And.Contain("12 months"));
        var file = await reader.GetAsync("/office/privacy-record?handler=File");
        Assert.That(file.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/markdown"));
        Assert.That(await file.Content.ReadAsStringAsync(), Does.StartWith("# Record of processing").And.Contain("## Readers of translations").And.Contain("the imprint of every report").And.Contain("- **Legal basis:** Legitimate interest"));
    }

    [Test]
    public async Task Readers_are_refused_and_an_upload_is_its_uploaders_alone()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await UploadAsync(editor, "name,country\nPrivate House,KE\n");
        Assert.That((await (await PersonAsync(OfficeRoles.Editor)).GetAsync(page.Path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var reader = await PersonAsync(OfficeRoles.Reader);
        Assert.That((await reader.GetAsync(Page)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await reader.GetAsync(page.Path)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await page.SendAsync("drop");
    }
}
