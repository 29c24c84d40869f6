// The settings of cascade.yaml: how each is written, which value is in force, and what is wrong with those that are.
#pragma once

#include <cascade/workspace.h>

#include "cli/call.h"
#include "cli/environment.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::cli {

// `from` is a variable, an option, a place ("/p/cascade.yaml:3"), several places separated by ", ", or "default".
// `waiting`: what a project's file says instead, which has no effect before the user's word. `note`: why a value in a
// file has no effect, or only a part of it, and the command that gives it one. Both may be empty.
struct SettingInForce {
  std::string name, value, from, note, waiting{};
};

// Ordered as docs/formats/cascade-yaml.md is, variables last. `directory`: the one that is asked about. Errors: those
// of policy::read_policy.
Result<std::vector<SettingInForce>> settings_in_force(const Environment& environment, const GlobalOptions& options,
                                                      const Workspace& workspace, const std::string& directory);

// The nearest cascade.yaml at or above this folder that is not the user's own, or the one that would be made here.
std::string projects_settings(const Environment& environment);

// "write this line into /home/x/.config/cascade/cascade.yaml: library: off". `value`: as typed; empty: an example's.
// Empty: there is no such key.
std::string how_to_write(const Environment& environment, std::string_view key, std::string_view value);

// What the reader of these files says against a value, with those that it takes and a line that it reads. Nothing: it
// takes the value, or there is no such key.
std::optional<Error> fault_of_value(const Environment& environment, std::string_view key, std::string_view value);

// "\ncaution takes low | normal | high\n", a line for each key of a closed set of values that is this one, is in its
// group or is written below it. Empty: there is none.
std::string values_of_settings(std::string_view name);

// The systems that a file switches on, and the line of the key that does.
struct SwitchedOn {
  std::vector<std::string> systems;
  std::uint32_t line = 0;
};
SwitchedOn switched_on_in(const std::string& file);

// The rows of policy::settings() with the values in force here; with a `name`, those of one key or group. Empty: there
// is no such key.
std::string settings_help(const Call& call, const std::string& name);

// See workspace::setting_faults(). `directories`: absolute.
std::vector<Diagnostic> faults_of_settings(const Call& call, std::vector<std::string> directories,
                                           const std::vector<Diagnostic>& problems = {});

// Says all of it. Exit::misuse: a project's file has a key that cannot be read, so the verb's answer would be about
// other settings than those written.
std::optional<Exit> tell_faulty_settings(Call& call, std::vector<std::string> directories);

}  // namespace cascade::cli
