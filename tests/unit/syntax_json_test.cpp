#include "syntax/json.h"

#include "syntax_tree_text.h"

#include <catch2/catch.hpp>
#include <string>

using namespace cascade::syntax;
using test::show_faults;

namespace {

std::string read(std::string_view text) { return test::show(parse_json(text).root); }
std::string places(std::string_view text) { return test::show(parse_json(text).root, true); }
std::string faults(std::string_view text) {
  const Parsed parsed = parse_json(text);
  if (!parsed.complete) CHECK(parsed.root.kind == NodeKind::null);
  return show_faults(parsed);
}

TEST_CASE("what needs an escape gets it wherever in a long text it stands") {
  const std::string plain = "0123456789 abcdefghijklmnopqrstuvwxyz~\x7f<>/";
  const std::pair<char, std::string> escapes[] = {{'"', "\\\""}, {'\\', "\\\\"},    {'\n', "\\n"},
                                                  {'\t', "\\t"}, {'\0', "\\u0000"}, {'\x1f', "\\u001f"}};
  for (std::size_t at = 0; at <= plain.size(); ++at)
    for (const auto& [c, escaped] : escapes)
      CHECK(quote_json(std::string(plain).insert(at, 1, c)) == '"' + std::string(plain).insert(at, escaped) + '"');
}

}  // namespace

TEST_CASE("every kind of value is read and numbers keep their text") {
  CHECK(read(R"({"a": 1, "b": [true, false, null], "c": {"d": "e"}})") ==
        R"({"a": num(1), "b": [bool(true), bool(false), null(null)], "c": {"d": "e"}})");
  CHECK(read("[1.10, -0, 1e5, 123456789012345678901234567890]") ==
        "[num(1.10), num(-0), num(1e5), num(123456789012345678901234567890)]");
  CHECK(read("{}") == "{}");
  CHECK(read(" \"x\" ") == "\"x\"");
  CHECK(faults("[]") == "none");
}

TEST_CASE("strings are decoded") {
  CHECK(read(R"("a\"\\\/\n\t\u00e9\ud83d\ude80")") == "\"a\"\\/\n\t\xC3\xA9\xF0\x9F\x9A\x80\"");
}

TEST_CASE("keys, strings, numbers, literals and brackets have their places") {
  CHECK(places("{\"a\" : -1.5,\n  \"b\":[\"x\\\"y\" , true]}") ==
        "{\"a\"@1:2-1:5: num(-1.5)@1:8-1:12, \"b\"@2:3-2:6: [\"x\"y\"@2:8-2:14, bool(true)@2:17-2:21]@2:7-2:22}"
        "@1:1-2:23");
  CHECK(places("[\"\xC3\xA9\", 1]") == "[\"\xC3\xA9\"@1:2-1:5, num(1)@1:7-1:8]@1:1-1:9");
  CHECK(places("\xEF\xBB\xBF[0]") == "[num(0)@1:2-1:3]@1:1-1:4");
}

TEST_CASE("the last of two equal keys wins and the second is a fault") {
  const Parsed parsed = parse_json("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}");
  CHECK(parsed.complete);
  CHECK(parsed.root.find("a")->text == "3");
  CHECK(parsed.root.find("c") == nullptr);
  CHECK(show_faults(parsed) == "duplicate_key@3:2 key \"a\" is already given on line 1");
}

