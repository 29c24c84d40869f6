#include "manifest/line_words.h"

#include "text/ascii.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace cascade::manifest {
namespace {

bool holds(std::string_view line, std::string_view part) {
  for (std::size_t at = 0; at < line.size(); ++at)
    if (letters::starts_with_lower(line.substr(at), part)) return true;
  return false;
}

std::string_view without_underscores(std::string_view word) {
  while (!word.empty() && word.front() == '_') word.remove_prefix(1);
  while (!word.empty() && word.back() == '_') word.remove_suffix(1);
  return word;
}

// The words of a line, and what stands before each.
struct Word {
  std::string_view text;
  char before;
};
std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> out;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i;
    while (end < line.size() && letters::is_name(line[end])) ++end;
    if (end > i) out.push_back({line.substr(i, end - i), i == 0 ? '\n' : line[i - 1]});
    i = end + 1;
  }
  return out;
}

// One question after the other. Signs: those that must be there.
LineWords read_slowly(std::string_view line) {
  LineWords out;
  for (const std::string_view relation : {"collaborates_with", "coordinates_with", "works_with", "reports_to",
                                          "reports to", "delegates_to", "delegates to", "escalates_to", "escalates to",
                                          "hands_off_to", "hands off to", "receives_from", "receives from"})
    out.relates = out.relates || holds(line, relation);
  if (out.relates) out.signs |= sign_label;
  if (holds(line, "gent_type")) out.signs |= sign_type;
  if (line.find("legate") != std::string_view::npos) out.signs |= sign_delegate;
  if (line.find("Skill tool") != std::string_view::npos) out.signs |= sign_tool;
  for (std::size_t at = line.find(" agent"); at != std::string_view::npos; at = line.find(" agent", at + 1))
    if (at > 0 && letters::is_lower(line[at - 1])) out.signs |= sign_used;
  const std::vector<Word> words = words_of(line);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    out.kinds |= kind_word(word);
    if (kind_word(without_underscores(word)) != 0) out.signs |= sign_label;
    if (word.size() >= 5 && word.substr(word.size() - 5) == "spawn") out.signs |= sign_spawn;
    if (kind_word(word) != 0 &&
        line.substr(static_cast<std::size_t>(word.data() - line.data()) + word.size()).starts_with(" ("))
      out.signs |= sign_parenthesis;
    if (i > 0 && kind_word(word) != 0 && words[i].before == ' ' && words[i - 1].text.size() > 1 &&
        words[i - 1].text.data() + words[i - 1].text.size() + 1 == word.data() &&
        letters::is_upper(words[i - 1].text.front()))
      out.signs |= sign_title;
    if (i < 2 || kind_word(word) == 0 || words[i].before != ' ' || words[i - 1].before != ' ') continue;
    const std::string_view named = words[i - 1].text;
    const bool near = named.data() + named.size() + 1 == word.data() &&
                      words[i - 2].text.data() + words[i - 2].text.size() + 1 == named.data();
    if (near && std::all_of(named.begin(), named.end(), letters::is_lower) &&
        letters::equals_lower(words[i - 2].text, "the"))
      out.signs |= sign_article;
  }
  return out;
}

LineWords read_first(std::string_view text, std::size_t line) {
  LineWords out;
  letters::for_each_where(text, may_be_parts, [&](std::size_t at) {
    if (at >= line) return;
    const LineWords part = read_part(text.substr(0, line), at);
    out.signs |= part.signs;
    out.kinds |= part.kinds;
    out.relates = out.relates || part.relates;
  });
  return out;
}

LineWords read(const std::string& line) {
  const LineWords out = read_first(line, line.size());
  for (const char* const behind :
       {"\n", " ", "\nskills of agents, sent to us from 16 commands and another line of text"}) {
    const LineWords same = read_first(line + behind, line.size());
    CHECK((out.signs == same.signs && out.kinds == same.kinds && out.relates == same.relates));
  }
  return out;
}

}  // namespace

