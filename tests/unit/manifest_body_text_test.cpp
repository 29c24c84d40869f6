#include "manifest/body_text.h"

#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/outline.h"
#include "text/ascii.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace cascade::manifest {
namespace {

// A manifest's text and what BodyText makes of it.
struct Read {
  explicit Read(std::string given)
      : text(std::move(given)),
        file(text),
        frontmatter(syntax::find_frontmatter(text)),
        body(file, frontmatter, syntax::scan_outline(file, frontmatter.body)) {}
  std::string text;
  syntax::LineIndex file;
  syntax::Frontmatter frontmatter;
  BodyText body;
};

std::string with_line_ends(std::string_view text, std::string_view line_end) {
  std::string out;
  for (const char c : text) c == '\n' ? out.append(line_end) : out.append(1, c);
  return out;
}

// One line, character by character.
std::string decoded(std::string_view raw) {
  constexpr std::pair<std::string_view, char> entities[] = {{"&quot;", '"'},  {"&#34;", '"'}, {"&apos;", '\''},
                                                            {"&#39;", '\''},  {"&lt;", '<'},  {"&gt;", '>'},
                                                            {"&#x27;", '\''}, {"&amp;", '&'}};
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const auto* const entity = std::find_if(std::begin(entities), std::end(entities), [&](const auto& entry) {
      return raw.substr(at, entry.first.size()) == entry.first;
    });
    out += entity == std::end(entities) ? raw[at] : entity->second;
    at += entity == std::end(entities) ? 1 : entity->first.size();
  }
  return out;
}

std::string random_manifest(test::SeededRandom& random) {
  constexpr std::string_view pieces[] = {
      "\n",     "\n",        "\n\n",          "# ",       "## ",           "- ",          "1. ",     "> ",
      "  ",     "\t",        "agent",         "skills",   "the command ",  "a",           "not ",    "&",
      "&quot;", "&amp;",     "&lt;b",         "&#39",     "&#x27;",        "Not for: ",   "**bad**", "Bad: ",
      ":",      "don't use", "out of scope",  "```\n",    "|-|\n",         "<!--",        "-->",     "`",
      "*",      "_x-y ",     "\xE2\x9D\x8C ", "\xC3\xA9", "Anti-Triggers", "reports_to ", "\xFF",    "WHEN NOT TO USE",
  };
  std::string text = random.one_in(3) ? "" : "---\nname: a\ndescription: use &lt;it&gt;\n  well\n---\n";
  for (std::uint32_t n = random.below(30); n > 0; --n) text += pieces[random.below(std::size(pieces))];
  return text;
}

// What is known of the lines, without places.
std::string facts(const Read& read) {
  std::string out;
  for (const TextLine& line : read.body.lines()) {
    for (const unsigned fact : {line.number, static_cast<unsigned>(line.context), line.list_item ? 1U : 0U,
                                line.relates ? 1U : 0U, line.not_for ? 1U : 0U, unsigned{line.signs},
                                unsigned{line.own}, unsigned{line.intro}, unsigned{line.heading}})
      out += std::to_string(fact) + ' ';
    out += std::string(read.body.text(line)) + '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("a body taken as a whole has the lines that it has line by line") {
  test::SeededRandom random{31};
  for (int round = 0; round < 3'000; ++round) {
    const std::string text = random_manifest(random);
    CAPTURE(text);
    const Read whole(text), by_line(with_line_ends(text, "\r\n"));
    REQUIRE(whole.file.lf_only());
    REQUIRE((by_line.file.lines() == 1 || !by_line.file.lf_only()));
    REQUIRE(facts(whole) == facts(by_line));
  }
}

TEST_CASE("each line is the file's with its character references decoded") {
  constexpr std::string_view line_ends[] = {"\n", "\r\n", "\r", "\n\r"};
  test::SeededRandom random{37};
  for (int round = 0; round < 2'000; ++round) {
    const std::string_view line_end = line_ends[random.below(4)];
    std::string text = with_line_ends(random_manifest(random), line_end);
    if (random.one_in(5)) text.insert(0, "\xEF\xBB\xBF");
    if (random.one_in(5)) text += '\0';
    CAPTURE(text);
    const Read read(text);
    std::uint32_t last = 0;
    for (const TextLine& line : read.body.lines()) {
      const std::size_t skipped = line.context == Context::field ? 0 : read.frontmatter.body;
      const std::size_t begin = std::max(read.file.start(line.number), skipped);
      const std::string_view raw = read.file.line(line.number);
      const std::size_t end = std::max(begin, read.file.start(line.number) + raw.size());
      REQUIRE(line.number > last);
      REQUIRE(read.body.text(line) == decoded(text.substr(begin, end - begin)));
      REQUIRE(read.body.text()[line.end] == '\n');
      REQUIRE(read.body.file_offset(line.begin) >= begin);
      last = line.number;
      // Every byte that stands for itself is found at its place.
      for (std::size_t at = line.begin; at < line.end; ++at) {
        const char c = read.body.text()[at];
        if (std::string_view("\"'<>&").find(c) == std::string_view::npos) REQUIRE(text[read.body.file_offset(at)] == c);
      }
    }
    REQUIRE(last == read.file.lines());
  }
}

TEST_CASE("a heading of white space alone stands above nothing and leaves the ones below it what they are") {
  const Read read("## Agents\n\f\n---\none\n### Skills\ntwo\n");
  const std::vector<TextLine>& lines = read.body.lines();
  REQUIRE(lines[1].context == Context::heading);
  CHECK(read.body.text(lines[3]) == "one");
  CHECK(lines[3].heading == 0);
  CHECK(lines[3].intro == 0);
  CHECK(read.body.text(lines[5]) == "two");
  CHECK(lines[5].heading == kinds_skill);
}

TEST_CASE("a heading sends its section elsewhere by one of six signs in its first bytes") {
  constexpr std::string_view pieces[] = {
      "not ", "use", "No",      "t to ", "don't ", "for:",         "out ", "of ",     "scope",
      "anti", "-",   "trigger", "t",     "n'",     "OUT OF SCOPE", " ",    "Not Use", "a"};
  test::SeededRandom random{41};
  for (int round = 0; round < 5'000; ++round) {
    std::string heading = "# x";
    for (std::uint32_t n = random.below(12); n > 0; --n) heading += pieces[random.below(std::size(pieces))];
    if (random.one_in(10)) heading.insert(3, std::string(random.below(170), 'y'));
    CAPTURE(heading);
    const std::string lower = letters::to_lower(std::string_view(heading).substr(0, 160));
    bool expected = false;
    for (const char* sign :
         {"not to use", "not to engage", "not to invoke", "not to activate", "not to trigger", "not to apply",
          "not to delegate", "not to run", "not to spawn", "not to load", "not use", "not invoke", "not engage",
          "not trigger", "n't use", "not for:", "out of scope", "anti-trigger"})
      expected = expected || lower.find(sign) != std::string::npos;
    const Read read(heading + "\n- thing\n");
    REQUIRE(read.body.lines()[1].not_for == expected);
  }
}

}  // namespace cascade::manifest
