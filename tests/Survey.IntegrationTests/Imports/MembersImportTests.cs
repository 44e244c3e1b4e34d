using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Imports;

[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
public sealed class MembersImportTests(DatabaseKind kind)
{
    private const string List = "code,name,country,email,contact\na1,Hope Centre,Kenya,ann@example.org,Ann\na1,Hope Centre,Kenya,bo@example.org,Bo\nb2,Casa del Migrante,Bolivia,,\n";
    private static readonly string[] Languages = ["en", "fr"];
    private static readonly PlaceMatcher Places = new(RegionScheme.Parse(OpenIndex.Text("regions.yaml"), "regions.yaml").Value!);

    [Test]
    public async Task Whom_members_took_off_stays_off_and_whom_they_added_stays()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await ImportAsync(database, List);
        var at = new DateTime(2026, 5, 4, 0, 0, 0, DateTimeKind.Utc);
        await using (var before = database.Open())
        {
            await before.Contacts.Where(c => c.Name == "Bo").ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAt, at));
            await before.Organisations.Where(o => o.Code == "a1").ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, true));
            before.Contacts.Add(new() { OrganisationId = await before.Organisations.Where(o => o.Code == "a1").Select(o => o.Id).SingleAsync(), Name = "Cy", Email = "cy@example.org", EmailFolded = "cy@example.org", IsAddedByMember = true, CreatedAt = at });
            await before.SaveChangesAsync();
        }

        var again = await ImportAsync(database, List.Replace(",Bo\n", ",Robert\n", StringComparison.Ordinal));
        Assert.That((again.Changed, again.Notices.Select(n => n.Code)), Is.EqualTo((0, new[] { "members.removed-contact" })));
        await using var db = database.Open();
        var hope = await db.Organisations.Include(o => o.Contacts).SingleAsync(o => o.Code == "a1");
        Assert.That(hope.Contacts.OrderBy(c => c.EmailFolded).Select(c => (c.Name, c.RemovedAt is null)), Is.EqualTo(new[] { ("Ann", true), ("Bo", false), ("Cy", true) }));
        Assert.That(hope.IsTreatedDiscreetly, Is.True, "The organisation's own choice is not the file's.");
    }

    [Test]
    public async Task Members_are_added_changed_and_left_as_they_are()
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        var trial = await ImportAsync(database, List, ImportWrites.Nothing);
        var bad = await ImportAsync(database, List + "c3,Nowhere,Atlantis,,\n");
        var empty = await CountsAsync(database);
        var first = await ImportAsync(database, List);
        var again = await ImportAsync(database, List);
        var changed = await ImportAsync(database, "code,name,country,email,contact\nA1,Hope House,Kenya,ann@example.org,Anne\n");

        Assert.That((trial.IsWritten, trial.Added), Is.EqualTo((false, 2)));
        Assert.That((bad.IsWritten, bad.Problems.Single().Where), Is.EqualTo((false, "line 5, column 'country'")));
        Assert.That(empty, Is.EqualTo((0, 0)));
        Assert.That((first.IsWritten, first.Added), Is.EqualTo((true, 2)));
        Assert.That((again.Added, again.Changed, again.Unchanged), Is.EqualTo((0, 0, 2)));
        Assert.That((changed.Added, changed.Changed, changed.Unchanged), Is.EqualTo((0, 1, 0)));
        Assert.That(await CountsAsync(database), Is.EqualTo((2, 2)));
        await using var db = database.Open();
        var hope = await db.Organisations.Include(o => o.Contacts).SingleAsync(o => o.Code == "a1");
        Assert.That((hope.Name, hope.NameFolded, hope.Country), Is.EqualTo(("Hope House", "hope house", "KE")));
        Assert.That(hope.Contacts.OrderBy(c => c.EmailFolded).Select(c => c.Name), Is.EqualTo(new[] { "Anne", "Bo" }));
    }

    private static async Task<(int Organisations, int Contacts)> CountsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Organisations.CountAsync(), await db.Contacts.CountAsync());
    }

    private static async Task<MembersImported> ImportAsync(TestDatabase database, string csv, ImportWrites writes = ImportWrites.Everything)
    {
        await using var db = database.Open();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return await MembersImport.RunAsync(db, file, Places, [], Languages, writes, OpenIndex.Moment);
    }
}
