#include <catch2/catch.hpp>

#include "hook/shorten_event.h"
#include "syntax/json.h"

using namespace cascade;
using namespace cascade::hook;

namespace {

std::string event(const std::string& output, const std::string& name = "PostToolUse") {
  return "{\"hook_event_name\":\"" + name + "\",\"tool_response\":{\"stdout\":\"" + output + "\"},\"last\":\"x\"}";
}

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

}  // namespace

TEST_CASE("what is long in an ended tool's event is cut, and JSON stays JSON") {
  for (const std::string unit :
       {"a", "\\\\", "\\\"", "\\n", "\\u00e9", "\\ud83d\\ude00", "\xC3\xA9", "\xF0\x9F\x98\x80", "ab\\\\\\\""}) {
    for (std::size_t more = 0; more < 13; ++more) {
      const std::string given = event(std::string(more, 'x') + repeated(unit, 200'000) + std::string(more, 'y'));
      const std::string cut = shorten_event(given);
      CHECK(cut.size() < 40'000);
      const syntax::Parsed parsed = syntax::parse_json(cut);
      REQUIRE(parsed.root.kind == syntax::NodeKind::map);
      CHECK(parsed.faults.empty());
      CHECK(parsed.root.find("last")->text == "x");
      const std::string& text = parsed.root.find("tool_response")->find("stdout")->text;
      CHECK(text.find(cut_mark) != std::string::npos);
      CHECK(text.compare(0, more, std::string(more, 'x')) == 0);
    }
  }
}

TEST_CASE("nothing else is cut") {
  const std::string prompt =
      "{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"" + std::string(200'000, 'a') + "\"}";
  CHECK(shorten_event(prompt) == prompt);
  const std::string small = event(std::string(60'000, 'a'));
  CHECK(shorten_event(small) == small);
  const std::string torn = event(std::string(200'000, 'a')).substr(0, 150'000);
  CHECK(shorten_event(torn) == torn);
  CHECK(shorten_event("") == "");
}
