// Registry::build in these steps: (1) sort the parts by symbol; ids are positions in the sorted order, so equal inputs
// give equal bytes whatever order they came in. (2) Decide which shadow others. (3) Give the records and the text of
// each part their place behind those of the parts before it. (4) Bind the references and the symbols of metadata.
// (5) Turn the links around, list the names. (6) Write the block. Records of an earlier registry are copied as they are
// up to the first change.
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>
#include <type_traits>

#include "client/built_in.h"
#include "manifest/line_words.h"
#include "registry/binding.h"
#include "registry/tables.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::registry {
namespace {

// The amount by which offsets grow, modulo 2^32, so that it can also shrink them.
struct Shift {
  std::uint32_t text = 0, related = 0;
};

TextRef moved(TextRef ref, Shift by) noexcept {
  if (ref.length != 0) ref.offset += by.text;
  return ref;
}

auto texts(SectionRecord& r) { return std::array{&r.heading, &r.path}; }
auto texts(FieldRecord& r) { return std::array{&r.key, &r.value}; }
auto texts(ToolRecord& r) { return std::array{&r.server, &r.tool, &r.pattern}; }
auto texts(StepRecord& r) { return std::array{&r.skill, &r.enter, &r.leave, &r.result}; }
auto texts(PlaceRecord& r) { return std::array{&r.path}; }
auto texts(DiagnosticRecord& r) { return std::array{&r.at.path, &r.rule, &r.message, &r.help, &r.fingerprint}; }
auto texts(RelatedRecord& r) { return std::array{&r.at.path, &r.message}; }

template <typename Record>
Record moved(Record record, Shift by) noexcept {
  for (TextRef* const text : texts(record)) *text = moved(*text, by);
  if constexpr (std::is_same_v<Record, DiagnosticRecord>) record.related.begin += by.related;
  return record;
}

// A Link has padding: its members are written one by one over zeros, so that equal registries are equal bytes.
std::string packed(const std::vector<Link>& links) {
  std::string bytes(links.size() * sizeof(Link), '\0');
  char* at = bytes.data();
  for (const Link& link : links) {
    std::memcpy(at + offsetof(Link, from), &link.from, sizeof(link.from));
    std::memcpy(at + offsetof(Link, to), &link.to, sizeof(link.to));
    std::memcpy(at + offsetof(Link, strength), &link.strength, sizeof(link.strength));
    std::memcpy(at + offsetof(Link, via), &link.via, sizeof(link.via));
    std::memcpy(at + offsetof(Link, line), &link.line, sizeof(link.line));
    std::memcpy(at + offsetof(Link, column), &link.column, sizeof(link.column));
    at += sizeof(Link);
  }
  return bytes;
}

// Text that no part contains. In the registry it follows the text of all parts.
struct OwnText {
  std::uint32_t begin = 0;  // the bytes of all parts
  TextPool pool{};

  TextRef add(std::string_view text) { return moved(pool.add(text), Shift{begin, 0}); }
};

// The number of records that all parts have together in each table.
struct Totals {
  std::size_t sections = 0, fields = 0, aliases = 0, tools = 0, steps = 0, diagnostics = 0, related = 0, text = 0;
};

// All that the block holds, apart from the parts' own records and text.
struct Content {
  Totals total;
  std::vector<PartRange> ranges;          // by id
  std::vector<ManifestRecord> manifests;  // by id
  std::vector<Link> links;                // by manifest, then by place
  std::vector<Link> reverse_links;
  std::vector<UnboundRecord> unbound;  // by manifest, then as the author wrote them
  std::vector<ManifestId> ids;
  std::vector<Range> any_groups;
  std::vector<NameRecord> names;
  OwnText own_text;
};

// The text before the first colon of any name, sorted.
std::vector<std::string_view> qualifiers_of(const std::vector<Name>& names) {
  std::vector<std::string_view> qualifiers;
  for (const Name& name : names) {
    const std::size_t colon = name.name.find(':');
    if (colon == std::string_view::npos) continue;
    const auto qualifier = name.name.substr(0, colon);
    if (qualifiers.empty() || qualifiers.back() != qualifier) qualifiers.push_back(qualifier);
  }
  std::ranges::sort(qualifiers);
  return qualifiers;
}

// Decides what follows from a binding. A bound reference becomes a link, unless it leads to its own manifest. A fault
// is recorded only where the author orders something of a stated kind to be used: prose may name what it likes. A name
// that several manifests share is recorded even in prose, because a bundle must explain it.
struct Judge {
  const std::vector<Part>& manifests;
  const std::vector<std::uint32_t>& shadower;
  const std::vector<std::string_view> qualifiers;

