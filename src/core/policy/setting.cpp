#include "policy/setting.h"

#include <algorithm>
#include <array>

#include "policy/policy.h"
#include "policy/settings.h"
#include "policy/systems.h"

namespace cascade::policy {

namespace {

// What the rows say is known before the program runs: a hook asks for each key that a file has.
constexpr bool is_named_calls(std::string_view outermost) {
  bool holds = false;
  for (const Setting& setting : tables::settings) {
    if (setting.outermost() != outermost) continue;
    const std::string_view rest = setting.key.substr(outermost.size());
    if (rest != ".NAME.bash" && rest != ".NAME.tools") return false;
    holds = true;
  }
  return holds;
}

constexpr std::size_t most_named = 8;  // a table with more does not compile
struct NamedCalls {
  std::array<std::string_view, most_named> keys{};
  std::size_t count = 0;
};
constexpr NamedCalls named_calls = [] {
  NamedCalls all;
  for (const Setting& setting : tables::settings) {
    const std::string_view key = setting.outermost();
    if ((all.count == 0 || all.keys[all.count - 1] != key) && is_named_calls(key)) all.keys[all.count++] = key;
  }
  return all;
}();

constexpr std::array<bool, std::size(known_keys)> is_left_out = [] {
  std::array<bool, std::size(known_keys)> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = true;
    for (const Setting& setting : tables::settings)
      if (setting.outermost() == known_keys[i].name) out[i] = false;
  }
  return out;
}();

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
  return std::ranges::equal(which, policy.modes, [](bool is, Mode mode) { return !is || mode == Mode::off; });
}

}  // namespace

Span<std::string_view> keys_of_named_calls() noexcept { return {named_calls.keys.data(), named_calls.count}; }

bool holds_named_calls(std::string_view outermost) noexcept {
  return std::any_of(named_calls.keys.begin(), named_calls.keys.begin() + named_calls.count,
                     [&](std::string_view key) { return key == outermost; });
}

std::string_view left_out_with_key(std::string_view outermost) noexcept {
  for (std::size_t i = 0; i < std::size(known_keys); ++i)
    if (is_left_out[i] && known_keys[i].name == outermost) return known_keys[i].folder;
  return {};
}

Span<Setting> settings() noexcept { return client::all_of(tables::settings); }
Span<Stray> stray_files() noexcept { return client::all_of(tables::stray_files); }

const Setting* find_setting(std::string_view outermost) noexcept {
  const Span<Setting> all = settings();
  const auto found = std::ranges::find_if(all, [&](const Setting& one) { return one.outermost() == outermost; });
  return found == all.end() ? nullptr : found;
}

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
  return std::ranges::any_of(hears(), [&](const Hears& row) {
    return row.event == event && row.role == role && std::ranges::find(row.systems, system) != row.systems.end();
  });
}

}  // namespace cascade::policy
