using System.Globalization;

namespace MattermostLearning.Content.Schedules;

internal static class Ordinals
{
    /// <summary>1st, 2nd, 3rd, 4th, 11th ...</summary>
    public static string Text(int number)
    {
        var ending = (number % 100) is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return number.ToString(CultureInfo.InvariantCulture) + ending;
    }

    /// <summary>Reads "15th"; also with a wrong ending, which is no reason to refuse.</summary>
    public static bool TryRead(string word, out int number)
    {
        number = 0;
        return word.Length is 3 or 4 && (word[^2..] is "st" or "nd" or "rd" or "th")
            && int.TryParse(word[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
