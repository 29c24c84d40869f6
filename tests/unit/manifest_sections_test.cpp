#include "manifest/emission.h"
#include "unit/manifest_text.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace cascade {
using test::skill;

namespace {

// "lead 0+0 | section 4+9 A" for the sections that are no shorter forms.
std::string sections(std::string_view text) {
  std::string out;
  for (const Section& section : skill(text).sections) {
    if (section.form != Form::lead && section.form != Form::section) continue;
    out += (out.empty() ? "" : " | ") + std::string(to_string(section.form)) + ' ' + std::to_string(section.offset) +
           '+' + std::to_string(section.length);
    if (!section.path.empty()) out += ' ' + section.path;
  }
  return out;
}

}  // namespace

TEST_CASE("a body is a lead and one section a heading, without gaps") {
  CHECK(sections("lead\n# A\na\n## B\nb\n# C\n") == "lead 0+5 | section 5+6 A | section 11+7 A > B | section 18+4 C");
}

TEST_CASE("the front matter belongs to no section") {
  CHECK(sections("---\nname: x\n---\n# A\n") == "lead 16+0 | section 16+4 A");
}

TEST_CASE("setext headings split too") { CHECK(sections("A\n===\na\n") == "lead 0+0 | section 0+8 A"); }

TEST_CASE("an empty file is an empty lead") { CHECK(sections("") == "lead 0+0"); }

TEST_CASE("a heading skips levels without leaving holes in the path") {
  CHECK(sections("# A\n#### D\n## B\n") == "lead 0+0 | section 0+4 A | section 4+7 A > D | section 11+5 A > B");
}

TEST_CASE("a heading in a fence splits nothing") {
  CHECK(sections("# A\n```\n# no\n```\n") == "lead 0+0 | section 0+17 A");
}

TEST_CASE("a long heading is shown cut, at a blank") {
  std::string line = "# Kafka agent";
  for (int i = 0; i < 12; ++i) line += " configuration value";
  const Manifest found = skill(line + "\n");
  REQUIRE(found.sections.size() >= 2);
  CHECK(found.sections[1].heading.size() < 125);
  CHECK(found.sections[1].heading.substr(0, 11) == "Kafka agent");
  CHECK(found.sections[1].heading.substr(found.sections[1].heading.size() - 3) == "\xE2\x80\xA6");
}

TEST_CASE("a document collapsed into one heading line is no heading") {
  std::string line = "# Kafka agent";
  for (int i = 0; i < 100; ++i) line += " configuration: value";
  CHECK(sections(line + "\n") == "lead 0+" + std::to_string(line.size() + 1));
}

TEST_CASE("equal text has an equal hash whatever its line ends") {
  CHECK(skill("# A\r\ntext  \r\n").sections[1].content_hash == skill("# A\ntext\n").sections[1].content_hash);
  CHECK(skill("# A\ntext\n").sections[1].content_hash != skill("# A\ntexts\n").sections[1].content_hash);
}

TEST_CASE("a shorter form has the range of what it shortens") {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "And more words. ";
  const Manifest found = skill("# A\n\nOne.\n\n" + words + ".\n");
  const Section& shorter = found.sections.back();
  CHECK(shorter.form == Form::opening);
  CHECK(shorter.shorter_of == 1);
  CHECK(shorter.offset == found.sections[1].offset);
  CHECK(shorter.length == found.sections[1].length);
  CHECK(shorter.cost.tokens < found.sections[1].cost.tokens);
}

TEST_CASE("behind its 1,024th heading a body is one section") {
  std::string text = "lead\n";
  for (int i = 0; i < 3000; ++i) text += "# A\n\nA line of the text.\n\n";
  const Manifest found = skill(text);
  const auto is_whole = [](const Section& section) {
    return section.form == Form::lead || section.form == Form::section;
  };
  REQUIRE(std::count_if(found.sections.begin(), found.sections.end(), is_whole) == 1025);
  CHECK(found.sections[1024].offset + found.sections[1024].length == text.size());
  CHECK(found.sections[1024].offset == found.sections[1023].offset + found.sections[1023].length);
}

}  // namespace cascade
