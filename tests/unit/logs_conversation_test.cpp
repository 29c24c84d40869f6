// A log in, turns out.
#include "logs/conversation.h"
#include "memory_tree.h"

#include <catch2/catch.hpp>

using namespace cascade;
using namespace cascade::past;

namespace {

std::string asked(const std::string& words, const std::string& second) {
  return R"({"type":"user","uuid":"u)" + second + R"(","timestamp":"2026-09-01T10:00:)" + second +
         R"(.000Z","message":{"role":"user","content":")" + words + "\"}}\n";
}
std::string answered(const std::string& words, const std::string& id) {
  return R"({"type":"assistant","timestamp":"2026-09-01T10:01:00.000Z","message":{"id":")" + id +
         R"(","content":[{"type":"text","text":")" + words + "\"}]}}\n";
}
std::string ran(const std::string& line) {
  return R"({"type":"assistant","timestamp":"2026-09-01T10:01:00.000Z","message":{"id":"m","content":[{"type":"tool_use","id":"t)" +
         line + R"(","name":"Bash","input":{"command":")" + line + "\"}}]}}\n";
}

Conversation read(const std::string& text) { return read_conversation(*transcript::format_of("claude"), text); }

}  // namespace

TEST_CASE("a turn is a prompt with all that follows until the next one, and its outcome is the last answer") {
  const std::string log = asked("why is it slow?", "01") + answered("I look.", "a") + ran("make bench") +
                          answered("The index was read twice.", "b") + asked("mend it", "02") + answered("Done.", "c");
  const auto turns = read(log).turns;
  REQUIRE(turns.size() == 2);
  CHECK(turns[0].request == "why is it slow?");
  CHECK(turns[0].said == "I look.\n");
  CHECK(turns[0].outcome == "The index was read twice.");
  CHECK(turns[0].commands == std::vector<std::string>{"make bench"});
  CHECK(turns[1].number == 1);
  CHECK(turns[1].outcome == "Done.");
}

TEST_CASE("the bytes of a turn are whole lines, and read alone they give the same turn") {
  const std::string log = asked("one", "01") + answered("first", "a") + asked("two", "02") + answered("second", "b");
  const auto turns = read(log).turns;
  REQUIRE(turns.size() == 2);
  for (const Turn& turn : turns) {
    const std::string bytes = log.substr(turn.begin, turn.end - turn.begin);
    const auto again = read(bytes).turns;
    REQUIRE(again.size() == 1);
    CHECK(again[0].request == turn.request);
    CHECK(again[0].outcome == turn.outcome);
    CHECK(again[0].identity() == turn.identity());
  }
  CHECK(turns[0].end == turns[1].begin);
  CHECK(turns[1].end == log.size());
}

TEST_CASE("what a log says twice counts once") {
  const std::string log = asked("one", "01") + answered("first", "a");
  CHECK(read(log + log).turns.size() == 1);
  CHECK(read(log + log).turns[0].said.empty());
}

TEST_CASE("a summary, a hook's text and a subagent's prompt are no turns") {
  const std::string summary =
      R"({"type":"user","isCompactSummary":true,"timestamp":"2026-09-01T10:00:03.000Z","message":{"content":"This session is being continued"}})"
      "\n";
  const std::string command =
      R"({"type":"user","timestamp":"2026-09-01T10:00:04.000Z","message":{"content":"<command-name>/clear</command-name>"}})"
      "\n";
  const std::string of_agent =
      R"({"type":"user","isSidechain":true,"agentId":"a1","timestamp":"2026-09-01T10:00:05.000Z","message":{"content":"look"}})"
      "\n";
  CHECK(read(asked("one", "01") + summary + command + of_agent).turns.size() == 1);
}

TEST_CASE("a line that is cut off is counted, and costs no other line") {
  const auto conversation = read(asked("one", "01") + "{\"type\":\"user\",\"mess");
  CHECK(conversation.turns.size() == 1);
  CHECK(conversation.lines.torn == 1);
}

TEST_CASE("copies of a turn have one identity; the same words at another time have another") {
  CHECK(read(asked("one", "01")).turns[0].identity() == read(asked("one", "01")).turns[0].identity());
  CHECK(read(asked("one", "01")).turns[0].identity() != read(asked("one", "02")).turns[0].identity());
}

TEST_CASE("what Gemini's tools gave back lies within the call") {
  const std::string log =
      R"({"id":"1","type":"user","timestamp":"2026-09-01T10:00:00.000Z","content":[{"text":"run the tests"}]})"
      "\n"
      R"({"id":"2","type":"gemini","timestamp":"2026-09-01T10:00:01.000Z","content":"They fail.","toolCalls":[{"id":"c","name":"run_shell_command","args":{"command":"pytest"},"result":[{"functionResponse":{"id":"c","response":{"output":"1 failed"}}}]}]})"
      "\n";
  const auto turns = read_conversation(*transcript::format_of("gemini"), log).turns;
  REQUIRE(turns.size() == 1);
  REQUIRE(turns[0].outputs.size() == 1);
  CHECK(turns[0].outputs[0] == R"({"output":"1 failed"})");
}

TEST_CASE("a log or its neighbour names the folder that the conversation works in") {
  files::MemoryTree tree;
  tree.write("/home/me/.gemini/tmp/p/.project_root", "/home/me/p\n");
  const auto folder = [&](const transcript::Format& format, const std::string& path, const std::string& text) {
    return transcript::folder_of(tree, format, {path, "s", {}}, text);
  };
  CHECK(folder(*transcript::format_of("claude"), "/l", R"({"type":"mode"}
{"type":"user","cwd":"/home/me/a \"b\"","message":{}})") == "/home/me/a \"b\"");
  CHECK(folder(*transcript::format_of("gemini"), "/home/me/.gemini/tmp/p/chats/session-1.jsonl", "{}") == "/home/me/p");
  CHECK(folder(*transcript::format_of("claude"), "/l", R"({"type":"user"})").empty());
  CHECK(folder(*transcript::format_of("claude"), "/l", R"({"cwd":"/cut off)").empty());
}
