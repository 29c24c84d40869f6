#include "policy/system.h"

#include <algorithm>

#include "policy/systems.h"

namespace cascade::policy {

Span<System> systems() noexcept { return client::all_of(tables::systems); }

const System* find_system(std::string_view name) noexcept { return client::find_by_name(tables::systems, name); }

Span<Hears> hears() noexcept { return client::all_of(tables::hears); }

bool is_heard(std::string_view system, EventKind event, Role role) noexcept {
  return std::any_of(hears().begin(), hears().end(), [&](const Hears& row) {
    return row.event == event && row.role == role &&
           std::find(row.systems.begin(), row.systems.end(), system) != row.systems.end();
  });
}

}  // namespace cascade::policy
