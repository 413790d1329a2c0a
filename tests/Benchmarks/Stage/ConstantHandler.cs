using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>
/// What nothing can be faster than: a process on the sidecar's stack (.NET, Kestrel, routing) that reads each body and answers the same
/// bytes. The sidecar's answers are compared with this one's.
/// </summary>
internal sealed class ConstantHandler : IDisposable
{
    public const string Verb = "constant-handler";

    private readonly Child _child;

    private ConstantHandler(Child child, Uri address) => (_child, Address) = (child, address);

    public Uri Address { get; }

    public Child Process => _child;

    /// <param name="answer">What it answers, whatever it is asked.</param>
    public static async Task<ConstantHandler> StartAsync(string answer)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Child.FreePort()}/"));
        var child = await Child.StartAsync(
            Workbench.Program, [Verb, address.ToString(), Convert.ToBase64String(Encoding.UTF8.GetBytes(answer))], new Dictionary<string, string>(), address);
        return new ConstantHandler(child, address);
    }

    /// <summary>One call, straight at it.</summary>
    public async Task AskAsync(HttpClient http)
    {
        using var content = new StringContent("text=");
        using var answer = await http.PostAsync(Address, content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The other side: serves until it is killed.</summary>
    public static async Task ServeAsync(string address, string answerInBase64)
    {
        var answer = Convert.FromBase64String(answerInBase64);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls(address).UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRouting();
        await using var app = builder.Build();
        app.MapGet("/", AnswerAsync);
        app.MapPost("/", AnswerAsync);
        await app.RunAsync();

        async Task AnswerAsync(HttpContext context)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        }
    }

    public void Dispose() => _child.Dispose();
}
