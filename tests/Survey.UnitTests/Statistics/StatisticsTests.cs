using Survey.Domain.Statistics;

namespace Survey.UnitTests.Statistics;

/// <summary>
/// Worked values. "R" was computed with R 4.2 (prop.test without correction, binom.test, pbinom, mcnemar.test, qnorm, pnorm) or by the formula written
/// out in R; the others with an independent program in another language or by hand.
/// </summary>
public sealed class StatisticsTests
{
    private const double Tolerance = 1e-6;

    [TestCase(0, 1, 0.000000, 0.793451, "R")]
    [TestCase(1, 1, 0.206549, 1.000000, "R")]
    [TestCase(0, 5, 0.000000, 0.434482, "independent")]
    [TestCase(3, 5, 0.230724, 0.882379, "R")]
    [TestCase(0, 10, 0.000000, 0.277533, "R")]
    [TestCase(1, 10, 0.017876, 0.404150, "R")]
    [TestCase(5, 10, 0.236593, 0.763407, "R")]
    [TestCase(10, 10, 0.722467, 1.000000, "R")]
    [TestCase(0, 20, 0.000000, 0.161125, "independent")]
    [TestCase(1, 29, 0.006113, 0.171755, "independent")]
    [TestCase(12, 30, 0.245906, 0.576796, "R")]
    [TestCase(7, 50, 0.069508, 0.261862, "R")]
    [TestCase(37, 61, 0.481172526, 0.719316485, "R")]
    [TestCase(299, 600, 0.458464020, 0.538223852, "R")]
    [TestCase(1, 600, 0.000294268, 0.009379560, "R")]
    [TestCase(4999, 10000, 0.490102100, 0.509697976, "R")]
    public void WilsonInterval_is_the_score_interval(long count, long n, double low, double high, string source)
    {
        var range = WilsonInterval.Of(count, n);
        Assert.That(range.Low, Is.EqualTo(low).Within(Tolerance), source);
        Assert.That(range.High, Is.EqualTo(high).Within(Tolerance), source);
    }

    [Test]
    public void WilsonInterval_takes_other_levels()
    {
        var ninety = WilsonInterval.Of(7, 50, Normal.Z90);
        var ninetyNine = WilsonInterval.Of(7, 50, Normal.Z99);
        Assert.That(new[] { ninety.Low, ninety.High, ninetyNine.Low, ninetyNine.High },
            Is.EqualTo(new[] { 0.077720898, 0.239238996, 0.056143719, 0.308205787 }).Within(Tolerance), "R");
    }

    [TestCase(10, .263)]
    [TestCase(20, .201)]
    [TestCase(30, .168)]
    [TestCase(50, .134)]
    [TestCase(100, .096)]
    [TestCase(200, .069)]
    [TestCase(600, .040)]
    public void WilsonInterval_has_the_known_half_width_at_one_half(int n, double half)
    {
        var range = WilsonInterval.Of(n / 2, n);
        Assert.That((range.High - range.Low) / 2, Is.EqualTo(half).Within(6e-4), "independent, three decimals");
    }

    [Test]
    public void WilsonInterval_of_a_member_list_is_narrower_and_vanishes_at_a_census()
    {
        var some = WilsonInterval.OfMembers(24, 40, 120);
        Assert.That(some!.Value.Low, Is.EqualTo(0.473138).Within(Tolerance));
        Assert.That(some.Value.High, Is.EqualTo(0.714733).Within(Tolerance));
        var plain = WilsonInterval.Of(24, 40);
        Assert.That(plain.Low, Is.EqualTo(0.445959).Within(Tolerance));
        Assert.That(plain.High, Is.EqualTo(0.736517).Within(Tolerance));
        Assert.That(WilsonInterval.OfMembers(24, 40, 40), Is.Null);
    }

