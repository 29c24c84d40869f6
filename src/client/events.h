// The events that Claude Code's hooks may wait for, and the handlers that they may have (2.1.328).
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>

namespace cascade::client {

// What a `hooks` entry may be keyed by, and what its matcher is held against. tool: a tool's name. listed: one of
// `values`. open: a name that only the session knows. nothing: a matcher is ignored.
enum class MatchedAgainst : std::uint8_t { nothing, tool, listed, open };
struct Event {
  std::string_view name;
  MatchedAgainst against = MatchedAgainst::nothing;
  Span<std::string_view> values;

  bool matches() const noexcept { return against != MatchedAgainst::nothing; }
};
const Event* find_event(std::string_view name) noexcept;  // null when unknown
Span<Event> events() noexcept;

// A handler's `type` and the fields without which the client refuses it.
struct Handler {
  std::string_view type;
  Span<std::string_view> required;
};
const Handler* find_handler(std::string_view type) noexcept;
Span<Handler> handlers() noexcept;

}  // namespace cascade::client
