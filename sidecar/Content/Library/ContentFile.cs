using System.Buffers;
using System.Text;
using MattermostLearning.Content.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace MattermostLearning.Content.Library;

/// <summary>Reads one file's bytes as text, or says why that is not possible.</summary>
public static class ContentFile
{
    internal const int LongestFile = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="fullPath">Where it is.</param>
    /// <param name="path">As findings name it.</param>
    public static (string? Text, Diagnostic? Problem) Read(string fullPath, string path)
    {
        try
        {
            using var file = File.OpenHandle(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var says = RandomAccess.GetLength(file);
            // One byte more than it says, in case it is growing; files of a pipe or of /proc say 0.
            return says > LongestFile ? (null, TooBig(path)) : Read(file, path, says > 0 ? (int)says + 1 : LongestFile + 1);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, Unreadable(path, problem));
        }
    }

    /// <summary>One that was found in a folder.</summary>
    internal static (string? Text, Diagnostic? Problem) Read(FoundFile found) =>
        // A pipe says that it is empty, too, and whoever opens one waits until somebody writes into it.
        found.Length == 0 ? ("", null) : Read(found.FullPath, found.Path);

    private static (string? Text, Diagnostic? Problem) Read(SafeFileHandle file, string path, int most)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = 0;
            while (length < most && RandomAccess.Read(file, bytes.AsSpan(length, most - length), length) is var read and > 0)
                length += read;
            return length > LongestFile ? (null, TooBig(path)) : Decode(bytes.AsSpan(0, length), path);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static Diagnostic TooBig(string path) => Problem(path, Codes.TooBig, "This file is larger than 1 MiB.", "One file is one activity; pictures stand beside it.");

    internal static Diagnostic Unreadable(string path, Exception problem) =>
        Problem(path, Codes.Unreadable, $"This cannot be read: {problem.Message}", "Check that it is there and that the sidecar may read it.");

    internal static Diagnostic Problem(string path, string code, string message, string help) =>
        new(code, Severity.Error, message, help, path, Line: 1, Column: 1, Length: 0, SourceLine: "");

    internal static (string? Text, Diagnostic? Problem) Decode(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            return (null, Problem(path, Codes.NotUtf8, "This file is UTF-16.", "Save it as UTF-8."));
        if (bytes.Contains((byte)0))
            return (null, Problem(path, Codes.Binary, "This is not a text file.", "A content file is Markdown, saved as UTF-8."));
        try
        {
            return (Strict.GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            var line = 1 + bytes[..FirstBad(bytes)].Count((byte)'\n');
            return (null, Problem(path, Codes.NotUtf8, $"This file is not UTF-8: line {line} has a character of another encoding.", "Save it as UTF-8."));
        }
    }

    private static int FirstBad(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }
}
