using Survey.Domain.Statistics;

namespace Survey.UnitTests.Statistics;

/// <summary>What holds for every count, tried over seeded random ones.</summary>
public sealed class StatisticsProperties
{
    private static IEnumerable<(int Positive, int Negative, int N)> Counts()
    {
        var random = new Random(20131004);
        for (int i = 0; i < 4000; i++)
        {
            int n = i < 300 ? 1 + (i / 30) : random.Next(1, random.Next(2, 12000));
            int positive = random.Next(0, n + 1);
            yield return (positive, random.Next(0, n - positive + 1), n);
        }
    }

    [Test]
    public void Largest_remainder_sums_to_100_and_stays_within_a_point_of_each_share()
    {
        var random = new Random(1);
        for (int i = 0; i < 4000; i++)
        {
            var counts = Enumerable.Range(0, random.Next(1, 9)).Select(_ => (long)(random.Next(3) == 0 ? 0 : random.Next(0, 500))).Append(1L).ToArray();
            var percents = LargestRemainder.Percents(counts);
            Assert.That(percents.Sum(), Is.EqualTo(100));
            for (int k = 0; k < counts.Length; k++)
            {
                Assert.That(Math.Abs(percents[k] - (100.0 * counts[k] / counts.Sum())), Is.LessThan(1));
                if (counts[k] == 0)
                {
                    Assert.That(percents[k], Is.Zero);
                }
            }
        }
    }

    [Test]
    public void A_range_holds_its_estimate_and_stays_in_its_unit()
    {
        foreach (var (positive, negative, n) in Counts())
        {
            var wilson = WilsonInterval.Of(positive, n);
            Assert.That(wilson.Contains((double)positive / n));
            Assert.That(wilson.Low, Is.GreaterThanOrEqualTo(0));
            Assert.That(wilson.High, Is.LessThanOrEqualTo(1));
            Assert.That(wilson.Low == 0, Is.EqualTo(positive == 0), "only nobody reaches 0");
            Assert.That(wilson.High == 1, Is.EqualTo(positive == n), "only everybody reaches 1");

            var balance = NetBalance.Of(positive, negative, n);
            Assert.That(balance.Range.Contains(balance.Value));
            Assert.That(balance.Range.Low, Is.GreaterThanOrEqualTo(-1));
            Assert.That(balance.Range.High, Is.LessThanOrEqualTo(1));
            Assert.That(balance.Range.High, Is.GreaterThan(balance.Range.Low), "there is always some uncertainty");
        }
    }

    [Test]
    public void Exchanging_yes_and_no_mirrors_every_figure()
    {
        foreach (var (positive, negative, n) in Counts())
        {
            var yes = WilsonInterval.Of(positive, n);
            var no = WilsonInterval.Of(n - positive, n);
            Assert.That(no.Low, Is.EqualTo(1 - yes.High).Within(1e-12));

            var balance = NetBalance.Of(positive, negative, n);
            var mirrored = NetBalance.Of(negative, positive, n);
            Assert.That(mirrored.Value, Is.EqualTo(-balance.Value));
            Assert.That(mirrored.Range, Is.EqualTo(new Interval(-balance.Range.High, -balance.Range.Low)));

            Assert.That(new McNemar(positive, negative).MidP, Is.EqualTo(new McNemar(negative, positive).MidP));
            Assert.That(new McNemar(positive, negative).MidP, Is.InRange(0, 1));
        }
    }

    [Test]
    public void Exchanging_the_years_mirrors_a_difference_and_its_range_holds_it()
    {
        (int Positive, int Negative, int N)? before = null;
        foreach (var now in Counts())
        {
            if (before is { } then)
            {
                var forth = NewcombeDifference.Of(Share.Of(now.Positive, now.N), Share.Of(then.Positive, then.N));
                var back = NewcombeDifference.Of(Share.Of(then.Positive, then.N), Share.Of(now.Positive, now.N));
                Assert.That(forth.Range.Contains(forth.Value));
                Assert.That(back.Range.Low, Is.EqualTo(-forth.Range.High).Within(1e-12));

                var change = Mover.Of(NetBalance.Of(now.Positive, now.Negative, now.N), NetBalance.Of(then.Positive, then.Negative, then.N));
                Assert.That(change.Range.Contains(change.Value));
            }
            before = now;
        }
    }
}
