// The names of the packer's answers, the same in every document and file.
#include <cascade/budget.h>

#include "text/names.h"

namespace cascade {

constexpr letters::Names<PackingStatus::unknown> packing_status_names("ok", "infeasible", "conflict", "unknown");
std::string_view to_string(PackingStatus status) noexcept { return packing_status_names.of(status); }

std::string_view to_string(Proof proof) noexcept { return proof == Proof::optimal ? "optimal" : "bounded"; }

}  // namespace cascade
