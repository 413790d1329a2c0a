using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Declarations;

/// <summary>One level-2 heading with meaning, as data.</summary>
/// <param name="Name">As the reference shows it; case, hyphen and space do not matter when reading.</param>
/// <param name="Help">One sentence for authors.</param>
/// <param name="Example">A heading that works, without <c>##</c>.</param>
public abstract record HeadingDeclaration(string Name, string Help, string Example)
{
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>What authors write for it who do not know its name. It could as well be meant as text, so it is asked about and not taken.</summary>
    public ImmutableArray<string> AlsoSaid { get; init; } = [];

    /// <summary>How many a file may have.</summary>
    public int AtMost { get; init; } = int.MaxValue;

    /// <summary>The words that an argument begins with, such as "after" and "on"; empty where the heading takes none.</summary>
    public abstract ImmutableArray<string> ArgumentWords { get; }

    public IEnumerable<string> Names => Aliases.Prepend(Name);

    /// <summary>As they are compared.</summary>
    internal ImmutableArray<string> FoldedNames => field.IsDefault ? field = [.. Names.Select(Content.Names.Fold)] : field;

    /// <summary>Reads what stands after the name.</summary>
    internal abstract (object? Value, Refusal? Refusal) ReadArgument(string argument);

    public sealed override string ToString() => Name;
}

/// <summary>A heading without an argument.</summary>
public sealed record PlainHeading(string Name, string Help, string Example) : HeadingDeclaration(Name, Help, Example)
{
    public override ImmutableArray<string> ArgumentWords => [];

    internal override (object? Value, Refusal? Refusal) ReadArgument(string argument) => (argument, null);
}

/// <summary>A heading with an argument, such as "Hint after 1 day".</summary>
public sealed record ArgumentHeading<T>(string Name, Func<string, Reading<T>> ReadWritten, string Help, string Example)
    : HeadingDeclaration(Name, Help, Example)
    where T : notnull
{
    public override ImmutableArray<string> ArgumentWords => Words;

    public ImmutableArray<string> Words { get; init; } = [];

    internal override (object? Value, Refusal? Refusal) ReadArgument(string argument)
    {
        var reading = ReadWritten(argument);
        return (reading.Value, reading.Refusal);
    }
}

/// <summary>
/// A heading that is as well its own text: whatever level-2 heading no other declaration takes. <c>## Question 2: What is it?</c>, <c>## Question</c> with the
/// text below it and <c>## What is it?</c> are the same, and so is <c>## Question 2 - What is it?</c>.
/// </summary>
public sealed record OpenHeading(string Name, string Help, string Example) : HeadingDeclaration(Name, Help, Example)
{
    private const int MostDigits = 3;

    public override ImmutableArray<string> ArgumentWords => [];

    internal override (object? Value, Refusal? Refusal) ReadArgument(string argument) => (TextOf(argument), null);

    /// <summary>Without the heading's name and a number: what stands behind "Question 2:", "**Question:**", "Question 2)", "Question #2:" or "Question 2 - ".</summary>
    private string TextOf(string written)
    {
        var rest = written.AsSpan().TrimStart("*_");
        var name = rest[..LettersIn(rest)];
        if (!IsNamed(name))
            return written.Trim();
        rest = rest[name.Length..].TrimStart();
        if (rest is ['#', .. var numbered])
            rest = numbered;
        var digits = DigitsIn(rest);
        rest = rest[digits..].TrimStart("*_").TrimStart();
        if (rest is [':' or '.' or ')', ..] || (digits > 0 && rest is ['-' or '\u2013' or '\u2014', ' ', ..]))
            return rest[1..].TrimStart("*_").Trim().ToString();
        return rest.Length == 0 ? "" : written.Trim();
    }

    private bool IsNamed(ReadOnlySpan<char> word)
    {
        foreach (var name in FoldedNames)
        {
            if (Content.Names.EndOf(name, word) == word.Length)
                return true;
        }

        return false;
    }

    private static int LettersIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsLetter(text[count]))
            count++;
        return count;
    }

    private static int DigitsIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < Math.Min(text.Length, MostDigits) && char.IsDigit(text[count]))
            count++;
        return count;
    }
}
