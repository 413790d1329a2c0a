using System.Security.Cryptography;
using System.Text;

namespace MattermostLearning.Mattermost.Callbacks;

/// <summary>Comparing secrets without telling by the time it takes how much of a guess was right.</summary>
public static class ConstantTime
{
    /// <summary>Whether both are the same secret. A missing or empty one equals nothing, not even another empty one.</summary>
    public static bool Equals(string? left, string? right)
    {
        if (string.IsNullOrEmpty(left) || string.IsNullOrEmpty(right)) return false;
        Span<byte> leftHash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> rightHash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(left), leftHash);
        SHA256.HashData(Encoding.UTF8.GetBytes(right), rightHash);
        return CryptographicOperations.FixedTimeEquals(leftHash, rightHash);
    }
}
