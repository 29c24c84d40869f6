// A skill on disk that brings a program, and an event that its hook is for.
#pragma once

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "files/tree.h"
#include "policy/allowed.h"
#include "scratch_folder.h"
#include "syntax/json.h"
#include "trust/run_hook.h"

namespace cascade::systems {

// Its program says RAN. Paths are below the skill's folder.
struct HookedSkill {
  test::ScratchFolder scratch;
  std::string scratch_path(const std::string& name) const { return scratch.path + "/" + name; }
  std::string folder = scratch_path("lib/skills/deploy"), name = "deploy",
              declared = "PreToolUse:Bash=run scripts/check";
  HookPlace place;
  std::string session = "s1";

  explicit HookedSkill(const std::string& declares = "PreToolUse:Bash=run scripts/check") {
    std::signal(SIGPIPE, SIG_IGN);  // as main() does
    place.allowed_file = scratch_path("allowed");
    place.state_directory = scratch_path("state");
    declare(declares);
    program("scripts/check", "#!/bin/sh\necho RAN\n");
  }
  void declare(const std::string& declares) {
    declared = declares;
    write("SKILL.md", "---\nname: deploy\ndescription: Deploys.\nmetadata:\n  cascade-hooks: " +
                          syntax::quote_json(declares) + "\n---\n# Deploy\n");
  }
  std::string at(const std::string& path) const { return folder + "/" + path; }
  void write(const std::string& path, const std::string& text, bool append = false) const {
    std::filesystem::create_directories(std::filesystem::path(at(path)).parent_path());
    std::ofstream(at(path), append ? std::ios::app : std::ios::trunc) << text;
  }
  void program(const std::string& path, const std::string& text) const {
    write(path, text);
    REQUIRE(::chmod(at(path).c_str(), 0755) == 0);
  }
  Symbol symbol() const { return {Kind::skill, name}; }
  Result<trust::SkillFolder> read() const { return trust::read_skill_folder(symbol(), at("SKILL.md")); }

  // As the user who read it.
  void allow() const {
    const auto read_folder = read();
    REQUIRE(read_folder);
    trust::Allowed allowed;
    REQUIRE(allowed.add_hooks(read_folder->manifest_path(), read_folder->hash));
    std::ofstream(place.allowed_file) << allowed.text();
  }
  HookWords fire(const std::string& event = "PreToolUse",
                 const std::string& more = R"("tool_name":"Bash","tool_input":{})",
                 policy::Mode mode = policy::Mode::block) const {
    const std::string json = R"({"session_id":")" + session + R"(","transcript_path":"","cwd":")" + scratch_path("") +
                             R"(","prompt_id":"p1","hook_event_name":")" + event + "\"," + more + "}";
    const auto read_event = hook::read_event(json);
    REQUIRE(read_event);
    session::Ledger ledger(place.state_directory, session);
    return run_skill_hooks({{symbol(), at("SKILL.md"), declared}}, *read_event, json, mode, ledger, place);
  }
  bool runs() const { return fire().answer.context.find("RAN") != std::string::npos; }
};

}  // namespace cascade::systems
