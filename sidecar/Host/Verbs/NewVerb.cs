using System.CommandLine;
using System.Text;
using MattermostLearning.Content;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`new KIND NAME`: a file to begin with.</summary>
internal sealed class NewVerb : Verb
{
    private readonly Argument<string> _kind;
    private readonly Argument<string> _name;
    private readonly Option<string> _content;

    public NewVerb() : base("new", "writes a file to begin with, which says what each line is for")
    {
        _kind = Word("KIND", $"a kind, {string.Join(" or ", ShippedKinds.Reader.Kinds.Keys)}: `new challenge ask-a-customer`");
        _name = Word("NAME", "a name: `new challenge ask-a-customer`");
        _content = Text("content", "PATH", $"the folder of the activities (default {ContentSettings.Default})");
    }

    public override bool ReadsSettings => false;

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (kind, name) = (call.Of(_kind), call.Of(_name));
        if (!ShippedKinds.Reader.Kinds.TryGetValue(kind.ToLowerInvariant(), out var content))
            throw new UsageException($"There is no kind `{kind}`. There is: {string.Join(", ", ShippedKinds.Reader.Kinds.Keys)}.");
        var path = NewFile.PathOf(content.Declaration, name) ?? throw new UsageException(NewFile.ProblemOf(name)!);
        var file = Path.Combine(call.Of(_content) ?? ContentSettings.Default, path);
        Write(file, NewFile.TextOf(content.Declaration, name));
        call.Terminal.Print($"Written: {file}. What is in it is an example; change it; `lint {file}` looks over it, and `preview {file}` shows what people will see.");
        return Task.FromResult(0);
    }

    /// <summary>Writes a file that was not there, and the folders above it.</summary>
    /// <exception cref="CannotStartException">It is there, or cannot be written.</exception>
    internal static void Write(string file, string text)
    {
        FileStream created;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            created = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new CannotStartException($"{file} is there already, and is left as it is: choose another name.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"{file} cannot be written: {e.Message}", e);
        }
        Fill(created, file, text);
    }

    /// <summary>Writes the file that was just created; half of it helps nobody, and would be in the way of another attempt.</summary>
    /// <exception cref="CannotStartException">It cannot be written, and is gone again.</exception>
    internal static void Fill(Stream created, string file, string text)
    {
        try
        {
            using (created)
                created.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException e)
        {
            File.Delete(file);
            throw new CannotStartException($"{file} cannot be written: {e.Message}", e);
        }
    }
}
