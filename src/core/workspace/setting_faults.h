// Everything that is wrong with the settings that hold in a directory, for whoever tells the user.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/result.h>

#include <optional>
#include <string>
#include <vector>

#include "client/events.h"
#include "files/tree.h"
#include "workspace/configuration.h"

namespace cascade::workspace {

struct SettingPlaces {
  std::vector<std::string> directories;  // absolute; the nearest cascade.yaml of each
  std::string users_file, home;          // may be empty
  IsAllowed is_allowed;
  std::vector<client::HookPlace> hook_files = {};  // of clients; those that are not there are no fault
};

// A fault of a setting: an error of a key, a warning of what has no effect. Its rule is empty.
Diagnostic setting_fault(Severity severity, std::string path, std::string message, std::string help);

// Of "/p/cascade.triggers.yaml:3:1: what", a warning.
Diagnostic overlay_fault(const std::string& line);

// The user's own file first. An error: the key, or the file, is left out; a warning: it has no effect where it stands,
// or a file has a name or a place at which nobody reads it. `rule` is empty. `problems`: those of a workspace that is
// open, of which the faults of cascade.prompts and cascade.triggers.yaml are taken.
std::vector<Diagnostic> setting_faults(const files::Tree& tree, const SettingPlaces& places,
                                       const std::vector<Diagnostic>& problems = {});

// Without a look at any other file: what is wrong with the keys of the user's own file, and `problems`.
std::vector<Diagnostic> read_setting_faults(const files::Tree& tree, const SettingPlaces& places,
                                            const std::vector<Diagnostic>& problems);

// Of an open workspace: the first key that could not be read, for who answers with all settings or not at all.
std::optional<Error> first_setting_fault(const std::vector<Diagnostic>& problems);

// "path:line:col" or a path, what is wrong, and the next step, on one line.
std::string fault_line(const Diagnostic& fault);

}  // namespace cascade::workspace
