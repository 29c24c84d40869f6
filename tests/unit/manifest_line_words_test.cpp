#include "manifest/line_words.h"

#include "manifest/letters.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <array>
#include <string>

namespace cascade::manifest {
namespace {

// The same by one question after the other.
LineWords read_slowly(std::string_view line) {
  constexpr std::array<std::string_view, 8> stems = {"collaborates", "coordinates", "works", "reports",
                                                     "delegates",    "escalates",   "hands", "receives"};
  constexpr std::array<std::pair<char, Signs>, 6> bytes = {{{'_', sign_underscore},
                                                            {'@', sign_at},
                                                            {'`', sign_tick},
                                                            {'*', sign_star},
                                                            {'(', sign_parenthesis},
                                                            {':', sign_colon}}};
  LineWords out;
  for (const auto& [byte, sign] : bytes)
    if (line.find(byte) != std::string_view::npos) out.signs |= sign;
  if (line.find("--") != std::string_view::npos) out.signs |= sign_dashes;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i;
    while (end < line.size() && is_name(line[end])) ++end;
    const std::string_view word = line.substr(i, end - i);
    i = end + 1;
    if (word.empty()) continue;
    if (word.front() != '-' && word.find('-') != std::string_view::npos) out.signs |= sign_hyphenated;
    out.kinds |= kind_word(word);
    for (const std::string_view stem : stems) out.relates = out.relates || starts_with_lower(word, stem);
  }
  return out;
}

bool are_equal(const LineWords& a, const LineWords& b) {
  return a.signs == b.signs && a.kinds == b.kinds && a.relates == b.relates;
}

LineWords read(const std::string& line) {
  const std::string text = line + '\n';
  return read_words(std::string_view(text).substr(0, line.size()));
}

}  // namespace

TEST_CASE("a line tells the kinds, relations and marks that it holds") {
  CHECK(read("Use the Code-Reviewer agent").kinds == kinds_agent);
  CHECK(read("Use the Code-Reviewer agent").signs == sign_hyphenated);
  CHECK(read("sub-agents, skills: x").kinds == (kinds_agent | kinds_skill));
  CHECK(read("reports_to: lead").relates);
  CHECK(read("- item --flag").signs == sign_dashes);
  CHECK(read("agentic skillful commander").kinds == 0);
  CHECK(read("").signs == 0);
}

TEST_CASE("one pass over a line finds what a pass for each question finds") {
  constexpr std::string_view pieces[] = {
      "agent",       "agents",   "Skill",     "subagent",  "sub-agent", "specialists", "COMMAND",
      "reports_to",  "Works",    "hands",     "spawn",     "respawn",   "spawned",     "collaborates",
      "coordinates", "receives", "escalates", "delegates", "-",         "--",          "_",
      " ",           " ",        "a",         "n",         "w",         "@",           "`",
      "**",          "(",        ":",         "&",         "\xC3\xA9",  "\x80",        "|",
      "0",           ".",        "Z",         "ab-cd",     "worker",    "x-",          "[",
      "collaborat",  "s",        "\t"};
  test::SeededRandom random{31};
  for (int i = 0; i < 40'000; ++i) {
    std::string line;
    for (std::size_t n = random.below(i % 4 == 0 ? 60 : 12); n > 0; --n)
      line += pieces[random.below(std::size(pieces))];
    INFO(line);
    REQUIRE(are_equal(read(line), read_slowly(line)));
  }
}

}  // namespace cascade::manifest
