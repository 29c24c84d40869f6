#include <catch2/catch.hpp>

#include <string>

#include "syntax/toml.h"

using namespace cascade::syntax;

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
