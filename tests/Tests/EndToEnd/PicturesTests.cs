using System.IO.Compression;
using System.Text;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Sidecar.Pictures;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Pictures and attachments that stand beside an activity's file go along with its messages.</summary>
public sealed class PicturesTests
{
    private const string Body = "Look at this.\n\n![Two arrows from the order to the invoice](order.png)\n\nAsk somebody, and read [the list](more/list.pdf).";
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 1, 2, 3];

    [Fact]
    public async Task What_stands_beside_a_file_of_the_folder_hangs_below_its_post_and_stays_there()
    {
        await using var world = await Stage.StartedAsync(content: Stage.Content(("body", Body)), prepare: world => Write(world, "challenges/order.png", "challenges/more/list.pdf"));
        await world.AdvanceToAsync(Stage.Monday);

        var opening = Stage.Opening(world);
        opening.Files.ShouldBe(["order.png", "list.pdf"]);
        opening.Message.ShouldContain("Look at this.\n\n_Two arrows from the order to the invoice_\n\nAsk somebody, and read _the list_.");
        await world.LetAsync(world.As("ann").ClickAsync(opening, "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));
        Stage.Opening(world).Text.ShouldContain("In so far: Ann Berg");
        Stage.Opening(world).Files.ShouldBe(["order.png", "list.pdf"]);

        await world.AdvanceToAsync(Stage.Monday.AddDays(7));
        Stage.Opening(world, 2).Files.ShouldBe(["order.png", "list.pdf"], "a file of Mattermost's hangs on one message");
    }

    [Fact]
    public async Task A_post_whose_picture_is_not_there_goes_without_it()
    {
        await using var world = await Stage.OpenedAsync(content: Stage.Content(("body", Body)));
        Stage.Opening(world).Files.ShouldBeEmpty();
        Stage.Opening(world).Message.ShouldContain("_Two arrows from the order to the invoice_");
        world.Log.Lines.ShouldContain(line => line.Contains("order.png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_zip_brings_an_activity_with_its_pictures()
    {
        await using var world = await LibraryTests.WorldAsync();
        var hana = world.As("hana.lead");
        await hana.DropAsync(LibraryTests.Facilitators, "Ask a customer.zip", Zip(
            ("ask/activity.md", Encoding.UTF8.GetBytes(Stage.Challenge(("title", "Ask a customer"), ("body", Body)))), ("ask/order.png", Png), ("ask/more/list.pdf", Png),
            ("__MACOSX/ask/._order.png", Png), ("ask/.DS_Store", Png)));
        await world.SettleAsync();
        LibraryTests.Answer(world).Text.ShouldStartWith("**`ask-a-customer.md`** can be used: **Ask a customer**, a challenge.");
        LibraryTests.Answer(world).Text.ShouldNotContain("Worth a look");
        LibraryTests.Answer(world).Text.ShouldContain("> _Two arrows from the order to the invoice_");
        await world.LetAsync(hana.ClickAsync(LibraryTests.Answer(world), "Put it in the library"));
        await Stage.StartRunAsync(world, "ask-a-customer");
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(Stage.Monday);
        Stage.Opening(world).Files.ShouldBe(["order.png", "list.pdf"]);
    }

    [Fact]
    public async Task A_preview_shows_them_before_anything_is_put_into_the_library_and_after()
    {
        await using var world = await LibraryTests.WorldAsync();
        var hana = world.As("hana.lead");
        await hana.DropAsync(LibraryTests.Facilitators, "ask.zip", Zip(
            ("ask.md", Encoding.UTF8.GetBytes(Stage.Challenge(("title", "Ask a customer"), ("body", Body)))), ("order.png", Png), ("more/list.pdf", Png)));
        await world.SettleAsync();
        var offer = LibraryTests.Answer(world);
        await world.LetAsync(hana.ClickAsync(offer, "See all of it"));
        await world.SettleAsync();
        await world.LetAsync(hana.ClickAsync(offer, "Put it in the library"));
        await world.LetAsync(hana.CommandAsync("/learn preview ask", "learning"));
        await world.SettleAsync();

        var previews = await Stage.DirectAsync(world, "hana.lead");
        previews.Select(post => post.Message).ShouldAllBe(text => text.Contains("_Two arrows from the order to the invoice_", StringComparison.Ordinal));
        previews.Select(post => string.Join(' ', post.Files)).ShouldBe(["order.png list.pdf", "order.png list.pdf"]);
    }

    [Fact]
    public async Task What_came_with_an_offer_goes_with_it_when_nobody_takes_it_up()
    {
        await using var world = await LibraryTests.WorldAsync();
        await world.As("hana.lead").DropAsync(LibraryTests.Facilitators, "ask.zip", Zip(("ask.md", Encoding.UTF8.GetBytes(Stage.Challenge(("body", Body)))), ("order.png", Png)));
        await world.SettleAsync();
        LibraryTests.Answer(world).Text.ShouldContain("`more/list.pdf` is not beside this file.");
        var version = (await world.Store.RangeAsync(LibraryVersion.ByOffer, "", null, 1)).ShouldHaveSingleItem();
        (await world.Store.FindAsync(LibraryAttachment.ByVersion, version.Id)).ShouldHaveSingleItem().Content.ToArray().ShouldBe(Png);

        await world.AdvanceAsync(TimeSpan.FromDays(9));
        (await world.Store.FindAsync(LibraryAttachment.ByVersion, version.Id)).ShouldBeEmpty();
        (await world.LetAsync(world.As("hana.lead").ClickAsync(LibraryTests.Answer(world), "Put it in the library"))).Dialog!.Json.ToJsonString().ShouldContain("too long ago");
    }

    [Fact]
    public async Task A_zip_of_which_nothing_can_be_made_gets_a_sentence()
    {
        await using var world = await LibraryTests.WorldAsync();
        var text = Encoding.UTF8.GetBytes(Stage.Challenge());
        (byte[] Zip, string Sentence)[] zips =
        [
            ([1, 2, 3], "I can't open `some.zip`."),
            (Zip(("order.png", Png)), "There is no `.md` file in `some.zip`."),
            (Zip(("a.md", text), ("b.md", text)), "There are several `.md` files in `some.zip`."),
            (Zip(("../a.md", text)), "I can't open `some.zip`."),
            (Zip([("a.md", text), .. Enumerable.Range(0, 40).Select(number => ($"{number}.png", Png))]), "at most 30 files"),
            (Zip(("a.md", text), ("bomb.png", new byte[6 * 1024 * 1024])), "none larger than 5 MiB"),
        ];
        foreach (var (zip, sentence) in zips)
        {
            await world.As("hana.lead").DropAsync(LibraryTests.Facilitators, "some.zip", zip);
            await world.SettleAsync();
            LibraryTests.Answer(world).Text.ShouldContain(sentence);
        }

        Stage.NobodySawTheInside(world);
    }

    [Fact]
    public async Task Where_no_picture_can_be_made_the_words_go_alone_and_say_the_same()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\nRead this.\n", others: new Dictionary<string, string>
        {
            ["quizzes/fruit.md"] = "---\nkind: quiz\ntitle: Fruit\nchannel: learning\nhost: hana.lead\nmode: window\nschedule: every Tuesday at 09:00\ntime-zone: Europe/London\nopen-for: 2 days\nrounds: 1\nshuffle: no\n---\n## Which is red?\n- [x] A cherry\n- [ ] A lime\n",
        }, more: seed =>
        {
            foreach (var name in new[] { "dora", "emil", "fay" })
            {
                seed.AddUser(name, $"{name} Test", teams: SidecarWorld.Team);
                seed.AddToChannel(seed.ChannelId(SidecarWorld.Team, "learning"), name);
            }
        });
        await world.StopSidecarAsync();
        world.OtherMachine = services => services.Replace(ServiceDescriptor.Singleton(
            provider => new PictureMaker(provider.GetRequiredService<ILogger<PictureMaker>>(), () => throw new DllNotFoundException("There is no libSkiaSharp."))));
        await world.StartSidecarAsync();
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.PressAsync(world, "ann", "Finish");
        var certificate = (await Stage.DirectAsync(world, "ann")).Single(post => post.Message.StartsWith("**Certificate**", StringComparison.Ordinal));
        certificate.Files.ShouldBeEmpty();
        certificate.Message.ShouldContain("Ann Berg has finished **Good messages** on Friday 8 January 2027.");
        certificate.Message.ShouldContain("/learn verify ");

        await Stage.StartRunAsync(world, "fruit");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        var fruit = world.As("ann").Read("learning").Last(post => post.RootId.Length == 0 && post.Message.StartsWith("**Fruit**", StringComparison.Ordinal));
        foreach (var (index, person) in new[] { "ann", "bilal", "chiara", "dora", "emil", "fay" }.Index())
        {
            await world.LetAsync(world.As(person).ClickAsync(fruit, "Start"));
            await world.LetAsync(world.As(person).ClickAsync((await Stage.DirectAsync(world, person)).Last(post => post.Message.Contains("Which is red?")), index < 3 ? "A" : "B"));
        }

        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        var card = world.As("ann").Read("learning").Single(post => post.Message.StartsWith("**Fruit is closed.**", StringComparison.Ordinal));
        card.Files.ShouldBeEmpty();
        card.Message.ShouldContain("- A cherry: a few (right)");
        world.Log.Problems.ShouldHaveSingleItem().ShouldContain("Pictures cannot be drawn on this machine; messages go out with their text alone");
    }

    private static void Write(SidecarWorld world, params string[] files)
    {
        foreach (var file in files.Select(name => Path.Combine(world.ContentFolder, name)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, Png);
        }
    }

    private static byte[] Zip(params IEnumerable<(string Name, byte[] Content)> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