TEST_CASE("a syntax fault says what was expected and where") {
  CHECK(faults("") == "syntax@1:1 expected a value, found the end of the text");
  CHECK(faults("{\"a\": 1") == "syntax@1:8 expected ',' or '}', found the end of the text");
  CHECK(faults("{\"a\": 1\n \"b\": 2}") == "syntax@2:2 expected ',' or '}', found a string");
  CHECK(faults("{\"a\" 1}") == "syntax@1:6 expected ':', found '1'");
  CHECK(faults("{\"a\": }") == "syntax@1:7 expected a value, found '}'");
  CHECK(faults("{a: 1}") == "syntax@1:2 expected a key in double quotes or '}', found 'a'");
  CHECK(faults("{\"a\": 1, b: 2}") == "syntax@1:10 expected a key in double quotes, found 'b'");
  CHECK(faults("[1 2]") == "syntax@1:4 expected ',' or ']', found '2'");
  CHECK(faults("[1,,2]") == "syntax@1:4 expected a value, found ','");
  CHECK(faults("[] []") == "syntax@1:4 expected the end of the text, found '['");
  CHECK(faults("[tru]") == "syntax@1:2 expected a value or ']', found 't'");
  CHECK(faults("['x']") == "syntax@1:2 expected a value or ']', found '''");
  CHECK(faults("]") == "syntax@1:1 expected a value, found ']'");
}

TEST_CASE("comments and trailing commas are faults with a place") {
  CHECK(faults("{\n  // note\n  \"a\": 1\n}") == "syntax@2:3 json has no comments");
  CHECK(faults("[1, /* two */ 2]") == "syntax@1:5 json has no comments");
  CHECK(faults("[1,\n 2,\n]") == "syntax@2:3 a comma before ']'");
  CHECK(faults("{\"a\": 1,}") == "syntax@1:8 a comma before '}'");
}

TEST_CASE("a malformed string or number is named") {
  CHECK(faults("[\"abc") == "syntax@1:2 the string is not closed");
  CHECK(faults("[\"") == "syntax@1:2 the string is not closed");
  CHECK(faults("[\"a\nb\"]") == "syntax@1:4 a line feed or control character in a string must be written as an escape");
  CHECK(faults("[\"a\\x\"]") == "syntax@1:5 a string holds an escape that json does not have");
  CHECK(faults("[01]") == "syntax@1:3 expected ',' or ']', found '1'");
  CHECK(faults("[1-2]") == "syntax@1:3 expected ',' or ']', found '-'");
  CHECK(faults("[1.5.2]") == "syntax@1:5 expected ',' or ']', found '.'");
  CHECK(faults("[1.]") == "syntax@1:2 malformed number");
  CHECK(faults("-") == "syntax@1:1 malformed number");
  CHECK(faults("[1e999]") == "syntax@1:2 the number is too large");
}

TEST_CASE("a NUL does not hide what follows it") {
  CHECK(faults(std::string_view("{}\0{", 4)) == "syntax@1:3 expected the end of the text, found control character 0");
  CHECK(faults(std::string_view("[\0]", 3)) == "syntax@1:2 expected a value or ']', found control character 0");
}

TEST_CASE("ill-formed text inside strings is replaced and reported once") {
  const Parsed bytes = parse_json("[\"a\xFF\", \"\xE2\x82\", 1]");
  CHECK(bytes.complete);
  CHECK(test::show(bytes.root, true) ==
        "[\"a\xEF\xBF\xBD\"@1:2-1:6, \"\xEF\xBF\xBD\"@1:8-1:11, num(1)@1:13-1:14]@1:1-1:15");
  CHECK(show_faults(bytes) == "encoding@1:4 bytes that are not UTF-8");
  const Parsed half = parse_json(R"(["\\ud83d \ud83dx \ude00"])");
  CHECK(test::show(half.root) == "[\"\\ud83d \xEF\xBF\xBDx \xEF\xBF\xBD\"]");
  CHECK(show_faults(half) == "encoding@1:11 half of a surrogate pair");
}

TEST_CASE("limits end the reading with a fault") {
  NodeLimits limits;
  limits.depth = 3;
  limits.nodes = 5;
  limits.bytes = 40;
  const auto limited = [&limits](std::string_view text) { return show_faults(parse_json(text, limits)); };
  CHECK(limited("[[[1]]]") == "none");
  CHECK(limited("[[[[1]]]]") == "depth@1:4 nested deeper than 3 levels");
  CHECK(limited("[1,2,3,4]") == "none");
  CHECK(limited("[1,2,3,4,5]") == "size@1:10 more than 5 values");
  CHECK(limited("[" + std::string(40, ' ') + "]") == "size@1:1 more than 40 bytes");
}

