// Registry::build in four steps: sort the parts by symbol, decide which shadow others, bind the references, lay the
// block out. Ids are positions in the sorted order, so equal inputs give equal bytes whatever order they came in.
// Parts of an earlier registry are mostly sorted already: only the new ones are sorted and merged in, because a
// rebuild after one changed file should cost little more than copying.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>

#include "manifest/kinds.h"
#include "registry/binding.h"
#include "registry/moved_records.h"
#include "registry/part.h"
#include "registry/precedence.h"
#include "registry/tables.h"
#include "registry/text_pool.h"
#include "tables/block.h"

namespace cascade {
namespace {

using registry::Binder;
using registry::Binding;
using registry::Call;
using registry::moved;
using registry::no_shadower;
using registry::packed;
using registry::Part;
using registry::ReferenceRecord;
using registry::Shift;
using registry::SymbolRecord;

// The number of records that all parts have together in each table.
struct Totals {
  std::size_t sections = 0, fields = 0, aliases = 0, tools = 0, steps = 0, diagnostics = 0, related = 0, text = 0;
};

class Layout {
 public:
  explicit Layout(std::vector<Part> parts) : manifests_(std::move(parts)) {}

  std::string run() {
    sort();
    shadow();
    names_ = registry::collect_names(manifests_, shadower_);
    records_.resize(manifests_.size());
    ranges_.resize(manifests_.size());
    for (std::uint32_t id = 0; id < manifests_.size(); ++id) describe(id);
    bind();
    reverse();
    add_names();
    return write();
  }

  // Returns the id of each part's manifest. REQUIRES: run().
  std::vector<std::uint32_t> ids() const {
    std::vector<std::uint32_t> ids(order_.size());
    for (std::uint32_t id = 0; id < order_.size(); ++id) ids[order_[id]] = id;
    return ids;
  }

 private:
  void sort() {
    std::vector<std::uint64_t> first;
    first.reserve(manifests_.size());
    for (const Part& part : manifests_) first.push_back(registry::first_of(part.kind, part.name));
    const auto key = [&](std::uint32_t part) {
      const Part& m = manifests_[part];
      return std::tie(first[part], m.name, m.scope, m.root, m.path);
    };
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); };
    order_.resize(manifests_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    // Parts of an earlier registry are sorted by where their text was; only new ones must be sorted in.
    const auto text_base = [&](std::uint32_t part) { return manifests_[part].text_base; };
    const auto added =
        std::partition(order_.begin(), order_.end(), [&](std::uint32_t part) { return text_base(part) != 0; });
    std::sort(order_.begin(), added, [&](std::uint32_t a, std::uint32_t b) { return text_base(a) < text_base(b); });
    if (!std::is_sorted(order_.begin(), added, before)) std::sort(order_.begin(), added, before);
    std::sort(added, order_.end(), before);
    std::inplace_merge(order_.begin(), added, order_.end(), before);
    take_order();
  }

  // Moves each part to its place in the sorted order, cycle by cycle, without a second array of parts.
  void take_order() {
    std::vector<std::uint32_t> from = order_;
    for (std::uint32_t begin = 0; begin < from.size(); ++begin) {
      if (from[begin] == begin) continue;
      const Part kept = manifests_[begin];
      std::uint32_t to = begin;
      for (std::uint32_t next = from[to]; next != begin; next = from[to]) {
        manifests_[to] = manifests_[next];
        from[to] = to;
        to = next;
      }
      manifests_[to] = kept;
      from[to] = to;
    }
  }

  // In each run of one symbol the winner shadows the others. Documents neither win nor lose.
  void shadow() {
    const auto same = [&](std::uint32_t a, std::uint32_t b) {
      return manifests_[a].kind == manifests_[b].kind && manifests_[a].name == manifests_[b].name;
    };
    shadower_.assign(manifests_.size(), no_shadower);
    for (std::uint32_t begin = 0; begin < manifests_.size();) {
      std::uint32_t end = begin, best = no_shadower;
      for (; end < manifests_.size() && same(end, begin); ++end)
        if (!manifests_[end].document && (best == no_shadower || registry::wins(manifests_[end], manifests_[best])))
          best = end;
      for (std::uint32_t id = begin; id < end; ++id)
        if (best != no_shadower && id != best && !manifests_[id].document) shadower_[id] = best;
      begin = end;
    }
  }

