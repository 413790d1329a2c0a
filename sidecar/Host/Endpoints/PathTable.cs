namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>
/// Which path leads where. There are six, none with anything variable in it, so a table finds them; the framework's routing would take some megabytes of memory for patterns that nobody
/// has here.
/// </summary>
internal sealed class PathTable(IEnumerable<PathTable.Entry> entries)
{
    private readonly Dictionary<string, Entry> _entries = entries.ToDictionary(entry => entry.Path, StringComparer.OrdinalIgnoreCase);

    public Task AnswerAsync(HttpContext context)
    {
        if (!_entries.TryGetValue(context.Request.Path.Value?.TrimEnd('/') ?? "", out var entry))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!HttpMethods.Equals(context.Request.Method, entry.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = entry.Method;
            return Task.CompletedTask;
        }

        return entry.AnswerAsync(context);
    }

    internal sealed record Entry(string Method, string Path, RequestDelegate AnswerAsync);
}
