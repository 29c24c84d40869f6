// Decides which manifest a reference means; nothing else does.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/kinds.h"
#include "registry/part.h"

namespace cascade::registry {

// The texts must outlive it. O(1) on average; its order is not observable.
template <typename Value>
class ViewTable {
 public:
  // Reserves room for this many texts. REQUIRES: it is empty.
  void reserve(std::size_t count) {
    std::size_t size = 64;
    while (size < 2 * count) size *= 2;
    slots_.resize(size);
  }

  const Value* find(std::string_view key) const noexcept {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[place_of(key, hash_of(key))];
    return slot.taken ? &slot.value : nullptr;
  }

  // Returns the value of `key` and whether it is new; a new key gets `value`. Valid until the next call.
  std::pair<Value*, bool> try_add(std::string_view key, const Value& value) {
    if (2 * (taken_ + 1) > slots_.size()) grow();
    const std::uint32_t hash = hash_of(key);
    Slot& slot = slots_[place_of(key, hash)];
    if (slot.taken) return {&slot.value, false};
    slot = {key, value, hash, true};
    ++taken_;
    return {&slot.value, true};
  }

 private:
  struct Slot {
    std::string_view key;
    Value value{};
    std::uint32_t hash = 0;
    bool taken = false;
  };

  // Returns the slot of `key`, or the free slot where it would be.
  std::size_t place_of(std::string_view key, std::uint32_t hash) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].taken && (slots_[at].hash != hash || slots_[at].key != key)) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.taken) slots_[place_of(slot.key, slot.hash)] = slot;
  }

  std::vector<Slot> slots_;  // a power of two, at most half of them used
  std::size_t taken_ = 0;
};

// Finds the manifest that a written path means: "../review/SKILL.md", "agents/linter.md", "skills/review/".
constexpr std::uint32_t no_manifest = 0xffffffffU;

class PathBinder {
 public:
  explicit PathBinder(const std::vector<Part>& manifests);

  // Returns the id of the manifest that `written`, found in manifest `from`, leads to; no_manifest: there is none.
  // Tries in this order: from the file's folder, from every folder above it up to the root, as the end of exactly one
  // path.
  std::uint32_t find(std::uint32_t from, std::string_view written) const;

 private:
  void add_end(std::string_view path);
  std::uint32_t exact(std::string& path) const;
  bool may_end(std::string_view path) const;

  const std::vector<Part>& manifests_;
  ViewTable<std::uint32_t> by_path_;
  // The last two components of each path ("linter.md" with its folder); no_manifest if several share them.
  ViewTable<std::uint32_t> by_tail_;
  ViewTable<char> ends_;  // the last names of all paths, and of the folders of skills
};

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
// "simplify": a skill that the client brings.
bool is_client_skill(std::string_view name) noexcept;

// Whether `a` wins over `b`, two manifests with the same symbol: by scope's rank, then the earlier root, then the
// shallower path, then the bytes of the path.
bool wins(const Part& a, const Part& b);

}  // namespace cascade::registry
