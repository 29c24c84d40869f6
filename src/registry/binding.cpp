#include "registry/binding.h"

#include <algorithm>
#include <tuple>

#include "manifest/client_tables.h"

namespace cascade::registry {
namespace {

constexpr Kind kinds[] = {Kind::skill, Kind::agent, Kind::command};

std::string_view last_component(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// "c4::agent" and "plugin:name's" as their authors meant them.
std::string single_colons(std::string_view name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (name[i] != ':' || result.empty() || result.back() != ':') result += name[i];
  return result;
}

// A hyphen or colon inside: hardly an ordinary word.
bool is_distinctive(std::string_view name) noexcept { return name.find_first_of("-:") != std::string_view::npos; }

// The kinds that the reference may mean, in the order in which they are tried. "/name" is a command, else a skill; the
// Skill tool runs commands too. Where the text tells the kind, an ordinary word means no other kind: "the `review`
// skill" is not the agent `review`.
std::vector<Kind> kinds_to_try(const Reference& reference) {
  if (reference.via == Via::slash) return {Kind::command, Kind::skill};
  if (reference.via == Via::skill) return {Kind::skill, Kind::command};
  // The client preloads commands as well (2.1.328).
  if (reference.via == Via::frontmatter && reference.kind_known && reference.target.kind == Kind::skill &&
      !is_distinctive(reference.target.name))
    return {Kind::skill, Kind::command};
  std::vector<Kind> order = {reference.target.kind};
  if (reference.kind_known && (!is_distinctive(reference.target.name) || reference.via == Via::prose)) return order;
  for (const Kind kind : kinds)
    if (kind != reference.target.kind) order.push_back(kind);
  return order;
}

}  // namespace

bool is_explicit(Via via) noexcept { return via == Via::frontmatter || via == Via::task || via == Via::skill; }

std::vector<Name> collect_names(const std::vector<Manifest>& manifests, const std::vector<std::uint32_t>& shadower) {
  std::vector<Name> names;
  for (std::uint32_t id = 0; id < manifests.size(); ++id) {
    const Manifest& manifest = manifests[id];
    if (manifest.document) continue;
    const Kind kind = manifest.symbol.kind;
    const bool shadowed = shadower[id] != no_shadower;
    // Two plugins of one marketplace may use a name: the loser answers inside its plugin, and to plugin:name.
    if (shadowed && (manifest.plugin.empty() || manifests[shadower[id]].plugin == manifest.plugin)) continue;
    names.push_back({kind, manifest.symbol.name, shadowed, id});
    for (const std::string& alias : manifest.aliases)
      if (!alias.empty()) names.push_back({kind, alias, true, id});
    if (!manifest.plugin.empty()) {  // plugin:folder:name answers to plugin:name, a root plugin's name to plugin:name
      const std::string prefix = manifest.plugin + ":";
      names.push_back({kind, prefix + std::string(last_component(manifest.symbol.name)), true, id});
      names.push_back({kind, std::string(last_component(manifest.symbol.name)), true, id});
      for (const std::string& alias : manifest.aliases)
        if (!alias.empty() && alias.find(':') == std::string::npos) names.push_back({kind, prefix + alias, true, id});
    }
  }
  const auto key = [](const Name& name) { return std::tie(name.kind, name.name, name.alias, name.id); };
  std::sort(names.begin(), names.end(), [&](const Name& a, const Name& b) { return key(a) < key(b); });
  std::vector<Name> unique;
  for (Name& name : names) {
    const bool repeated = !unique.empty() && unique.back().kind == name.kind && unique.back().name == name.name &&
                          unique.back().id == name.id;
    if (!repeated) unique.push_back(std::move(name));
  }
  return unique;
}

Binder::Binder(const std::vector<Manifest>& manifests, const std::vector<Name>& names)
    : manifests_(manifests), names_(names), paths_(manifests) {
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    Slot& slot = slots_[static_cast<int>(names[i].kind)][names[i].name];
    if (slot.count == 0) slot.first = i;
    ++slot.count;
  }
}

Binder::Slot Binder::find(Kind kind, std::string_view name) const {
  const auto& slots = slots_[static_cast<int>(kind)];
  const auto found = slots.find(name);
  return found == slots.end() ? Slot{} : found->second;
}

Binding Binder::in_kind(std::uint32_t from, Kind kind, std::string_view name) const {
  const Slot slot = find(kind, name);
  const std::string& plugin = manifests_[from].plugin;
  std::uint32_t own = no_shadower, other = no_shadower, owns = 0, exact = no_shadower;
  for (std::uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
    const Name& candidate = names_[i];
    if (!candidate.alias) exact = candidate.id;
    if (!plugin.empty() && manifests_[candidate.id].plugin == plugin) {
      own = candidate.id;
      ++owns;
    }
    other = candidate.id;
  }
  if (owns == 1) return {Binding::Outcome::bound, own, false};
  if (exact != no_shadower) return {Binding::Outcome::bound, exact, false};
  if (slot.count == 1) return {Binding::Outcome::bound, other, false};
  return {slot.count == 0 ? Binding::Outcome::dangling : Binding::Outcome::ambiguous, 0, false};
}

Binding Binder::bind(std::uint32_t from, const Reference& reference) const {
  if (reference.via == Via::link || reference.via == Via::path) {
    const std::uint32_t id = paths_.find(from, reference.target.name);
    if (id != no_manifest) return {Binding::Outcome::bound, id, false};
  }
  const std::string folded = single_colons(reference.target.name);
  const std::vector<Kind> order = kinds_to_try(reference);
  Binding first = in_kind(from, order.front(), folded);
  if (first.outcome != Binding::Outcome::dangling) return first;
  if (order.front() == Kind::agent && is_client_agent(folded)) return {Binding::Outcome::builtin, 0, false};
  for (std::size_t i = 1; i < order.size(); ++i) {
    Binding next = in_kind(from, order[i], folded);
    if (next.outcome == Binding::Outcome::dangling) continue;
    if (next.outcome == Binding::Outcome::ambiguous && reference.kind_known) continue;  // not even of the right kind
    next.other_kind = reference.kind_known && reference.via != Via::skill;
    return next;
  }
  return first;
}

std::uint32_t Binder::bind(std::uint32_t from, const Symbol& symbol) const {
  const Binding binding = in_kind(from, symbol.kind, single_colons(symbol.name));
  return binding.outcome == Binding::Outcome::bound ? binding.id : no_shadower;
}

}  // namespace cascade::registry
