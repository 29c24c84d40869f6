// Lines as the real clients wrote them (Claude Code 2.1.328, Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102,
// OpenCode 1.18.33), shortened by members that nothing reads.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "client/transcript/formats.h"
#include "syntax/json.h"
#include "unit/memory_tree.h"
#include "usage/conversation.h"

using namespace cascade;
using namespace cascade::transcript;

namespace {

std::string told(const transcript::Format& format, const std::string& line) {
  const auto slice = syntax::JsonSlice::of_line(line);
  if (!slice) return "torn";
  std::string text;
  const Reading reading = format.read(*slice, [&](const Happened& one) {
    constexpr const char* kinds[] = {"prompt", "answer", "call", "result", "context", "compaction", "typed"};
    text += std::string(kinds[static_cast<int>(one.kind)]) + (one.agent.empty() ? "" : "@" + std::string(one.agent));
    if (one.words.is_string()) text += " " + one.words.text();
    if (one.kind == Happening::call) {
      const CallFacts facts = facts_of(one.tool, one.value);
      text += " " + std::string(one.tool);
      for (const auto& name : facts.names) text += " name=" + name;
      for (const auto& command : facts.commands) text += " line=" + command;
      for (const auto& path : facts.paths) text += " path=" + path;
    }
    if (one.kind == Happening::typed) text += " " + std::string(one.tool);
    if (one.kind == Happening::result) text += " " + one.value.text();
    text += ";";
  });
  return reading == Reading::foreign ? "foreign" : text;
}

TEST_CASE("Claude Code's lines are read") {
  const auto line = [](const std::string& text) { return told(*format_of("claude"), text); };
  CHECK(
      line(
          R"({"isSidechain":false,"type":"user","message":{"role":"user","content":"go \u00e4\n"},"timestamp":"2026-11-25T17:22:56.107Z"})") ==
      "prompt go \xC3\xA4\n;");
  CHECK(line(R"({"type":"user","message":{"role":"user","content":"<command-name>/compact</command-name>"}})") ==
        "typed compact;");
  CHECK(
      line(R"({"type":"user","isCompactSummary":true,"message":{"role":"user","content":"This session is"}})").empty());
  CHECK(
      line(
          R"({"isSidechain":true,"agentId":"a1","type":"assistant","message":{"id":"m","content":[{"type":"text","text":"hi"},{"type":"tool_use","id":"t","name":"Agent","input":{"prompt":"x","subagent_type":"demo-agent"}}]}})") ==
      "answer@a1 hi;call@a1 Agent name=demo-agent;");
  CHECK(
      line(
          R"({"type":"assistant","message":{"content":[{"type":"tool_use","name":"Skill","input":{"skill":"cascade","args":"review the code"}}]}})") ==
      "call Skill name=review;");
  CHECK(line(R"({"type":"user","message":{"content":[{"type":"tool_result","content":"out"}]}})") == "result out;");
  CHECK(line(R"({"type":"system","subtype":"compact_boundary","isMeta":false})") == "compaction;");
  CHECK(
      line(R"({"attachment":{"type":"hook_additional_context","content":["=== skill: x ==="]},"type":"attachment"})") ==
      "context === skill: x ===;");
  CHECK(line(R"({"type":"last-prompt","sessionId":"x"})").empty());
  CHECK(line(R"({"type":"x"})") == "foreign");
  CHECK(line(R"({"type":"user","message":{"con)") == "torn");
}

TEST_CASE("Codex's lines are read") {
  const auto line = [](const std::string& text) { return told(*format_of("codex"), text); };
  CHECK(
      line(
          R"({"timestamp":"2026-11-25T17:23:35.946Z","type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"go"}]}})") ==
      "prompt go;");
  CHECK(
      line(
          R"({"type":"response_item","payload":{"type":"message","role":"developer","content":[{"type":"input_text","text":"of a hook"}]}})") ==
      "context of a hook;");
  CHECK(
      line(
          R"({"type":"response_item","payload":{"type":"function_call","name":"exec_command","arguments":"{\"cmd\": \"echo from the tool\"}","call_id":"c"}})") ==
      "call exec_command line=echo from the tool;");
  CHECK(
      line(
          R"({"type":"response_item","payload":{"type":"function_call","name":"spawn_agent","arguments":"{\"agent_type\": \"worker\", \"message\": \"x\"}"}})") ==
      "call spawn_agent name=worker;");
  CHECK(
      line(
          R"({"type":"response_item","payload":{"type":"custom_tool_call","name":"apply_patch","input":"*** Begin Patch\n*** Update File: src/a.cpp\n"}})") ==
      "call apply_patch path=src/a.cpp;");
  CHECK(line(R"({"type":"response_item","payload":{"type":"function_call_output","output":"out"}})") == "result out;");
  CHECK(line(R"({"type":"compacted","payload":{"message":"x"}})") == "compaction;");
  CHECK(line(R"({"type":"event_msg","payload":{"type":"token_count"}})").empty());
  CHECK(line(R"({"kind":"other"})") == "foreign");
}

