#include <catch2/catch.hpp>

#include "route/prompts.h"

namespace cascade::evaluation {
namespace {

std::string told(std::string_view text) {
  const auto prompts = read_prompts(text, "prompts.jsonl");
  if (!prompts) return prompts.error().path + ": " + prompts.error().message;
  std::string out;
  for (const Prompt& prompt : *prompts) {
    out += prompt.id + "@" + std::to_string(prompt.line) + " '" + prompt.text + "' " + prompt.kind + ":";
    for (const std::string& name : prompt.expect) out += " " + name;
    for (const auto& group : prompt.groups) {
      out += " (";
      for (const std::string& name : group) out += name + ",";
      out += ")";
    }
    out += "\n";
  }
  return out;
}

TEST_CASE("a line is a prompt with its answers") {
  CHECK(told(R"({"text": "why", "expect": ["skill:a", "b"], "kind": "direct"})") == "1@1 'why' direct: skill:a b\n");
  CHECK(told(R"({"id": "x-1", "query": "why", "note": {"of": [1]}})") == "x-1@1 'why' :\n");
  CHECK(told(R"({"id": 7, "text": "why", "expect": "skill:a"})") == "7@1 'why' : skill:a\n");
  CHECK(told(R"({"text": "a and b", "expect": ["a", "b"], "groups": [["a"], ["b", "c"]]})") ==
        "1@1 'a and b' : a b (a,) (b,c,)\n");
}

TEST_CASE("blank lines are skipped and still counted") {
  CHECK(told("\n{\"text\": \"a\"}\n  \r\n{\"text\": \"b\"}") == "2@2 'a' :\n4@4 'b' :\n");
}

TEST_CASE("a text without a prompt is an error") {
  CHECK(told("") == "prompts.jsonl: there are no prompts in it");
  CHECK(told("\n \t\n") == "prompts.jsonl: there are no prompts in it");
}

TEST_CASE("a line that is no prompt is named by its place") {
  const std::string what = ": not a JSON object with a \"text\"";
  CHECK(told("{\"text\": \"a\"}\n[1]") == "prompts.jsonl:2" + what);
  CHECK(told("{\"text\": \"a\"}\n{\"text\": ") == "prompts.jsonl:2" + what);
  CHECK(told("{\"text\": 3}") == "prompts.jsonl:1" + what);
  CHECK(told("{\"expect\": [\"a\"]}") == "prompts.jsonl:1" + what);
}

}  // namespace
}  // namespace cascade::evaluation
