// References that are found by way of marks are those that a look at each byte of each line finds.
#include "manifest/line_words.h"
#include "text/ascii.h"
#include "unit/manifest_text.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace cascade::manifest {
namespace {

template <std::size_t N>
std::string random_line(test::SeededRandom& random, const std::string_view (&pieces)[N], std::size_t longest) {
  std::string out;
  for (std::size_t n = 1 + random.below(longest); n > 0; --n) {
    out += pieces[random.below(N)];
    if (random.chance(70)) out += ' ';
  }
  return out;
}

std::string told(const Reference& reference, std::uint32_t first_line) {
  return std::to_string(reference.at.line - first_line) + ':' + std::to_string(reference.at.column) + ' ' +
         std::string(to_string(reference.strength)) + ' ' + std::string(to_string(reference.via)) + ' ' +
         (reference.kind_known ? to_string(reference.target) : reference.target.name);
}

std::set<std::string> names_via(Via via, std::string_view text) {
  std::set<std::string> out;
  const Manifest manifest = test::skill(text);
  for (const Reference& reference : manifest.references)
    if (reference.via == via) out.insert(reference.target.name);
  return out;
}

bool is_mentioned(std::string_view text, std::string_view name) {
  const Manifest manifest = test::skill(text);
  return std::any_of(manifest.references.begin(), manifest.references.end(), [&](const Reference& reference) {
    return reference.target.name == name && reference.strength == Strength::mentioned;
  });
}

// "the coder agent": each blank behind an article, then what follows.
std::set<std::string> single_words(std::string_view line) {
  std::set<std::string> out;
  for (std::size_t the = 0; the + 4 < line.size(); ++the) {
    if (!letters::equals_lower(line.substr(the, 4), "the ") || (the > 0 && letters::is_name(line[the - 1]))) continue;
    const std::size_t name = the + 4;
    std::size_t end = name;
    while (end < line.size() && letters::is_lower(line[end])) ++end;
    if (end < name + 3 || end == line.size() || line[end] != ' ') continue;
    std::size_t word = end + 1;
    while (word < line.size() && letters::is_name(line[word])) ++word;
    const std::string_view kind = line.substr(end + 1, word - end - 1);
    if (letters::equals_lower(kind, "agent") || letters::equals_lower(kind, "skills") ||
        letters::equals_lower(kind, "specialist"))
      out.emplace(line.substr(name, end - name));
  }
  return out;
}

// "use x-y": each word with a hyphen inside that stands alone behind the verb.
std::set<std::string> used_names(std::string_view line) {
  std::set<std::string> out;
  for (std::size_t begin = 0; begin < line.size(); ++begin) {
    std::size_t verb_end = begin;
    while (verb_end > 0 && line[verb_end - 1] == ' ') --verb_end;
    std::size_t verb = verb_end;
    while (verb > 0 && letters::is_name(line[verb - 1])) --verb;
    const std::size_t end = name_end(line, begin);
    if (end == begin || letters::is_upper(line[begin])) continue;
    if (verb_end == begin || line.substr(verb, verb_end - verb) != "use") continue;
    const std::string_view name = line.substr(begin, end - begin);
    if (name.find('-') == std::string_view::npos || is_example_name(name)) continue;
    const std::string_view after = line.substr(end);
    const bool goes_on = !after.empty() && std::string_view("`/*(=@-").find(after.front()) != std::string_view::npos;
    const bool joined = after.size() > 1 && (after[0] == '.' || after[0] == ':') && letters::is_word(after[1]);
    if (!goes_on && !joined) out.emplace(name);
  }
  return out;
}

}  // namespace

TEST_CASE("what is found on a line does not hang on the lines around it") {
  static constexpr std::string_view pieces[] = {
      "use",    "the",     "agent",   "skill",    "code-reviewer", "x-1.5-b",    "`a-b`",       "`coder`",  "**c-d**",
      "**",     "/ship",   "ns:name", "@bob",     "Agents:",       "reports_to", "a-b.md",      "x/y-z.md", "(",
      ")",      ":",       "Task(",   "Skill(z)", "\"p\",",        "--agent",    "agent_spawn", "type",     "[t](u.md)",
      "-",      "`",       "coder",   "planner",  "command",       "--",         "/",           "_",        ".",
      "&quot;", "\xC3\xA9"};
  test::SeededRandom random{59};
  for (int i = 0; i < 400; ++i) {
    // Between two lines stands one that speaks of nothing, so that neither introduces the other.
    constexpr std::uint32_t step = 4;
    std::string text;
    std::vector<std::string> expected, found;
    const std::uint32_t lines = 1 + random.below(12);
    for (std::uint32_t n = 0; n < lines; ++n) {
      const std::string line = "so " + random_line(random, pieces, 9);
      text += line + "\n\nthus\n\n";
      for (const Reference& reference : test::skill(line + "\n\nthus\n\n").references)
        expected.push_back(std::to_string(n) + ' ' + told(reference, 1));
    }
    for (const Reference& reference : test::skill(text).references) {
      const std::uint32_t n = (reference.at.line - 1) / step;
      found.push_back(std::to_string(n) + ' ' + told(reference, 1 + n * step));
    }
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    INFO(text);
    REQUIRE(found == expected);
  }
}

