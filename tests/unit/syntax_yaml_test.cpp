#include "syntax/yaml.h"

#include "syntax_tree_text.h"

#include <catch2/catch.hpp>
#include <string>

using namespace cascade::syntax;

namespace {

std::string read(std::string_view text) { return test::show(parse_yaml(text).root); }
std::string places(std::string_view text) { return test::show(parse_yaml(text).root, true); }

// "tree; faults", with "(part)" in front where the tree is not complete.
std::string all(std::string_view text) {
  const Parsed parsed = parse_yaml(text);
  std::string out = (parsed.complete ? "" : "(part) ") + test::show(parsed.root) + "; " + test::show_faults(parsed);
  for (std::size_t at = out.find('\n'); at != std::string::npos; at = out.find('\n', at)) out.replace(at, 1, "; ");
  return out;
}

std::string repeat(std::string_view piece, std::size_t count) {
  std::string out;
  while (count-- > 0) out += piece;
  return out;
}

}  // namespace

TEST_CASE("scalars, lists and maps are read in order") {
  CHECK(all("name: a\ntools: [Read, Grep]\nlist:\n  - b\n  - {c: d}\n") ==
        "{name: a, tools: [Read, Grep], list: [b, {c: d}]}; none");
  CHECK(all("") == "null; none");
  CHECK(all("# only a comment\n") == "null; none");
  CHECK(all("just text") == "just text; none");
  CHECK(all("- a\n- b\n") == "[a, b]; none");
}

TEST_CASE("plain scalars resolve by the core schema and keep their text") {
  CHECK(read("[1, -2, 1.10, 1e3, .5, 0x1F, 0o17, .inf, -.INF, .nan]") ==
        "[num(1), num(-2), num(1.10), num(1e3), num(.5), num(0x1F), num(0o17), num(.inf), num(-.INF), num(.nan)]");
  CHECK(read("[true, False, null, ~, Null]") == "[bool(true), bool(False), null(null), null(~), null(Null)]");
  CHECK(read("[yes, no, on, off, 2024-10-01, 1.2.3, 1_000, 1:30, 0xZ, e3, 1e]") ==
        "[yes, no, on, off, 2024-10-01, 1.2.3, 1_000, 1:30, 0xZ, e3, 1e]");
  CHECK(read("[\"1\", 'true', !!str 3, !!int \"3\"]") == "[\"1\", \"true\", \"3\", num(3)]");
}

TEST_CASE("an empty value is null, behind its colon") {
  CHECK(places("a:\nb: c\n") == "{a@1:1-1:2: null@1:3, b@2:1-2:2: c@2:4-2:5}@1:1");
  CHECK(places("a :\n") == "{a@1:1-1:2: null@1:4}@1:1");
}

TEST_CASE("quoted scalars and block scalars are decoded") {
  CHECK(read("a: 'It''s: x'\nb: \"Tab\\tand \\u00e9\"\n") == "{a: \"It's: x\", b: \"Tab\tand \xC3\xA9\"}");
  CHECK(read("a: |\n  Line one.\n  Line two.\n") == "{a: \"Line one.\nLine two.\n\"}");
  CHECK(read("a: |-\n  Line one.\n   Line two.\nb: c\n") == "{a: \"Line one.\n Line two.\", b: c}");
}

TEST_CASE("trap 9: a block scalar is decoded, tags in it are text") {
  CHECK(read("description: |\n  Creates agents [ground:given] [conf:0.95]\nname: a\n") ==
        "{description: \"Creates agents [ground:given] [conf:0.95]\n\", name: a}");
}

TEST_CASE("trap 10: folded lines are joined by single spaces") {
  CHECK(read("description: Foundational template for creating\n  new agents with\n  well-struct\n") ==
        "{description: Foundational template for creating new agents with well-struct}");
  CHECK(read("a: >\n  Folded one\n  folded two.\n\n  New paragraph.\n") ==
        "{a: \"Folded one folded two.\nNew paragraph.\n\"}");
}

