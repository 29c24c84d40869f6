// The change of one settings file, as it is shown before anything is written.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <vector>

#include "installed/entries.h"

namespace cascade::init {

// The planned change of one settings file. Nothing is written before carry_out().
struct Plan {
  std::string path, backup_path;             // path: links resolved
  std::optional<std::string> before, after;  // nothing: the file does not exist (before, or afterwards)
  std::optional<std::string> backup;         // to be written before the change
  bool removes_backup = false;
  std::vector<std::string> systems;  // those with entries afterwards
  // Installation: the entries, and the events that got none because the client is older (`client_version`).
  std::vector<HookEntry> entries;
  std::vector<std::string> left_out;
  std::string client_version;  // as it was asked for; empty: nothing depended on it, or it is unknown

  bool changes() const { return before != after; }
};

// Keeps the file's mode and owner. Errors: stale if the file has changed since the plan; unwritable, also for a
// read-only file. After an error nothing has changed.
Result<void> carry_out(const Plan& plan);

}  // namespace cascade::init