TEST_CASE("single words before a kind word are those that follow an article") {
  static constexpr std::string_view pieces[] = {
      "the ",    "The ", "the  ",    "THE ",   "lantern ",     "galley ", "agent ", "skills", "Agent",    "specialist",
      "agents-", "x",    "breathe ", "agent ", "the lantern ", ", ",      "-",      "_",      "lAntern ", "\xC3\xA9"};
  test::SeededRandom random{61};
  std::size_t some = 0;
  for (int i = 0; i < 4'000; ++i) {
    std::string line = "so ";
    for (std::size_t n = random.below(14); n > 0; --n) line += pieces[random.below(std::size(pieces))];
    INFO(line);
    std::set<std::string> expected = single_words(line), found = names_via(Via::prose, line);
    for (std::set<std::string>* names : {&expected, &found})
      for (auto at = names->begin(); at != names->end();)
        at = *at == "lantern" || *at == "galley" || *at == "breathe" ? std::next(at) : names->erase(at);
    REQUIRE(found == expected);
    some += found.size();
  }
  CHECK(some > 100);
}

TEST_CASE("names with a hyphen behind a verb of use are those that stand alone") {
  static constexpr std::string_view pieces[] = {
      "use ", "use ", "use", "reuse ", "lint-b", "x-1.5-c", "d--e", "f-", "k-.5", "-g",  " ", " ", ".",
      "1",    ":",    "`",   "(",      "_h",     "; ",      "X-i",  "=",  "j-k.", "é-l", ">", "|"};
  test::SeededRandom random{67};
  std::size_t some = 0;
  for (int i = 0; i < 8'000; ++i) {
    std::string line = "so ";
    for (std::size_t n = random.below(10); n > 0; --n) line += pieces[random.below(std::size(pieces))];
    INFO(line);
    const std::set<std::string> expected = used_names(line), all = names_via(Via::prose, line);
    std::set<std::string> found;  // without names that are pointed at, not used
    for (const std::string& name : all)
      if (expected.count(name) != 0 || !is_mentioned(line, name)) found.insert(name);
    REQUIRE(found == expected);
    some += found.size();
  }
  CHECK(some > 200);
}

TEST_CASE("a table gives the same names when its head speaks of a kind that none of its cells has") {
  static constexpr std::string_view heads[] = {"Agent",       "**Skill name**", "Command", "What",
                                               "agent it is", "Agents",         ""};
  static constexpr std::string_view cells[] = {"linter", "`code-style`", "a-b, c-d", "x.md", "ship (late)",
                                               "",       "the x"};
  test::SeededRandom random{71};
  const auto row = [&](const auto& from, std::size_t width, std::string_view last) {
    std::string out = "|";
    for (std::size_t i = 0; i < width; ++i) out += " " + std::string(from[random.below(std::size(from))]) + " |";
    return out + std::string(last) + "\n";
  };
  for (int i = 0; i < 2'000; ++i) {
    std::string plain, told;
    for (std::size_t tables = 1 + random.below(3); tables > 0; --tables) {
      const std::size_t width = 1 + random.below(3);
      const std::string head = row(heads, width, ""), line = row(std::array{std::string_view("---")}, width, "");
      plain += head + line;
      told += head.substr(0, head.size() - 1) + " Agent |\n" + line.substr(0, line.size() - 1) + " --- |\n";
      for (std::size_t rows = random.below(4); rows > 0; --rows) {
        const std::string cell = row(cells, width, "");
        plain += cell;
        told += cell;
      }
      plain += "\nso\n\n";
      told += "\nso\n\n";
    }
    INFO(plain);
    REQUIRE(names_via(Via::table, plain) == names_via(Via::table, told));
  }
}

}  // namespace cascade::manifest
