// Events as the real clients sent them (../shared/harness/clients/events), read into the neutral form; and each
// client's own form of the answer.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "client/dialect.h"
#include "client/tables.h"
#include "read_text.h"
#include "source_folder.h"
#include "syntax/json.h"

using namespace cascade;
using client::EventInput;
using client::EventKind;

namespace {

constexpr syntax::NodeLimits limits{.bytes = 1 << 20, .depth = 64, .nodes = 100'000, .alias_nodes = 0};

EventInput read(std::string_view json, const client::Caller& caller = {}) {
  auto event = client::read_event(json, limits, caller);
  REQUIRE(event);
  return *std::move(event);
}

std::string_view name_of(const EventInput& event) { return event.client == nullptr ? "" : event.client->name; }

const std::string recorded = test::source_folder() + "/../shared/harness/clients/events/";

std::string fixture(const std::string& name) { return test::read_text(recorded + name + ".json"); }

// False, with a message, where the recorded events are not there.
bool has_fixtures() {
  if (std::filesystem::exists(recorded)) return true;
  WARN("skipped: " + recorded + " is not there");
  return false;
}

std::string answer_to(const std::string& event, const client::Answer& answer) {
  const EventInput input = read(event);
  REQUIRE(input.client != nullptr);
  return input.client->write(input, answer);
}

client::Answer context(const std::string& text) {
  client::Answer answer;
  answer.context = text;
  answer.notice = "told";
  return answer;
}

client::Answer task(const std::string& event, const std::string& prompt, const std::string& type) {
  const EventInput input = read(event);
  REQUIRE(input.task);
  client::Answer answer;
  answer.task = input.task;
  answer.task->prompt = prompt;
  answer.task->type = type;
  return answer;
}

}  // namespace

TEST_CASE("every recorded event is known for its client's, whatever the command line says") {
  if (!has_fixtures()) return;
  std::map<std::string, int> seen;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(recorded)) {
    if (entry.path().extension() != ".json") continue;
    const std::string client = entry.path().parent_path().filename().string();
    INFO(entry.path());
    const std::string event = test::read_text(entry.path());
    for (const char* named : {"", "claude", "codex", "gemini", "copilot", "opencode", "cursor", "nobody"}) {
      CHECK(name_of(read(event, {"", named})) == client);
    }
    ++seen[client];
  }
  CHECK(seen.size() == 5);
}

TEST_CASE("the kinds of the recorded events") {
  if (!has_fixtures()) return;
  const std::map<std::string, EventKind> kinds = {
      {"claude/SessionStart-compact", EventKind::session_start},
      {"claude/UserPromptSubmit", EventKind::prompt},
      {"claude/PreToolUse-Agent", EventKind::tool_call},
      {"claude/SubagentStart", EventKind::subagent_start},
      {"codex/SessionStart-startup", EventKind::session_start},
      {"codex/SessionStart-compact", EventKind::session_start},
      {"codex/UserPromptSubmit", EventKind::prompt},
      {"codex/PreToolUse-spawn_agent", EventKind::tool_call},
      {"codex/SubagentStart", EventKind::subagent_start},
      {"codex/Stop", EventKind::turn_end},
      {"gemini/SessionStart-startup", EventKind::session_start},
      {"gemini/BeforeAgent", EventKind::prompt},
      {"gemini/BeforeTool-invoke_agent", EventKind::tool_call},
      {"gemini/AfterTool-run_shell_command", EventKind::tool_result},
      {"gemini/PreCompress-auto", EventKind::other},
      {"copilot/sessionStart-new", EventKind::session_start},
      {"copilot/userPromptSubmitted", EventKind::prompt},
      {"copilot/userPromptTransformed", EventKind::other},
      {"copilot/preToolUse-task", EventKind::tool_call},
      {"copilot/postToolUse-task", EventKind::tool_result},
      {"copilot/subagentStart", EventKind::subagent_start},
      {"copilot/subagentStop", EventKind::subagent_stop},
      {"copilot/agentStop", EventKind::turn_end},
      {"copilot/preCompact-auto", EventKind::before_compaction},
      {"copilot/sessionEnd-complete", EventKind::session_end},
      {"opencode/session.created", EventKind::session_start},
      {"opencode/chat.message", EventKind::prompt},
      {"opencode/tool.execute.before-task", EventKind::tool_call},
      {"opencode/session.compacted", EventKind::after_compaction},
  };
  for (const auto& [name, kind] : kinds) {
    INFO(name);
    const EventInput event = read(fixture(name));
    CHECK(event.kind == kind);
    CHECK_FALSE(event.session_id.empty());
    CHECK(event.working_directory == "{PROJECT}");
  }
}

