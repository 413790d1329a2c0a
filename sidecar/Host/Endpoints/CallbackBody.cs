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

        using var limit = new CancellationTokenSource(LongestRead, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        using var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, either.Token)) > 0)
            {
                if (body.Length + read > MostBytes)
                {
                    await TooLargeAsync(context);
                    return null;
                }

                body.Write(buffer, 0, read);
            }

            return body.ToArray();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            await Refusal.WriteAsync(context, StatusCodes.Status408RequestTimeout, "The body came too slowly.");
            return null;
        }
        catch (BadHttpRequestException e)
        {
            await Refusal.WriteAsync(context, e.StatusCode, "The body could not be read.");
            return null;
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

    private static Task TooLargeAsync(HttpContext context)
    {
        // What is still to come is not read, so the connection cannot be used again.
        context.Response.Headers.Connection = "close";
        return Refusal.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, $"The body is longer than {MostBytes} bytes.");
    }
}
