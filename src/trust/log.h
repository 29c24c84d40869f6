// What was decided about hooks of skills, and what they did: one file of lines for all sessions.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::trust {

struct LogEntry {
  std::int64_t at = 0;                    // seconds since 1970
  std::string action;                     // allow, revoke, run
  std::string item, path;                 // "skill:deploy" and its manifest; of a file: its path alone
  std::string hash;                       // of what was allowed or run
  std::string event, hook, outcome, why;  // run
  bool confined = false;                  // run
};

// `folder`: the state folder. The oldest half goes when the file has 256 KiB. unwritable.
Result<void> append_log(const std::string& folder, const LogEntry& entry);

// The oldest first; lines that are none are left out. Empty: there is no such file.
std::vector<LogEntry> read_log(const std::string& folder);

}  // namespace cascade::trust