  bool names_itself(std::uint32_t id, const Call& call) const {
    const Part& m = manifests[id];
    return call.name == m.name || call.name == m.title ||
           std::ranges::any_of(m.aliases, [&](TextRef alias) { return m.shown(alias) == call.name; });
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

  // "Use the `log-reader` agent", "run `/ship`": nobody starts it. Of an agent whose kind is told elsewhere on the line
  // the name says that it is one; `Retry-After` is none.
  bool is_missed(const Call& call) const {
    if (call.strength > Strength::invoked || is_foreign(call.name)) return false;
    return (call.named && !client::is_builtin_command(call.name) && !is_client_skill(call.name)) ||
           (call.via == Via::backtick && call.kind == Kind::agent && call.kind_known &&
            manifest::is_role_name(call.name) && manifest::is_distinctive(call.name) &&
            std::ranges::none_of(call.name, letters::is_upper));
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
        if (!is_fault_unbound(call) && !is_missed(call)) return std::nullopt;
        return names_itself(id, call) ? UnboundReason::names_itself : UnboundReason::dangling;
    }
    return std::nullopt;
  }
};

void sort_by_place(std::vector<Link>& links, std::size_t begin) {
  const auto key = [](const Link& link) { return std::tie(link.line, link.column, link.to, link.strength, link.via); };
  std::sort(links.begin() + static_cast<std::ptrdiff_t>(begin), links.end(),
            [&](const Link& a, const Link& b) { return key(a) < key(b); });
}

// Turns the references of all parts into links, and into records of those that found nothing or too much.
void bind_references(Content& content, const std::vector<Part>& parts, const std::vector<std::uint32_t>& shadower,
                     const std::vector<Name>& names, const Binder& binder) {
  const Judge judge{parts, shadower, qualifiers_of(names)};
  for (std::uint32_t id = 0; id < parts.size(); ++id) {
    const std::size_t begin = content.links.size();
    const Span<ReferenceRecord> references = parts[id].document ? Span<ReferenceRecord>() : parts[id].references;
    for (const ReferenceRecord& reference : references) {
      const Call call = parts[id].call(reference);
      const Binding binding = binder.bind(id, call);
      if (const auto fault = judge.fault_of(id, call, binding))
        content.unbound.push_back({content.own_text.add(call.name),
                                   moved(reference.at, Shift{content.ranges[id].text.begin, 0}), id, reference.kind,
                                   reference.strength, reference.via, reference.kind_known,
                                   static_cast<std::uint32_t>(*fault)});
      if (binding.outcome == Binding::Outcome::bound && !judge.is_own(id, binding.id, call))
        content.links.push_back({ManifestId{id}, ManifestId{binding.id}, judge.strength_of(id, binding.id, call),
                                 call.via, reference.at.line, reference.at.column});
    }
    sort_by_place(content.links, begin);
    content.manifests[id].links = {static_cast<std::uint32_t>(begin),
                                   static_cast<std::uint32_t>(content.links.size() - begin)};
  }
}

// Sorts the parts by id. Returns where each was, by id.
std::vector<std::uint32_t> sort(std::vector<Part>& parts) {
  std::vector<std::uint64_t> first;
  first.reserve(parts.size());
  for (const Part& part : parts) first.push_back(first_of(part.kind, part.name));
  const auto key = [&](std::uint32_t part) {
    const Part& m = parts[part];
    return std::tie(first[part], m.name, m.scope, m.root, m.path);
  };
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); };
  std::vector<std::uint32_t> order(parts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, before);
  std::vector<Part> sorted;
  sorted.reserve(parts.size());
  for (const std::uint32_t part : order) sorted.push_back(parts[part]);
  parts = std::move(sorted);
  return order;
}