TEST_CASE("traps 11 and 12: the three spellings of a tool list are read") {
  CHECK(read("a: [\"Bash\", \"Read\"]\nb: Read, Write\nc:\n  - Read\n  - Bash\n") ==
        "{a: [\"Bash\", \"Read\"], b: Read, Write, c: [Read, Bash]}");
  CHECK(read("allowed-tools: Bash(cat:*), Bash(awk:*)\n") == "{allowed-tools: Bash(cat:*), Bash(awk:*)}");
}

TEST_CASE("places are in the file, in code points, with properties skipped") {
  CHECK(test::show(parse_yaml("\xC3\xA9: \"\xE2\x82\xAC\" # c\nb: &x !!str  v w\n", 5).root, true) ==
        "{\xC3\xA9@5:1-5:2: \"\xE2\x82\xAC\"@5:4-5:7, b@6:1-6:2: \"v w\"@6:14-6:17}@5:1");
  CHECK(places("a: one\n  two\nb:\n  - c: d\n") ==
        "{a@1:1-1:2: one two@1:4-2:6, b@3:1-3:2: [{c@4:5-4:6: d@4:8-4:9}@4:5]@4:3}@1:1");
  CHECK(places("a: |\n  text\n") == "{a@1:1-1:2: \"text\n\"@1:4}@1:1");
  CHECK(places("a: x\r\nb: y\r\n") == "{a@1:1-1:2: x@1:4-1:5, b@2:1-2:2: y@2:4-2:5}@1:1");
}

TEST_CASE("of two equal keys of a YAML map the last wins and is a fault") {
  const Parsed parsed = parse_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n", 2);
  CHECK(parsed.root.find("a")->text == "3");
  CHECK(test::show_faults(parsed) ==
        "duplicate_key@3:11 key \"c\" is already given on line 3\n"
        "duplicate_key@4:1 key \"a\" is already given on line 2");
}

TEST_CASE("a value that ' #' cuts is a fault at the '#'") {
  CHECK(all("d: Handles C # and F# code\n") == "{d: Handles C}; comment_cut@1:14 the value of \"d\" ends at ' #'");
  CHECK(all("d:\n  - one # two\n") == "{d: [one]}; comment_cut@2:9 a value ends at ' #'");
  CHECK(all("d: 1  # first\n") == "{d: num(1)}; comment_cut@1:7 the value of \"d\" ends at ' #'");
  CHECK(all("d: \"a\" # b\ne: # c\n# d\nf: C#\n") == "{d: \"a\", e: null, f: C#}; none");
}

TEST_CASE("tags of other schemas, merge keys and second documents are faults") {
  CHECK(all("a: !!python/object:x D\n") == "{a: D}; tag@1:4 tag !!python/object:x");
  CHECK(all("a: !bang [b]\n") == "{a: [b]}; tag@1:4 tag !bang");
  CHECK(all("b: &b {d: e, n: x}\n<<: *b\nn: y\n") == "{d: e, b: {d: e, n: x}, n: y}; merge_key@2:1 merge key <<");
  CHECK(all("m: {<<: [{a: 1}, {a: 2, b: 3}], c: 4}\n") ==
        "{m: {b: num(3), a: num(1), c: num(4)}}; merge_key@1:5 merge key <<");
  CHECK(all("a: 1\n---\nb: 2\n") == "(part) {a: num(1)}; documents@2:1 a second document");
  CHECK(all("a: 1\n...\nb: 2\n") == "(part) {a: num(1)}; documents@3:1 a second document");
}

TEST_CASE("aliases stand for what they name, up to a limit") {
  CHECK(all("x: &a text\ny: *a\n") == "{x: text, y: text}; none");
  CHECK(places("x: &a [b]\ny: *a\n") == "{x@1:1-1:2: [b@1:8-1:9]@1:4, y@2:1-2:2: [b@2:4]@2:4}@1:1");
  CHECK(all("x: &a [1, *a]\ny: *a\n") ==
        "{x: [num(1), null], y: [num(1), null]}; aliases@1:11 an alias stands for a value that holds it");
  CHECK(all("x: {a: [1, &n {k: [&m b]}, *m], c: *n}\ny: [[*n], *m]\n") ==
        "{x: {a: [num(1), {k: [b]}, b], c: {k: [b]}}, y: [[{k: [b]}], b]}; none");
}

