using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace MattermostLearning.Mattermost;

/// <summary>How the client behaves; where and as whom is in <see cref="IMattermostCredentials"/>.</summary>
public sealed class MattermostClientOptions
{
    /// <summary>How long one attempt may take, reading the answer included.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a call is repeated at most: reads after a 429, a 5xx or a broken connection, everything else after a 429 only.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The pause before the first repetition of a read; it doubles.</summary>
    public TimeSpan RetryBackoff { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The longest wait a call sits through. When the server asks for more, the call fails and says for how long.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of one answer that are read at most.</summary>
    public int MaxResponseBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Requests a second. Null, the default, does not slow anything down until the server shows that it limits, and then takes 9 a
    /// second: a tenth below the server's own default of 10, for the others who share our address.
    /// </summary>
    public double? RatePerSecond { get; set; }

    /// <summary>Requests that may go at once after a pause; a tenth below the server's default of 100.</summary>
    public int Burst { get; set; } = 90;

    /// <summary>Spreads repeated attempts; between 0 and 1. Tests and rehearsals give their own.</summary>
    public Func<double> Jitter { get; set; } = () => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d;
}

internal sealed class MattermostClientOptionsValidator : IValidateOptions<MattermostClientOptions>
{
    public ValidateOptionsResult Validate(string? name, MattermostClientOptions options)
    {
        var failures = new List<string>();
        if (options.AttemptTimeout <= TimeSpan.Zero) failures.Add($"AttemptTimeout must be positive, not {options.AttemptTimeout}.");
        if (options.MaxRetries is < 0 or > 10) failures.Add($"MaxRetries must be 0 to 10, not {options.MaxRetries}.");
        if (options.RetryBackoff < TimeSpan.Zero) failures.Add($"RetryBackoff must not be negative, as {options.RetryBackoff} is.");
        if (options.MaxWait < TimeSpan.Zero) failures.Add($"MaxWait must not be negative, as {options.MaxWait} is.");
        if (options.MaxResponseBytes < 1024) failures.Add($"MaxResponseBytes must be at least 1024, not {options.MaxResponseBytes}.");
        if (options.RatePerSecond is <= 0) failures.Add($"RatePerSecond must be positive, not {options.RatePerSecond}.");
        if (options.Burst < 1) failures.Add($"Burst must be at least 1, not {options.Burst}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