// In each run of one symbol the winner shadows the others. Documents neither win nor lose.
std::vector<std::uint32_t> find_shadowers(const std::vector<Part>& parts) {
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    return parts[a].kind == parts[b].kind && parts[a].name == parts[b].name;
  };
  std::vector<std::uint32_t> shadower(parts.size(), no_shadower);
  for (std::uint32_t begin = 0; begin < parts.size();) {
    std::uint32_t end = begin, best = no_shadower;
    for (; end < parts.size() && same(end, begin); ++end)
      if (!parts[end].document && (best == no_shadower || wins(parts[end], parts[best]))) best = end;
    for (std::uint32_t id = begin; id < end; ++id)
      if (best != no_shadower && id != best && !parts[id].document) shadower[id] = best;
    begin = end;
  }
  return shadower;
}

// Where the records or the text of a part will be: after those of the parts before it.
template <typename T>
Range behind(std::size_t& total, const Span<T>& records) {
  const Range range{static_cast<std::uint32_t>(total), static_cast<std::uint32_t>(records.size)};
  total += records.size;
  return range;
}

// The amount by which the offsets in a part's records grow.
Shift shift(const Part& part, const PartRange& range) noexcept {
  return {range.text.begin - part.text_base, range.related.begin - part.related_base};
}

ManifestRecord describe(const Part& m, Shift by, Totals& total) {
  ManifestRecord r;
  r.name = moved(m.record.name, by);
  r.title = moved(m.record.title, by);
  r.plugin = moved(m.record.plugin, by);
  r.path = moved(m.record.path, by);
  r.description = moved(m.record.description, by);
  r.root = m.record.root;
  r.body = m.record.body;
  r.heads = m.record.heads;
  r.kind = m.record.kind;
  r.layer = m.record.layer;
  r.scope = m.record.scope;
  r.document = m.record.document;
  r.aliases = behind(total.aliases, m.aliases);
  r.sections = behind(total.sections, m.sections);
  r.fields = behind(total.fields, m.fields);
  r.tools = behind(total.tools, m.tools);
  r.steps = behind(total.steps, m.steps);
  r.problems = behind(total.diagnostics, m.diagnostics);
  return r;
}

// Gives every part its place. What binding adds is still missing.
Content lay_out(const std::vector<Part>& parts, const std::vector<std::uint32_t>& shadower) {
  Content content;
  content.ranges.resize(parts.size());
  content.manifests.resize(parts.size());
  for (std::uint32_t id = 0; id < parts.size(); ++id) {
    const Part& m = parts[id];
    content.ranges[id] = {behind(content.total.text, Span<char>{m.text.data(), m.text.size()}),
                          behind(content.total.related, m.related)};
    content.manifests[id] = describe(m, shift(m, content.ranges[id]), content.total);
    content.manifests[id].shadower = shadower[id];
  }
  content.own_text.begin = static_cast<std::uint32_t>(content.total.text);
  return content;
}

Range add_ids(Content& content, const std::vector<ManifestId>& added) {
  const Range range{static_cast<std::uint32_t>(content.ids.size()), static_cast<std::uint32_t>(added.size())};
  content.ids.insert(content.ids.end(), added.begin(), added.end());
  return range;
}

