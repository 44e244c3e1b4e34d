using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Survey.Testing.Attack;

/// <summary>What an attacker knows of some whole numbers that are not negative, as equations and alternatives, and what follows from it: by glpsol (Debian: glpk-utils), and by rank.</summary>
public sealed class IntegerProgram
{
    private readonly List<(int[] Variables, long Sum)> equations = [];
    private readonly HashSet<string> known = [];
    private readonly List<List<(int[] Variables, int Below)>> alternatives = [];
    private readonly List<long?> truths = [];
    private readonly List<long> lows = [];
    private Dictionary<int, List<int>>? equationsOf;

    private int count => truths.Count;

    /// <summary>A number that is not known, but for being at least <paramref name="low"/>. With what it is, another that is possible too is looked for near it before the solver is asked.</summary>
    public int Unknown(long? truth = null, long low = 0)
    {
        truths.Add(truth);
        lows.Add(low);
        return truths.Count - 1;
    }

    /// <summary>The sum of these numbers; what is known already is not taken twice.</summary>
    public void Know(IEnumerable<int> variables, long sum)
    {
        int[] all = [.. variables];
        if (known.Add(string.Join(' ', all.Order()) + " = " + sum))
        {
            equations.Add((all, sum));
        }
    }

    /// <summary>What is told of these numbers is their true sum.</summary>
    public void Know(IEnumerable<int> variables)
    {
        int[] all = [.. variables];
        Know(all, all.Sum(v => truths[v]!.Value));
    }

    /// <summary>Whether every sum that is known here is known there too, of numbers that were named in the same order.</summary>
    public bool IsNoMoreThan(IntegerProgram other) => known.IsSubsetOf(other.known);

    /// <summary>At least one of these sums is at least 1 and below its bound.</summary>
    public void KnowOneIsSmall(IEnumerable<(int[] Variables, int Below)> sums) => alternatives.Add([.. sums]);

    /// <summary>
    /// Whether a sum could be at least this many numbers: looks for the least, then for the least above it, and so on, for with alternatives the numbers between may not be possible. <paramref name="truth"/> is one that is, and is
    /// not looked for.
    /// </summary>
    public bool CouldBe(int[] target, long truth, int least)
    {
        if (truths.TrueForAll(t => t is not null) && IsNearTruth(target, least))
        {
            return true;
        }

        long from = 0;
        for (int found = 0; found + (from <= truth ? 1 : 0) < least; found++)
        {
            if ((from == truth ? truth : Least(target, from)) is not { } value)
            {
                return false;
            }

            from = value + 1;
        }

        return true;
    }

    /// <summary>Whether the truth satisfies all that is known: a test of the attacker himself.</summary>
    public bool HoldsInTruth() => Holds([.. truths.Select(t => t!.Value)]);

    // Enough numbers found by small steps away from the truth. That none are found says nothing.
    private bool IsNearTruth(int[] target, int least)
    {
        if (equationsOf is null)
        {
            equationsOf = Enumerable.Range(0, count).ToDictionary(v => v, _ => new List<int>());
            foreach (var (e, variable) in equations.SelectMany((e, i) => e.Variables.Select(v => (i, v))))
            {
                equationsOf[variable].Add(e);
            }
        }

        var random = new Random(1);
        long[] truth = [.. truths.Select(t => t!.Value)];
        var found = new HashSet<long> { target.Sum(v => truth[v]) };
        var others = new List<long[]> { truth };
        for (int attempt = 0; attempt < 60 && found.Count < least; attempt++)
        {
            long[] x = [.. others[random.Next(others.Count)]];
            int first = target[random.Next(target.Length)], budget = 400;
            if (Step(x, first, random.Next(2) == 0 ? 1 : -1, [], [], ref budget, random) && Holds(x))
            {
                if (found.Add(target.Sum(v => x[v])) || others.Count < 8)
                {
                    others.Add(x);
                }
            }
        }

        return found.Count >= least;
    }

    // Changes a number by one and mends the equations that it breaks, by changing others.
    private bool Step(long[] x, int variable, int by, Dictionary<int, int> off, HashSet<int> changed, ref int budget, Random random)
    {
        if (x[variable] + by < lows[variable] || changed.Count > 9 || --budget < 0 || !changed.Add(variable))
        {
            return false;
        }

        x[variable] += by;
        Shift(by);
        int broken = off.Where(o => o.Value != 0).Select(o => o.Key).DefaultIfEmpty(-1).First();
        if (broken < 0)
        {
            return true;
        }

        int[] others = [.. equations[broken].Variables.Where(v => !changed.Contains(v))];
        random.Shuffle(others);
        foreach (int other in others)
        {
            if (Step(x, other, off[broken] > 0 ? -1 : 1, off, changed, ref budget, random))
            {
                return true;
            }
        }

        x[variable] -= by;
        Shift(-by);
        changed.Remove(variable);
        return false;

        void Shift(int change)
        {
            foreach (int e in equationsOf![variable])
            {
                off[e] = off.GetValueOrDefault(e) + change;
            }
        }
    }

