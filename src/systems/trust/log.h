// The log of decisions about skill hooks and of what the hooks did: one file for all sessions.
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
  std::string hash;                       // of the folder that was allowed or run
  std::string event, hook, outcome, why;  // run
  bool confined = false;                  // run
};

// `folder`: the state folder. When the file reaches 256 KiB, its oldest half is dropped. Error: unwritable.
Result<void> append_log(const std::string& folder, const LogEntry& entry);

// The oldest first; invalid lines are skipped. Empty if there is no file.
std::vector<LogEntry> read_log(const std::string& folder);

}  // namespace cascade::trust
