using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Exchange;

/// <summary>What each type of Moodle becomes, and what is said of what has no counterpart.</summary>
public sealed class GiftImportTests
{
    [Theory]
    [InlineData("Bread is baked.{T}", "## Question: Bread is baked.\n- [x] True\n- [ ] False")]
    [InlineData("Bread is raw.{FALSE#No, look.#Right.####All bread.}", "## Question: Bread is raw.\n- [ ] True\n  > No, look.\n- [x] False\n  > Right.\n\n> All bread.")]
    [InlineData("Which? {=one#Yes. ~two#No.}", "## Question: Which?\n- [x] one\n  > Yes.\n- [ ] two\n  > No.")]
    [InlineData("Which? {=one ~%50%two ~three}", "## Question: Which?\n- [x] one\n- [50 %] two\n- [ ] three")]
    [InlineData("Which? {~%50%one ~%50%two ~%-50%three}", "## Question: Which?\n- [x] one\n- [x] two\n- [ ] three")]
    [InlineData("Which? {~%50%one ~%50%two ~three}", "## Question: Which?\n- [50 %] one\n- [50 %] two\n- [ ] three")]
    [InlineData("Which? {~%70%one ~%30%two ~%-100%three}", "## Question: Which?\n- [70 %] one\n- [30 %] two\n- [-100 %] three")]
    [InlineData("Which? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-33.33333%d}", "## Question: Which?\n- [x] a\n- [x] b\n- [x] c\n- [ ] d")]
    [InlineData("Which? {~%100%one ~%-100%two}", "## Question: Which?\n- [x] one\n- [ ] two")]
    [InlineData("Which city? {=Paris =Lutetia}", "## Question: Which city?\n### Answer\n- Paris\n- Lutetia")]
    [InlineData("Which city? {=Paris#Yes. =%50%Versailles#Near. =%0%Lyon#No.}", "## Question: Which city?\n### Answer\n- [x] Paris\n  > Yes.\n- [50 %] Versailles\n  > Near.\n- [ ] Lyon\n  > No.")]
    [InlineData("Two plus {=two =2} are four.", "## Question: Two plus _____ are four.\n### Answer\n- two\n- 2")]
    [InlineData("Who? {Newton}", "## Question: Who?\n### Answer\n- Newton")]
    [InlineData("How many? {#42}", "## Question: How many?\n### Answer\n- 42")]
    [InlineData("How many? {#42:2}", "## Question: How many?\n### Answer\n- 42 ± 2")]
    [InlineData("How many? {#-5..3.5}", "## Question: How many?\n### Answer\n- -5 to 3.5")]
    [InlineData("How many? {#=42#Yes. =%50%42:2}", "## Question: How many?\n### Answer\n- [x] 42\n  > Yes.\n- [50 %] 42 ± 2")]
    [InlineData("What for? {=hammer -> nails =saw -> planks}", "## Question: What for?\n- hammer\n  - nails\n- saw\n  - planks")]
    public void A_type_has_its_counterpart(string gift, string markdown) => Importing.Body(gift).ShouldBe(markdown);

    [Theory]
    [InlineData("What is <b>2</b> * 3 * 4? {=24 ~9}", "What is **2** \\* 3 * 4?", "what HTML there is, and signs that are none of it")]
    [InlineData("[plain]What is <b> in *HTML*? {=bold ~big}", "What is \\<b> in \\*HTML\\*?", "signs, as they are")]
    [InlineData("[html]<p>What is <em>this</em>?</p><p>Say&nbsp;it.</p>{=a ~b}", "What is *this*?\n\nSay it.", "HTML")]
    [InlineData("[markdown]What is **this**? {=a ~b}", "What is **this**?", "Markdown, as it is")]
    [InlineData("One line\\nand another {=a ~b}", "One line\nand another", "a line end that is written out")]
    [InlineData("Which \\{ sign \\= ends \\: this\\~? {=a ~b}", "Which { sign = ends : this~?", "escapes")]
    public void A_text_comes_in_its_format(string gift, string text, string because) => Importing.Gift(gift).Questions.ShouldHaveSingleItem().Text.Replace('\u00A0', ' ').ShouldBe(text, because);

    [Fact]
    public void True_and_false_are_said_in_the_language_of_the_questions() =>
        Importing.Gift("Brot wird gebacken.{T}", "de").Questions.ShouldHaveSingleItem().ShouldBeOfType<ChoiceQuestion>().Options.Select(option => option.Text).ShouldBe(["Richtig", "Falsch"]);

