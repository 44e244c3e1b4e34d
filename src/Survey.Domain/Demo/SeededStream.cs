namespace Survey.Domain.Demo;

/// <summary>
/// A stream of numbers that depends on nothing but its seed and its name: the same on every machine, so that a sample network can be made again.
/// SplitMix64 (Steele, Lea, Flood 2014). Each matter has a stream of its own: another question or organisation does not disturb the rest.
/// Only + - × ÷ are used on the way to a number, because the last digit of a logarithm or a cosine differs between machines.
/// Never for secrets.
/// </summary>
public sealed class SeededStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    private SeededStream(ulong state) => this.state = state;

    /// <summary>The stream of a matter, told apart by name and up to four numbers.</summary>
    public static SeededStream Of(long seed, string matter, int a = 0, int b = 0, int c = 0, int d = 0)
    {
        // FNV-1a over the name, then each number mixed in: string.GetHashCode differs from run to run.
        var hash = 14695981039346656037UL;
        foreach (var letter in matter)
            hash = (hash ^ letter) * 1099511628211UL;
        hash = Mix(hash ^ (ulong)seed);
        foreach (var number in (ReadOnlySpan<int>)[a, b, c, d])
            hash = Mix((hash + Golden) ^ (uint)number);
        return new(hash);
    }

    /// <summary>The stream from this state on, as the published algorithm has it.</summary>
    public static SeededStream From(ulong state) => new(state);

    /// <summary>Sixty-four random bits.</summary>
    public ulong Next() => Mix(state += Golden);

    /// <summary>A number from 0 (inclusive) to 1 (exclusive).</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Whether something with this probability happens.</summary>
    public bool Happens(double probability) => Share() < probability;

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Share() * count);

    /// <summary>A standard normal number, as the sum of twelve uniform ones less six: plain sums are alike everywhere.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Share();
        return sum;
    }

    /// <summary>One of the items, all alike.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>The place of one of the weights, each as likely as it is heavy; the weights need not add up to anything.</summary>
    public int Weighted(IReadOnlyList<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var at = Share() * total;
        for (var i = 0; i < weights.Count - 1; i++)
        {
            at -= weights[i];
            if (at < 0)
                return i;
        }

        return weights.Count - 1;
    }

    /// <summary>The items in a random order.</summary>
    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        List<T> order = [.. items];
        for (var i = order.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
