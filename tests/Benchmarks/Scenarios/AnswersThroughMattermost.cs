using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// What people wait for who press an answer in a quiz: it is graded, on the disk, and their message becomes what is said to it. Beside it messages with the same
/// words and as many buttons, which lead to a handler that answers the same bytes without thinking. One click of each caller on the one, one on the other, in turns.
/// </summary>
internal sealed class AnswersThroughMattermost : IScenario
{
    private const int Callers = 8;
    private const int InOneQuiz = Callers * OpenQuiz.Questions;
    private const int WarmUp = 2;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public string Name => "answer";

    public string Summary => "a click on an answer through a Mattermost, against a handler that answers a constant";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        var measured = Math.Max(1, bench.Sizes.Answers / InOneQuiz);
        var beforehand = Math.Max(1, measured / 4);
        var straight = WarmUp * measured;
        await using var town = await Town.OpenAsync(bench.Real);
        using var bot = town.AsBot();
        using var sidecar = new SidecarProcess(bench);
        var channelId = await town.AddChannelAsync();
        List<Learner> learners = [];
        for (var number = 0; number < Callers; number++)
        {
            var caller = await town.AddCallerAsync(channelId);
            learners.Add(new Learner(caller, bot, sidecar, Api.Text(await bot.PostAsync("channels/direct", new[] { bot.Id, caller.Id }), "id")));
        }

        var quizzes = await FillAsync(sidecar, town, channelId, straight + 1 + beforehand + measured, [.. learners.Select(learner => learner.Id)]);
        await sidecar.StartAsync(town, await town.AddCommandAsync("learn", new Uri(sidecar.Address, "mattermost/command")));
        await sidecar.IsInTouchAsync();
        foreach (var quiz in quizzes.Take(straight))
            await Load.EachAsync(Callers, OpenQuiz.Questions, (caller, question) => learners[caller].PressAsync(quiz.Choice(learners[caller].Id, question, OptionOf(question))));
        // When these have come, all that came of the others has.
        var posts = await Task.WhenAll(learners.Select(learner => learner.AskedAsync(quizzes[straight], 0, sendsFirst: true)));
        using var constant = await ConstantHandler.StartAsync(await AnsweredAsync(learners[0], quizzes[straight], posts[0]));
        using var http = new HttpClient();
        await Load.RunAsync(Callers, straight * InOneQuiz, (_, _) => constant.AskAsync(http));

        List<double> answers = [], same = [];
        foreach (var (number, quiz) in quizzes.Skip(straight + 1).Index())
        {
            for (var question = 0; question < OpenQuiz.Questions; question++)
            {
                var (asked, option) = (await Task.WhenAll(learners.Select(learner => learner.AskedAsync(quiz, question, sendsFirst: question == 0))), OptionOf(question));
                var others = await Task.WhenAll(learners.Zip(asked, (learner, post) => learner.CopyAsync(post, constant.Address)));
                // Whoever is first finds Mattermost still busy with the messages that were just made: each is first as often as the other.
                var turns = new[] { (Posts: asked, Times: answers), (Posts: others, Times: same) };
                foreach (var (clicked, times) in (number + question) % 2 == 0 ? turns : turns.Reverse())
                {
                    var clicks = await Load.EachAsync(Callers, 1, (caller, _) => learners[caller].ClickAsync(clicked[caller], option));
                    if (number >= beforehand) // the first ones warm up
                        times.AddRange(clicks.Milliseconds);
                }
            }
        }

