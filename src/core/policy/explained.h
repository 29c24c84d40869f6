// `explain` in cascade.yaml: which changes need an explanation, and how hard that is pressed.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <vector>

#include "files/tree.h"
#include "policy/policy.h"
#include "syntax/node.h"

namespace cascade::comprehension {

struct Settings {
  bool is_set = false;
  policy::Mode mode = policy::Mode::shadow;
  bool all = false;                 // every change
  bool assisted = false;            // commits that say so
  bool ai_notes = false;            // commits with a note of git-ai
  bool edited = false;              // lines that agents wrote, by the logs on this machine
  bool risky_paths = false;         // files that `risky` names
  bool shown = false;               // of each hunk asked about, that a command fails without it
  std::vector<std::string> risky;   // patterns; these must be explained whole
  std::vector<std::string> exempt;  // patterns, besides what is trivial anyway
  std::uint32_t small = 10;         // so many changed lines need none
  bool reviewed = false;            // a reviewer's sentence is needed, too
};

// Reads the value of the key `explain`. Returns the first fault, or nothing.
std::optional<policy::Fault> read_settings(const syntax::Node& value, Settings& settings);

// The stricter mode, whatever one of both requires; exemptions are the project's.
Settings tightened(const Settings& users, const Settings& projects);

// Of the user's own cascade.yaml and the project's; either may be empty. misuse: a value; malformed: no YAML.
Result<Settings> settings_of_texts(const std::string& users, const std::string& projects);

// Whether the user's file, or a cascade.yaml of the folder or above it, speaks of explanations or cannot be read.
bool may_be_asked_for(const files::Tree& tree, const std::string& users_file, const std::string& directory);

// Everything is required and nothing earned: what `explain check` does where nobody configured anything.
Settings asked_for_all();

}  // namespace cascade::comprehension