  template <typename T>
  static Range since(const std::vector<T>& table, std::size_t begin) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(table.size() - begin)};
  }

  // Where the records and text of a part will be: after those of the parts before it.
  template <typename T>
  static Range behind(std::size_t& total, const Span<T>& records) {
    const Range range{static_cast<std::uint32_t>(total), static_cast<std::uint32_t>(records.size)};
    total += records.size;
    return range;
  }

  // The amount by which the offsets in a manifest's records grow.
  Shift shift(std::uint32_t id) const noexcept {
    return {ranges_[id].text.begin - manifests_[id].text_base, ranges_[id].related.begin - manifests_[id].related_base};
  }

  void describe(std::uint32_t id) {
    const Part& m = manifests_[id];
    ManifestRecord& r = records_[id];
    ranges_[id] = {behind(total_.text, Span<char>{m.text.data(), m.text.size()}), behind(total_.related, m.related)};
    const Shift by = shift(id);
    r.name = moved(m.record.name, by);
    r.title = moved(m.record.title, by);
    r.plugin = moved(m.record.plugin, by);
    r.path = moved(m.record.path, by);
    r.description = moved(m.record.description, by);
    r.root = m.record.root;
    r.shadower = shadower_[id];
    r.body = m.record.body;
    r.heads = m.record.heads;
    r.kind = m.record.kind;
    r.layer = m.record.layer;
    r.scope = m.record.scope;
    r.document = m.record.document;
    r.aliases = behind(total_.aliases, m.aliases);
    r.sections = behind(total_.sections, m.sections);
    r.fields = behind(total_.fields, m.fields);
    r.tools = behind(total_.tools, m.tools);
    r.steps = behind(total_.steps, m.steps);
    r.problems = behind(total_.diagnostics, m.diagnostics);
  }

  // Adds text that no part contains, after the text of all parts.
  TextRef add_text(std::string_view text) {
    const TextRef ref = own_text_.add(text);
    return moved(ref, Shift{static_cast<std::uint32_t>(total_.text), 0});
  }

  void bind() {
    for (const registry::Name& name : names_.sorted)
      if (const std::size_t colon = name.name.find(':'); colon != std::string_view::npos)
        if (const auto qualifier = name.name.substr(0, colon); qualifiers_.empty() || qualifiers_.back() != qualifier)
          qualifiers_.push_back(qualifier);
    std::sort(qualifiers_.begin(), qualifiers_.end());
    const Binder binder(manifests_, names_.sorted);
    for (std::uint32_t id = 0; id < manifests_.size(); ++id) {
      bind_references(binder, id);
      bind_symbols(binder, id);
    }
    std::map<std::uint32_t, std::vector<ManifestId>> shadows;
    for (std::uint32_t id = 0; id < shadower_.size(); ++id)
      if (shadower_[id] != no_shadower) shadows[shadower_[id]].push_back(ManifestId{id});
    for (const auto& [winner, losers] : shadows) records_[winner].shadows = add_ids(losers);
  }

  Range add_ids(const std::vector<ManifestId>& ids) {
    const std::size_t begin = ids_.size();
    ids_.insert(ids_.end(), ids.begin(), ids.end());
    return since(ids_, begin);
  }

  void bind_references(const Binder& binder, std::uint32_t id) {
    const std::size_t begin = links_.size();
    if (!manifests_[id].document)
      for (const ReferenceRecord& reference : manifests_[id].references) bind_reference(binder, id, reference);
    const auto key = [](const Link& link) {
      return std::tie(link.line, link.column, link.to, link.strength, link.via);
    };
    std::sort(links_.begin() + static_cast<std::ptrdiff_t>(begin), links_.end(),
              [&](const Link& a, const Link& b) { return key(a) < key(b); });
    records_[id].links = since(links_, begin);
  }

  void bind_reference(const Binder& binder, std::uint32_t id, const ReferenceRecord& reference) {
    const Call call = manifests_[id].call(reference);
    const Binding binding = binder.bind(id, call);
    if (binding.outcome == Binding::Outcome::builtin) return;
    if (binding.outcome == Binding::Outcome::bound) {
      if (is_wrong_kind(id, binding, call))
        add_unbound(id, reference, binding.id == id ? UnboundReason::names_itself : UnboundReason::other_kind);
      if (!is_own(id, binding.id, call))
        links_.push_back({ManifestId{id}, ManifestId{binding.id}, strength_of(id, binding.id, call), call.via,
                          reference.at.line, reference.at.column});
      return;
    }
    const bool fault = is_fault_unbound(call);
    if (binding.outcome == Binding::Outcome::ambiguous)
      add_unbound(id, reference, fault ? UnboundReason::ambiguous : UnboundReason::several);
    else if (fault)
      add_unbound(id, reference, names_itself(id, call) ? UnboundReason::names_itself : UnboundReason::dangling);
  }

  // A skill that shows how to type itself refers to itself; if a command has that name, the command is mentioned.
  Strength strength_of(std::uint32_t from, std::uint32_t to, const Call& call) const {
    const Part& self = manifests_[from];
    const Part& other = manifests_[to];
    const bool typed = call.via == Via::slash && call.strength != Strength::excluded;
    return typed && self.kind == Kind::skill && other.kind == Kind::command && self.name == other.name
               ? Strength::mentioned
               : call.strength;
  }

  // A missing target is a fault only in an order to use something of a stated kind.
  bool is_fault_unbound(const Call& call) const {
    if (!registry::is_explicit(call.via) || !call.kind_known || call.strength > Strength::invoked) return false;
    return call.via == Via::frontmatter || !is_foreign(call.name);
  }

  // Whether an explicit order found something of another kind. A command is fine for a skill: the client accepts both.
  bool is_wrong_kind(std::uint32_t id, const Binding& binding, const Call& call) const {
    if (!binding.other_kind || !registry::is_explicit(call.via) || call.strength > Strength::invoked) return false;
    return binding.id == id || call.kind != Kind::skill || manifests_[binding.id].kind != Kind::command;
  }

  // "other:name" while nothing here is called "other:…": the text may mean a plugin that is elsewhere.
  bool is_foreign(std::string_view name) const {
    const std::size_t colon = name.find(':');
    return colon != std::string_view::npos &&
           !std::binary_search(qualifiers_.begin(), qualifiers_.end(), name.substr(0, colon));
  }

  // Whether a manifest refers to itself, including when another file of its name wins.
  bool is_own(std::uint32_t id, std::uint32_t target, const Call& call) const {
    return target == id || (shadower_[id] == target && names_itself(id, call));
  }

  bool names_itself(std::uint32_t id, const Call& call) const {
    const Part& m = manifests_[id];
    return call.name == m.name || call.name == m.title ||
           std::any_of(m.aliases.begin(), m.aliases.end(), [&](TextRef alias) { return m.shown(alias) == call.name; });
  }

  void add_unbound(std::uint32_t id, const ReferenceRecord& reference, UnboundReason reason) {
    UnboundRecord record;
    record.target = add_text(manifests_[id].called(reference.target));
    record.at = moved(reference.at, Shift{ranges_[id].text.begin, 0});
    record.from = id;
    record.kind = reference.kind;
    record.strength = reference.strength;
    record.via = reference.via;
    record.kind_known = reference.kind_known;
    record.reason = static_cast<std::uint32_t>(reason);
    unbound_.push_back(record);
  }

  void bind_symbols(const Binder& binder, std::uint32_t id) {
    const Part& m = manifests_[id];
    const auto resolve_all = [&](const Span<SymbolRecord>& symbols) {
      std::vector<ManifestId> ids;
      for (const SymbolRecord& symbol : symbols) {
        const std::uint32_t target = binder.bind(id, manifest::kind_of(symbol.kind), m.called(symbol.name));
        if (target != no_shadower && target != id) ids.push_back(ManifestId{target});
      }
      std::sort(ids.begin(), ids.end());
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
      return ids;
    };
    records_[id].conflicts = add_ids(resolve_all(m.group(0)));
    const std::size_t begin = any_groups_.size();
    for (std::size_t group = 1; group < m.groups.size; ++group)
      any_groups_.push_back(add_ids(resolve_all(m.group(group))));
    records_[id].any_groups = since(any_groups_, begin);
  }

  void reverse() {
    reverse_ = links_;
    const auto key = [](const Link& l) { return std::tie(l.to, l.from, l.line, l.column, l.strength, l.via); };
    std::sort(reverse_.begin(), reverse_.end(), [&](const Link& a, const Link& b) { return key(a) < key(b); });
    for (std::uint32_t i = 0; i < reverse_.size();) {
      std::uint32_t end = i;
      while (end < reverse_.size() && reverse_[end].to == reverse_[i].to) ++end;
      records_[index(reverse_[i].to)].reverse_links = {i, end - i};
      i = end;
    }
  }

  void add_names() {
    name_records_.reserve(names_.sorted.size());
    for (const registry::Name& name : names_.sorted) {
      NameRecord record;
      record.name = text_of(name);
      record.id = name.id;
      record.kind = static_cast<std::uint8_t>(name.kind);
      record.alias = name.alias ? 1 : 0;
      name_records_.push_back(record);
    }
  }

  // Most names are views into the text of their part.
  TextRef text_of(const registry::Name& name) {
    const std::string_view text = manifests_[name.id].text;
    if (std::less<>()(name.name.data(), text.data()) || !std::less<>()(name.name.data(), text.data() + text.size()))
      return add_text(name.name);
    return {ranges_[name.id].text.begin + static_cast<std::uint32_t>(name.name.data() - text.data()),
            static_cast<std::uint32_t>(name.name.size())};
  }

  // Copies all parts' records of one kind. Up to the first change they are the same as in the earlier registry.
  template <typename T>
  void copy(tables::BlockWriter& block, std::size_t total, Span<T> Part::*records) const {
    std::vector<T> moved_records;
    block.add_pieces(total * sizeof(T), [&](const auto& add) {
      for (std::uint32_t id = 0; id < manifests_.size(); ++id) {
        Span<T> from = manifests_[id].*records;
        if (const Shift by = shift(id); by.text != 0 || by.related != 0) {
          moved_records.assign(from.begin(), from.end());
          for (T& record : moved_records) record = moved(record, by);
          from = {moved_records.data(), moved_records.size()};
        }
        add({reinterpret_cast<const char*>(from.data), from.size * sizeof(T)});
      }
    });
  }

  std::string write() {
    tables::BlockWriter block(registry_regions);
    block.reserve_for(size());
    block.add(records_);
    copy(block, total_.sections, &Part::sections);
    copy(block, total_.fields, &Part::fields);
    copy(block, total_.aliases, &Part::aliases);
    copy(block, total_.tools, &Part::tools);
    copy(block, total_.steps, &Part::steps);
    block.add_bytes(packed(links_));
    block.add_bytes(packed(reverse_));
    block.add(ids_);
    block.add(any_groups_);
    block.add(name_records_);
    block.add(unbound_);
    copy(block, total_.diagnostics, &Part::diagnostics);
    copy(block, total_.related, &Part::related);
    block.add(ranges_);
    block.add_pieces(total_.text + own_text_.bytes().size(), [&](const auto& add) {
      for (const Part& m : manifests_) add(m.text);
      add(own_text_.bytes());
    });
    return block.take();
  }

  // The size of all regions.
  std::size_t size() const {
    return records_.size() * (sizeof(ManifestRecord) + sizeof(PartRange)) + total_.sections * sizeof(SectionRecord) +
           total_.fields * sizeof(FieldRecord) + total_.aliases * sizeof(TextRef) + total_.tools * sizeof(ToolRecord) +
           total_.steps * sizeof(StepRecord) + 2 * links_.size() * sizeof(Link) + ids_.size() * sizeof(ManifestId) +
           any_groups_.size() * sizeof(Range) + name_records_.size() * sizeof(NameRecord) +
           unbound_.size() * sizeof(UnboundRecord) + total_.diagnostics * sizeof(DiagnosticRecord) +
           total_.related * sizeof(RelatedRecord) + total_.text + own_text_.bytes().size();
  }

  std::vector<std::uint32_t> order_;  // indices of the parts as given, by id
  std::vector<Part> manifests_;       // by id
  std::vector<std::uint32_t> shadower_;
  registry::Names names_;
  std::vector<std::string_view> qualifiers_;  // the text before the first colon of any name, sorted
  Totals total_;
  std::vector<PartRange> ranges_;  // by id
  registry::TextPool own_text_;
  std::vector<ManifestRecord> records_;
  std::vector<Link> links_, reverse_;
  std::vector<ManifestId> ids_;
  std::vector<Range> any_groups_;
  std::vector<NameRecord> name_records_;
  std::vector<UnboundRecord> unbound_;
};

}  // namespace

Registry Registry::build(const std::vector<Manifest>& manifests) {
  registry::PartMaker maker;
  std::vector<Part> parts;
  parts.reserve(manifests.size());
  for (const Manifest& manifest : manifests) {
    const registry::MadePart made = maker.make(manifest);
    parts.push_back(*Part::open(made.shown, made.calls));
  }
  return RegistryTables::build(std::move(parts));
}

Registry RegistryTables::build(std::vector<Part> parts, std::vector<std::uint32_t>* ids) {
  Layout layout(std::move(parts));
  Registry registry = adopt(layout.run());
  if (ids != nullptr) *ids = layout.ids();
  return registry;
}

}  // namespace cascade
