#include "recall/gate.h"

#include <algorithm>

namespace cascade::recall {
bool is_general(std::uint32_t) noexcept { return false; }
std::int32_t points(const Signals& signals) noexcept { return static_cast<std::int32_t>(signals.best) - 100; }
}  // namespace cascade::recall