    [TestCase(20, 10, 40, 0.25, -0.015876, 0.492066, "R")]
    [TestCase(6, 2, 10, 0.40, -0.147498, 0.814165, "independent")]
    [TestCase(10, 0, 10, 1.00, 0.520580, 1, "independent")]
    [TestCase(0, 10, 10, -1.00, -1, -0.520579558, "R")]
    [TestCase(0, 0, 8, 0.00, -0.277181, 0.277181, "independent")]
    [TestCase(1, 1, 2, 0.00, -0.979982, 0.979982, "independent")]
    [TestCase(9, 3, 30, 0.20, -0.032272, 0.407272, "independent: matched difference")]
    [TestCase(12, 2, 50, 0.20, 0.050892, 0.333724, "independent: matched difference")]
    [TestCase(30, 8, 50, 0.44, 0.214263, 0.631891, "independent")]
    [TestCase(231, 118, 571, 0.197898424, 0.135191703, 0.259223655, "R")]
    public void NetBalance_has_the_adjusted_range(long positive, long negative, long n, double value, double low, double high, string source)
    {
        var balance = NetBalance.Of(positive, negative, n);
        Assert.That(balance.Value, Is.EqualTo(value).Within(Tolerance), source);
        Assert.That(balance.Range.Low, Is.EqualTo(low).Within(Tolerance), source);
        Assert.That(balance.Range.High, Is.EqualTo(high).Within(Tolerance), source);
    }

    [Test]
    public void Shares_keep_dont_know_apart_from_the_valid_base()
    {
        // By hand: positive 20, neutral 10, negative 6, don't know 9, blank 5.
        Assert.That(Share.Of(20, 36).Value, Is.EqualTo(0.555556).Within(Tolerance));
        Assert.That(Share.Of(20, 45).Value, Is.EqualTo(0.444444).Within(Tolerance));
        Assert.That(NetBalance.Of(20, 6, 36).Value, Is.EqualTo(0.388889).Within(Tolerance));
        Assert.That(NetBalance.Of(20, 6, 45).Value, Is.EqualTo(0.311111).Within(Tolerance));
        Assert.That(Share.Of(9, 45).InPercent, Is.EqualTo(20));
        Assert.That(Share.Of(5, 50).InPercent, Is.EqualTo(10));
    }

    [TestCase(1, 200, 1)]
    [TestCase(1, 201, 0)]
    [TestCase(1, 8, 13)]
    [TestCase(3, 8, 38)]
    [TestCase(0, 7, 0)]
    [TestCase(7, 7, 100)]
    public void Share_in_per_cent_rounds_halves_up(long count, long total, int percent) =>
        Assert.That(Share.Of(count, total).InPercent, Is.EqualTo(percent), "by hand");