TEST_CASE("an alias nests no deeper than what it stands for would") {
  NodeLimits limits;
  limits.depth = 3;
  CHECK(parse_yaml("x: &a [[]]\ny: *a\n", 1, limits).complete);
  CHECK(test::show_faults(parse_yaml("x: &a [[]]\ny: [*a, *a]\n", 1, limits)) ==
        "depth@2:5 nested deeper than 3 levels");
}

TEST_CASE("an alias bomb ends quickly and the keys beside it are read") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + repeat(", " + before, 9) + "]\n";
  }
  const Parsed parsed = parse_yaml(bomb + "name: bomb\n");
  CHECK_FALSE(parsed.complete);
  CHECK(parsed.root.find("name")->text == "bomb");
  CHECK(test::show_faults(parsed) == "aliases@2:10 aliases stand for too many values");
}

TEST_CASE("a long value behind many aliases is bounded in bytes") {
  const Parsed parsed =
      parse_yaml("a: &x " + std::string(100'000, 'y') + "\nb: [*x" + repeat(", *x", 400) + "]\n", 1, NodeLimits{});
  std::size_t bytes = 0;
  for (const Node& item : parsed.root.find("b")->items) bytes += item.text.size();
  CHECK(bytes <= 300'000);
  CHECK(test::show_faults(parsed) == "aliases@2:5 aliases stand for too many values");
}

TEST_CASE("tabs after a colon and tabs as indentation are read") {
  CHECK(all("a:\tb\n") == "{a: b}; none");
  CHECK(all("a:\n\tk: v\n\tl: w\nb: c\n") == "{a: {k: v, l: w}, b: c}; tab@2:1 a tab indents a line");
  CHECK(all("a:\n\t\t- x\n\t\t- y\n") == "{a: [x, y]}; tab@2:1 a tab indents a line");
}

TEST_CASE("trap 2: a value that holds ': ' is repaired as the client does") {
  CHECK(all("name: a\ndescription: Use when: x. Examples: <example>Context: y\ntools: Read, Grep\n") ==
        "{name: a, description: \"Use when: x. Examples: <example>Context: y\", tools: Read, Grep}; "
        "repaired@2:14 the value of \"description\" must be quoted");
  CHECK(places("a: b: c  \nd: e\n") == "{a@1:1-1:2: \"b: c\"@1:4-1:8, d@2:1-2:2: e@2:4-2:5}@1:1");
}

TEST_CASE("trap 3: a value that ends in a colon is its whole line, and the next key is not its child") {
  CHECK(all("name: a\ndescription: Use for the following:\ntools: [Read]\n") ==
        "(part) {name: a, description: Use for the following:, tools: [Read]}; "
        "salvaged@1:1 \"name\" is read on its own; salvaged@2:1 \"description\" is read on its own; "
        "syntax@2:35 a ':' inside a value that is not quoted; salvaged@3:1 \"tools\" is read on its own");
}

TEST_CASE("trap 4: other values stay decoded beside a repaired or salvaged one") {
  CHECK(
      read("description: Review: a paper\nargument-hint: \"[path] [--a | --b]\"\nallowed-tools: [\"Read\", Task]\n") ==
      "{description: \"Review: a paper\", argument-hint: \"[path] [--a | --b]\", allowed-tools: [\"Read\", Task]}");
  CHECK(
      read("description: Review:\nargument-hint: \"[path]\"\nallowed-tools: [\"Read\", Task]\nb: |\n  x\n  y\nc:\n- d\n"
           "on: true # why\n") ==
      "{description: Review:, argument-hint: \"[path]\", allowed-tools: [\"Read\", Task], b: \"x\ny\", c: [d], "
      "on: bool(true)}");
}

TEST_CASE("trap 5: brackets with trailing text and a lone star are verbatim") {
  CHECK(all("argument-hint: [a] [b]\n") ==
        "{argument-hint: \"[a] [b]\"}; repaired@1:16 the value of \"argument-hint\" must be quoted");
  CHECK(all("argument-hint: [action] | --list\n") ==
        "{argument-hint: \"[action] | --list\"}; repaired@1:16 the value of \"argument-hint\" must be quoted");
  CHECK(all("tools: *\n") == "{tools: \"*\"}; repaired@1:8 the value of \"tools\" must be quoted");
}

TEST_CASE("what cannot be repaired is salvaged key by key") {
  CHECK(all("name: a\ndescription: \"Never closed\n") ==
        "(part) {name: a, description: \"Never closed}; salvaged@1:1 \"name\" is read on its own; "
        "salvaged@2:1 \"description\" is read on its own; syntax@2:14 a quote is not closed");
  CHECK(read("name: a\n: : [ {\n'b c' : d\n\"e\": f\n") == "{name: a, b c: d, e: f}");
  CHECK(read("name: a\ndescription:\xC2\xA0No-break\n") == "{name: a, description: No-break}");
  CHECK(read("a: x\n  b: c\n d: e\nf: |\n") == "{a: x, f: \"\"}");
  CHECK(all(": [\n") == "(part) null; syntax@2:1 a '[' is not closed");
}

TEST_CASE("salvaged text keeps ' #', salvaged duplicates are reported") {
  CHECK(all("a: C # and F#\na: b:\n") ==
        "(part) {a: C # and F#, a: b:}; salvaged@1:1 \"a\" is read on its own; "
        "salvaged@2:1 \"a\" is read on its own; duplicate_key@2:1 key \"a\" is already given on line 1; "
        "syntax@2:5 a ':' inside a value that is not quoted");
}

TEST_CASE("bytes that are not UTF-8 and a NUL are replaced") {
  CHECK(all("a: Caf\xE9.\n") == "{a: Caf\xEF\xBF\xBD.}; encoding@1:7 bytes that are not UTF-8");
  CHECK(all(std::string_view("a: b\0c\nd: e\n", 12)) ==
        "(part) {a: b\xEF\xBF\xBD"
        "c, d: e}; salvaged@1:1 \"a\" is read on its own; encoding@1:5 a NUL; salvaged@2:1 \"d\" is read on its own");
  CHECK(all("a: b\x04 c\x07\n") == "{a: b\xEF\xBF\xBD c\x07}; encoding@1:5 control character 4");
  CHECK(read("\xEF\xBB\xBF"
             "a: b\n") == "{a: b}");
  CHECK(places("a: b\rc: d\r") == "{a@1:1-1:2: b@1:4-1:5, c@2:1-2:2: d@2:4-2:5}@1:1");
}

TEST_CASE("limits of bytes, depth and nodes hold") {
  NodeLimits limits;
  limits.bytes = 30;
  CHECK(test::show_faults(parse_yaml(std::string(31, ' '), 4, limits)) == "size@4:1 more than 30 bytes");
  limits = {};
  limits.depth = 3;
  CHECK(test::show_faults(parse_yaml("a: [[1]]", 1, limits)) == "none");
  const Parsed deep = parse_yaml("a: [[[1]]]\nb: c\n", 1, limits);
  CHECK(deep.root.find("b")->text == "c");
  CHECK(test::show_faults(deep) == "depth@1:6 nested deeper than 3 levels");
  limits = {};
  limits.nodes = 5;
  const Parsed many = parse_yaml("a: b\nc: [d, e, f, g]\nh: i\n", 1, limits);
  CHECK_FALSE(many.complete);
  CHECK(many.root.find("a")->text == "b");
  CHECK(test::show_faults(many) ==
        "salvaged@1:1 \"a\" is read on its own\nsalvaged@2:1 \"c\" is read on its own\nsize@2:5 more than 5 values");
}

TEST_CASE("hostile megabytes end, and soon") {
  constexpr std::size_t n = 30'000;
  for (const std::string& text : {repeat("[", n),
                                  "a: " + repeat("[", n),
                                  repeat("{", n),
                                  repeat("- ", n),
                                  repeat("? ", n),
                                  repeat("a: ", n),
                                  repeat("&a ", n),
                                  repeat("\"", n),
                                  repeat("'", n),
                                  repeat("\n", n),
                                  repeat("\t", n),
                                  repeat("#", n),
                                  repeat("a: b: c\n", n),
                                  repeat("a: [b\n", n),
                                  repeat("a: \"b\n", n),
                                  repeat("a: |\n", n),
                                  "a: [" + repeat("b, ", n) + "]",
                                  repeat("---\n", n),
                                  repeat("a: &x b\n", n),
                                  repeat("%\n", n)}) {
    const Parsed parsed = parse_yaml(text);
    CHECK((parsed.complete || !parsed.faults.empty()));
  }
}

namespace {

std::string settings(std::string_view text) {
  const Parsed parsed = parse_settings(text);
  return test::show(parsed.root) + "; " + test::show_faults(parsed);
}

bool is_refused(std::string_view text) {
  const Parsed parsed = parse_settings(text);
  return !parsed.faults.empty() && parsed.root.kind == NodeKind::null;
}

}  // namespace

TEST_CASE("settings are read as they are, without second tries") {
  CHECK(settings("a: 1\nb: [x, y] # note\n\nc: { d: e }\n") == all("a: 1\nb: [x, y] # note\n\nc: { d: e }\n"));
  CHECK(settings("# only a comment\n") == "null; none");
  CHECK(is_refused("a: b: c\n"));
  CHECK(is_refused("a: [\n"));
  CHECK(is_refused("a: {b\n"));
}

TEST_CASE("settings that would take long to read are refused by their size, their depth or their number of values") {
  CHECK(is_refused(repeat("key: 1\n", 10'000)));
  CHECK(is_refused("a: " + repeat("[", 100'000)));
  CHECK(is_refused("a: " + repeat("[", 20) + repeat("]", 20)));
  CHECK(is_refused("a: [" + repeat("x, ", 5'000) + "x]\n"));
  CHECK(is_refused("a:\n" + repeat("  - &x y\n", 2'000)));
  CHECK(is_refused("a:\n" + repeat("  - x\n", 5'000)));
  CHECK_FALSE(is_refused("a:\n" + repeat("  - x\n", 3'900)));
  CHECK_FALSE(is_refused("a: " + repeat("x", 60'000) + "\n"));
}

TEST_CASE("front matter far above what honest manifests have is read key by key, as it is written, or not at all") {
  const std::string list = "[" + repeat("x, ", 8'000) + "x]";
  const Parsed unusual = parse_yaml("name: a\nx:\n  - &b " + list + "\n");
  CHECK_FALSE(unusual.complete);
  CHECK(unusual.root.find("name")->text == "a");
  CHECK(unusual.faults.front().kind != FaultKind::syntax);
  const Parsed plain = parse_yaml("name: a\nx: " + list + "\n");
  CHECK(plain.complete);
  CHECK(plain.root.find("x")->size() == 8'001);
  CHECK(parse_yaml(repeat("k: v\n", 120'000)).root.kind == NodeKind::null);
}

TEST_CASE("merge keys of many maps are put in, the first of equal keys first") {
  CHECK(read("a: 1\n<<: {a: 2, b: 3}\nc: 4\n") == "{b: num(3), a: num(1), c: num(4)}");
  CHECK(read("<<: [{a: 1, b: 1}, {b: 2, c: 2}]\nd: 3\n") == "{c: num(2), a: num(1), b: num(1), d: num(3)}");
}
