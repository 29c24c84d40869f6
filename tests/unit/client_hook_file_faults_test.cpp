// What people break in a client's file of hooks is named at its place, in each client's form.
#include <algorithm>
#include <catch2/catch.hpp>

#include "client/events.h"

using namespace cascade;

namespace {

std::string faults(const client::Dialect& dialect, const std::string& text) {
  std::string all;
  for (const auto& fault : client::hook_file_faults(dialect, text))
    all += std::to_string(fault.line) + ":" + std::to_string(fault.column) + " " + fault.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("files that a client reads have no fault") {
  for (const char* text :
       {"{}", R"({"hooks": {}})", R"({"permissions": {"allow": ["Bash"]}})",
        R"({"hooks": {"Stop": [{"matcher": "x", "hooks": [{"type": "command", "command": "a", "timeout": 5}]}]}})",
        R"({"hooks": {"SomethingNew": [{"hooks": [{"type": "prompt", "prompt": "p"}]}]}})",
        R"({"hooks": {"Stop": [{"hooks": []}]}, "hooks": {}})"}) {
    INFO(text);
    CHECK(faults(client::claude_code, text).empty());
  }
  CHECK(faults(client::gemini, "// mine\n{\"hooks\": {}}").empty());
  CHECK(faults(client::cursor, R"({"version": 1, "hooks": {"stop": [{"command": "cascade hook"}]}})").empty());
  CHECK(faults(client::claude_code, std::string(2'000'000, ' ')).find("JSON") == std::string::npos);
}

TEST_CASE("what is no JSON, or of another type, is told with its place") {
  CHECK(faults(client::claude_code, "{\n\"hooks\": [").find("2:11 is not valid JSON") == 0);
  CHECK(faults(client::claude_code, "// mine\n{}").find("is not valid JSON") != std::string::npos);
  CHECK(faults(client::claude_code, "[]") ==
        "1:1 this is not an object, so Claude Code does not call what is written here\n");
  const std::string three = R"({"hooks": {
"Stop": "x",
"SessionStart": [1, {"matcher": 1, "hooks": [{"command": 1, "timeout": "5"}, 2]}, {"hooks": {}}],
"PreToolUse": [{}]}})";
  const std::string told = faults(client::claude_code, three);
  INFO(told);
  CHECK(std::count(told.begin(), told.end(), '\n') == 8);
  CHECK(faults(client::cursor, R"({"hooks": {"stop": ["cascade hook"]}})").find("is not an object") !=
        std::string::npos);
}

TEST_CASE("an event which there is not is told where it calls us, and only there") {
  const std::string before = R"({"hooks": {"UserPromptSubmitted": [{"hooks": [{"type": "command", "command": ")";
  const std::string after = R"("}]}]}})";
  CHECK(faults(client::claude_code, before + "/bin/cascade hook" + after) ==
        "1:12 Claude Code has no event \"UserPromptSubmitted\", so it never calls cascade\n");
  CHECK(faults(client::claude_code, before + "./mine.sh" + after).empty());
}
