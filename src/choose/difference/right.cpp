#include "difference/right.h"

namespace cascade::difference {

std::string_view to_string(RightKind kind) noexcept {
  switch (kind) {
    case RightKind::tool: return "tool";
    case RightKind::grant: return "grant";
    case RightKind::mode: return "mode";
    case RightKind::hook: return "hook";
    case RightKind::server: return "server";
    case RightKind::permission: return "permission";
    case RightKind::denial: return "denial";
  }
  return "";
}

}  // namespace cascade::difference
