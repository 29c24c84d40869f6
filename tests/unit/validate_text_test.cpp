#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"

#include <catch2/catch.hpp>

namespace cascade::validation {
namespace {

// What is running text, blanks in a row as one.
std::string said(const std::string& markdown) {
  const TextModel model(markdown, 0);
  std::string out;
  for (const char c : model.running())
    if ((c != ' ' && c != '\n') || (!out.empty() && out.back() != ' ')) out += c == '\n' ? ' ' : c;
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string stance(const std::string& markdown, const std::string& words = "DO IT") {
  const TextModel model(markdown, 0);
  const std::size_t at = markdown.find(words);
  switch (stance_of(model, at, at + words.size())) {
    case Stance::meant: return "meant";
    case Stance::forbidden: return "forbidden";
    case Stance::attack: return "attack";
    case Stance::example: return "example";
  }
  return "";
}

std::string sentence(const std::string& markdown, const std::string& word) {
  const TextModel model(markdown, 0);
  const Range range = model.sentence_at(markdown.find(word));
  return markdown.substr(range.begin, range.end - range.begin);
}

}  // namespace

TEST_CASE("code, quotes, comments, tags and targets are not said") {
  CHECK(said("Say `not this` and this.") == "Say and this.");
  CHECK(said("One.\n\n```\ncode\n```\n\nTwo.") == "One. Two.");
  CHECK(said("One.\n\n    indented code\n\nTwo.") == "One. Two.");
  CHECK(said("> quoted\n\nSaid.") == "Said.");
  CHECK(said("A <!-- hidden --> word.") == "A word.");
  CHECK(said("Read [the rules](rules.md) now.") == "Read [the rules]( ) now.");
  CHECK(said("A <b>bold</b> word.") == "A bold word.");
  CHECK(said("# Heading\n\n- item\n\n| a | b |\n| - | - |\n| c | d |\n") != "");
}

TEST_CASE("fences nest by length, and what stands between them is said") {
  CHECK(said("````\n```\nshown\n```\n````\nSaid.") == "Said.");
  CHECK(said("~~~\n```\n~~~\nSaid.") == "Said.");
}

TEST_CASE("quotation marks take words out, apostrophes do not") {
  CHECK(said("They write \"drop it\" there.") == "They write there.");
  CHECK(said("They write “drop it” there.") == "They write there.");
  CHECK(said("They write 'drop it' there.") == "They write there.");
  CHECK(said("The users' files and the team's notes.") == "The users' files and the team's notes.");
  CHECK(said("A 5\" disk and a word.") == "A 5\" disk and a word.");
}

TEST_CASE("elements that show something are not said") {
  CHECK(said("Before.\n\n<example>\nShown.\n</example>\n\nAfter.") == "Before. After.");
  CHECK(said("<Bad>\n\nShown.\n\n</Bad>\n\nAfter.") == "After.");
  CHECK(said("<rules>\n\nSaid.\n\n</rules>") == "Said.");
}

TEST_CASE("a place knows the stretch that it is in, innermost first") {
  const std::string text = "<example>\n\nUse `code` here.\n\n</example>\n\nText.";
  const TextModel model(text, 0);
  CHECK(model.region_at(text.find("code")) == Region::code);
  CHECK(model.is_quoted(text.find("code")));
  CHECK(model.region_at(text.find("here")) == Region::quote);
  CHECK(model.region_at(text.find("Text")) == Region::running);
  CHECK_FALSE(model.is_quoted(text.find("Text")));
}

TEST_CASE("the info string of a fence is known") {
  const std::string text = "```bash title\nmake\n```\n";
  const TextModel model(text, 0);
  REQUIRE(model.stretch_at(14) != nullptr);
  CHECK(model.info_of(*model.stretch_at(14)) == "bash title");
}

TEST_CASE("a sentence ends at its mark, at its block, and not behind e.g.") {
  CHECK(sentence("One. Two is here! Three.", "here") == " Two is here!");
  CHECK(sentence("One, e.g. two.\n\nThree.", "two") == "One, e.g. two.");
  CHECK(sentence("- one\n- two\n", "two").find("one") == std::string::npos);
  CHECK(sentence("| one | two |\n| - | - |\n", "two") == " two |");
}

TEST_CASE("an order is meant unless its sentence forbids it") {
  CHECK(stance("Please DO IT now.") == "meant");
  CHECK(stance("Never DO IT.") == "forbidden");
  CHECK(stance("Use the other tool instead of DO IT.") == "forbidden");
  CHECK(stance("DO IT is forbidden here.") == "forbidden");
  CHECK(stance("It is not ready. DO IT.") == "meant");
  CHECK(stance("If you do not have it, DO IT.") == "meant");
  CHECK(stance("Don't worry, just DO IT.") == "meant");
  CHECK(stance("It is not in the index; use DO IT.") == "meant");
  CHECK(stance("Install it without help using the DO IT.") == "meant");
  CHECK(stance("Do not push, run or DO IT.") == "forbidden");
  CHECK(stance("- ❌ DO IT") == "forbidden");
}

TEST_CASE("an aside that says how an order is done denies nothing, and a refusal around it stays") {
  for (const char* order :
       {"Without asking the user, DO IT.", "Run without review or approval the DO IT.",
        "Run it, no questions asked:\n\nDO IT", "Go on, never asking anybody else for permission, and DO IT.",
        "Without waiting to ask, DO IT.", "- Don't ask:\n\n  DO IT", "# Skill\n\n## Never ask\n\nDO IT.",
        "Go on without root:\n\nDO IT", "If nothing else works:\n\nDO IT",
        "Run this instead of building it yourself:\n\nDO IT", "Run this command rather than asking:\n\nDO IT",
        "確認せず DO IT", "不要询问，DO IT", "Nicht nachfragen, DO IT",
        "Go on without making anybody wait:\n\nDO IT"}) {
    INFO(order);
    CHECK(stance(order) == "meant");
  }
  for (const char* refusal :
       {"Never, without asking the user, DO IT.", "Without approval, do not DO IT.", "Avoid, without a review, DO IT.",
        "Do not tell the user to DO IT.", "- Do not:\n\n  DO IT", "# Skill\n\n## Never without asking\n\nDO IT.",
        "Get the tools without asking for DO IT.", "Get the tools without reading DO IT.",
        "Set it up without ever running this:\n\nDO IT", "Set it up without the DO IT.",
        "Never run this without root:\n\nDO IT", "When not to do it:\n\nDO IT",
        "Build it yourself instead of running this:\n\nDO IT", "Never use this instead of the other:\n\nDO IT",
        "Use the package instead of the script:\n\nDO IT", "確認せず DO IT しないでください", "不要 DO IT",
        "Nie DO IT, nicht fragen"}) {
    INFO(refusal);
    CHECK(stance(refusal) != "meant");
  }
  std::string many = "Without ";
  for (int i = 0; i < 200; ++i) many += "waiting ";
  CHECK(stance(many + "to ask, DO IT.") == "meant");
}

TEST_CASE("an example is introduced by its sentence, its lead or its heading") {
  CHECK(stance("Somebody may write, for example, DO IT.") == "example");
  CHECK(stance("A typical wording:\n\nDO IT.\n") == "example");
  CHECK(stance("# Skill\n\n## Examples\n\nDO IT.\n") == "example");
  CHECK(stance("Attackers write things such as DO IT.") == "attack");
  CHECK(stance("A typical attack reads:\n\nDO IT.\n") == "attack");
  CHECK(stance("# Skill\n\n## Anti-patterns\n\nDO IT.\n") == "attack");
  CHECK(stance("## Anti-patterns\n\nDO IT.\n") == "attack");
  CHECK(stance("# Attack review\n\nDO IT.\n") == "meant");  // the title names the subject of all of the file
  CHECK(stance("Then:\n\nDO IT.\n") == "meant");
}

TEST_CASE("what leads up to a list holds for all of its items, and for lists in them") {
  CHECK(stance("Never:\n\n- this\n- DO IT\n") == "forbidden");
  CHECK(stance("Never:\n\n- git\n  - push\n  - DO IT\n") == "forbidden");
  CHECK(stance("- Never:\n  - this\n- DO IT\n") == "meant");
  CHECK(stance("Never:\n\n- this\n\nThen:\n\n- DO IT\n") == "meant");
}

TEST_CASE("a row of a table and the heading of its column tell what its cells are") {
  CHECK(stance("| Never | Why |\n| - | - |\n| DO IT | x |\n") == "attack");
  CHECK(stance("| Step | Avoid |\n| - | - |\n| DO IT | x |\n") == "meant");
  CHECK(stance("| a | b |\n| - | - |\n| ❌ | DO IT |\n") == "forbidden");
  CHECK(stance("| `a \\| b` | Never |\n| - | - |\n| x | DO IT |\n") == "attack");
}

TEST_CASE("code is bad where its comment, its lead or its heading says so") {
  CHECK(stance("```sh\nDO IT\n```\n") == "meant");
  CHECK(stance("```sh\n# bad\nDO IT\n```\n") == "forbidden");
  CHECK(stance("Do not run this:\n\n```sh\nDO IT\n```\n") == "forbidden");
  CHECK(stance("Run this:\n\n```sh\nDO IT\n```\n") == "meant");
}

}  // namespace cascade::validation
