// How strictly a system judges.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "syntax/node.h"

namespace cascade::policy {

// In the order of their strictness.
enum class Mode : std::uint8_t {
  off,
  shadow,  // judges and notes in the ledger, says nothing
  warn,    // tells the user, lets the tool run
  block,   // refuses or asks
};
std::string_view to_string(Mode mode) noexcept;

// A fault of the configuration: what, where in the file, what to write instead.
struct Fault {
  syntax::Position at;
  std::string message, help;
};

}  // namespace cascade::policy