TEST_CASE("a hundred thousand brackets are refused without recursion") {
  NodeLimits limits;
  limits.nodes = limits.bytes = 10'000'000;
  CHECK(show_faults(parse_json(std::string(100'000, '['), limits)) == "depth@1:33 nested deeper than 32 levels");
}

TEST_CASE("a megabyte on one line is read in linear time") {
  std::string text = "[";
  while (text.size() < 1'000'000) text += "{\"key\": \"value value value\"}, ";
  text += "0]";
  NodeLimits limits;
  limits.nodes = 1'000'000;
  const Parsed parsed = parse_json(text, limits);
  CHECK(parsed.complete);
  CHECK(parsed.root.items.back().at.column == text.size() - 1);
}

TEST_CASE("a document is written with its keys in order") {
  JsonWriter json;
  json.begin_object().key("schema").string("cascade.list/1").key("items").begin_array();
  json.number(18446744073709551615U).integer(-9223372036854775807 - 1).boolean(true).null();
  json.begin_object().end_object().begin_array().end_array();
  json.end_array().key("a").boolean(false).end_object();
  CHECK(json.take() == R"({
  "schema": "cascade.list/1",
  "items": [
    18446744073709551615,
    -9223372036854775808,
    true,
    null,
    {},
    []
  ],
  "a": false
})");
}

TEST_CASE("compact documents have no white space") {
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_array().number(1).begin_object().key("a b").string("c").key("d").null().end_object().end_array();
  CHECK(json.take() == R"([1,{"a b":"c","d":null}])");
}

TEST_CASE("lists are written of their texts and numbers, of what is written for each, and as objects") {
  const std::vector<std::string> texts = {"a", "b"};
  const std::vector<std::uint32_t> numbers = {1, 2};
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("texts").array(texts).key("numbers").array(numbers);
  json.key("each").array(numbers, [&](std::uint32_t number) { json.boolean(number > 1); });
  json.key("objects").objects(texts, [&](const std::string& text) { json.key(text).null(); });
  json.key("none").objects(std::vector<int>(), [](int) {}).end_object();
  CHECK(json.take() ==
        R"({"texts":["a","b"],"numbers":[1,2],"each":[false,true],"objects":[{"a":null},{"b":null}],"none":[]})");
}

TEST_CASE("a written string reads back, and what is not UTF-8 becomes U+FFFD") {
  CHECK(quote_json("a\"b\\c\n\r\t\b\f\x01\x7F/") == "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\x7F/\"");
  CHECK(quote_json("\xC3\xA9\xFF") == "\"\xC3\xA9\xEF\xBF\xBD\"");
  std::string all;
  for (char c = 0; c < 127; ++c) all += c;
  CHECK(parse_json(quote_json(all)).root.text == all);
}

TEST_CASE("what may steer a terminal or turn the direction of reading is escaped, and nothing beside it") {
  CHECK(quote_json("a\xC2\x9B"
                   "2Jb") == "\"a\\u009b2Jb\"");
  CHECK(quote_json("\xE2\x80\xAEtxt.exe") == "\"\\u202etxt.exe\"");
  CHECK(quote_json("x\xE2\x81\xA6y\xE2\x81\xA9z\xE2\x80\x8F") == "\"x\\u2066y\\u2069z\\u200f\"");
  CHECK(quote_json("\xD8\x9C") == "\"\\u061c\"");
  const std::string others =
      "\xC2\xA0\xC3\xA9\xE2\x80\x93\xE2\x80\x8D\xE2\x86\x92\xD8\xA7\xE2\x81\xAA";  // nbsp, e acute, dash, joiner,
                                                                                   // arrow, alif
  CHECK(quote_json(others) == "\"" + others + "\"");
  const std::string mixed = "\xE2\x80\xAE \"quoted\" \xC2\x85" + others;
  CHECK(parse_json(quote_json(mixed)).root.text == mixed);
}
