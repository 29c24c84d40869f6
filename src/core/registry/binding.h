// Decides which manifest a reference means; nothing else does.
#pragma once

#include <cascade/registry.h>

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/kinds.h"
#include "registry/part.h"
#include "registry/path_binding.h"
#include "registry/view_table.h"

namespace cascade::registry {

// A name by which a manifest can be called. Exact names are symbols, the others aliases.
struct Name {
  Kind kind = Kind::skill;
  std::string_view name;  // a view into its part, or into one of Names::made
  bool alias = false;
  std::uint32_t id = 0;
  std::uint64_t first = 0;  // first_of(kind, name)
};

// The first characters of a symbol as a number: symbols with different numbers sort like them. This settles most
// comparisons.
std::uint64_t first_of(Kind kind, std::string_view name) noexcept;

struct Names {
  std::vector<Name> sorted;
  std::deque<std::string> made;
};

// Collects the names of all winners except documents, sorted by (kind, name, alias, id), each (kind, name, id) once.
// `shadower[i]` is the winner over manifest i, or no_shadower.
constexpr std::uint32_t no_shadower = 0xffffffffU;
Names collect_names(const std::vector<Part>& manifests, const std::vector<std::uint32_t>& shadower);

struct Binding {
  enum class Outcome : std::uint8_t { bound, ambiguous, dangling, builtin } outcome = Outcome::dangling;
  std::uint32_t id = 0;     // bound
  bool other_kind = false;  // bound to a kind other than the text says
};

// Binds references of manifests that are sorted by id. Look-ups are O(1) on average; results do not depend on hash
// order.
class Binder {
 public:
  Binder(const std::vector<Part>& manifests, const std::vector<Name>& names);

  // Tries, in this order: the referrer's own plugin, the exact name, a unique alias; first in the kind that the text
  // states, then in the others (for an explicit call only to report the wrong kind).
  Binding bind(std::uint32_t from, const Call& call) const;
  // Binds a symbol declared in metadata (conflicts, requires_any); no_shadower: it does not resolve.
  std::uint32_t bind(std::uint32_t from, Kind kind, std::string_view name) const;

 private:
  struct Slot {
    std::uint32_t first = 0, count = 0;
  };
  using Slots = std::array<Slot, manifest::all_kinds.size()>;  // by kind
  const Slots& find(std::string_view name) const;
  Binding in_one_word(std::uint32_t from, std::string_view name) const;
  Binding in_folder(std::uint32_t from, std::string_view name) const;
  Binding in_humps(std::uint32_t from, const Call& call, std::string_view name) const;
  bool is_clients_own(std::uint32_t from, const Call& call, std::string_view name, const Binding& found) const;
  Binding in_family(std::uint32_t from, const Call& call, std::string_view name) const;
  Binding in_own_plugin(std::uint32_t from, std::string_view name, bool is_slash) const;
  Binding in_kind(std::uint32_t from, Slot slot) const;

  const std::vector<Part>& manifests_;
  const std::vector<Name>& names_;
  const PathBinder paths_;
  ViewTable<Slots> slots_;
  ViewTable<bool> tails_;           // "auth-check" of "yard-auth-check"
  ViewTable<std::uint32_t> heads_;  // "yd-401" of "yd-401-crate-lifter"; no_shadower: of several
};

// True for forms that certainly name a manifest, so that a missing one is a fault and not prose.
bool is_explicit(Via via) noexcept;

}  // namespace cascade::registry
