// The events that Claude Code's hooks can wait for, and the handlers they can have: rows of facts/claude_code.tsv.
#pragma once

#include <string_view>

#include "client/facts/fact.h"

namespace cascade::client {

// The keys of a `hooks` entry.
const Event* find_event(std::string_view name) noexcept;  // null: unknown
Span<Event> events() noexcept;

const Handler* find_handler(std::string_view type) noexcept;
Span<Handler> handlers() noexcept;

// Whether a skill or command is the client's own or its administrator's, by the source that an event names (2.1.332).
bool is_own_source(std::string_view source) noexcept;

// The keys at the top of a plugin's hooks.json that the client reads, as its schema for the file has them; it drops
// others without a word.
bool is_key_of_hooks_file(std::string_view key) noexcept;

}  // namespace cascade::client
