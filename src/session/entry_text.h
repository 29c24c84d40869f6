// A ledger entry as a line of JSON and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/entry.h"

namespace cascade::session {

// `session_id` is written when not empty (the first line of a file).
std::string write_entry(const Entry& entry, std::string_view session_id);

struct ReadEntry {
  Entry entry;
  std::string session_id;
};
// Nothing for a line that is torn or foreign.
std::optional<ReadEntry> read_entry(std::string_view line);

}  // namespace cascade::session
