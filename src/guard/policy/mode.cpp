#include "policy/mode.h"

namespace cascade::policy {

std::string_view to_string(Mode mode) noexcept {
  switch (mode) {
    case Mode::off: return "off";
    case Mode::shadow: return "shadow";
    case Mode::warn: return "warn";
    case Mode::block: return "block";
  }
  return "off";
}

}  // namespace cascade::policy
