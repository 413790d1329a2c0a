using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;

namespace MattermostLearning.Content.Declarations;

/// <summary>
/// Advice and warnings that an author has looked at and does not follow, each with the reason: for whoever reads the file next. Written as keys below
/// the key, or as `MLA003 the story needs its length` in one line or a list.
/// </summary>
public sealed partial record LintOffKey(string Name, string Help, string Example) : KeyDeclaration(Name, Help, Example)
{
    public override string TypeName => "codes, each with a reason";

    public override ImmutableArray<string> Choices => [];

    public override bool IsList => false;

    public override bool HasPairs => true;

    public override ValueShape Shape { get; } = new ValueShape.Pairs("^ML[AC][0-9]{3}$");

    internal override object? ReadEntry(FrontMatterEntry entry, DiagnosticBag report)
    {
        var written = entry.Pairs.Length > 0 ? entry.Pairs : [.. entry.Values.Select(Split)];
        var reasons = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (code, reason) in written)
        {
            if (Check(code, reason, report))
                reasons[code.Text.Trim().ToUpperInvariant()] = reason.Text.Trim();
        }
        return reasons.ToImmutable();
    }

    private static (FrontMatterValue Code, FrontMatterValue Reason) Split(FrontMatterValue value)
    {
        var match = CodeAndReason().Match(value.Text.Trim());
        return (value with { Text = match.Groups["code"].Value }, value with { Text = match.Groups["reason"].Value });
    }

    private bool Check(FrontMatterValue code, FrontMatterValue reason, DiagnosticBag report)
    {
        var name = code.Text.Trim().ToUpperInvariant();
        if (Rules.Find(name) is not { } rule)
        {
            var meant = Closest.Find(name, Rules.All.Where(each => each.CanBeOff).Select(each => each.Code));
            report.Error(
                code.Span, Codes.LintOffUnreadable, $"There is no finding `{Written.Short(code.Text)}`.",
                meant is null ? $"Write the code, and why it is not followed: `{Name}: {Example}`." : $"Did you mean `{meant}`?");
            return false;
        }
        if (!rule.CanBeOff)
        {
            report.Error(code.Span, Codes.LintOffUnreadable, $"`{name}` is an error, which cannot be turned off.", $"Take it out of `{Name}`, and mend the error where it is found.");
            return false;
        }
        if (reason.Text.Trim().Length > 0)
            return true;
        report.Error(code.Span, Codes.LintOffUnreadable, $"It does not say why `{name}` is not followed.", $"Write the reason behind it: `{Name}: {Example}`.");
        return false;
    }

    [GeneratedRegex(@"^(?<code>[A-Za-z]*[0-9]*)\s*:?\s*(?<reason>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex CodeAndReason();
}
