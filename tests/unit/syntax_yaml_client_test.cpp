// What the client 2.1.328 made of agents with this front matter (each begins with a line "name: probe"), seen in the
// agent listing of its first request to a mock API. `dropped`: it read no description and did not list the agent.
#include "syntax/yaml.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

using namespace cascade::syntax;

namespace {

constexpr const char* dropped = nullptr;

struct Probe {
  std::string_view yaml;
  const char* description;
};

// Differences of white space do not count: the listing folds them in places.
std::string fold(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool separator = text.substr(at, 3) == "\xE2\x80\xA8";
    const bool space = separator || text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r';
    if (separator) at += 2;
    if (!space) {
      out += text[at];
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// What the client would show, told from our reading: nothing when it is not complete.
std::string ours(std::string_view yaml) {
  const Parsed parsed = parse_yaml("name: probe\n" + std::string(yaml), 2);
  const Node* description = parsed.root.find("description");
  if (!parsed.complete || description == nullptr || description->kind != NodeKind::string) return "dropped";
  return fold(description->text);
}

// clang-format off
constexpr Probe probes[] = {
    {"description: D\ntools: Read, Grep\n", "D"},
    {"description: Use: x\ntools: [Read, Grep]\n", "Use: x"},
    {"description: Use: x\ntools:\n  - Read\n  - Grep\n", "Use: x"},
    {"description: Use: x\nfoo: |\n  text\n", dropped},
    {"description: >\n  Text here.\nfoo: a: b\n", dropped},
    {"description: \"Quoted: ok\"\nfoo: a: b\n", "Quoted: ok"},
    {"description: 'Quoted: ok'\nfoo: a: b\n", "Quoted: ok"},
    {"description: \"Quoted\" and more: x\n", "\"Quoted\" and more: x"},
    {"description: \"Quoted\" and more\n", dropped},
    {"description: Say \"hi\": x\n", "Say \"hi\": x"},
    {"description: path C:\\new: x\n", "path C:\\new: x"},
    {"description: Use: x # not comment\n", "Use: x # not comment"},
    {"description: D # comment\nfoo: a: b\n", "D # comment"},
    {"description: !bang text\n", "text"},
    {"description: &anchor text\n", "text"},
    {"description: & text\n", "& text"},
    {"description: ? text\n", dropped},
    {"description: - text\n", dropped},
    {"description: > text here\n", "> text here"},
    {"description: | text here\n", "| text here"},
    {"description: %x y\n", "%x y"},
    {"description: } text\n", "} text"},
    {"description: ] text\n", "] text"},
    {"description: [a] [b]\n", "[a] [b]"},
    {"description: {a: b} c\n", "{a: b} c"},
    {"description: [unclosed\n", "[unclosed"},
    {"description: D\nk2: a: b\n", dropped},
    {"description: D\nk.x: a: b\n", dropped},
    {"description: D\nk x: a: b\n", dropped},
    {"description: D\nmetadata:\n  k: a: b\n", dropped},
    {"description: Use for:\n", dropped},
    {"description: Use for: this:\n", "Use for: this:"},
    {"description: Use: x\n  and more text\n", dropped},
    {"description: Use x\n  and more: text\n", dropped},
    {"description: Use {x}\n  and more text\nfoo: a: b\n", dropped},
    {"description: D\ntools:\n  - Read\n  - Bash(git: x)\nfoo: a: b\n", "D"},
    {"description: D\ntools:\n  - Read: x\nfoo: a: b\n", "D"},
    {"description: Use: x\ntools: Read\nbackground: true\n", "Use: x"},
    {"description: Use: x   \n", "Use: x"},
    {"description : D\n", "D"},
    {"description : Use: x\n", dropped},
    {"description: D\nfoo:bar\n", dropped},
    {"description:D\n", dropped},
    {"description: See http://x.y/z now\n", "See http://x.y/z now"},
    {"description:\tUse: x\n", "Use: x"},
    {"description: Use: x\ndescription: Second: y\n", "Second: y"},
    {" description: D\n", dropped},
    {"  description: D\n  tools: Read\n", dropped},
    {"description: D\ntools: []\nfoo: a: b\n", "D"},
    {"description: 'tis the season\n", dropped},
    {"description: \"open quote\n", dropped},
    {"description: \"a\" b: \"c\"\n", dropped},
    {"description: 'a' b: 'c'\n", dropped},
    {"description: *x y\n", "*x y"},
    {"description: D\nfoo: &a Read\ntools: *a\nbar: a: b\n", "D"},
    {"description: \342\232\240 Use: x\n", "\342\232\240 Use: x"},
    {"description: a:b c:d\n", "a:b c:d"},
    {"description: Use. Examples: <example>Context: x. user: \"y\" assistant: \"z\"</example>\n", "Use. Examples: <example>Context: x. user: \"y\" assistant: \"z\"</example>"},
    {"description: D\ntools:\n\t- Read\n\t- Grep\n", "D"},
    {"description: D\ntools:\n\t\t- Read\n\t\t- Grep\n", "D"},
    {"description: D\n\tmore text\n", "D more text"},
    {"description: Use: x\ntools:\n\t- Read\n", "Use: x"},
    {"description: D\rtools: Read\n", "D"},
    {"description:\302\240Use: x\n", dropped},
    {"description: \"a\": b\n", "\"a\": b"},
    {"description: a \"b: c\" d\n", "a \"b: c\" d"},
    {"# c: d\ndescription: Use: x\n", "Use: x"},
    {"description: Use: x:\n", "Use: x:"},
    {"\ndescription: Use: x\n\n\n", "Use: x"},
    {"\"description\": D\n'tools': Read\n", "D"},
    {"{description: D, tools: Read}\n", dropped},
    {"&a description: D\n", "D"},
    {"description: D\n...\ntools: Read\n", dropped},
    {"%YAML 1.2\ndescription: D\n", dropped},
    {"description: 'it''s: x'\ntools: Read\nfoo: a: b\n", "it's: x"},
    {"description: \"a \\q b\"\n", dropped},
    {"description: \"a\n  b\"\n", "a b"},
    {"description: \"a\nb\"\n", dropped},
    {"description: |\ntext\n", dropped},
    {"description: |\n  text\n more\n", dropped},
    {"description: D#x\n", "D#x"},
    {"description: #x\n", dropped},
    {"description: D\ntools:\n- Read\n- Grep\n", "D"},
    {"description: D\nfoo: bar: baz: x\n", "D"},
    {"description: D\ntools: [Read, Grep\nfoo: 1\n", "D"},
    {"description: D\ntools: [Read,\n  Grep]\n", "D"},
    {"description: D\ntools: [Read,\nGrep]\n", dropped},
    {"description: D: x\ntools: [Read,\n  Grep]\n", dropped},
    {"? description\n: D\n", "D"},
    {"*a : D\ndescription: D\n", dropped},
    {"description: a\001b\033d\n", "a\001b\033d"},
    {"description: a\177b c\342\200\250d\n", "a\177b c d"},
    {"description: D\ntools:\n  - \"Read: x\"\n  - Grep\n", "D"},
    {"description: !!python/object:x D\n", "D"},
    {"description: !!str 5\n", "5"},
    {"b: &b {tools: Read}\n<<: *b\ndescription: D\n", "D"},
    {"description: D\nfoo: &a [*a]\n", "D"},
    {"description: -- x\n", "-- x"},
    {"description: -x\n", "-x"},
    {"description: ?x\n", "?x"},
    {"description: :x\n", ":x"},
    {"description: : x\n", ": x"},
    {"description: >2 people\n", ">2 people"},
    {"description: D\ntools: [Read, Grep,]\n", "D"},
    {"description: D\ntools: [Read,, Grep]\n", "D"},
    {"description: - a : b\n", "- a : b"},
    {"description: - a - b\n", dropped},
    {"description: - a # b\n", "- a # b"},
    {"description: - a ! b\n", "- a ! b"},
    {"description: - a > b\n", "- a > b"},
    {"description: - a \" b\n", dropped},
    {"description: D\na_b: - a ! b\n", "D"},
    {"description: D\nA-b: - a ! b\n", "D"},
    {"description: D\n-b: - a ! b\n", "D"},
    {"description: \"a: b\"  \nfoo: a: b\n", "\"a: b\""},
    {"description: 'a: b'  \nfoo: a: b\n", "'a: b'"},
    {"description: \"a: b\" # c\nfoo: a: b\n", "\"a: b\" # c"},
    {"description: \"a' b: 'c\"\nfoo: a: b\n", "a' b: 'c"},
    {"description: \"\nfoo: a: b\n", dropped},
    {"description: \"a\" b \"c\"\nfoo: - a ! b\n", dropped},
    {"description:   Use: x\n", "Use: x"},
    {"description: - a ! \\x \\\" b\n", "- a ! \\x \\\" b"},
    {"description: a:\tb\n", dropped},
    {"description: - a ! b\t\ntools:\tRead\n", "- a ! b"},
    {"description: D\nfoo: {a: 1,\n  b: 2}\nbar: a: b\n", dropped},
    {"description: D\nfoo: a!\n  more\nbar: a: b\n", dropped},
    {"description: D\nfoo: a!\n  # comment\nbar: a: b\n", "D"},
    {"description: D\nfoo: |\nbar: a: b\n", "D"},
    {"description: D\nfoo: !x\n  - a\nbar: a: b\n", dropped},
    {"description: Use: x\342\200\250y\n", dropped},
    {"description: D\ntools: [\n  Read,\n  Grep\n]\n", "D"},
    {"description: D\nfoo: {\n  a: b\n}\n", "D"},
    {"description: D\ntools: [\nRead,\nGrep\n]\n", dropped},
    {"description: D\nmetadata:\n  foo: [\n    a,\n    b\n  ]\n", "D"},
    {"description: D\nmetadata:\n  foo: [\n  a,\n  b\n  ]\n", dropped},
    {"description: \"a\n  b\n\"\n", dropped},
    {"description: 'a\nb'\n", dropped},
    {"description: \"a\n\n  b\"\n", "a b"},
    {"description: D\ntools: [Read, # c\n  Grep]\n", "D"},
    {"description: D\ntools: [Read,\n# c\n  Grep]\n", "D"},
    {"description: D\ntools: Read\njunk line\n", dropped},
    {"description: D\njunk line\n", dropped},
    {"description: D\nfoo:\n", "D"},
    {"description: D\n? foo\n", "D"},
    {"description: D\ntools:   \n", "D"},
    {"description: D\nfoo:\n- a\n-\n- b\n", "D"},
    {"description: D\ntools:\n  - [a,\nb]\n", dropped},
    {"description: D\nfoo:\n  a: 1\n  a: 2\n", "D"},
    {"description: D \"q\" 'r'\n", "D \"q\" 'r'"},
    {"description: 50% off\n", "50% off"},
    {"description: a @b `c` {d} [e]\n", "a @b `c` {d} [e]"},
    {"description: say \"a: b\"\n", "say \"a: b\""},
    {"description: \"a\"b\n", dropped},
    {"description: D\ntools: Read\n- x\n", dropped},
    {"description: D\n  tools: Read\n", dropped},
    {"description: -\n", dropped},
    {"description: ?\n", dropped},
    {"description: ~x\n", "~x"},
    {"description: =\n", "="},
    {"description: <<\n", "<<"},
    {"description: 2024-10-01\n", "2024-10-01"},
    {"description: yes\n", "yes"},
    {"description: null\n", dropped},
    {"description: 1_000\n", "1_000"},
    {"description: 1:30\n", "1:30"},
};
// clang-format on

}  // namespace

TEST_CASE("what the client reads we read, and what makes it drop all keys leaves our reading incomplete") {
  for (const Probe& probe : probes) {
    CAPTURE(probe.yaml);
    CHECK(ours(probe.yaml) == (probe.description == dropped ? "dropped" : fold(probe.description)));
  }
}

TEST_CASE("where yaml-cpp is stricter than the client, the description is salvaged") {
  const Parsed comma = parse_yaml("name: probe\ndescription: , text\n");
  CHECK_FALSE(comma.complete);
  CHECK(comma.root.find("description")->text == ", text");
  const Parsed mixed = parse_yaml("name: probe\ndescription: D\ntools:\n  - Read\n\t- Grep\n");
  CHECK_FALSE(mixed.complete);
  CHECK(mixed.root.find("description")->text == "D");
}