TEST_CASE("Gemini CLI's lines are read") {
  const auto line = [](const std::string& text) { return told(*format_of("gemini"), text); };
  CHECK(
      line(
          R"({"id":"f","timestamp":"2026-11-25T17:23:46.690Z","type":"user","content":[{"text":"go"},{"text":"<hook_context>x</hook_context>"}]})") ==
      "prompt go;context <hook_context>x</hook_context>;");
  CHECK(
      line(
          R"({"id":"g","type":"gemini","content":"","toolCalls":[{"id":"c","name":"run_shell_command","args":{"command":"make x"}}]})") ==
      "call run_shell_command line=make x;");
  CHECK(line(R"({"id":"g","type":"gemini","content":"done"})") == "answer done;");
  CHECK(line(R"({"$set":{"lastUpdated":"x"}})").empty());
  CHECK(line(R"([1])") == "foreign");
}

TEST_CASE("Copilot CLI's lines are read") {
  const auto line = [](const std::string& text) { return told(*format_of("copilot"), text); };
  CHECK(line(R"({"type":"user.message","data":{"content":"go","transformedContent":"x go"},"id":"i"})") ==
        "prompt go;");
  CHECK(
      line(
          R"({"type":"assistant.message","data":{"messageId":"m","content":"done","toolRequests":[]},"agentId":"a1"})") ==
      "answer@a1 done;");
  CHECK(
      line(
          R"({"type":"tool.execution_start","data":{"toolCallId":"c","toolName":"bash","arguments":{"command":"make x","description":"y"}}})") ==
      "call bash line=make x;");
  CHECK(line(R"({"type":"hook.end","data":{"output":{"additionalContext":"of a hook"}}})") == "context of a hook;");
  CHECK(line(R"({"type":"session.compaction_complete","data":{"success":true}})") == "compaction;");
  CHECK(line(R"({"type":"session.compaction_complete","data":{"success":false}})").empty());
}

TEST_CASE("OpenCode's exported conversation is read") {
  CHECK(
      told(
          *format_of("opencode"),
          R"({"info":{"id":"s"},"messages":[{"info":{"id":"m1","role":"user","time":{"created":1795627485678}},"parts":[{"type":"text","text":"go"},{"type":"text","text":"of a hook","synthetic":true}]},{"info":{"id":"m2","role":"assistant"},"parts":[{"type":"tool","tool":"bash","callID":"c","state":{"input":{"command":"make x"},"output":"out"}},{"type":"text","text":"done"}]},{"info":{"id":"m3","role":"user"},"parts":[{"type":"compaction","auto":true}]}]})") ==
      "prompt go;context of a hook;call bash line=make x;result out;answer done;compaction;");
}

