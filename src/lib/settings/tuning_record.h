// The record that `cascade listing tune` and `cascade usage silence` keep of a settings file, so that `restore` returns
// it byte for byte.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "installed/entries.h"

namespace cascade::init {

// The planned change of one settings file. Nothing is written before carry_out().
struct Plan {
  std::string path, backup_path;             // path: links resolved
  std::optional<std::string> before, after;  // nothing: the file does not exist (before, or afterwards)
  std::optional<std::string> backup;         // to be written before the change
  bool removes_backup = false;
  std::vector<std::string> systems;  // those with entries afterwards
  // Installation: the entries, those that are not there yet word for word, the systems and the entries of ours that
  // were there and that none of these replaces, and the events that got none because the client is older
  // (`client_version`).
  std::vector<HookEntry> entries, added;
  std::vector<std::string> dropped;
  std::vector<HookEntry> gone;
  std::vector<std::string> left_out;
  std::string client_version;  // as it was asked for; empty: nothing depended on it, or it is unknown

  bool changes() const { return before != after; }
};

// Keeps the file's mode and owner. Errors: stale if the file has changed since the plan; unwritable, also for a
// read-only file. After an error nothing has changed.
Result<void> carry_out(const Plan& plan);

// tuning: skills are listed by name alone. silencing: only the user may call them.
enum class Purpose : std::uint8_t { tuning, silencing };

struct TuningRecord {
  std::string path;                   // of the settings file
  std::optional<std::string> before;  // nothing: the file did not exist
  std::string after;
  bool made_folder = false;  // its folder did not exist
  Purpose purpose = Purpose::tuning;
};

// There is one file in `state` for each settings file and purpose. not_found: nothing was changed there.
Result<TuningRecord> read_tuning(const files::Tree& tree, const std::string& state, const std::string& settings_path,
                                 Purpose purpose = Purpose::tuning);

Result<void> write_tuning(const std::string& state, const TuningRecord& record);
Result<void> forget_tuning(const std::string& state, const std::string& settings_path,
                           Purpose purpose = Purpose::tuning);

// The project's own settings for one machine, below the folder in which this runs; links resolved.
std::string tuned_settings_path();

std::vector<std::string> tuned_skills(const TuningRecord& record);  // the skills that were added

// The change that gives `skills` the value of the purpose, based on the text from before any earlier change for it.
Result<Plan> plan_tuned_settings(const files::Tree& tree, const std::string& state, const std::string& settings_path,
                                 const std::vector<std::string>& skills, Purpose purpose = Purpose::tuning);
// The change back: the text from before; or, if the file was changed since, the current text without what was added.
Result<Plan> plan_untuned_settings(const files::Tree& tree, const TuningRecord& record);

// Writes the record, then the settings, so that a changed file can always be restored. Earlier changes for the purpose
// count as undone. REQUIRES: plan.after.
Result<void> write_tuned_settings(const std::string& state, const Plan& plan, Purpose purpose = Purpose::tuning);

enum class Undone : std::uint8_t {
  as_before,  // byte for byte
  removed,    // there was no file before
  merged,     // the file was changed since: only what was added was taken out
};
// Takes the change back, and forgets it; with `dry_run` only says how it would end.
Result<Undone> undo_tuned_settings(const std::string& state, const TuningRecord& record, bool dry_run);

// Adds and removes members of `skillOverrides` in the text of the client's settings. Every other byte stays.

// The settings with `"skill": "value"` added for each skill that they do not mention. An empty text represents a
// missing file. malformed: it is not a JSON object, or skillOverrides is not one; the error's path is line:column.
Result<std::string> add_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                  std::string_view value);

// The settings without those members of `skills` that still have this value. An object that is empty afterwards goes
// too.
Result<std::string> remove_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                     std::string_view value);

}  // namespace cascade::init
