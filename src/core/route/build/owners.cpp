// A manifest declares triggers about itself in order to be found, which costs its author nothing: a plugin that
// declares the names of others in a hundred manifests would win their prompts. So an owner's triggers share a budget
// where manifests of several owners compete for a prompt. Among the owner's manifests they count in full.
#include "route/build/owners.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

#include "route/weights.h"

namespace cascade::route {
namespace {

std::uint32_t phrases_of(const EntryRecord& entry, const std::vector<PhraseRecord>& phrases) {
  const auto begin = phrases.begin() + entry.phrases.begin;
  return static_cast<std::uint32_t>(std::count_if(begin, begin + entry.phrases.count, is_trigger_phrase));
}

std::uint32_t share(std::uint32_t budget, std::uint32_t declared) {
  return declared <= budget ? 1000 : static_cast<std::uint32_t>(std::uint64_t{budget} * 1000 / declared);
}

}  // namespace

// No prompt asks for agents, so the shipped ones are known by the skills and commands of their owner.
void set_origins(const Registry& registry, std::vector<EntryRecord>& entries) {
  struct Owner {
    std::uint32_t taught = 0, others = 0;  // skills and commands with lessons, and without
  };
  std::map<std::pair<std::uint32_t, std::string_view>, Owner> owners;
  const auto is_agent = [](const EntryRecord& entry) { return static_cast<Kind>(entry.kind) == Kind::agent; };
  const auto owner_of = [&](const EntryRecord& entry) -> Owner& {
    const ManifestView view = registry[ManifestId{entry.manifest}];
    return owners[{view.root, view.plugin}];
  };
  for (const EntryRecord& entry : entries)
    if (!is_agent(entry)) ++(entry.learned != 0 ? owner_of(entry).taught : owner_of(entry).others);
  for (EntryRecord& entry : entries) {
    entry.origin = static_cast<std::uint16_t>(registry[ManifestId{entry.manifest}].scope);
    const Owner& owner = owner_of(entry);
    if (entry.learned != 0 || (is_agent(entry) && owner.taught > owner.others)) entry.origin |= is_shipped;
  }
}

void set_owners(const Registry& registry, std::vector<EntryRecord>& entries, const std::vector<PhraseRecord>& phrases) {
  struct Owner {
    std::uint16_t number = 0;
    std::uint32_t declared = 0;
  };
  std::map<std::pair<std::uint32_t, std::string_view>, Owner> owners;
  std::map<std::uint32_t, std::uint32_t> declared_by_root;
  const auto owner_of = [&](const EntryRecord& entry) -> Owner& {
    const ManifestView view = registry[ManifestId{entry.manifest}];
    return owners[{view.root, view.plugin}];
  };
  for (const EntryRecord& entry : entries) {
    const std::uint32_t declared = phrases_of(entry, phrases);
    owner_of(entry).declared += declared;
    declared_by_root[registry[ManifestId{entry.manifest}].root] += declared;
  }
  std::uint16_t number = 0;  // the last is shared by all beyond it
  for (auto& [key, owner] : owners) {
    owner.number = number;
    if (number < std::numeric_limits<std::uint16_t>::max()) ++number;
  }
  constexpr TriggerBudget budget;
  for (EntryRecord& entry : entries) {
    const Owner& owner = owner_of(entry);
    const std::uint32_t of_root = declared_by_root[registry[ManifestId{entry.manifest}].root];
    entry.owner = owner.number;
    entry.believed =
        static_cast<std::uint16_t>(std::min(share(budget.owner, owner.declared), share(budget.root, of_root)));
  }
}

}  // namespace cascade::route
