using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>Reads the body of a callback: of the right type, not too long and not too slow, or not at all.</summary>
internal static class CallbackBody
{
    public const int MostBytes = 64 * 1024;
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";

    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(5);

    /// <summary>Null when the request was refused; the answer is written then.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context, TimeProvider time, params IReadOnlyList<string> types)
    {
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed) ? parsed.MediaType.Value : null;
        if (!types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, $"The body must be {string.Join(" or ", types)}.");
            return null;
        }

        if (context.Request.ContentLength > MostBytes)
        {
            await TooLargeAsync(context);
            return null;
        }

        // One limit for all of it: a body that comes drop by drop ends as one that stops. A token that cancels the read would leave the
        // server in the middle of it, and it could not end the connection cleanly; whoever hangs up ends it anyway.
        var reader = context.Request.BodyReader;
        using var limit = new CancellationTokenSource(LongestRead, time);
        await using var end = limit.Token.UnsafeRegister(static reading => ((PipeReader)reading!).CancelPendingRead(), reader);
        while (true)
        {
            // Of a body that ends too early or breaks the protocol the server itself makes an end: it must see its own exception to do so.
            var read = await reader.ReadAsync(CancellationToken.None);
            if (read.Buffer.Length > MostBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                await TooLargeAsync(context);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCanceled)
            {
                await Refusal.WriteAsync(context, StatusCodes.Status408RequestTimeout, "The body came too slowly.");
                return null;
            }
        }
    }

    public static bool IsForm(HttpContext context) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase);

    /// <summary>What came several times stands with commas between. Null when it is no form.</summary>
    public static async Task<IReadOnlyDictionary<string, string>?> FormAsync(byte[] body)
    {
        try
        {
            using var stream = new MemoryStream(body);
            using var reader = new FormReader(stream) { ValueCountLimit = 200, KeyLengthLimit = 200, ValueLengthLimit = MostBytes };
            return (await reader.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Task TooLargeAsync(HttpContext context) =>
        Refusal.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, $"The body is longer than {MostBytes} bytes.");
}
