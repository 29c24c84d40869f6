// How strictly a system judges.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "syntax/node.h"

namespace cascade::policy {

// In order of strictness.
enum class Mode : std::uint8_t {
  off,
  shadow,  // judges and records, but says nothing
  warn,    // tells the user, lets the tool run
  block,   // refuses or asks
};
std::string_view to_string(Mode mode) noexcept;
std::optional<Mode> parse_mode(std::string_view text) noexcept;

// A fault in the configuration: what it is, where, and what to write instead.
struct Fault {
  syntax::Position at;
  std::string message, help;
};

// The mode that a value names; `on` is the strictest.
std::optional<Fault> read_mode(const syntax::Node& value, Mode& mode);

}  // namespace cascade::policy