    [Test]
    public void Share_of_nothing_or_beyond_its_total_is_refused()
    {
        Assert.That(() => Share.Of(0, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Share.Of(3, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Share.Of(-1, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => NetBalance.Of(2, 1, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(new long[] { 1, 1, 1 }, new[] { 34, 33, 33 })]
    [TestCase(new long[] { 7, 7, 7, 7, 7, 7 }, new[] { 17, 17, 17, 17, 16, 16 })]
    [TestCase(new long[] { 2, 3, 1, 0, 1 }, new[] { 29, 43, 14, 0, 14 })]
    [TestCase(new long[] { 0, 0, 9 }, new[] { 0, 0, 100 })]
    [TestCase(new long[] { 1, 199 }, new[] { 1, 99 })]
    [TestCase(new long[] { 199, 1 }, new[] { 100, 0 })]
    public void LargestRemainder_sums_to_100_with_ties_to_the_earlier(long[] counts, int[] percents) =>
        Assert.That(LargestRemainder.Percents(counts), Is.EqualTo(percents), "by hand");

    [TestCase(56, 70, 48, 80, 0.200000, 0.052431, 0.333873, "R")]
    [TestCase(9, 10, 3, 10, 0.600000, 0.170523, 0.809018, "independent")]
    [TestCase(6, 7, 2, 7, 0.571429, 0.058228, 0.806250, "independent")]
    [TestCase(5, 56, 0, 29, 0.089286, -0.038137, 0.192560, "independent")]
    [TestCase(0, 10, 0, 20, 0, -0.161125, 0.277533, "independent")]
    [TestCase(10, 10, 0, 20, 1, 0.679086, 1.000000, "independent")]
    [TestCase(311, 602, 255, 571, 0.070026357, 0.012818906, 0.126576327, "R")]
    public void NewcombeDifference_is_method_10(long x1, long n1, long x2, long n2, double d, double low, double high, string source)
    {
        var difference = NewcombeDifference.Of(Share.Of(x1, n1), Share.Of(x2, n2));
        Assert.That(difference.Value, Is.EqualTo(d).Within(Tolerance), source);
        Assert.That(difference.Range.Low, Is.EqualTo(low).Within(Tolerance), source);
        Assert.That(difference.Range.High, Is.EqualTo(high).Within(Tolerance), source);
    }

    [Test]
    public void Mover_gives_the_range_of_a_change_of_net_balance()
    {
        var change = Mover.Of(NetBalance.Of(30, 8, 50), NetBalance.Of(20, 10, 40));
        Assert.That(change.Value, Is.EqualTo(0.19).Within(Tolerance));
        Assert.That(change.Range.Low, Is.EqualTo(-0.140988).Within(Tolerance), "independent");
        Assert.That(change.Range.High, Is.EqualTo(0.517890).Within(Tolerance), "independent");
    }

    [TestCase(1, 7, 0.0703125, 0.0390625, 4.5, 0.033895)]
    [TestCase(8, 1, 0.039063, 0.021484, 5.444444, 0.019631)]
    [TestCase(10, 3, 0.092285, 0.057373, 3.769231, 0.052204)]
    [TestCase(25, 12, 0.047031, 0.033552, 4.567568, 0.032583)]
    [TestCase(5, 5, 1, 0.753906, 0, 1)]
    [TestCase(0, 6, 0.03125, 0.015625, 6, 0.014306)]
    [TestCase(0, 0, 1, 1, 0, 1)]
    public void McNemar_gives_mid_p_exact_p_and_chi_square(long gained, long lost, double exact, double midP, double chiSquare, double chiSquareP)
    {
        var test = new McNemar(gained, lost);
        Assert.That(test.ExactP, Is.EqualTo(exact).Within(Tolerance), "independent; R for 1,7");
        Assert.That(test.MidP, Is.EqualTo(midP).Within(Tolerance));
        Assert.That(test.ChiSquare, Is.EqualTo(chiSquare).Within(Tolerance));
        Assert.That(test.ChiSquareP, Is.EqualTo(chiSquareP).Within(Tolerance), "independent; R for 25,12: 0.032582798");
    }

    [TestCase(11, 4, 9, 0.118469238, 0.076812744)]
    [TestCase(60, 41, 3, 0.072757007, 0.059400537)]
    [TestCase(700, 611, 0, 0.015049769, 0.013975643)]
    [TestCase(5200, 5001, 40, 0.049944200, 0.048810087)]
    [TestCase(0, 1, 0, 1, 0.5)]
    public void SignTest_gives_mid_p_and_exact_p(long up, long down, long same, double exact, double midP)
    {
        var test = new SignTest(up, down, same);
        Assert.That(test.ExactP, Is.EqualTo(exact).Within(Tolerance), "R");
        Assert.That(test.MidP, Is.EqualTo(midP).Within(Tolerance), "R");
    }

    [TestCase(0, 1)]
    [TestCase(0.5, 0.617075077451974)]
    [TestCase(1, 0.317310507862914)]
    [TestCase(-1.959963984540054, 0.05)]
    [TestCase(3, 0.00269979606326019)]
    [TestCase(3.5, 0.00046525815807105)]
    [TestCase(3.6, 0.000318217180315068)]
    [TestCase(5, 5.73303143758388e-07)]
    [TestCase(8, 1.24419211485436e-15)]
    public void Normal_gives_the_two_sided_p(double z, double p) =>
        Assert.That(Normal.TwoSidedP(z), Is.EqualTo(p).Within(1e-12), "R: 2 * pnorm(-abs(z))");

    [Test]
    public void OverlapDifference_of_shares_takes_who_answered_twice_into_account()
    {
        // 20 of 50, then 33 of 60; in both rounds 30: yes twice 10, only then 3, only now 9.
        var difference = OverlapDifference.Of(new(33, 0, 60), new(20, 0, 50), new(30, 13, 19, 10));
        Assert.That(new[] { difference.Value, difference.StandardError, difference.P, difference.Range.Low, difference.Range.High },
            Is.EqualTo(new[] { 0.15, 0.088018, 0.088345, -0.022513, 0.322513 }).Within(Tolerance), "independent");
        var apart = OverlapDifference.Of(new(33, 0, 60), new(20, 0, 50), default);
        Assert.That(apart.StandardError, Is.EqualTo(0.094472).Within(Tolerance), "independent: nobody in both");
    }

    [Test]
    public void OverlapDifference_of_net_balances_takes_who_answered_twice_into_account()
    {
        // 20+ 12- of 50, then 33+ 12- of 60; matched, rows then -, 0, +: [3 2 2; 2 4 5; 1 2 9].
        var difference = OverlapDifference.Of(new(33, 12, 60), new(20, 12, 50), new(30, 12 - 7, 16 - 6, 3 + 9 - 2 - 1));
        Assert.That(new[] { difference.Value, difference.StandardError, difference.P, difference.Range.Low, difference.Range.High },
            Is.EqualTo(new[] { 0.19, 0.133632, 0.155079, -0.071913, 0.451913 }).Within(Tolerance), "independent");
    }

    [TestCase(10, 10, 0, 0, 1, TestName = "OverlapDifference of unanimous rounds that agree has p 1")]
    [TestCase(10, 0, 1, 1, 0, TestName = "OverlapDifference of unanimous rounds that differ has p 0")]
    public void OverlapDifference_without_spread(long now, long then, double value, double high, double p)
    {
        var difference = OverlapDifference.Of(new(now, 0, 10), new(then, 0, 10), new(10, then, now, Math.Min(now, then)));
        Assert.That(new[] { difference.Value, difference.Range.High, difference.P }, Is.EqualTo(new[] { value, high, p }).Within(Tolerance));
    }

    [Test]
    public void Holm_adjusts_a_family_of_tests()
    {
        double[] ps = [.33, .012, .001, .021, .04, .049, .20, .5, .9];
        Assert.That(Holm.Adjust(ps), Is.EqualTo(new[] { .99, .096, .009, .147, .240, .245, .8, 1, 1 }).Within(Tolerance), "R: p.adjust, in another order");
        Assert.That(Holm.Adjust([.03, .02]), Is.EqualTo(new[] { .04, .04 }).Within(Tolerance), "never below the one before it");
        Assert.That(Holm.Adjust([.03]), Is.EqualTo(new[] { .03 }));
        Assert.That(Holm.Adjust([]), Is.Empty);
    }

    [Test]
    public void WeightedFigure_lets_each_region_count_by_its_members()
    {
        Stratum[] strata = [new(300, new(36, 0, 60)), new(220, new(12, 0, 30)), new(260, new(22, 0, 40)), new(180, new(15, 0, 50)), new(40, new(5, 0, 8))];
        var weighted = WeightedFigure.Of(strata, isNetBalance: false);
        Assert.That(new[] { weighted.Value, weighted.DesignEffect, 188 / weighted.DesignEffect, weighted.StandardError, weighted.EffectiveAnswers, weighted.Range.Low, weighted.Range.High },
            Is.EqualTo(new[] { 0.49, 1.062451, 176.949393, 0.037256972, 180.032593, 0.417953, 0.562465 }).Within(Tolerance), "R: survey::svymean for value and error; independent");
    }

    [Test]
    public void WeightedFigure_trims_weights_and_has_a_range_where_all_agree()
    {
        // The second region's weight would be 5.05: 1000 members and 10 answers, beside 1000 and 91.
        var trimmed = WeightedFigure.Of([new(1000, new(91, 0, 91)), new(1000, new(0, 0, 10))], isNetBalance: false);
        Assert.That(trimmed.Value, Is.EqualTo(91 * (101.0 / 182) / ((91 * (101.0 / 182)) + 30)).Within(Tolerance), "by hand");
        var unanimous = WeightedFigure.Of([new(20, new(10, 0, 10)), new(20, new(10, 0, 10))], isNetBalance: true);
        var plain = NetBalance.Of(20, 0, 20);
        Assert.That(new[] { unanimous.Value, unanimous.Range.Low, unanimous.Range.High, unanimous.DesignEffect }, Is.EqualTo(new[] { 1, plain.Range.Low, 1, 1 }).Within(Tolerance));
    }
}