TEST_CASE("what the user typed, without what a client puts around it") {
  if (!has_fixtures()) return;
  for (const char* name : {"claude/UserPromptSubmit", "codex/UserPromptSubmit", "gemini/BeforeAgent",
                           "copilot/userPromptSubmitted", "opencode/chat.message"}) {
    INFO(name);
    const EventInput event = read(fixture(name));
    CHECK(event.prompt == "MARK_TOOL MARK_AGENT go");
    CHECK(event.agent_id.empty());
    CHECK(event.is_heard);
  }
}

TEST_CASE("a subagent's prompt carries its id, and the session is the parent's") {
  if (!has_fixtures()) return;
  CHECK(read(fixture("codex/UserPromptSubmit-in-subagent")).agent_id == "{ID5}");
  CHECK(read(fixture("codex/UserPromptSubmit-in-subagent")).session_id == "{ID1}");
  CHECK(read(fixture("copilot/userPromptSubmitted-in-subagent")).agent_id == "{ID2}");
  CHECK(read(fixture("copilot/userPromptSubmitted-in-subagent")).session_id == "{ID1}");
  CHECK(read(fixture("copilot/subagentStart")).session_id == "{ID1}");
  CHECK(read(fixture("copilot/subagentStart")).agent_type == "general-purpose");
}

TEST_CASE("a subagent's task is read from each client's own tool, and rewritten in its own members") {
  if (!has_fixtures()) return;
  const std::map<std::string, std::pair<std::string, std::string>> calls = {
      {"claude/PreToolUse-Agent",
       {"general-purpose",
        R"("updatedInput":{"description":"look around","prompt":"new","subagent_type":"x","run_in_background":false})"}},
      {"codex/PreToolUse-spawn_agent",
       {"worker", R"("permissionDecision":"allow","updatedInput":{"agent_type":"x","message":"new"})"}},
      {"gemini/BeforeTool-invoke_agent", {"generalist", R"("tool_input":{"agent_name":"x","prompt":"new"})"}},
      {"copilot/preToolUse-task",
       {"general-purpose",
        R"({"modifiedArgs":{"agent_type":"x","subagent_type":"general","description":"look around","name":"looker","prompt":"new","mode":"sync"}})"}},
      {"opencode/tool.execute.before-task",
       {"general",
        R"("updatedInput":{"agent_type":"general-purpose","subagent_type":"x","description":"look around","name":"looker","prompt":"new","mode":"sync"})"}},
  };
  for (const auto& [name, expected] : calls) {
    INFO(name);
    const std::string event = fixture(name);
    const EventInput input = read(event);
    REQUIRE(input.task);
    CHECK(input.task->prompt == "SUBTASK: look around");
    CHECK(input.task->type == expected.first);
    const std::string answer = answer_to(event, task(event, "new", "x"));
    INFO(answer);
    CHECK(answer.find(expected.second) != std::string::npos);
  }
  for (const char* name : {"claude/PreToolUse-Bash", "codex/PreToolUse-Bash", "gemini/BeforeTool-run_shell_command",
                           "copilot/preToolUse-bash", "opencode/tool.execute.before-bash"}) {
    INFO(name);
    CHECK_FALSE(read(fixture(name)).task);
  }
}

