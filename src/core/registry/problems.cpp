// Words for the faults that binding found. Decoded only on request: the hot path never reads these tables.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "manifest/kinds.h"
#include "registry/tables.h"
#include "text/names.h"
#include "text/suggestion.h"

namespace cascade {
namespace {

Location place(const Registry::State& s, const PlaceRecord& at) {
  return {std::string(s.read(at.path)), at.line, at.column, at.end_line, at.end_column};
}

Severity stored_severity(const DiagnosticRecord& r) {
  return static_cast<Severity>(std::min<std::uint32_t>(r.severity, 3));
}

Reference reference(const Registry::State& s, const UnboundRecord& r) {
  Reference reference;
  reference.target = {manifest::kind_of(r.kind), std::string(s.read(r.target))};
  reference.strength = static_cast<Strength>(std::min<int>(r.strength, 3));
  reference.via = static_cast<Via>(std::min<int>(r.via, static_cast<int>(Via::prose)));
  reference.at = place(s, r.at);
  reference.kind_known = (r.kind_known & registry::kind_is_known) != 0;
  reference.named = (r.kind_known & registry::is_named) != 0;
  return reference;
}

Diagnostic stored(const Registry::State& s, const DiagnosticRecord& r) {
  const auto text = [&](TextRef ref) { return std::string(s.read(ref)); };
  Diagnostic d{
      stored_severity(r), text(r.rule), place(s, r.at), text(r.message), text(r.help), text(r.fingerprint), {}, {}};
  for (const RelatedRecord& other : s.read(s.related, r.related))
    d.related.push_back({place(s, other.at), text(other.message)});
  return d;
}

std::string rule_of(Kind kind) {
  return std::string(letters::Names<Kind::command>("RF002", "RF001", "RF003").of(kind));
}

Diagnostic finding(Severity severity, std::string rule, Location at, std::string message, std::string help) {
  return {severity, std::move(rule), std::move(at), std::move(message), std::move(help), {}, {}, {}};
}

// The severity of an unanswered name; one in the text may be elsewhere. All other binding faults of a reference are
// warnings.
Severity severity_of(Kind kind, Via via) {
  return kind == Kind::command || via == Via::backtick || via == Via::slash ? Severity::warning : Severity::error;
}

// True: the client drops the loser silently. False: it loses by the order of scopes.
bool same_place(const ManifestView& loser, const ManifestView& winner) {
  return loser.scope == winner.scope && loser.root == winner.root;
}
Severity severity_of_duplicate(bool same_place) { return same_place ? Severity::error : Severity::info; }

std::string listed(const std::vector<Symbol>& symbols) {
  return letters::joined(symbols, ", ", [&](const Symbol& symbol) { return to_string(symbol); });
}

Diagnostic dangling(const Registry& registry, const Reference& reference) {
  const auto& [kind, name] = reference.target;
  const std::vector<Symbol> near = registry.nearest(name, kind, 3);
  return finding(severity_of(kind, reference.via), rule_of(kind), reference.at,
                 "the " + std::string(to_string(kind)) + " \"" + name + "\" is not defined",
                 near.empty() ? "define it, or remove the reference" : letters::did_you_mean(listed(near)));
}

Diagnostic ambiguous(const Reference& reference, const std::vector<Symbol>& candidates) {
  return finding(Severity::warning, "RF008", reference.at,
                 "\"" + reference.target.name + "\" may mean " + listed(candidates),
                 "write the full name, with its plugin");
}

Diagnostic other_kind(const Registry& registry, const Reference& reference) {
  const auto& [kind, name] = reference.target;
  const std::vector<ManifestId> found = registry.candidates(name);
  const auto one = [](std::string_view word) { return (word == "agent" ? "an " : "a ") + std::string(word); };
  return finding(Severity::warning, rule_of(kind), reference.at,
                 "\"" + name + "\" is called as " + one(to_string(kind)) + ", but it is " +
                     one(found.empty() ? "" : to_string(registry[found.front()].kind)),
                 "call it as what it is");
}

// Many manifests that bind their own name as another kind are one mistake of a generator, not many faults.
Diagnostic self_bindings(const Registry& registry, const std::vector<Unbound>& found) {
  const Reference& first = found.front().reference;
  const std::string kind(to_string(first.target.kind));
  Diagnostic d = finding(Severity::warning, rule_of(first.target.kind), first.at,
                         found.size() == 1 ? "binds the " + kind + " \"" + first.target.name +
                                                 "\", which is not defined; only this manifest has the name"
                                           : std::to_string(found.size()) + " manifests bind a " + kind +
                                                 " of their own name that is not defined",
                         "remove the binding, or define the " + kind);
  for (std::size_t i = 1; i < std::min<std::size_t>(found.size(), 5); ++i)
    d.related.push_back({found[i].reference.at, "also " + std::string(registry[found[i].from].name)});
  return d;
}

void add_duplicate(const Registry& registry, ManifestId id, std::vector<Diagnostic>& out) {
  const std::optional<ManifestId> winner = registry.shadowed_in_favour_of(id);
  if (!winner) return;
  const ManifestView loser = registry[id], kept = registry[*winner];
  if (loser.plugin != kept.plugin) return;  // the client treats plugins separately
  const bool same_scope = same_place(loser, kept);
  const std::string kind(to_string(loser.kind));
  Diagnostic& d = out.emplace_back(
      finding(severity_of_duplicate(same_scope), same_scope ? "ID005" : "ID008", {std::string(loser.path), 1},
              kind + " \"" + std::string(loser.name) + "\" is hidden by " + std::string(kept.path),
              same_scope ? "give one of them another name; the client loads one of the two in silence"
                         : "the " + std::string(to_string(kept.scope)) + " scope wins for " + kind + "s"));
  d.related.push_back({{std::string(kept.path), 1}, "this one wins"});
}

bool is_unbound(const UnboundRecord& record) noexcept {
  const auto reason = static_cast<UnboundReason>(record.reason);
  return reason != UnboundReason::other_kind && reason != UnboundReason::several;
}

Span<UnboundRecord> records_of(const Registry::State& s, ManifestId from) noexcept {
  const auto by_from = [](const UnboundRecord& record, std::uint32_t id) { return record.from < id; };
  const UnboundRecord* begin = std::lower_bound(s.unbound.begin(), s.unbound.end(), index(from), by_from);
  const UnboundRecord* end = std::lower_bound(begin, s.unbound.end(), index(from) + 1, by_from);
  return {begin, static_cast<std::size_t>(end - begin)};
}

// Adds one stored binding fault in words; those that name themselves are collected by kind.
void add_binding(const Registry& registry, const Registry::State& s, const UnboundRecord& record,
                 std::vector<Diagnostic>& all, std::map<Kind, std::vector<Unbound>>& own) {
  const Reference wanted = reference(s, record);
  switch (static_cast<UnboundReason>(record.reason)) {
    case UnboundReason::dangling: all.push_back(dangling(registry, wanted)); break;
    case UnboundReason::other_kind: all.push_back(other_kind(registry, wanted)); break;
    case UnboundReason::names_itself:
      own[wanted.target.kind].push_back({ManifestId{record.from}, wanted, {}, false});
      break;
    case UnboundReason::ambiguous: {
      std::vector<Symbol> names;
      for (const ManifestId id : registry.candidates(wanted.target.name)) names.push_back(symbol_of(registry[id]));
      all.push_back(ambiguous(wanted, names));
      break;
    }
    case UnboundReason::several: break;
  }
}

}  // namespace

// A third of the letters may differ, at least one and at most six; a name that contains the word counts as just near
// enough.
std::vector<Symbol> Registry::nearest(std::string_view name, std::optional<Kind> kind, std::size_t limit) const {
  const State& s = *state_;
  const std::size_t far = std::max<std::size_t>(1, std::min<std::size_t>(name.size() / 3, 6));
  const letters::NameDistance distance_of(name);
  std::vector<std::tuple<std::size_t, bool, Symbol>> found;  // distance, other kind, name
  for (const NameRecord& record : s.names) {
    if (record.id >= size()) continue;
    const std::string_view known = s.read(record.name);
    std::size_t distance = distance_of.to(known, far);
    if (distance > far && name.size() >= 4 && (known.find(name) != std::string_view::npos)) distance = far;
    if (distance > far) continue;
    const ManifestView manifest = (*this)[ManifestId{record.id}];
    found.emplace_back(distance, kind && manifest.kind != *kind, symbol_of(manifest));
  }
  std::ranges::sort(found);
  std::vector<Symbol> best;
  for (auto& [distance, other, symbol] : found) {
    if (best.size() == limit) break;
    if (std::ranges::find(best, symbol) == best.end()) best.push_back(std::move(symbol));
  }
  return best;
}

std::vector<Reference> RegistryTables::unbound_references(const Registry& registry) {
  const Registry::State& s = *registry.state_;
  std::vector<Reference> all;
  for (const UnboundRecord& record : s.unbound)
    if (is_unbound(record) && record.from < registry.size()) all.push_back(reference(s, record));
  return all;
}

std::vector<RegistryTables::SharedName> RegistryTables::shared_names(const Registry& registry, ManifestId from) {
  const Registry::State& s = *registry.state_;
  std::vector<SharedName> names;
  for (const UnboundRecord& record : records_of(s, from)) {
    const auto reason = static_cast<UnboundReason>(record.reason);
    if (reason != UnboundReason::ambiguous && reason != UnboundReason::several) continue;
    if (static_cast<Via>(record.via) == Via::frontmatter) continue;
    names.push_back({record.at.line, manifest::kind_of(record.kind), s.read(record.target)});
  }
  return names;
}

std::vector<Unbound> Registry::unbound() const {
  const State& s = *state_;
  std::vector<Unbound> all;
  for (const UnboundRecord& record : s.unbound) {
    const auto reason = static_cast<UnboundReason>(record.reason);
    if (!is_unbound(record) || record.from >= size()) continue;
    Unbound unbound;
    unbound.from = ManifestId{record.from};
    unbound.reference = reference(s, record);
    unbound.ambiguous = reason == UnboundReason::ambiguous;
    if (unbound.ambiguous) {
      for (const ManifestId id : candidates(unbound.reference.target.name))
        unbound.nearby.push_back(symbol_of((*this)[id]));
    } else {
      unbound.nearby = nearest(unbound.reference.target.name, unbound.reference.target.kind, 3);
    }
    all.push_back(std::move(unbound));
  }
  return all;
}

std::vector<Diagnostic> Registry::problems() const {
  const State& s = *state_;
  std::vector<Diagnostic> all;
  for (const DiagnosticRecord& record : s.diagnostics) all.push_back(stored(s, record));
  std::map<Kind, std::vector<Unbound>> own;
  for (const UnboundRecord& record : s.unbound) add_binding(*this, s, record, all, own);
  for (const auto& [kind, found] : own) all.push_back(self_bindings(*this, found));
  for (std::uint32_t id = 0; id < size(); ++id) add_duplicate(*this, ManifestId{id}, all);
  std::sort(all.begin(), all.end());
  return all;
}

std::size_t Registry::unbound_count() const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(state_->unbound, is_unbound));
}

