// A home, a project in a folder, and no repository anywhere: what needs cascade-git is shown by tests/cli and
// tests/client.
#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "events/event_session.h"
#include "events/systems.h"
#include "scratch_folder.h"
#include "session/ledger.h"

namespace cascade::systems {

// What the systems say to an event that they hear. Error: one of them could not record it.
inline Result<client::Answer> heard(const HookEvent& event, const Surroundings& surroundings) {
  std::optional<Error> fault;
  EventSession session(surroundings, event, "", [&](const Error& error) { fault = error; });
  tell_systems(session);
  client::Answer answer = what_systems_say(session);
  return fault ? Result<client::Answer>(*fault) : Result<client::Answer>(std::move(answer));
}

struct Session {
  test::ScratchFolder folder;
  Surroundings surroundings;

  explicit Session(const std::string& configuration) {
    for (const char* name : {"home/.claude", "state/cascade", "project"})
      std::filesystem::create_directories(path(name));
    std::ofstream(path("project/cascade.yaml")) << configuration;
    std::ofstream(path("home/.claude/settings.json")) << "{}";
    surroundings.state_directory = path("state/cascade");
    surroundings.project_directory = path("project");
    surroundings.home = path("home");
    surroundings.client_folder = path("home/.claude");
    session::Ledger ledger(surroundings.state_directory, "s");
    session::Entry began;
    began.event = session::Event::expect;
    began.recipient = "main";
    began.source = "began";
    began.place.directory = path("project");
    REQUIRE(ledger.append(began));
  }
  std::string path(const std::string& name) const { return folder.path + "/" + name; }

  // An agent of the project with these tools, separated by commas; from then on there is a library.
  void agent(const std::string& name, const std::string& tools) {
    std::filesystem::create_directories(path("project/.claude/agents"));
    std::ofstream(path("project/.claude/agents/" + name + ".md"))
        << "---\nname: " << name << "\ndescription: Reads.\ntools: " << tools << "\n---\nRead.\n";
    surroundings.library = [] { return WorkspaceOptions(); };
  }

  // The tool's input as JSON; {} of it is the folder.
  std::string answer(const std::string& tool, std::string input, const std::string& more = "") {
    for (std::size_t at = input.find("{}"); at != std::string::npos; at = input.find("{}"))
      input.replace(at, 2, folder.path);
    const auto answer =
        answer_guard("{\"session_id\":\"s\",\"cwd\":\"" + path("project") + "\",\"hook_event_name\":\"PreToolUse\"," +
                         more + "\"tool_name\":\"" + tool + "\",\"tool_input\":" + input + "}",
                     surroundings);
    return answer ? *answer : "error: " + answer.error().message;
  }
  bool asks(const std::string& command) {
    return answer("Bash", "{\"command\":\"" + command + "\"}").find("\"permissionDecision\":\"ask\"") !=
           std::string::npos;
  }
};

}  // namespace cascade::systems
