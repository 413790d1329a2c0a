namespace MattermostLearning.Sidecar.Setup;

/// <summary>Setup cannot go on; the message says why and what to do.</summary>
internal sealed class SetupRefusedException(string message, Exception? inner = null) : Exception(message, inner);