// The numbers of problems() without their words: most calls only say how many there are.
ProblemCount Registry::count_problems() const {
  const State& s = *state_;
  std::set<std::string_view> files;
  ProblemCount count;
  const auto add = [&](std::string_view path, Severity severity) {
    ++count.problems;
    count.errors += severity == Severity::error ? 1 : 0;
    count.warnings += severity == Severity::warning ? 1 : 0;
    count.notes += severity == Severity::info ? 1 : 0;
    files.insert(path);
  };
  for (const DiagnosticRecord& record : s.diagnostics) add(s.read(record.at.path), stored_severity(record));
  std::set<Kind> own_kinds;
  for (const UnboundRecord& record : s.unbound) {
    const auto reason = static_cast<UnboundReason>(record.reason);
    if (reason == UnboundReason::several) continue;
    const Kind kind = manifest::kind_of(record.kind);
    if (reason == UnboundReason::names_itself && !own_kinds.insert(kind).second) continue;
    const Via via = reference(s, record).via;
    add(s.read(record.at.path), reason == UnboundReason::dangling ? severity_of(kind, via) : Severity::warning);
  }
  for (std::uint32_t id = 0; id < size(); ++id) {
    const std::optional<ManifestId> winner = shadowed_in_favour_of(ManifestId{id});
    if (!winner) continue;
    const ManifestView loser = (*this)[ManifestId{id}], kept = (*this)[*winner];
    if (loser.plugin == kept.plugin) add(loser.path, severity_of_duplicate(same_place(loser, kept)));
  }
  count.files = files.size();
  return count;
}

std::vector<Diagnostic> Registry::problems(ManifestId id) const {
  const State& s = *state_;
  std::vector<Diagnostic> all;
  if (index(id) >= size()) return all;
  for (const DiagnosticRecord& record : s.read(s.diagnostics, s.manifests[index(id)].problems))
    all.push_back(stored(s, record));
  std::map<Kind, std::vector<Unbound>> own;
  for (const UnboundRecord& record : records_of(s, id)) add_binding(*this, s, record, all, own);
  for (const auto& [kind, found] : own) all.push_back(self_bindings(*this, found));
  add_duplicate(*this, id, all);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace cascade
