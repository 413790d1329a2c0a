using CsCheck;

namespace MattermostLearning.TestKit;

/// <summary>
/// Properties over drawn cases. The cases come from the seeds of <see cref="Trials"/>, so the same build tries the same ones everywhere; a
/// failure names its seed, and the variables of <see cref="Trials"/> try others, or more.
/// </summary>
public static class Properties
{
    private const int UsualSeed = 1;

    /// <summary>A case that takes longer than this, in real time, hangs.</summary>
    private static readonly TimeSpan LongestCase = TimeSpan.FromMinutes(1);

    /// <summary>Seconds for finding a smaller case that fails as well.</summary>
    private const int LongestSearch = 10;

    /// <summary>Holds for so many drawn cases, times <see cref="Trials.Scale"/>.</summary>
    /// <exception cref="PropertyException">It does not, or hangs; the message names the seed and shows the smallest case that was found.</exception>
    public static void Always<T>(this Gen<T> gen, int times, Action<T> holds)
    {
        ArgumentNullException.ThrowIfNull(gen);
        ArgumentNullException.ThrowIfNull(holds);
        (int Seed, int Number) current = default;
        var trying = Task.Run(() =>
        {
            foreach (var seed in Trials.Seeds(UsualSeed))
            {
                foreach (var (draw, number, state) in Draws(gen, seed, times))
                {
                    current = (seed, number);
                    try
                    {
                        holds(draw);
                    }
                    catch (Exception e)
                    {
                        throw Failed(seed, number, Smallest(gen, holds, state) ?? e);
                    }
                }
            }
        });
        for (var before = current; Task.WaitAny([trying], LongestCase) < 0; before = current)
        {
            if (before == current)
                throw Hangs(current.Seed, current.Number);
        }

        trying.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Always{T}(Gen{T}, int, Action{T})"/>
    public static void Always<T1, T2>(this Gen<(T1, T2)> gen, int times, Action<T1, T2> holds) => gen.Always(times, one => holds(one.Item1, one.Item2));

    /// <inheritdoc cref="Always{T}(Gen{T}, int, Action{T})"/>
    public static void Always<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, int times, Action<T1, T2, T3> holds) =>
        gen.Always(times, one => holds(one.Item1, one.Item2, one.Item3));

    /// <inheritdoc cref="Always{T}(Gen{T}, int, Action{T})"/>
    public static void Always<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, int times, Action<T1, T2, T3, T4> holds) =>
        gen.Always(times, one => holds(one.Item1, one.Item2, one.Item3, one.Item4));

    /// <summary>As <see cref="Always{T}(Gen{T}, int, Action{T})"/>, one case after the other; the case itself is shown, not a smaller one.</summary>
    public static async Task AlwaysAsync<T>(this Gen<T> gen, int times, Func<T, Task> holds)
    {
        foreach (var seed in Trials.Seeds(UsualSeed))
            await gen.AlwaysAsync(seed, times, holds);
    }

    /// <summary>The cases of one seed, where each seed has something of its own that they happen to.</summary>
    public static async Task AlwaysAsync<T>(this Gen<T> gen, int seed, int times, Func<T, Task> holds)
    {
        ArgumentNullException.ThrowIfNull(gen);
        ArgumentNullException.ThrowIfNull(holds);
        foreach (var (draw, number, _) in Draws(gen, seed, times))
        {
            try
            {
                await holds(draw).WaitAsync(LongestCase, TimeProvider.System);
            }
            catch (TimeoutException)
            {
                throw Hangs(seed, number);
            }
            catch (Exception e)
            {
                throw Failed(seed, number, new PropertyException($"{e.Message}\nThe case: {Check.Print(draw)}", e));
            }
        }
    }

    private static IEnumerable<(T Draw, int Number, string State)> Draws<T>(Gen<T> gen, int seed, int times)
    {
        var dice = new PCG(0, (ulong)seed);
        for (var number = 1; number <= times * Trials.Scale; number++)
        {
            var state = dice.ToString();
            yield return (gen.Generate(dice, null, out _), number, state);
        }
    }

    /// <summary>CsCheck's own search for a smaller case that fails, begun with the one that did.</summary>
    private static CsCheckException? Smallest<T>(Gen<T> gen, Action<T> holds, string state)
    {
        try
        {
            gen.Sample(holds, seed: state, time: LongestSearch, threads: 1);
            return null;
        }
        catch (CsCheckException e)
        {
            return e;
        }
    }

    private static PropertyException Failed(int seed, int number, Exception e) => new($"Case {number} of seed {seed} fails ({Again(seed)} repeats it). {e.Message}", e);

    private static PropertyException Hangs(int seed, int number) =>
        new($"Case {number} of seed {seed} has not ended after {LongestCase.TotalSeconds:0} s ({Again(seed)} repeats it).", null);

    private static string Again(int seed) => Trials.SeedsVariable + $"={seed}" + (Trials.Scale == 1 ? "" : $" {Trials.ScaleVariable}={Trials.Scale}");
}

/// <summary>A case for which a property does not hold.</summary>
public sealed class PropertyException(string message, Exception? inner) : Exception(message, inner);
