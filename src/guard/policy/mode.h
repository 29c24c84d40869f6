// How strictly a system judges.
#pragma once

#include <cstdint>
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

// A fault in the configuration: what it is, where, and what to write instead.
struct Fault {
  syntax::Position at;
  std::string message, help;
};

}  // namespace cascade::policy
