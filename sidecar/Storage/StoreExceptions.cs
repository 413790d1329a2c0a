namespace MattermostLearning.Storage;

/// <summary>Another sidecar has the data file. The message says which.</summary>
public sealed class StoreInUseException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The data file is damaged, or not ours. It was left as it is; the message says what to do.</summary>
public sealed class StoreDamagedException(string message, Exception? inner = null) : Exception(message, inner);
