using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using MattermostLearning.Content.Design;

namespace MattermostLearning.Content.Diagnostics;

/// <summary>What a code means.</summary>
/// <param name="Code">For people to search by.</param>
/// <param name="Title">One sentence, with a full stop.</param>
/// <param name="CanBeOff">Whether it is advice, or at times only a warning; errors cannot be turned off.</param>
public sealed record Rule(string Code, string Title, bool CanBeOff)
{
    /// <summary>Where the reference page explains it.</summary>
    public string Anchor => Code.ToLowerInvariant();
}

/// <summary>Every code, of <see cref="Codes"/> and of <see cref="Advices"/>, in order.</summary>
public static class Rules
{
    /// <summary>Codes that are told as warnings.</summary>
    private static readonly string[] Warnings = [Codes.NeedsQuotes, Codes.NoZone, Codes.WindowVeryShort, Codes.HeadingNearMiss, Codes.Html, Codes.Latex, Codes.SeveralMessages, Codes.NotBeside, Codes.TitleAgain, Codes.RequiredMissing, Codes.KeyOfOriginal, Codes.NoSuchChannel, Codes.BotIsOutside, Codes.NoSuchPerson];

    private static readonly FrozenDictionary<string, Rule> ByCode;

    static Rules()
    {
        var codes = typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => new Rule((string)field.GetRawConstantValue()!, field.GetCustomAttribute<DescriptionAttribute>()?.Description
                ?? throw new InvalidOperationException($"Codes.{field.Name} does not say what it means."), Warnings.Contains((string)field.GetRawConstantValue()!)));
        All = [.. codes.Concat(Advices.All.Select(advice => new Rule(advice.Code, advice.Title, CanBeOff: true))).OrderBy(each => each.Code, StringComparer.Ordinal)];
        ByCode = All.ToFrozenDictionary(each => each.Code, StringComparer.Ordinal);
    }

    /// <summary>The page that <see cref="Rule.Anchor"/> is on.</summary>
    public const string Page = "docs/content.md";

    public static ImmutableArray<Rule> All { get; }

    /// <summary>For whoever wants to know more about a finding.</summary>
    public static string PlaceOf(string code) => Find(code) is { } rule ? $"{Page}#{rule.Anchor}" : Page;

    public static Rule? Find(string code) => ByCode.GetValueOrDefault(code);
}
