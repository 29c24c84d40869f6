// What belongs together inside a section, and the shorter forms that leave out the rest.
#include "manifest/emission.h"

#include <catch2/catch.hpp>

namespace cascade::manifest {
namespace {

// The first line of each unit; " +" for a unit of code, " >" for one that leads on.
std::string units(const std::string& text) {
  const syntax::Outline outline = syntax::scan_outline(text);
  std::string out;
  for (const Unit& unit : units_of(text, {0, text.size()}, {outline.blocks.data(), outline.blocks.size()})) {
    const std::string bytes = text.substr(unit.bytes.begin, unit.bytes.size());
    const std::size_t first = bytes.find_first_not_of("\r\n");
    out += (out.empty() ? "" : " | ") + bytes.substr(first, bytes.find('\n', first) - first);
    out += std::string(unit.code ? " +" : "") + (unit.announces ? " >" : "");
  }
  return out;
}

std::string padded(const std::string& line) { return line + " " + std::string(200, '.') + "\n"; }

}  // namespace

TEST_CASE("a lead-in line belongs to its list, table, code or quote") {
  CHECK(units("# H\n\nOne.\n\nDo this:\n\n- a\n- b\n\nTwo.\n") == "One. | Do this: | Two.");
  CHECK(units("Run:\n\n```\nls\n```\n\nTwo.\n") == "Run: + | Two.");
  CHECK(units("**Run:**\n```\nls\n```\nTwo.\n") == "**Run:** + | Two.");
  CHECK(units("Codes:\n\n| a |\n|---|\n| 1 |\n\nTwo.\n") == "Codes: | Two.");
  CHECK(units("He said:\n\n> yes\n\nTwo.\n") == "He said: | Two.");
}

TEST_CASE("a line without an end, or that says so, leads to code, tables and lists") {
  CHECK(units("Use this format\n\n```\nx\n```\n\nTwo.\n") == "Use this format + | Two.");
  CHECK(units("For example,\n\n    x\n\nTwo.\n") == "For example, + | Two.");
  CHECK(units("`config.yaml`\n\n```\nx\n```\n\nTwo.\n") == "`config.yaml` + | Two.");
  CHECK(units("The limits are as follows.\n\n- a\n- b\n\nTwo.\n") == "The limits are as follows. | Two.");
  CHECK(units("The table below has them.\n\nMind the unit.\n\n| a |\n|---|\n| 1 |\n\nTwo.\n") ==
        "The table below has them. | Two.");
  CHECK(units("It builds.\n\n```\nx\n```\n\nTwo.\n") == "It builds. | ``` + | Two.");
  CHECK(units("\xE5\xAE\x8C\xE4\xBA\x86\xE3\x80\x82\n\n```\nx\n```\n") ==
        "\xE5\xAE\x8C\xE4\xBA\x86\xE3\x80\x82 | ``` +");
  CHECK(units("1. Build it\n\n```\nx\n```\n\nTwo.\n") == "1. Build it | Two.");
}

TEST_CASE("what goes on from the text before it, answers it or points back at it stays with it") {
  CHECK(units("If it fails, stop.\n\nOtherwise, go on.\n\nTwo.\n") == "If it fails, stop. | Two.");
  CHECK(units("If red:\n\n- stop\n\n**Else:**\n\n- go on\n\nTwo.\n") == "If red: | Two.");
  CHECK(units("Ask first.\n\nIf not, stop.\n\nIf it rains, stay.\n") == "Ask first. | If it rains, stay.");
  CHECK(units("**Q:** Why?\n\n**A:** Because.\n\nA second one.\n") == "**Q:** Why? | A second one.");
  CHECK(units("Run it.\n\nOutput:\n\n```\nx\n```\n") == "Run it.");
  CHECK(units("One.\n\n```\nx\n```\n\nThe command above lists all.\n\nTwo.\n") == "One. | ``` | Two.");
  CHECK(units("Term\n\n: its meaning\n\nTwo.\n") == "Term | Two.");
}

TEST_CASE("an admonition is one, and stays with what it warns of") {
  CHECK(units("One.\n\nRun rm.\n\n!!! danger \"All is lost\"\n\n    And more.\n\nThree.\n\nFour.\n") ==
        "One. | Run rm. | Three. | Four.");
  CHECK(units("One.\n\n:::tip\n\nTwo.\n\nThree.\n\n:::\n\nFour.\n") == "One. | :::tip | Four.");
  CHECK(is_warning_label("\xE8\xAD\xA6\xE5\x91\x8A"));
}

TEST_CASE("a bold line stands for a heading") {
  CHECK(units("**Build**\n\nWith make.\n\nTwo.\n") == "**Build** | Two.");
  CHECK(units("**Wrong**\n\n```\nx\n```\n\nTwo.\n") == "**Wrong** + | Two.");
}

TEST_CASE("a list is one, with its sub-steps and with what interrupts its numbers") {
  CHECK(units("- a\n  - b\n- c\n\nTwo.\n") == "- a | Two.");
  CHECK(units("1. a\n\n```\nx\n```\n\n2. b\n\nTwo.\n") == "1. a | Two.");
  CHECK(units("1. a:\n\n```\nx\n```\n\nTwo.\n") == "1. a: | Two.");
}

TEST_CASE("a warning belongs to what stands around it") {
  CHECK(units("One.\n\nRun rm.\n\n> [!WARNING]\n> All is lost.\n\nThree.\n\nFour.\n") == "One. | Run rm. | Four.");
  CHECK(units("One.\n\nRun rm.\n\n**Warning:** all is lost.\n") == "One. | Run rm.");
  CHECK(units("One.\n\nImportant things come first.\n\nThree.\n") == "One. | Important things come first. | Three.");
}

TEST_CASE("wrong belongs to right") {
  CHECK(units("Wrong:\n\n```\na\n```\n\nCorrect:\n\n```\nb\n```\n\nTwo.\n") == "Wrong: + | Two.");
  CHECK(units("```js\n// \xE2\x9D\x8C BAD\na\n```\n\n```js\n// \xE2\x9C\x85 GOOD\nb\n```\n") == "```js +");
  CHECK(contrast_of("\xE2\x9D\x8C Before") == Contrast::wrong);
  CHECK(contrast_of("Good") == Contrast::right);
  CHECK(contrast_of("Do not") == Contrast::wrong);
  CHECK(contrast_of("**Agreement (Bad):**") == Contrast::wrong);
  CHECK(contrast_of("**Check (good)**:") == Contrast::right);
  CHECK(contrast_of("Releases (before 2020)") == Contrast::none);
  CHECK(contrast_of("Good morning is what one says to people whom one meets before noon") == Contrast::none);
}

TEST_CASE("what a tag opens goes on to where it is closed") {
  CHECK(units("<details>\n<summary>More</summary>\n\nText.\n\n</details>\n\nTwo.\n") == "<details> | Two.");
  CHECK(units("<example>\n\nuser: hi\n\n```\nx\n```\n\n</example>\n\nTwo.\n") == "<example> | Two.");
}

TEST_CASE("a tag that holds all of a section joins nothing, the tags within it do") {
  CHECK(units("<Prompt>\n<Role>\nYou "
              "read.\n</Role>\n\n<Rules>\nOne.\n\nTwo.\n</Rules>\n\n<End>\nOut.\n</End>\n</Prompt>\n") ==
        "<Prompt> | <Rules> | <End>");
  CHECK(units("<Prompt>\n<Role>\nYou read.\n\nAnd write.\n</Role>\n\nMore.\n\n</Prompt>\n") ==
        "<Prompt> | More. | </Prompt>");
}

TEST_CASE("a last line that ends in a colon leads to what follows the section") {
  CHECK(units("One.\n\nThere are three ways:\n") == "One. | There are three ways: >");
}

TEST_CASE("prose is a section without its code, with a mark where it was") {
  const std::string code = "```sh\n" + padded("ls") + "```\n";
  CHECK(shortened("# A\n\nText.\n\n" + code + "\nMore.\n", Form::prose, "skill:x#A") ==
        "# A\n\nText.\n\n[cut: 3 lines of code; cascade show skill:x#A]\n\nMore.\n\n");
  CHECK(shortened("# A\n\nText.\n\nRun:\n\n" + code, Form::prose, "skill:x#A") ==
        "# A\n\nText.\n\n[cut: 5 lines of code; cascade show skill:x#A]\n\n");
  CHECK(shortened("# A\n\n" + code, Form::prose, "x").empty());
  CHECK(shortened("# A\n\nText.\n\n```\nls\n```\n", Form::prose, "x").empty());  // the mark would cost more
}

TEST_CASE("a sentence that goes on from code is no code") {
  const std::string code = "```sh\n" + padded("git push") + "```\n";
  CHECK(shortened("# A\n\n" + code + "\nThen open the request.\n\nMore.\n", Form::prose, "skill:x#A") ==
        "# A\n\n[cut: 3 lines of code; cascade show skill:x#A]\n\nThen open the request.\n\nMore.\n\n");
  CHECK(shortened("# A\n\nRun it.\n\nOutput:\n\n" + code, Form::prose, "skill:x#A") ==
        "# A\n\nRun it.\n\n[cut: 5 lines of code; cascade show skill:x#A]\n\n");
  CHECK(shortened("# A\n\nMind:\n\nWarning: it cannot be undone.\n\n" + code, Form::prose, "skill:x#A") ==
        "# A\n\nMind:\n\nWarning: it cannot be undone.\n\n[cut: 3 lines of code; cascade show skill:x#A]\n\n");
  // Which of them is slow would not be seen without the code.
  const std::string slow = "// BAD\n" + padded("a"), fast = "// GOOD\n" + padded("b");
  CHECK(shortened("Text.\n\n```\n" + slow + "```\n\nIt is slow.\n\n```\n" + fast + "```\n", Form::prose, "x").empty());
}

TEST_CASE("an opening is the heading and the first unit") {
  CHECK(shortened("# A\n\nFirst\nparagraph.\n\nSecond.\n\n- c\n", Form::opening, "skill:x#A b") ==
        "# A\n\nFirst\nparagraph.\n\n[cut: 3 lines; cascade show \"skill:x#A b\"]\n\n");
  CHECK(shortened("# A\n\nOne only.\n", Form::opening, "x").empty());
  const std::string third = std::string(400, 'A') + "\n";
  CHECK(shortened("# A\n\n" + third + "\n" + third + "\n" + third, Form::beginning, "skill:x#A") ==
        "# A\n\n" + third + "\n" + third + "\n[cut: 1 line; cascade show skill:x#A]\n\n");
  CHECK(shortened("# A\n\nShort.\n\nOf three.\n\nParts.\n", Form::beginning, "x").empty());
  CHECK(shortened("# A\n\n" + third + third + "\n" + third, Form::beginning, "x").empty());  // its first paragraph
  std::string nine = "# A\n\n";
  for (int i = 0; i < 9; ++i) nine += std::string(500, 'A') + "\n\n";
  CHECK(shortened(nine, Form::third, "x").size() ==
        std::string("# A\n\n[cut: 11 lines; cascade show x]\n\n").size() + 3 * 502);
  CHECK(shortened(nine.substr(0, 3000), Form::third, "x").empty());
  CHECK(shortened("# A\n\nDo this:\n\n- one\n", Form::opening, "x").empty());
}

TEST_CASE("a stub is the heading alone") {
  CHECK(shortened("## A\n\nText.\n", Form::stub, "skill:x#A") == "## A\n\n[cut: 1 line; cascade show skill:x#A]\n\n");
  CHECK(shortened("## A\n\n", Form::stub, "skill:x#A").empty());
  CHECK(shortened("Lead.\n", Form::stub, "skill:x#0").empty());
}

}  // namespace cascade::manifest
