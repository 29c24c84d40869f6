#include "policy/system.h"

#include <algorithm>

#include "policy/systems.h"

namespace cascade::policy {

namespace {

// What the rows say of each system, at the place of its name. One that is not built in has no row, and is off.
struct ByPlace {
  std::array<Mode, std::size(known_systems)> usual{};
  std::array<bool, std::size(known_systems)> is_there{}, guards{}, watches{};
};
constexpr ByPlace by_place = [] {
  ByPlace all;
  for (const System& system : tables::systems) {
    all.usual[system.mode.at] = system.usual;
    all.is_there[system.mode.at] = true;
    all.guards[system.mode.at] = system.guards;
    all.watches[system.mode.at] = system.watches;
  }
  return all;
}();

bool all_are_off(const Policy& policy, const std::array<bool, std::size(known_systems)>& which) noexcept {
  for (std::size_t i = 0; i < which.size(); ++i)
    if (which[i] && policy.modes[i] != Mode::off) return false;
  return true;
}

}  // namespace

const std::array<Mode, std::size(known_systems)>& usual_modes() noexcept { return by_place.usual; }

bool Policy::is_off() const noexcept { return checks.empty() && all_are_off(*this, by_place.guards); }

bool Policy::is_blind() const noexcept { return all_are_off(*this, by_place.watches); }

std::string_view left_out(std::string_view name) noexcept {
  for (std::size_t i = 0; i < std::size(known_systems); ++i)
    if (known_systems[i].name == name && !by_place.is_there[i]) return known_systems[i].folder;
  return {};
}

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