        foreach (var learner in learners)
            learner.Dispose();
        await ProveAsync(sidecar, quizzes, ((quizzes.Count - 1) * InOneQuiz) + 1);
        return [Compare("median", 50, answers, same, Aim.AtMost(1.25), town), Compare("99th percentile", 99, answers, same, null, town)];
    }

    private static async Task<IReadOnlyList<OpenQuiz>> FillAsync(SidecarProcess sidecar, Town town, string channelId, int count, IReadOnlyList<string> people)
    {
        List<OpenQuiz> quizzes = [];
        await using var store = sidecar.OpenStore();
        var filler = new StoreFiller(store);
        for (var number = 0; number < count; number++)
            quizzes.Add(await OpenQuiz.AddAsync(sidecar, town, filler, number, channelId, people));
        await filler.FlushAsync();
        return quizzes;
    }

    /// <summary>Every other one is wrong.</summary>
    private static int OptionOf(int question) => question % 2;

    /// <summary>What Mattermost is told that the pressed message becomes.</summary>
    private static async Task<string> AnsweredAsync(Learner learner, OpenQuiz quiz, JsonElement post)
    {
        var step = QuizView.StepOf(new QuizPart { Attempt = 1, Sent = 2 });
        var answer = await learner.PressAsync(quiz.Choice(learner.Id, 0, OptionOf(0)) with { Step = step }, Api.Text(post, "id"));
        MeasurementException.Unless(answer.Contains("\"update\"", StringComparison.Ordinal), $"An answer was answered: {answer}");
        return answer;
    }

    /// <summary>Kills the sidecar: every answer is in its store, and counted once.</summary>
    private static async Task ProveAsync(SidecarProcess sidecar, IReadOnlyList<OpenQuiz> quizzes, int acknowledged)
    {
        sidecar.Kill();
        await using var store = sidecar.OpenStore();
        var given = 0;
        foreach (var quiz in quizzes)
            given += (await store.FindAsync(Participation.ByOccurrence, quiz.Id)).Sum(part => QuizKind.PartOf(part).Answers.Count);
        MeasurementException.Unless(given == acknowledged, $"{acknowledged} answers were acknowledged; after a kill the store holds {given} of them.");
    }

    private static Row Compare(string what, double percent, List<double> answers, List<double> same, Aim? aim, Town town)
    {
        var (measured, baseline) = (Spread.Percentile(answers, percent), Spread.Percentile(same, percent));
        return new Row(
            string.Create(CultureInfo.InvariantCulture, $"a click on an answer through {town.Kind}, {Callers} callers, {what} of {answers.Count:N0}"),
            Row.Text("{0:0.00} ms", measured), Row.Text("a constant, {0:0.00} ms", baseline), measured / baseline, aim);
    }

    /// <summary>One caller, and what stands in their direct messages.</summary>
    private sealed class Learner(Api caller, Api bot, SidecarProcess sidecar, string directId) : IDisposable
    {
        public string Id => caller.Id;

        /// <summary>A press, straight at the sidecar, as Mattermost would send it.</summary>
        public async Task<string> PressAsync(ActionReference reference, string? postId = null)
        {
            var click = new
            {
                user_id = Id, user_name = "somebody", channel_id = directId, team_id = "", post_id = postId ?? directId, type = "button",
                context = new Dictionary<string, string> { [DraftRenderer.ContextKey] = sidecar.Sealer.Seal(reference) },
            };
            using var answer = await sidecar.Http.PostAsJsonAsync("mattermost/action", click);
            var text = await answer.Content.ReadAsStringAsync();
            MeasurementException.Unless(answer.IsSuccessStatusCode, $"A click was answered with {(int)answer.StatusCode}: {text}");
            return text;
        }

        /// <summary>The message that asks a question, when it stands there.</summary>
        public async Task<JsonElement> AskedAsync(OpenQuiz quiz, int question, bool sendsFirst)
        {
            if (sendsFirst)
                await PressAsync(quiz.GoOn(Id));
            for (var began = Clock.Stamp(); ;)
            {
                var newest = (await bot.GetAsync($"channels/{directId}/posts?per_page=3")).GetProperty("posts").EnumerateObject().Select(post => post.Value).ToList();
                if (newest.FirstOrDefault(post => Api.Text(post, "message").StartsWith(quiz.HeadOf(question), StringComparison.Ordinal)) is { ValueKind: JsonValueKind.Object } found)
                    return found;
                MeasurementException.Unless(Clock.Since(began) < LongestWait, $"A question does not come. The newest messages: {string.Join(" / ", newest.Select(post => Api.Text(post, "message")))}");
                await Clock.PauseAsync(TimeSpan.FromMilliseconds(20));
            }
        }

        /// <summary>A message with the same words and as many buttons.</summary>
        public async Task<JsonElement> CopyAsync(JsonElement post, Uri url)
        {
            var actions = ActionsOf(post).Select(action => new
            {
                id = Api.Text(action, "id"), name = Api.Text(action, "name"), type = "button",
                integration = new { url = url.ToString(), context = new Dictionary<string, string> { [DraftRenderer.ContextKey] = new('c', 215) } },
            });
            return await bot.PostAsync("posts", new { channel_id = directId, message = Api.Text(post, "message"), props = new { attachments = new[] { new { actions } } } });
        }

        public Task<JsonElement> ClickAsync(JsonElement post, int option) =>
            caller.PostAsync($"posts/{Api.Text(post, "id")}/actions/{Api.Text(ActionsOf(post).ElementAt(option), "id")}", new { });

        public void Dispose() => caller.Dispose();

        private static JsonElement.ArrayEnumerator ActionsOf(JsonElement post) => post.GetProperty("props").GetProperty("attachments")[0].GetProperty("actions").EnumerateArray();
    }
}
