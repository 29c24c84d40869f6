// Reads cascade.yaml: the nearest one upwards, without merging (docs/formats/cascade-yaml.md).
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/result.h>
#include <cascade/workspace.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/events.h"
#include "files/tree.h"
#include "syntax/node.h"

namespace cascade::workspace {

// A root of this name stands for the default sources.
inline constexpr std::string_view default_sources = "default";

// What a file says of a system that this program is built without: a key, or a name in `systems`.
struct LeftOut {
  std::string name, folder;
  syntax::Position at;
};

struct Configuration {
  std::string path;  // of the file; empty if none was found
  RulePolicy policy;
  Preferences preferences;
  // Absolute, or `default_sources`; the file gives them relative to its folder, or to the user's (`~/`).
  std::vector<std::string> roots;
  bool library = true;  // false: the default sources are read without the shipped library
  std::vector<Diagnostic> problems;
  std::vector<Error> faults;  // misuse: an unknown key or an invalid value, with path:line:col; or what reading met
  std::vector<std::pair<std::string, syntax::Position>> keys;  // the outermost ones of the file
  std::vector<LeftOut> left_out;                               // has no effect here
};

// Of a cascade.yaml; above what is read as settings, so that the fault says so.
constexpr std::uint64_t most_configuration_bytes = 1 << 20;

// Whether the user allowed a file, by its absolute path, in spite of its place or owner.
using IsAllowed = std::function<bool(const std::string& path)>;

// In `directory` or above. A file of another user is ignored (compare git's safe.directory), and roots that lead out of
// its folder are left out, unless it is allowed; both are problems. A key with a fault is left out.
Configuration find_configuration(const files::Tree& tree, const std::string& directory,
                                 const IsAllowed& is_allowed = {}, const std::string& home = {});

// `folder` is the base of relative roots, `home` the user's folder (empty: unknown); `path` is for messages.
Configuration read_configuration(std::string_view text, const std::string& path, const std::string& folder,
                                 const std::string& home = {});

// What reading such a file met, with a next step: a folder in its place, too many bytes, no permission.
Error unreadable(Error error, const std::string& path);

// Takes roots that are no folders out and adds a fault for each.
void drop_missing_roots(const files::Tree& tree, Configuration& found);

// What the user's own file says of the default sources, whatever project is asked about.
struct UsersSources {
  // The file that leaves the shipped library out, found or the user's own: a project cannot bring it back. Empty: none.
  std::string without_library;
  // Its roots, which are added to the default sources; absolute.
  std::vector<std::string> roots;
};

// The user's file may be missing, and it may be the found one. A fault in it is added to those of `found`.
UsersSources users_sources(const files::Tree& tree, Configuration& found, const std::string& users_file,
                           const std::string& home);

// Everything that is wrong with the settings that hold in a directory, for whoever tells the user.

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

// The user's own file first. An error: the key, or the file, is left out; a warning: it has no effect, or nobody reads
// it. `rule` is empty. `problems`: of an open workspace, for the faults of overlays.
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
