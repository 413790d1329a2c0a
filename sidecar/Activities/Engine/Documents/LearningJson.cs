using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>How every stored document is written: names in camel case, absent values left out, enumerations by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(Occurrence))]
[JsonSerializable(typeof(Participation))]
[JsonSerializable(typeof(Enrollment))]
[JsonSerializable(typeof(Acquaintance))]
[JsonSerializable(typeof(Hold))]
[JsonSerializable(typeof(PersonSettings))]
[JsonSerializable(typeof(NudgeRecord))]
[JsonSerializable(typeof(RecallDeck))]
[JsonSerializable(typeof(Contribution))]
[JsonSerializable(typeof(Reaction))]
[JsonSerializable(typeof(DueTime))]
[JsonSerializable(typeof(LearningEvent))]
[JsonSerializable(typeof(StoredDefinition))]
[JsonSerializable(typeof(OutboxRow))]
[JsonSerializable(typeof(PostedMessage))]
[JsonSerializable(typeof(ContentAlert))]
[JsonSerializable(typeof(Forgotten))]
[JsonSerializable(typeof(Tip))]
[JsonSerializable(typeof(Suggestion))]
[JsonSerializable(typeof(LibraryFile))]
[JsonSerializable(typeof(LibraryVersion))]
[JsonSerializable(typeof(LibraryAttachment))]
internal sealed partial class LearningJson : JsonSerializerContext;
