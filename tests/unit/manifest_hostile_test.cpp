// Whatever the bytes: described, in linear time, with places inside the file.
#include "unit/manifest_text.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade {
namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

std::uint32_t line_count(std::string_view text) {
  std::uint32_t lines = 1;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) ++lines;
  return lines;
}

// What holds for every text.
void check(Kind kind, const std::string& text) {
  const Manifest found = test::parse(kind, "agents/x.md", text, "", "agents");
  const std::uint32_t lines = line_count(text);
  REQUIRE_FALSE(found.sections.empty());
  std::uint64_t at = found.sections[0].offset;
  for (std::size_t i = 0; i < found.sections.size(); ++i) {
    const Section& section = found.sections[i];
    REQUIRE(section.shorter_of <= i);
    REQUIRE(section.line <= lines);
    if (section.shorter_of != i) continue;
    REQUIRE(section.offset == at);
    at += section.length;
  }
  REQUIRE(at == text.size());
  for (const Reference& reference : found.references) {
    REQUIRE_FALSE(reference.target.name.empty());
    REQUIRE(reference.at.line >= 1);
    REQUIRE(reference.at.line <= lines);
    REQUIRE(reference.at.column >= 1);
  }
  for (const Diagnostic& problem : found.problems) {
    REQUIRE(problem.rule.size() == 5);
    REQUIRE_FALSE(problem.message.empty());
    REQUIRE(problem.at.line <= lines);
  }
}

}  // namespace