// Binds the symbols that metadata declares.
void bind_symbols(Content& content, const std::vector<Part>& parts, const Binder& binder) {
  for (std::uint32_t id = 0; id < parts.size(); ++id) {
    const Part& m = parts[id];
    const auto resolve_all = [&](const Span<SymbolRecord>& symbols) {
      std::vector<ManifestId> ids;
      for (const SymbolRecord& symbol : symbols) {
        const std::uint32_t target = binder.bind(id, manifest::kind_of(symbol.kind), m.called(symbol.name));
        if (target != no_shadower && target != id) ids.push_back(ManifestId{target});
      }
      letters::sort_once(ids);
      return ids;
    };
    ManifestRecord& record = content.manifests[id];
    record.conflicts = add_ids(content, resolve_all(m.group(0)));
    record.any_groups.begin = static_cast<std::uint32_t>(content.any_groups.size());
    for (std::size_t group = 1; group < m.groups.size; ++group)
      content.any_groups.push_back(add_ids(content, resolve_all(m.group(group))));
    record.any_groups.count = static_cast<std::uint32_t>(content.any_groups.size()) - record.any_groups.begin;
  }
}

// Lists in each winner's record the manifests that it shadows.
void list_shadows(Content& content, const std::vector<std::uint32_t>& shadower) {
  std::map<std::uint32_t, std::vector<ManifestId>> shadows;
  for (std::uint32_t id = 0; id < shadower.size(); ++id)
    if (shadower[id] != no_shadower) shadows[shadower[id]].push_back(ManifestId{id});
  for (const auto& [winner, losers] : shadows) content.manifests[winner].shadows = add_ids(content, losers);
}

// O(links log links), once; "who calls this" is then a range and not a search.
void reverse_links(Content& content) {
  std::vector<Link>& links = content.reverse_links = content.links;
  const auto key = [](const Link& l) { return std::tie(l.to, l.from, l.line, l.column, l.strength, l.via); };
  std::ranges::sort(links, [&](const Link& a, const Link& b) { return key(a) < key(b); });
  for (std::uint32_t i = 0; i < links.size();) {
    std::uint32_t end = i;
    while (end < links.size() && links[end].to == links[i].to) ++end;
    content.manifests[index(links[i].to)].reverse_links = {i, end - i};
    i = end;
  }
}

// Most names are views into the text of their part.
TextRef text_of(Content& content, const std::vector<Part>& parts, const Name& name) {
  const std::string_view text = parts[name.id].text;
  if (std::less<>()(name.name.data(), text.data()) || !std::less<>()(name.name.data(), text.data() + text.size()))
    return content.own_text.add(name.name);
  return {content.ranges[name.id].text.begin + static_cast<std::uint32_t>(name.name.data() - text.data()),
          static_cast<std::uint32_t>(name.name.size())};
}

void add_names(Content& content, const std::vector<Part>& parts, const std::vector<Name>& names) {
  content.names.reserve(names.size());
  for (const Name& name : names)
    content.names.push_back({text_of(content, parts, name), name.id, static_cast<std::uint8_t>(name.kind), name.alias});
}

// The size of all regions.
std::size_t size_of(const Content& c) {
  return c.manifests.size() * (sizeof(ManifestRecord) + sizeof(PartRange)) + c.total.sections * sizeof(SectionRecord) +
         c.total.fields * sizeof(FieldRecord) + c.total.aliases * sizeof(TextRef) + c.total.tools * sizeof(ToolRecord) +
         c.total.steps * sizeof(StepRecord) + 2 * c.links.size() * sizeof(Link) + c.ids.size() * sizeof(ManifestId) +
         c.any_groups.size() * sizeof(Range) + c.names.size() * sizeof(NameRecord) +
         c.unbound.size() * sizeof(UnboundRecord) + c.total.diagnostics * sizeof(DiagnosticRecord) +
         c.total.related * sizeof(RelatedRecord) + c.total.text + c.own_text.pool.bytes().size();
}