TEST_CASE("an export of OpenCode is one document on many lines") {
  // As `opencode export` writes it: indented by two, with what else it holds.
  const std::string text = R"({
  "info": { "id": "ses_1", "title": "t", "time": { "created": 1795627485000, "updated": 1795627489000 } },
  "messages": [
    {
      "info": { "id": "msg_1", "role": "user", "time": { "created": 1795627485678 }, "summary": { "diffs": [] } },
      "parts": [
        { "id": "prt_1", "type": "text", "text": "go" },
        { "id": "prt_2", "type": "text", "text": "not sent", "ignored": true },
        { "id": "prt_3", "type": "subtask", "agent": "heap-reader", "prompt": "look", "description": "d" }
      ]
    },
    {
      "info": { "id": "msg_2", "role": "assistant", "time": { "created": 1795627486000 } },
      "parts": [
        { "id": "prt_4", "type": "step-start" },
        { "id": "prt_5", "type": "tool", "callID": "c1", "tool": "bash", "state": { "status": "completed",
          "input": { "command": "make x" }, "output": "out", "time": { "start": 1795627487000, "end": 1795627488000 } } },
        { "id": "prt_6", "type": "tool", "callID": "c2", "tool": "read", "state": { "status": "error",
          "input": { "filePath": "a.txt" }, "error": "no such file", "time": { "start": 1, "end": 2 } } },
        { "id": "prt_7", "type": "text", "text": "done" }
      ]
    }
  ],
  "todos": []
}
)";
  CHECK(told(*format_of("opencode"), text) ==
        "prompt go;call task name=heap-reader;call bash line=make x;result out;call read path=a.txt;"
        "result no such file;answer done;");
  usage::Conversation conversation{usage::PhraseSet{}};
  CHECK(conversation.read(*format_of("opencode"), {"/x/ses_1.json", "ses_1", ""}, text));
  const usage::Stream* const stream = conversation.stream_of("ses_1", "");
  REQUIRE(stream != nullptr);
  REQUIRE(stream->events.size() == 7);
  CHECK(stream->events[2].at == 1'795'627'487'000);
  usage::Conversation torn{usage::PhraseSet{}};
  CHECK_FALSE(torn.read(*format_of("opencode"), {"/x/ses_1.json", "ses_1", ""}, text.substr(0, 400)));
  CHECK(torn.unread().torn == 1);
  CHECK(torn.unread().files.size() == 1);
}

TEST_CASE("times are milliseconds since 1970") {
  const auto at = [](const std::string& value) {
    return milliseconds_of(syntax::JsonSlice::of_line("{\"t\":" + value + "}")->find("t"));
  };
  CHECK(at("\"2026-11-25T17:22:54.893Z\"") == 1'795'627'374'893);
  CHECK(at("\"1970-01-01T00:00:01Z\"") == 1'000);
  CHECK(at("1795627374893") == 1'795'627'374'893);
  CHECK(at("\"yesterday\"") == 0);
  CHECK(at("null") == 0);
}

TEST_CASE("a slice finds what is there and reads nothing beyond its text") {
  const std::string line = R"({"a\"b":"x\\","c":[1,{"d":"\ud83d\ude00\ud800"}],"e":true})";
  const auto slice = syntax::JsonSlice::of_line(line);
  REQUIRE(slice);
  CHECK(slice->find("e").is_true());
  std::string text;
  slice->find("c").each_item([&](const syntax::JsonSlice& item) { text += item.find("d").text() + "|"; });
  CHECK(text == "|\xF0\x9F\x98\x80\xEF\xBF\xBD|");
  for (std::size_t length = 0; length < line.size(); ++length)
    CHECK_FALSE(syntax::JsonSlice::of_line(line.substr(0, length)));
  for (const char* odd :
       {"", "{", "}", "[", "{]", "{\"", "{\"a\":\\\"}", "{\"a\"}", "[,,]", "{\"a\":\"\\u12\"}", "{}}"}) {
    INFO(odd);
    if (const auto one = syntax::JsonSlice::of_line(odd)) {
      one->each_member([](std::string_view, const syntax::JsonSlice& value) { static_cast<void>(value.text()); });
      one->each_item([](const syntax::JsonSlice& value) { static_cast<void>(value.text()); });
    }
  }
}

TEST_CASE("logs are found where the clients keep them") {
  files::MemoryTree tree;
  tree.write("/p/-a/s1.jsonl", "");
  tree.write("/p/-a/s1/subagents/agent-x.jsonl", "");
  tree.write("/p/-a/s1/subagents/agent-x.meta.json", "");
  const auto logs = format_of("claude")->list(tree, "/p");
  REQUIRE(logs.size() == 2);
  CHECK(logs[0].session + " " + logs[0].agent + logs[1].session + " " + logs[1].agent == "s1 xs1 ");
  tree.write("/c/s2/events.jsonl", "");
  REQUIRE(format_of("copilot")->list(tree, "/c").size() == 1);
  CHECK(format_of("copilot")->list(tree, "/c")[0].session == "s2");
  CHECK(format_of("claude")->list(tree, "/nowhere").empty());
}

}  // namespace
