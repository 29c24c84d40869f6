#include <catch2/catch.hpp>

#include "hook/event_tool_call.h"
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

TEST_CASE("of a long prompt both ends stay, whatever is in it") {
  for (const std::string unit :
       {"a", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "\xC3\xA9", "\\\"tool_name\\\":\\\"x\\\""}) {
    for (const char* const key : {"\"prompt\":", "\"prompt\" : ", "\"parts\":[{\"type\":\"text\",\"text\":"}) {
      const bool nested = std::string(key).find("parts") != std::string::npos;
      const std::string given = "{\"hook_event_name\":\"UserPromptSubmit\"," + std::string(key) + "\"begin " +
                                repeated(unit, 9'000'000) + " end\"" + (nested ? "}]" : "") + ",\"last\":\"x\"}";
      const std::string cut = shorten_event(given);
      CHECK(cut.size() < 60'000);
      const syntax::Parsed parsed = syntax::parse_json(cut);
      REQUIRE(parsed.root.kind == syntax::NodeKind::map);
      CHECK(parsed.faults.empty());
      CHECK(parsed.root.find("last")->text == "x");
      const syntax::Node& holder = nested ? parsed.root.find("parts")->items[0] : parsed.root;
      const std::string& text = holder.find(nested ? "text" : "prompt")->text;
      CHECK(text.substr(0, 6) == "begin ");
      CHECK(text.substr(text.size() - 4) == " end");
      CHECK(text.find("\n\n") != std::string::npos);
    }
  }
}

TEST_CASE("nothing else is cut") {
  const std::string prompt =
      "{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"" + std::string(60'000, 'a') + "\"}";
  CHECK(shorten_event(prompt) == prompt);
  const std::string other = "{\"hook_event_name\":\"UserPromptSubmit\",\"cwd\":\"" + std::string(200'000, 'a') + "\"}";
  CHECK(shorten_event(other) == other);
  // The prompt of a subagent is handed on.
  const std::string task = "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Task\",\"tool_input\":{\"prompt\":\"" +
                           std::string(200'000, 'a') + "\"}}";
  CHECK(shorten_event(task) == task);
  const std::string small = event(std::string(60'000, 'a'));
  CHECK(shorten_event(small) == small);
  const std::string torn = event(std::string(200'000, 'a')).substr(0, 150'000);
  CHECK(shorten_event(torn) == torn);
  CHECK(shorten_event("") == "");
}
