using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace MattermostLearning.Content.Markdown;

/// <summary>A text taken apart into the items of its lists and what stands around them. It is cut, never rendered again.</summary>
/// <param name="Around">Without the lists.</param>
/// <param name="Items">Of all lists at its outermost level, in order, each without its sign, and without the box of a list of tasks.</param>
public sealed partial record ListedText(string Around, ImmutableArray<string> Items)
{
    public static ListedText Of(params IEnumerable<Passage> texts)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        var around = new List<string>();
        foreach (var text in texts)
        {
            var from = text.Start;
            foreach (var list in text.Blocks.OfType<ListBlock>())
            {
                around.Add(text.Whole[from..list.Span.Start]);
                from = Math.Min(text.End, list.Span.End + 1);
                var starts = list.Select(item => item.Span.Start).Append(from).ToList();
                for (var i = 0; i + 1 < starts.Count; i++)
                    items.Add(WithoutSign(text.Whole[starts[i]..starts[i + 1]]));
            }

            around.Add(text.Whole[from..text.End]);
        }

        return new ListedText(string.Join("\n\n", around.Select(each => each.Trim()).Where(each => each.Length > 0)), items.ToImmutable());
    }

    private static string WithoutSign(string item)
    {
        var sign = Sign().Match(item).Length;
        if (!item.Contains('\n'))
            return item[sign..].Trim();
        var lines = item[sign..].Split('\n').Select((line, i) => i == 0 ? line : line[Math.Min(sign, line.Length - line.TrimStart(' ').Length)..]);
        return string.Join('\n', lines).Trim();
    }

    [GeneratedRegex(@"^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|(?=\n|$))", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();
}
