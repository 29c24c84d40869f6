#include "syntax/yaml_document.h"

#include "syntax/yaml.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

namespace cascade::syntax {
namespace {

std::optional<Node> plain(std::string_view text) {
  LineCursor places(text, 2);
  return read_plain_map({text, places, 0, text.size()}, {});
}

bool are_equal(const Node& a, const Node& b) {
  bool equal = a.kind == b.kind && a.text == b.text && a.quoted == b.quoted && a.at == b.at && a.end == b.end &&
               a.items.size() == b.items.size();
  for (std::size_t i = 0; equal && i < a.items.size(); ++i) equal = are_equal(a.items[i], b.items[i]);
  return equal;
}

// Whether the parser reads the text just so, without a fault.
bool is_what_the_parser_reads(const Node& node, std::string_view text) {
  LineCursor places(text, 2);
  const YamlSource source{text, places, 0, text.size()};
  const Document document = read_document(source, {});
  return document.read && document.whole && document.faults.empty() && are_equal(node, document.root);
}

std::optional<Fault> refusal(std::string_view text) {
  LineCursor places(text, 2);
  std::optional<Fault> refused;
  const bool read = read_plain_map({text, places, 0, text.size()}, {}, &refused).has_value();
  CHECK_FALSE((read && refused));
  return refused;
}

// Whether the parser refuses the text with just that fault.
bool is_what_the_parser_says(const Fault& fault, std::string_view text) {
  LineCursor places(text, 2);
  const Document document = read_document({text, places, 0, text.size()}, {});
  if (document.read) return false;
  const Fault& last = document.faults.back();
  return last.kind == fault.kind && last.at == fault.at && last.message == fault.message;
}

constexpr std::string_view pieces[] = {"name",
                                       ": ",
                                       ":",
                                       " ",
                                       "\n",
                                       "  ",
                                       "- ",
                                       "-",
                                       "a b",
                                       "text",
                                       "true",
                                       "1.10",
                                       "null",
                                       "\"q\"",
                                       "'s'",
                                       "#",
                                       " #",
                                       "it's",
                                       "[a, b]",
                                       "2024-10-01",
                                       "key",
                                       "é",
                                       "—",
                                       "...",
                                       "a: b",
                                       "x:y",
                                       "yes",
                                       "\"",
                                       "0x1F",
                                       "metadata:\n  a: b\n",
                                       "tools:\n  - Read\n",
                                       "t:\n- x\n",
                                       "~",
                                       "<<",
                                       "a, b; c (d)",
                                       "<file>",
                                       "$x",
                                       "/a",
                                       ".5",
                                       "(b)",
                                       "_c",
                                       "+1",
                                       "=",
                                       "^",
                                       "http://x.test",
                                       "a -b",
                                       "?",
                                       "&a",
                                       "*a",
                                       "!t",
                                       "|",
                                       ">",
                                       "%",
                                       "@",
                                       "`",
                                       ",",
                                       "[]",
                                       "[a]",
                                       "[\"q\", b c]",
                                       "|\n  ",
                                       "|-\n    ",
                                       ">\n   ",
                                       ">-\n  ",
                                       "|\n    a\n      b\n    ",
                                       "k:\n    k1:\n      k2: ",
                                       "\n   x y",
                                       "\t"};

constexpr std::string_view indents[] = {"", "", "", "  ", "  ", "    ", "      ", " ", "- ", "  - ", "    - "};

}  // namespace

TEST_CASE("plain front matter is read without the parser") {
  for (const char* text : {"name: a\n", "name: a", "name: a\ndescription: Writes it, \"all\" of it; when (asked).\n",
                           "name: \"a: b # c\"\nx: 'it is'\n", "metadata:\n  a: b\n  c: 1.10\nname: x é\n",
                           "tools:\n  - Read\n  - \"Bash\"\nname: x\n", "tools:\n- Read\n- Edit\nname: x\n",
                           "a: true\nb: 2024-10-01\nc: null\nd: yes\n", "a:   b\n", "a: b:c#d\n"}) {
    INFO(text);
    const auto read = plain(text);
    REQUIRE(read);
    CHECK(is_what_the_parser_reads(*read, text));
  }
}

TEST_CASE("values of several lines, lists in brackets and maps in maps are read without the parser") {
  for (const char* text : {"a: b\n  c, d\n   e\nf: 1\n",
                           "a: 1\n 2\nb: c",
                           "t:\n- a\n  b\n- c\n",
                           "a: |\n  b\n",
                           "a: |\n  b\n    - c: #d\n  e \nf: g\n",
                           "a: |-\n  b\n  c\n",
                           "a: >\n  b\n  c\nd: e\n",
                           "a: >-\n  b\n  c\n",
                           "m:\n  a: |\n    b\n  c: d\n",
                           "a: []\n",
                           "a: [ ]\n",
                           "a: [b]\n",
                           "a: [b]\nh: [1, null]\n",
                           "a: [\"c\", 'e',f g ]\n",
                           "a:\n  b:\n    c: d\n  e: f\ng: h\n",
                           "a:\n  b:\n  - c\n  - d\n  e: f\n",
                           "a:\n  - |\n    b\n  - [c]\n",
                           "a: b é\n  c ü\nd: [e é, f ü]\n",
                           "a: {b: c}\n",
                           "a: { b: c, d: \"e\" }\nf: g\n",
                           "a: {}\n",
                           "a: { }\nb: c\n",
                           "a: {b:   1, c: 'd e' }\n",
                           "a:\n  b: {c: d é, e: f}\n  g: h\n"}) {
    INFO(text);
    const auto read = plain(text);
    REQUIRE(read);
    CHECK(is_what_the_parser_reads(*read, text));
  }
}

TEST_CASE("what takes a parser is left to it") {
  for (const char* text : {"",
                           "\n",
                           "name",
                           "name:",
                           "a: b\n\nc: d\n",
                           "# c\na: b\n",
                           "a: [b,]\n",
                           "a: [b,, c]\n",
                           "a: [\"b, c\"]\n",
                           "a: [b: c]\n",
                           "a: [b] c\n",
                           "a: [b\n  c]\n",
                           "a: [[b]]\n",
                           "a: {b}\n",
                           "a: {b: }\n",
                           "a: {b: c,}\n",
                           "a: {b: c, b: d}\n",
                           "a: {b: [c]}\n",
                           "a: {b: {c: d}}\n",
                           "a: {\"b\": c}\n",
                           "a: {b:c}\n",
                           "a: {true: c}\n",
                           "a: {b: c} #d\n",
                           "a: b \n",
                           "a: b\r\n",
                           "a: 'it''s'\n",
                           "a: \"\\n\"\n",
                           "a: b: c\n",
                           "a: b:\n",
                           "a: -b\n",
                           "a: b\n  c\n  d: e\n",
                           "a: b\n  c #d\n",
                           "a: b\n\n  c\n",
                           "a: b\n  - c\n",
                           "a: b\na: c\n",
                           "a:\n  b:\nc: d\n",
                           "a:\n    b: c\n  d: e\n",
                           "a: |\n  b",
                           "a: |\n  b\n\n  c\n",
                           "a: |\n    b\n  c\n",
                           "a: |\nb: c\n",
                           "a: |+\n  b\n",
                           "a: |2\n  b\n",
                           "a: >\n  b\n    c\n",
                           "a: >\n  b \n  c\n",
                           "a:\n  - b: c\n",
                           "a:\n  - - b\n",
                           "<<: a\n",
                           "null: a\n",
                           "a:\n   b: c\n  d: e\n",
                           "a: b\n c: d\n",
                           "a: b\t\n",
                           "\xEF\xBB\xBF"
                           "a: b\n",
                           "a:\n",
                           "a:\n- b\n c: d\n"}) {
    INFO(text);
    CHECK_FALSE(plain(text));
  }
}

TEST_CASE("a ':' inside a value without quotes is refused for certain") {
  for (const char* text : {"a: b: c\n", "name: x\na: all of it:\nb: c\n", "m:\n  a: b: c\n", "a: b: c #d\n"}) {
    INFO(text);
    const auto fault = refusal(text);
    REQUIRE(fault);
    CHECK(is_what_the_parser_says(*fault, text));
  }
  for (const char* text : {"a: b\n", "a: b #c: d\n", "a: \"b: c\"\n", "a:\n  - b: c\n", "a: b\n  c: d\n",
                           "a: |\n  b: c\n", "a: {b: c}\n", "a: b:c\n", "a: b\na: c: d\n"}) {
    INFO(text);
    CHECK_FALSE(refusal(text));
  }
}

TEST_CASE("whatever is read without the parser is what the parser reads") {
  test::SeededRandom random{20261120};
  std::size_t read = 0, refused = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text;
    const std::size_t lines = 1 + random.below(6);
    for (std::size_t line = 0; line < lines; ++line) {
      text += indents[random.below(line == 0 ? 3 : std::size(indents))];
      if (random.below(4) != 0)
        text += "k" + std::to_string(random.below(6)) +
                (random.below(4) == 0 ? ":\n" + std::string(indents[3 + random.below(8)]) : ": ");
      for (std::size_t n = 1 + random.below(3); n > 0; --n) text += pieces[random.below(std::size(pieces))];
      if (text.back() != '\n') text += '\n';
    }
    INFO(text);
    if (const auto fault = refusal(text)) {
      ++refused;
      REQUIRE(is_what_the_parser_says(*fault, text));
    }
    const auto node = plain(text);
    if (!node) continue;
    ++read;
    REQUIRE(is_what_the_parser_reads(*node, text));
  }
  CHECK(read > 2000);
  CHECK(refused > 2000);
}

TEST_CASE("braces and brackets that are read without the parser hold what the parser reads") {
  constexpr std::string_view parts[] = {"b",  "c",    "d",  ": ", ": ", ": ",  ", ", ", ", ",",    " ", "\"", "'",
                                        "on", "null", "1.", "{",  "}",  "[x]", "-",  "é",  "a: b", "#", ":",  "  "};
  test::SeededRandom random{20261121};
  std::size_t read = 0;
  for (int i = 0; i < 60'000; ++i) {
    const bool map = random.below(2) == 0;
    std::string text = map ? "a: {" : "a: [";
    for (std::size_t n = random.below(9); n > 0; --n) text += parts[random.below(std::size(parts))];
    text += map ? "}\n" : "]\n";
    INFO(text);
    const auto node = plain(text);
    if (!node) continue;
    ++read;
    REQUIRE(is_what_the_parser_reads(*node, text));
  }
  CHECK(read > 2000);
}

}  // namespace cascade::syntax
