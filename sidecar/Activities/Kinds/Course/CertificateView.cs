using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>The certificate at the end, as a picture and in words that say the same. Name and code are filled in when it is sent.</summary>
internal sealed class CertificateView(CourseDefinition definition, Scene scene, string personId)
{
    private readonly Certificate _certificate = new(personId, definition.Slug, LocalTime.DateOf(scene.Now, scene.ZoneOf(personId)));

    public Draft Message => scene.SpeechOf(personId).Say(
        "certificate.message", ("person", Token.Person(personId)), ("title", Token.Literal(definition.Title)), ("day", Day), ("code", Token.Code(_certificate)));

    public OutboxFile Picture
    {
        get
        {
            var speech = scene.SpeechOf(personId);
            var picture = new DraftPicture
            {
                Title = definition.Title,
                Card =
                [
                    new CardLine(speech.Say("certificate.heading")),
                    new CardLine(Token.Person(personId), CardSize.Large),
                    new CardLine(speech.Say("certificate.has-finished")),
                    new CardLine(Token.Literal(definition.Title), CardSize.Large),
                    new CardLine(Day),
                    new CardLine(speech.Say("certificate.code", ("code", Token.Code(_certificate))), CardSize.Small),
                ],
            };
            return OutboxFile.Of(picture, $"{definition.Slug}.png");
        }
    }

    private string Day => scene.SpeechOf(personId).Say("certificate.day", ("day", scene.SpeechOf(personId).Day(_certificate.On)), ("year", _certificate.On.Year));
}
