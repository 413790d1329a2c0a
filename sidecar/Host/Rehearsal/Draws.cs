using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// All chance of a simulation. What is drawn follows from the seed and the name of what it is drawn for, never from the order of asking:
/// threads that overtake each other draw the same.
/// </summary>
internal sealed class Draws(int seed)
{
    public Random For(string name) => new(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{name}"))));
}
