using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Imports;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Imports;

[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
public sealed class AnswersExportTests(DatabaseKind kind)
{
    [Test]
    public async Task Counted_answers_come_out_in_one_order_and_no_cell_is_a_formula()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using (var db = database.Open())
        {
            await OpenIndex.MakeRoundsAsync(db, "2015");
            const string Csv = "year,place_id,place_name,dataset,score,openlicense,uptodate\n2015,de,Germany,map,45,No,Unsure\n2015,ar,=Argentina(),map,95,,\n2015,ar,=Argentina(),budget,0,Yes,\n2015,fr,France,map,45,No,Unsure\n";
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(Csv));
            var mapping = AnswersMapping.Parse(OpenIndex.Text("mapping-by-code.yaml"), "m").Value!;
            var imported = await AnswersImport.RunAsync(db, file, mapping, new(), OpenIndex.Moment);
            Assert.That(imported.Problems, Is.Empty);
            await db.Responses.Where(r => r.Invitation!.Country == "FR").ExecuteUpdateAsync(r => r.SetProperty(x => x.Review, ReviewState.SetAside));
        }

        await using var read = database.Open();
        using var written = new MemoryStream();
        var counts = await AnswersExport.WriteAsync(read, await read.Rounds.SingleAsync(), written);

        Assert.That(counts, Is.EqualTo((2, 6)));
        Assert.That(written.ToArray().AsSpan(0, 3).ToArray(), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        Assert.That(Encoding.UTF8.GetString(written.ToArray())[1..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            "round,organisation,name,country,region,type,discreet,mode,language,version,submitted,point,question,choice,number,text",
            "2015,ar,\"'=Argentina()\",AR,americas,,no,import,en,1,2026-03-01T12:00:00Z,budget,open-licence,yes,,",
            "2015,ar,\"'=Argentina()\",AR,americas,,no,import,en,1,2026-03-01T12:00:00Z,budget,state,very-low,,",
            "2015,ar,\"'=Argentina()\",AR,americas,,no,import,en,1,2026-03-01T12:00:00Z,map,state,very-high,,",
            "2015,de,Germany,DE,europe,,no,import,en,1,2026-03-01T12:00:00Z,map,open-licence,no,,",
            "2015,de,Germany,DE,europe,,no,import,en,1,2026-03-01T12:00:00Z,map,state,middle,,",
            "2015,de,Germany,DE,europe,,no,import,en,1,2026-03-01T12:00:00Z,map,up-to-date,dont-know,,",
        }));
    }
}
