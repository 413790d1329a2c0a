using System.Globalization;
using MattermostLearning.Activities.Engine.Kinds;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>What a course's buttons say besides <see cref="PersonAction"/>.</summary>
internal static class CourseAction
{
    public const string Next = "next";

    /// <summary>Shows the buttons that are needed less often, and takes them away again.</summary>
    public const string More = "more";
    public const string Less = "less";

    /// <summary>At the end: to what was left out, or on without it.</summary>
    public const string MakeUp = "make-up";
    public const string Finish = "finish";

    /// <summary>Opens the form of the present check, and is what it is sent in for.</summary>
    public const string Form = "form";

    private const string Choose = "choose/";

    public static string Option(int option) => string.Create(CultureInfo.InvariantCulture, $"{Choose}{option}");

    /// <summary>The option that an action chooses, by its place in the file; null where it chooses none.</summary>
    public static int? OptionOf(string action) =>
        action.StartsWith(Choose, StringComparison.Ordinal) && int.TryParse(action.AsSpan(Choose.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var option) ? option : null;
}