// All regions, in order. `block`: a BlockWriter, BlockPlan or BlockStream.
template <typename Block>
void write(const Content& content, const std::vector<Part>& parts, Block& block) {
  const Totals& total = content.total;
  // Copies all parts' records of one kind. Up to the first change they are the same as in the earlier registry.
  const auto copy = [&]<typename T>(std::size_t count, Span<T> Part::*records) {
    std::vector<T> moved_records;
    block.add_pieces(count * sizeof(T), [&](const auto& add) {
      for (std::uint32_t id = 0; id < parts.size(); ++id) {
        Span<T> from = parts[id].*records;
        if (const Shift by = shift(parts[id], content.ranges[id]); by.text != 0 || by.related != 0) {
          moved_records.assign(from.begin(), from.end());
          for (T& record : moved_records) record = moved(record, by);
          from = {moved_records.data(), moved_records.size()};
        }
        add({reinterpret_cast<const char*>(from.data), from.size * sizeof(T)});
      }
    });
  };
  const auto link = [&](const std::vector<Link>& links) {
    block.add_pieces(links.size() * sizeof(Link), [&](const auto& add) { add(packed(links)); });
  };
  block.add(content.manifests);
  copy(total.sections, &Part::sections);
  copy(total.fields, &Part::fields);
  copy(total.aliases, &Part::aliases);
  copy(total.tools, &Part::tools);
  copy(total.steps, &Part::steps);
  link(content.links);
  link(content.reverse_links);
  block.add(content.ids);
  block.add(content.any_groups);
  block.add(content.names);
  block.add(content.unbound);
  copy(total.diagnostics, &Part::diagnostics);
  copy(total.related, &Part::related);
  block.add(content.ranges);
  const std::string& own_text = content.own_text.pool.bytes();
  block.add_pieces(total.text + own_text.size(), [&](const auto& add) {
    for (const Part& m : parts) add(m.text);
    add(own_text);
  });
}

// `parts`: sorted by id.
Content bind_all(const std::vector<Part>& parts) {
  const std::vector<std::uint32_t> shadower = find_shadowers(parts);
  Content content = lay_out(parts, shadower);
  const Names names = collect_names(parts, shadower);
  const Binder binder(parts, names.sorted);
  bind_references(content, parts, shadower, names.sorted, binder);
  bind_symbols(content, parts, binder);
  list_shadows(content, shadower);
  reverse_links(content);
  add_names(content, parts, names.sorted);
  return content;
}

}  // namespace

Registry build_registry(std::vector<Part> parts, std::vector<std::uint32_t>* ids, const tables::StoreBlock& store) {
  const std::vector<std::uint32_t> order = sort(parts);
  if (ids != nullptr) {
    ids->resize(order.size());
    for (std::uint32_t id = 0; id < order.size(); ++id) (*ids)[order[id]] = id;
  }
  const Content content = bind_all(parts);
  if (store) {
    const auto stored = store([&](const tables::Sink& sink) {
      tables::BlockPlan plan;
      write(content, parts, plan);
      tables::BlockStream block(plan, sink);
      write(content, parts, block);
      block.finish();
    });
    if (stored)
      if (auto registry = RegistryTables::open(stored->owner, stored->bytes)) return *std::move(registry);
  }
  tables::BlockWriter block(registry_regions);
  block.reserve_for(size_of(content));
  write(content, parts, block);
  return RegistryTables::adopt(block.take());
}

}  // namespace cascade::registry

namespace cascade {

// The way of tests and of embedding programs. The program itself goes through parts (RegistryTables::build), which an
// index keeps.
Registry Registry::build(const std::vector<Manifest>& manifests) {
  registry::PartMaker maker;
  std::vector<registry::Part> parts;
  parts.reserve(manifests.size());
  for (const Manifest& manifest : manifests) {
    const registry::MadePart made = maker.make(manifest);
    parts.push_back(*registry::Part::open(made.shown, made.calls));
  }
  return RegistryTables::build(std::move(parts));
}

Registry RegistryTables::build(std::vector<registry::Part> parts, std::vector<std::uint32_t>* ids) {
  return registry::build_registry(std::move(parts), ids, {});
}

}  // namespace cascade
