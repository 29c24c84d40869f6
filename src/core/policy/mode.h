// How strictly a system judges, and the names of all systems there are.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "syntax/node.h"

namespace cascade::policy {

// In order of strictness.
enum class Mode : std::uint8_t {
  off,
  shadow,  // judges and records, but says nothing
  warn,    // tells the user, lets the tool run
  block,   // refuses or asks
};
std::string_view to_string(Mode mode) noexcept;

// A fault in the configuration: what it is, where, and what to write instead.
struct Fault {
  syntax::Position at;
  std::string message, help;
};

// The mode that a value names; `on`: what that word means.
std::optional<Fault> read_mode(const syntax::Node& value, Mode& mode, Mode on = Mode::block);
// `help`: as Fault's.
std::optional<Fault> read_switch(const syntax::Node& value, bool& on, const char* help);
std::optional<Fault> read_number(const syntax::Node& value, std::uint32_t least, std::uint32_t most, Fault otherwise,
                                 std::uint32_t& number);

// A key of a map, and what reads its value.
struct KeyReader {
  std::string_view name;
  std::function<std::optional<Fault>(const syntax::Node& value)> read;
};
// Reads each key of a map; `rows` by name. The first fault, which may be a key that has no row. `where`: "gates".
std::optional<Fault> read_keys(const syntax::Node& map, const std::string& where,
                               std::initializer_list<KeyReader> rows);
std::string place_in(const std::string& path, const syntax::Position& at);  // "/p/cascade.yaml:3:1"
Error at_place(const Fault& fault, const std::string& path);                // misuse

// Built in or not: a mode is kept at the place of its name, and a file that speaks of a system that was left out is
// told so, where a name that nobody knows is an error.

// A name in `systems:`, or an outermost key of cascade.yaml, and the folder of src/systems that it belongs to; empty:
// the core's own. A key of `gone` was read by older versions.
inline constexpr std::string_view gone = "gone";
struct KnownName {
  std::string_view name, folder;
};

inline constexpr KnownName known_systems[] = {
    {"effects", "effects"},     {"gates", "gates"},      {"leases", "leases"}, {"memory", "memory"}, {"past", "recall"},
    {"playbooks", "playbooks"}, {"repository", "guard"}, {"tiers", "tiers"},   {"tools", ""},        {"trust", "trust"},
};
inline constexpr KnownName known_keys[] = {
    {"effects", "effects"}, {"explain", "explain"}, {"explore", gone},       {"gates", "gates"}, {"learn", gone},
    {"leases", "leases"},   {"past", "recall"},     {"repository", "guard"}, {"team", "memory"}, {"tiers", "tiers"},
};

// Where Policy keeps the mode of a system. Made while compiling alone: a name that is not listed does not compile.
struct SystemKey {
  std::uint8_t at = 0;

  // NOLINTNEXTLINE(google-explicit-constructor): policy.mode_of("leases")
  consteval SystemKey(const char* name) {
    while (known_systems[at].name != name) ++at;
  }
};

}  // namespace cascade::policy
