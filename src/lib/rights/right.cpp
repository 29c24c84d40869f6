#include "rights/right.h"

#include "text/names.h"

namespace cascade::difference {

constexpr letters::Names<RightKind::denial> right_kind_names("tool", "grant", "mode", "hook", "server", "permission",
                                                             "denial");
std::string_view to_string(RightKind kind) noexcept { return right_kind_names.of(kind); }

}  // namespace cascade::difference
