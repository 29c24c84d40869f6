// Writes a ledger entry as a line of JSON and reads it back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/entry.h"

namespace cascade::session {

// `session_id` is written unless it is empty (only a file's first line has it).
std::string write_entry(const Entry& entry, std::string_view session_id);

struct ReadEntry {
  Entry entry;
  std::string session_id;
};
// Nothing for a torn line or one that is not a ledger entry.
std::optional<ReadEntry> read_entry(std::string_view line);

}  // namespace cascade::session
