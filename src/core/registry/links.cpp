// Binder says which manifest a reference means; here it is decided what follows. A bound reference becomes a link,
// unless it leads to its own manifest. A fault is recorded only where the author gives an order to use something of a
// stated kind: prose may name what it likes. A name that several manifests share is recorded even in prose, because a
// bundle must explain it.
#include "registry/links.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>

namespace cascade::registry {
namespace {

// The text before the first colon of any name, sorted.
std::vector<std::string_view> qualifiers_of(const std::vector<Name>& names) {
  std::vector<std::string_view> qualifiers;
  for (const Name& name : names) {
    const std::size_t colon = name.name.find(':');
    if (colon == std::string_view::npos) continue;
    const auto qualifier = name.name.substr(0, colon);
    if (qualifiers.empty() || qualifiers.back() != qualifier) qualifiers.push_back(qualifier);
  }
  std::sort(qualifiers.begin(), qualifiers.end());
  return qualifiers;
}

// The questions about one reference of one manifest.
struct Judge {
  const std::vector<Part>& manifests;
  const std::vector<std::uint32_t>& shadower;
  const std::vector<std::string_view> qualifiers;

  bool names_itself(std::uint32_t id, const Call& call) const {
    const Part& m = manifests[id];
    return call.name == m.name || call.name == m.title ||
           std::any_of(m.aliases.begin(), m.aliases.end(), [&](TextRef alias) { return m.shown(alias) == call.name; });
  }

  // Whether a manifest refers to itself, including when another file of its name wins.
  bool is_own(std::uint32_t id, std::uint32_t target, const Call& call) const {
    return target == id || (shadower[id] == target && names_itself(id, call));
  }

  // A skill that shows how to type itself refers to itself; if a command has that name, the command is mentioned.
  Strength strength_of(std::uint32_t from, std::uint32_t to, const Call& call) const {
    const Part& self = manifests[from];
    const Part& other = manifests[to];
    const bool typed = call.via == Via::slash && call.strength != Strength::excluded;
    return typed && self.kind == Kind::skill && other.kind == Kind::command && self.name == other.name
               ? Strength::mentioned
               : call.strength;
  }

  // Whether an explicit order found something of another kind. A command is fine for a skill: the client accepts both.
  bool is_wrong_kind(std::uint32_t id, const Binding& binding, const Call& call) const {
    if (!binding.other_kind || !is_explicit(call.via) || call.strength > Strength::invoked) return false;
    return binding.id == id || call.kind != Kind::skill || manifests[binding.id].kind != Kind::command;
  }

  // "other:name" while nothing here is called "other:…": the text may mean a plugin that is elsewhere.
  bool is_foreign(std::string_view name) const {
    const std::size_t colon = name.find(':');
    return colon != std::string_view::npos &&
           !std::binary_search(qualifiers.begin(), qualifiers.end(), name.substr(0, colon));
  }

  // A missing target is a fault only in an order to use something of a stated kind.
  bool is_fault_unbound(const Call& call) const {
    if (!is_explicit(call.via) || !call.kind_known || call.strength > Strength::invoked) return false;
    return call.via == Via::frontmatter || !is_foreign(call.name);
  }

  // Why a reference must be recorded as not bound, or bound wrongly, if it must.
  std::optional<UnboundReason> fault_of(std::uint32_t id, const Call& call, const Binding& binding) const {
    switch (binding.outcome) {
      case Binding::Outcome::builtin: return std::nullopt;
      case Binding::Outcome::bound:
        if (!is_wrong_kind(id, binding, call)) return std::nullopt;
        return binding.id == id ? UnboundReason::names_itself : UnboundReason::other_kind;
      case Binding::Outcome::ambiguous:
        return is_fault_unbound(call) ? UnboundReason::ambiguous : UnboundReason::several;
      case Binding::Outcome::dangling:
        if (!is_fault_unbound(call)) return std::nullopt;
        return names_itself(id, call) ? UnboundReason::names_itself : UnboundReason::dangling;
    }
    return std::nullopt;
  }
};

// Without its text.
UnboundRecord unbound_record(std::uint32_t from, const ReferenceRecord& reference, UnboundReason reason) {
  UnboundRecord record;
  record.from = from;
  record.kind = reference.kind;
  record.strength = reference.strength;
  record.via = reference.via;
  record.kind_known = reference.kind_known;
  record.reason = static_cast<std::uint32_t>(reason);
  return record;
}

void sort_by_place(std::vector<Link>& links, std::size_t begin) {
  const auto key = [](const Link& link) { return std::tie(link.line, link.column, link.to, link.strength, link.via); };
  std::sort(links.begin() + static_cast<std::ptrdiff_t>(begin), links.end(),
            [&](const Link& a, const Link& b) { return key(a) < key(b); });
}

}  // namespace

BoundReferences bind_references(const std::vector<Part>& manifests, const std::vector<std::uint32_t>& shadower,
                                const std::vector<Name>& names, const Binder& binder,
                                const std::vector<PartRange>& ranges, std::vector<ManifestRecord>& records,
                                OwnText& own_text) {
  const Judge judge{manifests, shadower, qualifiers_of(names)};
  BoundReferences bound;
  for (std::uint32_t id = 0; id < manifests.size(); ++id) {
    const std::size_t begin = bound.links.size();
    const Span<ReferenceRecord> references =
        manifests[id].document ? Span<ReferenceRecord>() : manifests[id].references;
    for (const ReferenceRecord& reference : references) {
      const Call call = manifests[id].call(reference);
      const Binding binding = binder.bind(id, call);
      if (const auto fault = judge.fault_of(id, call, binding)) {
        UnboundRecord& record = bound.unbound.emplace_back(unbound_record(id, reference, *fault));
        record.target = own_text.add(call.name);
        record.at = moved(reference.at, Shift{ranges[id].text.begin, 0});
      }
      if (binding.outcome == Binding::Outcome::bound && !judge.is_own(id, binding.id, call))
        bound.links.push_back({ManifestId{id}, ManifestId{binding.id}, judge.strength_of(id, binding.id, call),
                               call.via, reference.at.line, reference.at.column});
    }
    sort_by_place(bound.links, begin);
    records[id].links = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(bound.links.size() - begin)};
  }
  return bound;
}

}  // namespace cascade::registry
