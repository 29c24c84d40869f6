// Writes a ledger entry as a line of JSON and reads it back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/entry.h"
#include "syntax/json.h"

namespace cascade::session {

// Adds the members of an effect that are texts: kind, interface, program, subcommand, target, task and text; empty ones
// are left out. The object must be open.
void write_effect_texts(syntax::JsonWriter& json, const Outside& effect);

// `session_id` is written unless it is empty (only a file's first line has it).
std::string write_entry(const Entry& entry, std::string_view session_id);

struct ReadEntry {
  Entry entry;
  std::string session_id;
};
// Nothing for a torn line or one that is not a ledger entry.
std::optional<ReadEntry> read_entry(std::string_view line);

}  // namespace cascade::session