    [Fact]
    public void Each_category_is_a_list_of_its_own_and_one_that_comes_again_goes_on()
    {
        var report = new ImportReport(new SourceText("sample.gift", "A? {T}\n\n$CATEGORY: $course$/top/Food/Fruit\n\nB? {T}\n\n$CATEGORY: Second//third\n\nC? {T}\n\n$CATEGORY: Fruit\n\nD? {T}\n\n$CATEGORY: $course$/top\n\nE? {T}\n"));
        GiftImport.Read(report, null).Select(list => (list.Title, string.Concat(list.Questions.Select(question => question.Text[0]))))
            .ShouldBe([(null, "AE"), ("Fruit", "BD"), ("Second/third", "C")]);
    }

    [Theory]
    [InlineData("This asks nothing.", "This text asks nothing, and a quiz has only questions.")]
    [InlineData("What did you learn? {}", "An essay has no answer that a quiz could know.")]
    [InlineData("Which? {~one ~two}", "None of these options is right.")]
    [InlineData("Which? {~%50%one ~%25%two}", "What is right here comes to 75 %, and to nobody all of it.")]
    [InlineData("Which? {=%50%one}", "Nothing that people could type is wholly right.")]
    [InlineData("How many? {#=%50%1}", "No number is wholly right.")]
    [InlineData("Which? {=1 ~2 ~3 ~4 ~5 ~6 ~7}", "This question has 7 options; people choose from 2 to 6.")]
    [InlineData("What for? {=a->1 =b->2 =c->3 =d->4 =e->5 =f->6}", "This question has 6 of pairs; it takes 2 to 5.")]
    [InlineData("Which? {=one ~one}", "`one` stands here twice.")]
    [InlineData("Which room? {=10-12}", "Its text cannot stand in a quiz's file: within an answer there is a list, a heading or the like.")]
    [InlineData("[markdown]Which? {=one\\n\\n- two\\n- three ~four}", "Its text cannot stand in a quiz's file: within an answer there is a list, a heading or the like.")]
    public void What_has_no_counterpart_stays_behind_with_its_line_and_the_reason(string gift, string message)
    {
        var (_, findings) = Importing.Written($"Bread is baked. {{T}}\n\n{gift}\n");
        var finding = findings.ShouldHaveSingleItem();
        (finding.Severity, finding.Line, finding.Message).ShouldBe((Severity.Error, 3, message));
    }

    [Theory]
    [InlineData("::One::What? {T}", "One question has a name here, and questions have none in a quiz.")]
    [InlineData("// [id:7] [tag:old]\nWhat? {T}", "Comments give questions 2 ids and tags, and questions have none in a quiz.")]
    [InlineData("Which? {=one =two ~three}", "One of several right options was enough, and here people find all of them.")]
    [InlineData("Which? {=one ~%-50%two}", "A wrong option took something back, and here it does not where people choose one.")]
    [InlineData("Which? {=Paris =*ville}", "The asterisk in `*ville` stands for any letters, and here nothing does: this answer stays behind.")]
    [InlineData("Which? {=Paris =%0%*#Try again.}", "`Try again.` is said to any other answer, and a quiz has nothing to say to those.")]
    [InlineData("How many? {#=4 ~#Count again.}", "`Count again.` is said to any other answer, and a quiz has nothing to say to those.")]
    [InlineData("What for? {=a->1 =b->2 =->3}", "`3` belongs to nothing, and in a quiz everything belongs to something: it stays behind.")]
    [InlineData("[html]x<sub>2</sub>? {T}", "Markdown has nothing for `<sub>`; its text is kept.")]
    [InlineData("[html]<img src=\"@@PLUGINFILE@@/x.png\" alt=\"A tree\">? {T}", "Markdown has nothing for a picture that is not on the web; its text is kept.")]
    public void What_comes_otherwise_is_said_too(string gift, string message)
    {
        var (markdown, findings) = Importing.Written($"{gift}\n");
        findings.Select(each => (each.Severity, each.Message)).ShouldBe([(Severity.Warning, message)]);
        markdown.ShouldContain("## Question");
    }

    [Fact]
    public void However_much_stays_behind_all_of_it_is_said() =>
        Importing.Gift(string.Concat(Enumerable.Range(1, 300).Select(number => $"Tell about {number}. {{}}\n\n"))).Findings.Count.ShouldBe(300);
}