TEST_CASE("the same text in each client's own form") {
  if (!has_fixtures()) return;
  const std::map<std::string, std::string> answers = {
      {"claude/UserPromptSubmit",
       R"({"systemMessage":"told","hookSpecificOutput":{"hookEventName":"UserPromptSubmit","additionalContext":"a text"}})"},
      {"codex/UserPromptSubmit",
       R"({"systemMessage":"told","hookSpecificOutput":{"hookEventName":"UserPromptSubmit","additionalContext":"a text"}})"},
      {"gemini/BeforeAgent",
       R"({"systemMessage":"told","hookSpecificOutput":{"hookEventName":"BeforeAgent","additionalContext":"a text"}})"},
      {"copilot/userPromptSubmitted", R"({"additionalContext":"a text"})"},
      {"opencode/chat.message",
       R"({"hookSpecificOutput":{"hookEventName":"chat.message","additionalContext":"a text"}})"},
  };
  for (const auto& [name, expected] : answers) CHECK(answer_to(fixture(name), context("a text")) == expected);
}

TEST_CASE("Cursor's events, as documented") {
  const char* prompt =
      R"({"conversation_id":"c","generation_id":"g","model":"m","hook_event_name":"beforeSubmitPrompt","cursor_version":"3.0","workspace_roots":["/work"],"prompt":"x"})";
  const EventInput event = read(prompt);
  CHECK(name_of(event) == "cursor");
  CHECK(event.kind == EventKind::prompt);
  CHECK(event.session_id == "c");
  CHECK(event.working_directory == "/work");
  CHECK(answer_to(prompt, context("a text")) == R"({"continue":true,"additional_context":"a text"})");
  // The mark in the environment decides where the event could be its client's.
  const char* bare = R"({"conversation_id":"c","hook_event_name":"sessionStart"})";
  CHECK(name_of(read(bare, {"cursor", ""})) == "cursor");
  CHECK(name_of(read(R"({"session_id":"s","transcript_path":"/t","hook_event_name":"Stop"})", {"cursor", ""})) ==
        "claude");
  const char* call =
      R"({"conversation_id":"c","generation_id":"g","hook_event_name":"preToolUse","tool_name":"Task","tool_input":{"prompt":"old","subagent_type":"explore"}})";
  CHECK(answer_to(call, task(call, "new", "generalPurpose")) ==
        R"({"permission":"allow","updated_input":{"prompt":"new","subagent_type":"generalPurpose"}})");
}

TEST_CASE("Claude Code's form with a time and without its transcript is another client's call that nobody hears") {
  const EventInput event = read(
      R"({"hook_event_name":"UserPromptSubmit","session_id":"s","timestamp":"2026-01-01T00:00:00Z","cwd":"/","prompt":"x"})");
  CHECK(name_of(event) == "claude");
  CHECK_FALSE(event.is_heard);
}

TEST_CASE("without a time it is Claude Code's event that somebody passed on in part: it is heard") {
  const EventInput event = read(R"({"hook_event_name":"UserPromptSubmit","session_id":"s","cwd":"/","prompt":"x"})");
  CHECK(name_of(event) == "claude");
  CHECK(event.is_heard);
}

TEST_CASE("where the event could be two clients', the name decides; else the first") {
  const char* event =
      R"({"hook_event_name":"SessionStart","session_id":"s","transcript_path":null,"cwd":"/","source":"startup"})";
  CHECK(name_of(read(event)) == "claude");
  CHECK(name_of(read(event, {"", "codex"})) == "codex");
  CHECK(name_of(read(event, {"", "gemini"})) == "claude");
  CHECK(name_of(read(event, {"", "opencode"})) == "claude");
}

