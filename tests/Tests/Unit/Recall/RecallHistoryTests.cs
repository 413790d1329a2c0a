using CsCheck;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Library;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Recall;

/// <summary>Whatever somebody answers, and whenever, and whatever becomes of the file: the deck keeps what it promises.</summary>
public sealed class RecallHistoryTests
{
    private const string Slug = "numbers";
    private const int Questions = 14;

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Tuesday = LearningTown.At("2027-01-12 10:00");
    private static readonly ContentReader Reader = new([new QuizContent()]);

    /// <summary>As it was, with other options in one place, and with one question gone.</summary>
    private static readonly ContentLibrary[] Libraries = [Library("No", Questions), Library("Never", Questions), Library("No", Questions - 1)];

    [Fact]
    public void Every_history_keeps_what_the_page_promises() => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 100], Gen.Int[0, 40]).List[80].Always(200, acts =>
    {
        var story = new Story();
        foreach (var (act, draw, hours) in acts)
            story.Happens(act, draw, hours);
    });

    /// <summary>A deck and its owner, and beside it what is known of each question by counting alone.</summary>
    private sealed class Story
    {
        private readonly Dictionary<string, (int InARow, DateOnly Due)> _known = [];
        private readonly HashSet<string> _rows = [];
        private readonly List<string> _oldSteps = [];
        private RecallDeck _deck = new() { PersonId = "ann", ChangedAt = Tuesday };
        private PersonSettings _settings = new() { PersonId = "ann", Recall = RecallChoice.Yes };
        private ContentLibrary _library = Libraries[0];
        private DateTimeOffset _now = Tuesday;
        private int _answeredInSitting;

        private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_now, Berlin).DateTime);

        public void Happens(int act, int draw, int hours)
        {
            _now += TimeSpan.FromHours(hours);
            switch (act)
            {
                case 0 or 1:
                    Miss(QuestionId(draw % Questions));
                    break;
                case 2 or 3:
                    Take(new Acted("ann", PersonAction.Join, null));
                    break;
                case 4:
                    _library = Libraries[draw % Libraries.Length];
                    break;
                case 5 when _oldSteps.Count > 0:
                    var before = _deck;
                    Take(new Acted("ann", "choose/0", _oldSteps[draw % _oldSteps.Count]));
                    _deck.ShouldBe(before, "a button of an earlier message changes nothing");
                    break;
                default:
                    Answer(isRight: draw % 4 != 0);
                    break;
            }

            Check();
        }

        private void Miss(string id)
        {
            _deck = RecallBoxes.WithMissed(_deck, Slug, id, _now, Berlin);
            _known[id] = (0, Today.AddDays(1));
        }

        private void Answer(bool isRight)
        {
            if (_deck.Sitting is not { } sitting || !_known.TryGetValue(sitting.QuestionId, out var known))
                return;
            var (step, isAsItWas) = (RecallStep(), _library.Find(Slug)!.Hash == sitting.DefinitionHash);
            // The right option stands first in the file, wherever it stands in the message.
            Take(new Acted("ann", isRight ? "choose/0" : "choose/1", step));
            _oldSteps.Add(step);
            if (!isAsItWas)
                return;
            known.Due.ShouldBeLessThanOrEqualTo(Today, "nothing is asked before it is due");
            var inARow = isRight ? known.InARow + 1 : 0;
            int[] days = [1, 3, 7, 21];
            if (inARow == days.Length)
                _known.Remove(sitting.QuestionId);
            else
                _known[sitting.QuestionId] = (inARow, Today.AddDays(days[inARow]));
            _answeredInSitting = sitting.Number;
            _answeredInSitting.ShouldBeLessThanOrEqualTo(10);
        }

        private void Take(ActivityEvent happened)
        {
            var who = new PersonInScene("ann", new PersonProfile("ann", "ann", "Ann", Berlin, "en"), null, null, _settings) { Deck = _deck };
            var decision = new RecallActivity().Decide(new PersonalScene(_now, who, Catalogue.Shipped.For("en"), _library, IsHeld: false) { Subject = RecallActivity.Name }, happened);
            _deck = decision.Changes.Find<RecallDeck>("ann")?.Document ?? _deck;
            _settings = decision.Changes.Find<PersonSettings>("ann")?.Document ?? _settings;
            decision.Reply.ShouldNotBeNull("whoever does something is answered");
            foreach (var row in decision.Messages.Where(row => row.Operation == OutboxOperation.Post))
                _rows.Add(row.Id).ShouldBeTrue("each message is one of its own, else it would not be sent");
            foreach (var moment in decision.Moments)
                moment.At.ShouldBeGreaterThanOrEqualTo(_now);
        }

        private void Check()
        {
            _deck.Cards.Select(card => card.QuestionId).ShouldBeUnique();
            foreach (var card in _deck.Cards)
                (card.Box, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(card.DueAt, Berlin).DateTime)).ShouldBe((_known[card.QuestionId].InARow, _known[card.QuestionId].Due));
            // What was taken out because it is asked nowhere any more is known by nobody.
            foreach (var lost in _known.Keys.Where(id => _deck.Cards.All(card => card.QuestionId != id)).ToList())
            {
                lost.ShouldBe(QuestionId(Questions - 1), "only what is gone from the file leaves without being known");
                _known.Remove(lost);
            }
        }

        private string RecallStep() => RecallView.StepOf(_deck);
    }

    private static string QuestionId(int number) => Libraries[0].Find(Slug)!.Questions[number].Id;

    private static ContentLibrary Library(string wrong, int questions)
    {
        var body = string.Join("\n\n", Enumerable.Range(1, questions).Select(number => $"## Question: Is {number} a number?\n- [x] Yes\n- [ ] {(number == 3 ? wrong : "No")}"));
        var library = ContentLibrary.Empty.With([LooseFile.Of($"quizzes/{Slug}.md", $"---\nkind: quiz\ntitle: Numbers\nchannel: learning\n---\n{body}\n")], Reader);
        library.HasErrors.ShouldBeFalse();
        return library;
    }
}
