// A small library on disk and a workspace over it, for tests of hooks.
#pragma once

#include <catch2/catch.hpp>

#include <cascade/hook.h>
#include <cascade/workspace.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "scratch_folder.h"
#include "syntax/json.h"

namespace cascade::test {

struct HookLibrary {
  std::string path = new_folder();
  HookOptions options;
  bool chooses = false;  // a model for each subagent, by what its manifest is

  HookLibrary() {
    options.state_directory = path + "/state";
    write("lib/skills/memory-leak-hunt/SKILL.md",
          "---\nname: memory-leak-hunt\ndescription: Proves a memory leak with two heap snapshots. Use when memory "
          "grows.\n"
          "metadata:\n  cascade-agents: leak-hunter\n  cascade-triggers: memory leak; heap grows\n---\n"
          "Growing RSS is not yet a leak.\n\n## Steps\n\n1. Have `leak-hunter` take snapshots.\n\n## Verify\n\n- Flat "
          "heap.\n");
    write("lib/skills/release-notes/SKILL.md",
          "---\nname: release-notes\ndescription: Writes release notes from merged changes. Use when a version "
          "ships.\n---\n"
          "Notes are for users.\n\n## Steps\n\n1. Read the log.\n");
    write(
        "lib/agents/leak-hunter.md",
        "---\nname: leak-hunter\ndescription: Separates leaks from caches. Use when memory grows.\ntools: Read, Bash\n"
        "metadata:\n  cascade-commands: diff-heaps\n---\nYou compare heap snapshots, never guesses.\n\n## Method\n\n1. "
        "Run `/diff-heaps`.\n");
    write("lib/agents/log-correlator.md",
          "---\nname: log-correlator\ndescription: Aligns logs of processes. Use when one request crosses services.\n"
          "tools: Read, Grep\n---\nYou align logs by request id.\n");
    write("lib/commands/diff-heaps.md", "---\ndescription: Compare two heap profiles\n---\nCompare $ARGUMENTS.\n");
  }
  ~HookLibrary() { std::filesystem::remove_all(path); }
  HookLibrary(const HookLibrary&) = delete;
  HookLibrary& operator=(const HookLibrary&) = delete;

  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  // A new process: its own workspace, the same disk.
  std::string answer(const std::string& event, const std::string& cache = "") const {
    WorkspaceOptions open;
    open.cache_directory = cache;
    open.check_later = true;
    open.directory = path;
    open.roots = {{path + "/lib", Scope::project}};
    open.threads = 1;
    auto workspace = Workspace::open(open);
    REQUIRE(workspace);
    HookOptions given = options;
    if (const auto described = describe_hook_event(event); chooses && described)
      if (const auto agent = started_agent(*workspace, options, *described))
        given.model_choice = {agent->is_loaded ? "opus" : "haiku", agent->path.empty() ? "" : "of " + agent->name};
    auto answer = answer_hook(*workspace, given, event);
    return answer ? *answer : "error: " + answer.error().message;
  }

  static std::string event(const std::string& name, const std::string& members, const std::string& session = "s1") {
    return "{\"session_id\":\"" + session + "\",\"transcript_path\":\"\",\"cwd\":\"/home/dev\",\"hook_event_name\":\"" +
           name + "\"" + (members.empty() ? "" : "," + members) + "}\n";
  }
  std::string start(const std::string& source, const std::string& session = "s1") const {
    return answer(event("SessionStart", "\"source\":\"" + source + "\"", session));
  }
  std::string prompt(const std::string& text, const std::string& session = "s1") const {
    return answer(event("UserPromptSubmit", "\"prompt\":" + syntax::quote_json(text), session));
  }
  std::string agent(const std::string& type, const std::string& task) const {
    return answer(event("PreToolUse", "\"tool_name\":\"Agent\",\"tool_input\":{\"description\":\"d\",\"prompt\":" +
                                          syntax::quote_json(task) + ",\"subagent_type\":\"" + type +
                                          "\",\"run_in_background\":false,\"n\":1.50}"));
  }
  std::string subagent(const std::string& type, const std::string& id) const {
    return answer(event("SubagentStart", "\"agent_id\":\"" + id + "\",\"agent_type\":\"" + type + "\""));
  }
};

// The text that an answer injects; the answer itself when it is of another form.
inline std::string injected(const std::string& answer, const std::string& member = "additionalContext") {
  const syntax::Node root = syntax::parse_json(answer).root;
  const syntax::Node* output = root.find("hookSpecificOutput");
  const syntax::Node* text = output != nullptr ? output->find(member) : nullptr;
  return text != nullptr ? text->text : answer;
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace cascade::test