TEST_CASE("a line tells the kinds, relations and forms that it may hold") {
  CHECK(read("Use the Code-Reviewer agent").kinds == kinds_agent);
  CHECK(read("Use the Code-Reviewer agent").signs == (sign_label | sign_title | sign_used));
  CHECK(read("so **Scout** agents").signs == (sign_label | sign_title));
  CHECK(read("so the A agent").signs == sign_label);
  CHECK(read("sub-agents, skills: x").kinds == (kinds_agent | kinds_skill));
  CHECK(read("reports_to: lead").relates);
  CHECK(read("who Hands Off To lead").relates);
  CHECK_FALSE(read("uses_to lead, of from").relates);
  CHECK(read("code-agents agentic skillful commander").kinds == 0);
  CHECK(read("_Agents_: x").signs == sign_label);
  CHECK(read("The coder skill").signs == (sign_label | sign_article));
  CHECK(read("respawn").signs == sign_spawn);
  CHECK(read("spawning").signs == 0);
  CHECK(read("subagent_type").signs == (sign_label | sign_type));
  CHECK(read("It delegates").signs == sign_delegate);
  CHECK(read("Delegate, navigate").signs == sign_delegate);
  CHECK(read("Elegance").signs == 0);
  CHECK(read("").signs == 0);
  CHECK(read("the scout agents").signs == (sign_label | sign_article | sign_used));
  CHECK(read("Scout Agent").signs == (sign_label | sign_title | sign_used));
  CHECK(read("SCOUT agent").signs == (sign_label | sign_title));
  CHECK(read("Call the Skill tool").signs == (sign_label | sign_tool));
  CHECK(read("agents (a, b)").signs == (sign_label | sign_parenthesis));
  CHECK(read("its skills are").signs == sign_label);
}

TEST_CASE("a word is found wherever it stands in a line") {
  for (std::size_t before = 0; before < 40; ++before)
    for (std::size_t behind = 0; behind < 40; ++behind) {
      const std::string left(before, '.'), right(behind, '.');
      INFO(before << " bytes before it, " << behind << " behind it");
      for (const std::string_view word : {"agent", "AGENTS", "sub-agent", "skill", "Commands", "specialist"})
        REQUIRE(read(left + std::string(word) + right).kinds == kind_word(word));
      REQUIRE(read(left + "reports to" + right).relates);
      REQUIRE(read(left + "hands_off_to" + right).relates);
      REQUIRE(read(left + "spawn" + right).signs == sign_spawn);
      REQUIRE(read(left + "legate" + right).signs == sign_delegate);
    }
}

TEST_CASE("one pass over a line finds what a pass for each question finds") {
  constexpr std::string_view pieces[] = {"agent",       "agents",
                                         "Skill",       "subagent",
                                         "sub-agent",   "specialists",
                                         "COMMAND",     "reports_to",
                                         "Works",       "hands",
                                         "spawn",       "respawn",
                                         "spawned",     "collaborates",
                                         "_with",       "_to",
                                         "coordinates", "receives",
                                         "escalates",   "delegates",
                                         " from ",      " To",
                                         "off",         "subagent_type",
                                         "-",           "--",
                                         "_",           " ",
                                         " ",           "a",
                                         "s",           "f",
                                         "@",           "the ",
                                         "The ",        "coder ",
                                         "planner ",    "(",
                                         ":",           "&",
                                         "\xC3\xA9",    "\x80",
                                         "|",           "0",
                                         ".",           "g",
                                         "k",           "mm",
                                         "ab-cd",       "worker",
                                         "x-",          "collaborat",
                                         "legate",      "Skill tool",
                                         "skills=[",    "its skill get x",
                                         "lead agent",  " ("};
  constexpr Signs exact = sign_spawn | sign_type | sign_delegate | sign_tool;
  test::SeededRandom random{31};
  for (int i = 0; i < 40'000; ++i) {
    std::string line;
    for (std::size_t n = random.below(i % 4 == 0 ? 60 : 12); n > 0; --n)
      line += pieces[random.below(std::size(pieces))];
    INFO(line);
    const LineWords fast = read(line), slow = read_slowly(line);
    REQUIRE(fast.kinds == slow.kinds);
    REQUIRE((fast.relates || !slow.relates));
    REQUIRE((fast.signs & slow.signs) == slow.signs);
    REQUIRE((fast.signs & exact) == (slow.signs & exact));
  }
}

}  // namespace cascade::manifest
