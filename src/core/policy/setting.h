// The keys of cascade.yaml, as settings.tsv describes them.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>

#include "client/facts/fact.h"
#include "client/names.h"
#include "policy/policy.h"

namespace cascade::policy {

// Which files a key has an effect in: a project's, or the user's own as well.
enum class Place : std::uint8_t { project, both };

struct Setting {
  std::string_view key;            // "limits.max_depth", "leases.NAME.bash"
  std::string_view values, usual;  // in words
  Place place = Place::both;
  std::string_view topic;  // of `cascade help`
  std::string_view meaning, example;

  constexpr std::string_view outermost() const noexcept { return key.substr(0, key.find('.')); }
};

// A name that people give a file of settings, and the one that is read.
struct Stray {
  std::string_view name, right;
};

Span<Setting> settings() noexcept;  // in the order in which people read them
Span<Stray> stray_files() noexcept;

// Whether a key's rows are KEY.NAME.bash and KEY.NAME.tools alone: it needs no reader of its own. All such keys.
bool holds_named_calls(std::string_view outermost) noexcept;
Span<std::string_view> keys_of_named_calls() noexcept;

// The folder of the system whose outermost key this is, if this program is built without it; otherwise empty.
std::string_view left_out_with_key(std::string_view outermost) noexcept;

// The first row of an outermost key; null: there is no such key.
const Setting* find_setting(std::string_view outermost) noexcept;

// The rows of systems.tsv: what `init` installs, what cascade.yaml switches, which events reach a system.

// Which modes a system has: any; on or off; any but warn.
enum class Modes : std::uint8_t { any, toggle, quiet };

struct System {
  std::string_view name;
  SystemKey mode;
  Mode usual = Mode::off;  // if no file speaks of it
  Mode on = Mode::block;   // what `on` means
  Modes has = Modes::any;
  std::string_view page, does;
  bool guards = false, watches = false;  // see systems.tsv
};

using client::EventKind;
namespace matchers = client::matchers;

// What becomes of an event: see systems.tsv.
enum class Role : std::uint8_t { library, judges, says, notes };
// How a row's entry stands beside others for the same event.
enum class Joins : std::uint8_t { covered, around, apart, present };

struct Hears {
  Span<std::string_view> systems;
  EventKind event = EventKind::other;
  std::string_view tools;
  Role role = Role::says;
  std::uint32_t seconds = 0;  // 0: as usual
  Span<std::string_view> unless{};
  Joins joins = Joins::covered;
};

Span<System> systems() noexcept;                            // sorted by name
const System* find_system(std::string_view name) noexcept;  // null: there is none
// The folder of a system that there is, and that this program is built without; empty for any other name.
std::string_view left_out(std::string_view name) noexcept;
Span<Hears> hears() noexcept;  // in the order in which `init` writes entries

// Whether the system has a row of this role for the event.
bool is_heard(std::string_view system, EventKind event, Role role) noexcept;

}  // namespace cascade::policy
