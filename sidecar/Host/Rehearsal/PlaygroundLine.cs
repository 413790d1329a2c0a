using System.Globalization;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>What stands behind `playground`.</summary>
/// <param name="Port">Of the page; 0 takes a free one.</param>
/// <param name="Content">The folder of the activities.</param>
/// <param name="Data">Where the sidecar keeps what it keeps; null is memory, and nothing stays.</param>
internal sealed record PlaygroundLine(int Port, string Content, string? Data)
{
    public const int DefaultPort = 8066;

    public bool WantsHelp { get; private init; }

    /// <exception cref="UsageException">Something that is no option of the playground.</exception>
    public static PlaygroundLine Parse(IReadOnlyList<string> args)
    {
        var line = new PlaygroundLine(DefaultPort, ContentSettings.Default, null);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h" or "-?")
                return line with { WantsHelp = true };
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            if (name is not ("--port" or "--content" or "--data"))
                throw new UsageException($"`{args[i]}` means nothing to the playground. There is: {PlaygroundVerb.Usage}.");
            if (equals < 0 && i + 1 == args.Count)
                throw new UsageException($"`{name}` needs a value.");
            var value = equals < 0 ? args[++i] : args[i][(equals + 1)..];
            line = name switch
            {
                "--port" => line with { Port = ReadPort(value) },
                "--content" => line with { Content = value },
                _ => line with { Data = value },
            };
        }

        return line;
    }

    private static int ReadPort(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port : throw new UsageException($"`{value}` is no port: a number from 1 to 65535 is, and 0 takes a free one.");
}