    private bool Holds(long[] x) =>
        x.Zip(lows).All(v => v.First >= v.Second) && equations.TrueForAll(e => e.Variables.Sum(v => x[v]) == e.Sum)
        && alternatives.TrueForAll(sums => sums.Exists(s => s.Variables.Sum(v => x[v]) is var sum && sum >= 1 && sum < s.Below));

    /// <summary>Whether the equations alone give the sum away, whatever the numbers are: it is a combination of them.</summary>
    public bool IsDetermined(int[] target)
    {
        var rows = equations.ConvertAll(e => Row(e.Variables));
        return Rank(rows) == Rank([.. rows, Row(target)]);

        double[] Row(int[] variables)
        {
            var row = new double[count];
            foreach (int v in variables)
            {
                row[v]++;
            }

            return row;
        }
    }

    private static int Rank(IEnumerable<double[]> of)
    {
        var rows = of.Select(r => r.ToArray()).ToList();
        int rank = 0;
        for (int column = 0; rows.Count > 0 && column < rows[0].Length && rank < rows.Count; column++)
        {
            int pivot = rows.FindIndex(rank, r => Math.Abs(r[column]) > 1e-9);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            foreach (var row in rows.Skip(rank + 1))
            {
                double factor = row[column] / rows[rank][column];
                for (int c = column; c < row.Length; c++)
                {
                    row[c] -= factor * rows[rank][c];
                }
            }

            rank++;
        }

        return rank;
    }

    // The least that the sum can be, from here on; null where it cannot.
    private long? Least(int[] target, long from)
    {
        using var folder = new TestFolder();
        string model = folder.File("attack.lp"), result = folder.File("attack.txt");
        File.WriteAllText(model, Text(target, from));
        using var solver = Process.Start(new ProcessStartInfo("glpsol", ["--lp", model, "--write", result, "--tmlim", "60"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string said = solver.StandardOutput.ReadToEnd();
        solver.WaitForExit();
        var status = File.Exists(result) ? File.ReadLines(result).FirstOrDefault(l => l.StartsWith("s mip", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) : null;
        return status switch
        {
            ["s", "mip", _, _, "o", var value] => (long)Math.Round(double.Parse(value, CultureInfo.InvariantCulture)),
            ["s", "mip", _, _, "n", ..] => null,
            // Refused before the search began: not even parts of numbers would do.
            ["s", "mip", _, _, "u", ..] when said.Contains("NO PRIMAL FEASIBLE SOLUTION", StringComparison.Ordinal) || said.Contains("NO FEASIBLE SOLUTION", StringComparison.Ordinal) => null,
            _ => throw new InvalidOperationException("glpsol came to no end: " + said),
        };
    }

    private string Text(int[] target, long from)
    {
        var text = new StringBuilder("Minimize\n t: ").Append(Sum(target)).Append(CultureInfo.InvariantCulture, $"\nSubject To\n {Sum(target)} >= {from}\n");
        foreach (var (variables, sum) in equations.Where(e => e.Variables.Length > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $" {Sum(variables)} = {sum}\n");
        }

        const int large = 100_000;
        int chosen = 0;
        foreach (var sums in alternatives)
        {
            int first = chosen;
            foreach (var (variables, below) in sums)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Sum(variables)} - y{chosen} >= 0\n {Sum(variables)} + {large} y{chosen} <= {large + below - 1}\n");
                chosen++;
            }

            text.Append(' ').AppendJoin(" + ", Enumerable.Range(first, chosen - first).Select(y => $"y{y}")).Append(" >= 1\n");
        }

        text.Append("Bounds\n").AppendJoin('\n', Enumerable.Range(0, count).Select(v => $" x{v} >= {lows[v]}")).Append('\n');
        text.Append("General\n").AppendJoin('\n', Enumerable.Range(0, count).Select(v => $" x{v}"));
        if (chosen > 0)
        {
            text.Append("\nBinary\n").AppendJoin('\n', Enumerable.Range(0, chosen).Select(y => $" y{y}"));
        }

        return text.Append("\nEnd\n").ToString();

        static string Sum(int[] variables) => string.Join(" + ", variables.GroupBy(v => v).Select(v => v.Count() == 1 ? $"x{v.Key}" : $"{v.Count()} x{v.Key}"));
    }
}
