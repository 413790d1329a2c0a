using System.Diagnostics.CodeAnalysis;

namespace MattermostLearning.Content.Diagnostics;

/// <summary>Why a written value cannot be read, and what to write instead.</summary>
public sealed record Refusal(string Code, string Message, string? Help)
{
    /// <summary>The one thing that can have been meant, as `lint --fix` may write it; null where that is not certain.</summary>
    public string? Instead { get; init; }
}

/// <summary>The outcome of reading a written value: the value, or the reason why it cannot be read.</summary>
public sealed class Reading<T>
    where T : notnull
{
    internal Reading(T value) => Value = value;

    internal Reading(Refusal refusal) => Refusal = refusal;

    public T? Value { get; }

    public Refusal? Refusal { get; }

    public bool TryGet([NotNullWhen(true)] out T? value)
    {
        value = Value;
        return Refusal is null;
    }
}

public static class Reading
{
    public static Reading<T> Of<T>(T value)
        where T : notnull => new(value);

    public static Reading<T> Refuse<T>(string code, string message, string? help = null)
        where T : notnull => new(new Refusal(code, message, help));

    public static Reading<T> Refuse<T>(Refusal refusal)
        where T : notnull => new(refusal);
}