TEST_CASE("long texts of one shape take linear time") {
  const std::vector<std::string> pieces = {"Task(\"",
                                           "Agent(a, ",
                                           "subagent_type: ",
                                           "`p-q` agent ",
                                           "[x](a.md",
                                           "a:b:",
                                           "/p-q /",
                                           "((((((",
                                           "| p-q ",
                                           "- p-q agent\n",
                                           "**p-q**",
                                           "@a@b",
                                           "p-q-c-d-",
                                           "&quot;&amp;",
                                           "a/b/c.md ",
                                           "`x/`",
                                           "mcp__a__b",
                                           "reports_to: [a, ",
                                           "Agents: p-q, ",
                                           "# a\n",
                                           "```\n",
                                           "spawn --type ",
                                           "use the use ",
                                           "not to use:\n- p-q\n",
                                           "\r",
                                           "| Agent |\n",
                                           "agents (p-q, ",
                                           "the agent ",
                                           "\xFF\xFE",
                                           ":::",
                                           "--------",
                                           "agent_spawn type ",
                                           "splicer -> ",
                                           "splicer (",
                                           "Rope Splicer, ",
                                           "splicer",
                                           "to splicer and "};
  for (const std::string& piece : pieces) {
    INFO(piece);
    const std::string text = repeated(piece, 200'000);
    check(Kind::skill, text);
    check(Kind::agent, "---\nname: x\ndescription: " + text + "\n---\n");
  }
}

TEST_CASE("many names on a line behind a long begin take linear time") {
  struct Shape {
    std::string_view above, begin, names;
  };
  constexpr Shape shapes[] = {{"# Agents\n\ntext\n\n", "- 1 ", "red-fox "},
                              {"# Agents\n\ntext\n\n", "- 1 ", "`red-fox` "},
                              {"```\n", "  ", "/ship "},
                              {"text\n\n", "- 1 ", "run splicer -> "},
                              {"Next steps:\n\n```\n", "  ", "run red-fox, "}};
  for (const Shape& shape : shapes) {
    INFO(shape.names);
    const std::string begin = repeated(shape.begin.substr(shape.begin.size() - 2), 1'500'000);
    check(Kind::skill,
          std::string(shape.above).append(shape.begin).append(begin).append(repeated(shape.names, 700'000)));
  }
}

// A blank costs a thousandth of a name, so few names meet many blanks. At a nanosecond a byte, each name reading the
// blanks again would take 16 s a text here and 12 s below, each path reading its rest 6 s: ten minutes instead of ten
// seconds, and past the suite's limit in a build for debugging.
TEST_CASE("many names below a line with a long end of blanks take linear time") {
  for (const std::string_view name : {"use x-y ", "`x-y` ", "> use x-y ", "run /x, "})
    for (const std::string_view begin : {"", "> ", "- "})
      check(Kind::agent, std::string(begin) + "A text" + std::string(3'200'000, ' ') + '\n' + repeated(name, 50'000));
}

TEST_CASE("calls that are never closed, and blanks in a plain value, take linear time") {
  check(Kind::agent, repeated("\"Task(\"", 600'000));
  check(Kind::agent, "---\nname: x\ndescription: \u200B" + std::string(600'000, ' ') + "{\n---\n");
}

TEST_CASE("many names before a long rest of their line take linear time") {
  const std::string blanks(2'400'000, ' '), paths = repeated("../a.md ", 300'000);
  for (const std::string_view name : {"use x-y ", "`x-y` ", "run /x, ", "x-y, ", "x-y -> ", "\u4F7F\u7528 `x-y` "})
    for (const std::string& rest : {blanks, paths})
      for (const std::string_view begin : {"", "- ", "```\n", "---\nname: x\ndescription: "})
        check(Kind::agent, std::string(begin) + repeated(name, 40'000) + rest + '\n');
}

TEST_CASE("fences within one line of a fence, and many names in a line about skills, take linear time") {
  check(Kind::skill, "```\na " + repeated("``` x ", 6'000'000));
  check(Kind::skill, "the skill " + repeated("or see `red-fox`, ", 3'000'000));
}

TEST_CASE("a long lead-in, and many orders below it, take linear time") {
  const std::string blanks(1'000'000, ' '), orders = repeated("run /red-fox ", 300'000);
  check(Kind::skill, "Then run:" + blanks + "\n```\na " + orders + "\n```\n");
  check(Kind::skill, "# Foxes\n" + blanks + "\n```\na " + orders + "\n```\n");
  check(Kind::skill, "Foxes:" + blanks + "\n- " + orders + "\n");
  check(Kind::skill, "Foxes:\n" + blanks + "- " + orders + "\n");
  check(Kind::skill, "> " + blanks + "foxes\n> a " + orders + "\n");
}

TEST_CASE("paths behind braces, and paths with no slash behind them, take linear time") {
  check(Kind::skill, repeated("}/a.md ", 500'000));
  check(Kind::skill, repeated("b.md ", 700'000));
}

TEST_CASE("front matter lists of any length take linear time") {
  check(Kind::agent, "---\ntools: " + repeated("a(b, ", 200'000) + "\n---\n");
  check(Kind::agent,
        "---\ntools: " + repeated("a, ", 200'000) + "\ndisallowedTools: " + repeated("b, ", 200'000) + "\n---\n");
  check(Kind::skill, "---\nagents: [" + repeated("p-q, ", 80'000) + "]\n---\n");
  check(Kind::skill, "---\nagents: \"" + repeated("a\\x2db, ", 200'000) + "\"\n---\n");
  check(Kind::skill, "---\n" + repeated("k: v\n", 100'000) + "---\n");
}

TEST_CASE("any bytes are described") {
  const std::vector<std::string> pieces = {"---\n",
                                           "---",
                                           "name: x\n",
                                           "description: ",
                                           "tools: [a, b\n",
                                           "\"",
                                           "'",
                                           "`",
                                           "```\n",
                                           "# ",
                                           "\n",
                                           "\r\n",
                                           "\r",
                                           "\xEF\xBB\xBF",
                                           "\xFF",
                                           "\0",
                                           "&quot;",
                                           "Task(",
                                           "Skill",
                                           "(p-q)",
                                           "/ship ",
                                           "a:b ",
                                           "| Agent |\n",
                                           "- ",
                                           "agents:",
                                           "<!--",
                                           "-->",
                                           "<pre>",
                                           "\xE2\x80\xAE",
                                           "\t",
                                           "@agent-",
                                           "mcp__a__b ",
                                           "](x.md)",
                                           "*a",
                                           "&a",
                                           "<<: "};
  test::SeededRandom random{20'251'120};
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    for (std::size_t i = random.below(30); i > 0; --i) text += pieces[random.below(pieces.size())];
    INFO(round);
    check(static_cast<Kind>(random.below(3)), text);
  }
}

TEST_CASE("the same text gives the same manifest") {
  const std::string text =
      "---\nname: x\ntools: Read, Agent(p-q)\n---\nUse `c-d`, then Skill(e-f).\n\n# A\n\n```\nx\n```\n";
  const Manifest one = test::agent(text), other = test::agent(text);
  CHECK(test::references(one) == test::references(other));
  CHECK(test::problems(one) == test::problems(other));
  CHECK(one.sections.size() == other.sections.size());
}

}  // namespace cascade
