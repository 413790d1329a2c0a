namespace MattermostLearning.Sidecar.Setup;

/// <summary>The picture that setup gives a bot which has none: an open book on a green ground.</summary>
internal static class BotPicture
{
    private const string Name = "MattermostLearning.Sidecar.Setup.bot.png";

    public static byte[] Png { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(BotPicture).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"The resource {Name} is missing.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
