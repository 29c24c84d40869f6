#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "seeded_random.h"
#include "syntax/toml.h"

using namespace cascade::syntax;

namespace {

// What the string means that is written so, or the first fault's place and message.
std::string meaning(const std::string& written) {
  const Toml toml = read_toml("x = " + written + "\n");
  if (!toml.parsed.faults.empty()) {
    const Fault& fault = toml.parsed.faults.front();
    return std::to_string(fault.at.line) + ":" + std::to_string(fault.at.column) + ": " + fault.message;
  }
  REQUIRE(toml.texts.size() == 1);
  CHECK(toml.texts[0].value == toml.parsed.root.find("x")->text);
  return toml.texts[0].value;
}

// The bytes of the file that each character of the value comes from.
std::string sources(const std::string& text) {
  const Toml toml = read_toml(text);
  REQUIRE(toml.texts.size() == 1);
  const TomlText& found = toml.texts[0];
  std::string out;
  for (std::size_t at = 0; at < found.value.size(); ++at) out += text[found.source_of(at)];
  CHECK(found.source_of(found.value.size()) == found.end);
  return out;
}

}  // namespace

TEST_CASE("strings of all four kinds, numbers, booleans, lists, tables") {
  const Toml toml = read_toml(
      "# a comment\nname = \"x \\\"y\\\" \\u00e9\"  # behind\nraw = 'C:\\dir'\nlong = \"\"\"\nfirst\nsecond \\\n   "
      "line\n\"\"\"\n"
      "lit = '''\nas \\it is'''\nn = 1_000\nyes = true\nday = 2026-01-02\nlist = [\n  \"a\", # one\n  \"b\",\n]\n"
      "inline = { a = 1, b = \"two\" }\n[table.inner]\nkey = \"v\"\n[[many]]\nid = 1\n[[many]]\nid = 2\n");
  CHECK(toml.parsed.faults.empty());
  const Node& root = toml.parsed.root;
  CHECK(root.find("name")->text == "x \"y\" \xC3\xA9");
  CHECK(root.find("raw")->text == "C:\\dir");
  CHECK(root.find("long")->text == "first\nsecond line\n");
  CHECK(root.find("lit")->text == "as \\it is");
  CHECK(root.find("n")->kind == NodeKind::number);
  CHECK(root.find("yes")->kind == NodeKind::boolean);
  CHECK(root.find("day")->kind == NodeKind::string);
  REQUIRE(root.find("list")->items.size() == 2);
  CHECK(root.find("list")->items[1].text == "b");
  CHECK(root.find("inline")->find("b")->text == "two");
  CHECK(root.find("table")->find("inner")->find("key")->text == "v");
  REQUIRE(root.find("many")->items.size() == 2);
  CHECK(root.find("many")->items[1].find("id")->text == "2");
}

TEST_CASE("where a string of the top lies in the file") {
  const std::string text = "description = \"d\"\nprompt = \"\"\"\n# Steps\n\n1. Look.\n\"\"\"\n[x]\nprompt = \"no\"\n";
  const Toml toml = read_toml(text);
  REQUIRE(toml.texts.size() == 2);
  CHECK(toml.texts[1].key == "prompt");
  CHECK(text.substr(toml.texts[1].begin, toml.texts[1].end - toml.texts[1].begin) == "# Steps\n\n1. Look.\n");
}

TEST_CASE("what cannot be read is a fault with its place, and the rest is read") {
  const Toml toml = read_toml("a = 1\nnonsense\nb = \"never closed\nc = 3\n");
  REQUIRE(toml.parsed.faults.size() == 2);
  CHECK(toml.parsed.faults[0].at.line == 2);
  CHECK(toml.parsed.root.find("a") != nullptr);
  CHECK(toml.parsed.root.find("c")->text == "3");
  CHECK_FALSE(toml.parsed.complete);
}

