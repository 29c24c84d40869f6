// The events that Claude Code's hooks can wait for, and the handlers they can have (2.1.332).
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>

namespace cascade::client {

// The keys of a `hooks` entry, and what its matcher is matched against. tool: a tool's name. listed: one of `values`.
// open: a name known only to the session. nothing: a matcher is ignored.
enum class MatchedAgainst : std::uint8_t { nothing, tool, listed, open };
struct Event {
  std::string_view name;
  MatchedAgainst against = MatchedAgainst::nothing;
  Span<std::string_view> values;
  std::string_view since = {};  // the version with which it came; empty: before any that was looked at

  bool matches() const noexcept { return against != MatchedAgainst::nothing; }
};
const Event* find_event(std::string_view name) noexcept;  // null: unknown
Span<Event> events() noexcept;

// A handler's `type` and the fields that the client requires for it.
struct Handler {
  std::string_view type;
  Span<std::string_view> required;
};
const Handler* find_handler(std::string_view type) noexcept;
Span<Handler> handlers() noexcept;

// Whether a skill or command is the client's own or its administrator's, by the source that an event names (2.1.332).
bool is_own_source(std::string_view source) noexcept;

// The keys at the top of a plugin's hooks.json that the client reads, as its schema for the file has them; it drops
// others without a word.
bool is_key_of_hooks_file(std::string_view key) noexcept;

}  // namespace cascade::client