TEST_CASE("an event of no known shape has no client") {
  for (const char* event :
       {"{}", R"({"event":"x"})", R"({"hook_event_name":"nonsense"})", R"({"hook_event_name":7})"}) {
    INFO(event);
    CHECK(read(event).client == nullptr);
    CHECK(read(event, {"", "codex"}).client == nullptr);
  }
}

TEST_CASE("hostile shapes are read without a fault") {
  for (
      const char* event :
      {R"({"hook_event_name":"chat.message","input":7,"output":[]})",
       R"({"hook_event_name":"chat.message","input":{},"output":{"parts":{"a":1},"message":[]}})",
       R"({"hook_event_name":"session.created","input":{"event":{"properties":[1]}}})",
       R"({"hook_event_name":"tool.execute.before","output":{"args":[1,2]},"tool_name":"task"})",
       R"({"sessionId":"s","timestamp":1,"toolName":"task","toolArgs":"text"})",
       R"({"sessionId":"s","timestamp":1,"prompt":{"a":1}})",
       R"({"hook_event_name":"BeforeAgent","timestamp":"t","transcript_path":"","prompt":"<hook_context>never closed"})",
       R"({"hook_event_name":"PreToolUse","turn_id":"t","transcript_path":null,"tool_name":"spawn_agent","tool_input":[]})"}) {
    INFO(event);
    const EventInput input = read(event);
    REQUIRE(input.client != nullptr);
    client::Answer answer = context("a text");
    if (input.task) answer.task = input.task;
    const syntax::Parsed parsed = syntax::parse_json(input.client->write(input, answer));
    CHECK(parsed.faults.empty());
  }
}

TEST_CASE("a client's own folders are told from others'") {
  using client::Owner;
  const auto reads = [](const char* name, Owner owner, const char* root, const char* path) {
    return client::reads(*client::find_dialect(name), owner, root, path);
  };
  CHECK(reads("claude", Owner::project, "/p", ".claude/skills/x/SKILL.md"));
  CHECK_FALSE(reads("claude", Owner::project, "/p", ".agents/skills/x/SKILL.md"));
  CHECK_FALSE(reads("codex", Owner::project, "/p", ".claude/skills/x/SKILL.md"));
  CHECK(reads("codex", Owner::project, "/p", ".agents/skills/x/SKILL.md"));
  CHECK(reads("copilot", Owner::project, "/p", ".claude/skills/x/SKILL.md"));
  CHECK(reads("claude", Owner::user, "/home/a/.claude", "skills/x/SKILL.md"));
  CHECK_FALSE(reads("gemini", Owner::user, "/home/a/.claude", "skills/x/SKILL.md"));
  CHECK(reads("claude", Owner::plugin, "/x", "skills/x/SKILL.md"));
  CHECK_FALSE(reads("codex", Owner::plugin, "/x", "skills/x/SKILL.md"));
}

TEST_CASE("the layout of each folder that a client reads is known") {
  for (const client::Dialect* dialect : client::dialects())
    for (const client::Owner owner : {client::Owner::project, client::Owner::user})
      for (const std::string_view folder : client::folders_of(*dialect, owner)) {
        INFO(dialect->name << " reads " << folder << ", which has no row in src/core/client/facts/");
        bool known = folder == client::usual_folder || folder == "plugins";
        for (const client::Dialect* other : client::dialects())
          for (const client::FolderForm& form : other->tables.folders) known = known || form.folder == folder;
        CHECK(known);
      }
}

TEST_CASE("an event with a name that no client sends is nobody's, whatever its members look like") {
  CHECK(name_of(read(R"({"sessionId": "s", "timestamp": 1, "cwd": "/w", "prompt": "p"})")) == "copilot");
  CHECK(
      name_of(
          read(R"({"hook_event_name": "SomethingElse", "sessionId": "s", "timestamp": 1, "cwd": "/w", "prompt": "p"})"))
          .empty());
  CHECK(name_of(read(R"({"hook_event_name": "SomethingElse", "sessionId": "s", "prompt": "p"})", {"", "copilot"}))
            .empty());
}