TEST_CASE("hostile TOML ends") {
  const std::string deep(100'000, '['), quotes(99'999, '"'), dots = "a" + std::string(50'000, '.') + "b=1";
  for (const std::string& text : {"x = " + deep, quotes, dots, std::string("x = \"\"\"\\"),
                                  std::string("[[a]]\n[a.b]\n"), std::string("a.b = 1\na = 2\na.c = 3\n"),
                                  std::string("x = {"), std::string("x = '''"), std::string(1, '\0'), std::string("=")})
    CHECK(read_toml(text).parsed.root.kind == NodeKind::map);
}

TEST_CASE("escapes of basic strings mean what TOML 1.0 says") {
  CHECK(meaning(R"("a\tb\nc\rd\fe\bf\"g\\h")") == "a\tb\nc\rd\fe\bf\"g\\h");
  CHECK(meaning(R"("\u00e9 \u20AC \U0001F600")") == "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
  CHECK(meaning(R"("\u0000\u001b")") == std::string("\0\x1b", 2));
  CHECK(meaning(R"('C:\new\u0041 "x"')") == R"(C:\new\u0041 "x")");
  CHECK(meaning("'''a\\nb''c'''") == "a\\nb''c");
  CHECK(meaning("\"\"\"\na \"quoted\" \"\"word\"\" \\\"\"\"\"") == "a \"quoted\" \"\"word\"\" \"");
  CHECK(meaning("\"\"\"\"\"two\"\"\"\"\"") == "\"\"two\"\"");
  CHECK(meaning("\"\"\"\r\none\r\ntwo\"\"\"") == "one\r\ntwo");
  CHECK(meaning("\"\"") == "");
  CHECK(meaning("\"\"\"\"\"\"") == "");
}

TEST_CASE("a backslash at a line's end takes the white space behind it away") {
  CHECK(meaning("\"\"\"one \\\n    two\"\"\"") == "one two");
  CHECK(meaning("\"\"\"one \\  \t\n\n  \r\n two\"\"\"") == "one two");
  CHECK(meaning("\"\"\"\\\n  \"\"\"") == "");
  CHECK(meaning("\"\"\"one \\\\\n two\"\"\"") == "one \\\n two");
}

TEST_CASE("what TOML does not allow in a string is a fault at its place, and stays as it is written") {
  CHECK(meaning(R"("a\qb")") == "1:7: unknown escape");
  CHECK(meaning(R"("a\/b")") == "1:7: unknown escape");
  CHECK(meaning(R"("\u12")") == "1:6: unknown escape");
  CHECK(meaning(R"("\ud83d\ude00")") == "1:6: unknown escape");
  CHECK(meaning(R"("\U00110000")") == "1:6: unknown escape");
  CHECK(meaning("\"a\\ b\"") == "1:7: unknown escape");
  CHECK(meaning("\"\"\"\n\xC3\xA9 \\  b\"\"\"") == "2:3: unknown escape");
  CHECK(meaning("\"a\x01\"") == "1:7: a control character in a string");
  CHECK(meaning("'a\x7f'") == "1:7: a control character in a string");
  CHECK(meaning("\"\"\"a\rb\"\"\"") == "1:9: a control character in a string");
  CHECK(meaning("\"a\tb\"") == "a\tb");
  CHECK(read_toml(R"(x = "a\qb\n")").parsed.root.find("x")->text == "a\\qb\n");
}

TEST_CASE("the escapes of TOML 1.1 are read") {
  CHECK(meaning(R"("\e[1m \x41\xe9")") == "\x1b[1m A\xC3\xA9");
  CHECK(meaning(R"("a\x4")") == "1:7: unknown escape");
}

TEST_CASE("every character of a value knows the byte of the file that it comes from") {
  CHECK(sources("x = 'plain'") == "plain");
  CHECK(sources(R"(x = "a\nb\"c")") == "a\\b\\c");
  CHECK(sources("x = \"\"\"\none \\\n   two\\u00e9!\"\"\"") == "one two\\\\!");
  CHECK(sources("x = \"\"\"\\\n  a\"\"\"\"\"") == "a\"\"");
}

TEST_CASE("a part of a string that ends between pieces means its part of the value") {
  cascade::test::SeededRandom random{25};
  const std::vector<std::string> pieces = {"a",        "\xC3\xA9", " ",           "\\n",   "\\\"",
                                           "\\\\",     "\\u00e9",  "\\U0001F600", "\\\n ", "\n",
                                           "\\\r\n\t", "# H",      "\r\n",        "\"",    "\\t"};
  for (int round = 0; round < 2'000; ++round) {
    std::string inner = "x";
    for (std::uint32_t i = random.below(12); i > 0; --i) inner += pieces[random.below(pieces.size())];
    const std::string text = "x = \"\"\"" + inner + ".\"\"\"";
    const Toml toml = read_toml(text);
    INFO(text);
    REQUIRE(toml.parsed.faults.empty());
    REQUIRE(toml.texts.size() == 1);
    const TomlText& found = toml.texts[0];
    const std::string_view file = text;
    CHECK(unescape_toml(file.substr(found.begin, found.end - found.begin)) == found.value);
    for (std::size_t at = 1; at < found.value.size(); ++at) {
      if ((static_cast<unsigned char>(found.value[at]) & 0xC0) == 0x80) continue;
      const std::size_t cut = found.source_of(at);
      CHECK(unescape_toml(file.substr(found.begin, cut - found.begin)) == found.value.substr(0, at));
      CHECK(unescape_toml(file.substr(cut, found.end - cut)) == found.value.substr(at));
    }
  }
}
