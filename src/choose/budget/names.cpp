// The names of the packer's answers, the same in every document and file.
#include <cascade/budget.h>

namespace cascade {

std::string_view to_string(PackingStatus status) noexcept {
  switch (status) {
    case PackingStatus::ok: return "ok";
    case PackingStatus::infeasible: return "infeasible";
    case PackingStatus::conflict: return "conflict";
    case PackingStatus::unknown: break;
  }
  return "unknown";
}

std::string_view to_string(Proof proof) noexcept { return proof == Proof::optimal ? "optimal" : "bounded"; }

}  // namespace cascade
