// Registry::build: sort, decide who shadows whom, bind, lay out.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "registry/binding.h"
#include "registry/precedence.h"
#include "registry/tables.h"
#include "tables/block.h"

namespace cascade {
namespace {

using registry::Binder;
using registry::Binding;
using registry::no_shadower;

// Text once, however often it is used.
class TextPool {
 public:
  TextRef add(std::string_view text) {
    if (text.empty()) return {};
    const auto found = known_.find(std::string(text));
    if (found != known_.end()) return found->second;
    const TextRef ref{static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())};
    bytes_.append(text);
    known_.emplace(std::string(text), ref);
    return ref;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string, TextRef> known_;
};

// A Link has padding: its bytes are written member by member over zeros, so that equal registries are equal bytes.
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

class Layout {
 public:
  explicit Layout(std::vector<Manifest> manifests) : manifests_(std::move(manifests)) {}

  std::string run() {
    sort();
    shadow();
    names_ = registry::collect_names(manifests_, shadower_);
    records_.resize(manifests_.size());
    for (std::uint32_t id = 0; id < manifests_.size(); ++id) describe(id);
    bind();
    reverse();
    add_names();
    return write();
  }

 private:
  void sort() {
    const auto key = [](const Manifest& m) { return std::tie(m.symbol.kind, m.symbol.name, m.scope, m.root, m.path); };
    std::sort(manifests_.begin(), manifests_.end(),
              [&](const Manifest& a, const Manifest& b) { return key(a) < key(b); });
  }

  // Within each run of one symbol the winner shadows the others. Documents neither win nor lose.
  void shadow() {
    shadower_.assign(manifests_.size(), no_shadower);
    for (std::uint32_t begin = 0; begin < manifests_.size();) {
      std::uint32_t end = begin, best = no_shadower;
      for (; end < manifests_.size() && manifests_[end].symbol == manifests_[begin].symbol; ++end)
        if (!manifests_[end].document && (best == no_shadower || registry::wins(manifests_[end], manifests_[best])))
          best = end;
      for (std::uint32_t id = begin; id < end; ++id)
        if (best != no_shadower && id != best && !manifests_[id].document) shadower_[id] = best;
      begin = end;
    }
  }

  PlaceRecord place(const Location& at) { return {text_.add(at.path), at.line, at.column, at.end_line, at.end_column}; }

  template <typename T>
  static Range since(const std::vector<T>& table, std::size_t begin) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(table.size() - begin)};
  }

  void describe(std::uint32_t id) {
    const Manifest& m = manifests_[id];
    ManifestRecord& r = records_[id];
    r.name = text_.add(m.symbol.name);
    r.title = text_.add(m.title);
    r.plugin = text_.add(m.plugin);
    r.path = text_.add(m.path);
    r.description = text_.add(m.description);
    r.root = m.root;
    r.shadower = shadower_[id];
    r.body = m.body;
    r.kind = static_cast<std::uint8_t>(m.symbol.kind);
    r.layer = static_cast<std::uint8_t>(m.layer);
    r.scope = static_cast<std::uint8_t>(m.scope);
    r.document = m.document ? 1 : 0;
    std::size_t begin = aliases_.size();
    for (const std::string& alias : m.aliases) aliases_.push_back(text_.add(alias));
    r.aliases = since(aliases_, begin);
    begin = sections_.size();
    for (const Section& s : m.sections)
      sections_.push_back({s.offset, s.length, s.content_hash, text_.add(s.heading), text_.add(s.path), s.shorter_of,
                           s.line, s.level, s.cost, static_cast<std::uint32_t>(s.form)});
    r.sections = since(sections_, begin);
    begin = fields_.size();
    for (const Field& f : m.fields) fields_.push_back({text_.add(f.key), text_.add(f.value)});
    r.fields = since(fields_, begin);
    begin = tools_.size();
    for (const ToolName& t : m.tools) tools_.push_back({text_.add(t.server), text_.add(t.tool), text_.add(t.pattern)});
    r.tools = since(tools_, begin);
    begin = diagnostics_.size();
    for (const Diagnostic& d : m.problems) add_diagnostic(d);
    r.problems = since(diagnostics_, begin);
  }

  void add_diagnostic(const Diagnostic& d) {
    const std::size_t begin = related_.size();
    for (const Related& other : d.related) related_.push_back({place(other.at), text_.add(other.message)});
    diagnostics_.push_back({place(d.at), text_.add(d.rule), text_.add(d.message), text_.add(d.help),
                            text_.add(d.fingerprint), since(related_, begin), static_cast<std::uint32_t>(d.severity)});
  }

  void bind() {
    for (const registry::Name& name : names_)
      if (const std::size_t colon = name.name.find(':'); colon != std::string::npos)
        qualifiers_.insert(name.name.substr(0, colon));
    const Binder binder(manifests_, names_);
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
    std::vector<Link> found;
    if (!manifests_[id].document) {
      for (const Reference& reference : manifests_[id].references) {
        const Binding binding = binder.bind(id, reference);
        if (binding.outcome == Binding::Outcome::builtin) continue;
        if (binding.outcome == Binding::Outcome::bound) {
          if (is_wrong_kind(id, binding, reference))
            add_unbound(id, reference, binding.id == id ? UnboundReason::names_itself : UnboundReason::other_kind);
          if (!is_own(id, binding.id, reference))
            found.push_back({ManifestId{id}, ManifestId{binding.id}, reference.strength, reference.via,
                             reference.at.line, reference.at.column});
          continue;
        }
        // Only an order to use something of a stated kind is a fault when there is no such thing.
        if (!registry::is_explicit(reference.via) || !reference.kind_known || reference.strength > Strength::invoked)
          continue;
        if (reference.via != Via::frontmatter && is_foreign(reference.target.name)) continue;
        if (binding.outcome == Binding::Outcome::ambiguous)
          add_unbound(id, reference, UnboundReason::ambiguous);
        else
          add_unbound(id, reference,
                      names_itself(id, reference) ? UnboundReason::names_itself : UnboundReason::dangling);
      }
    }
    const auto key = [](const Link& link) {
      return std::tie(link.line, link.column, link.to, link.strength, link.via);
    };
    std::sort(found.begin(), found.end(), [&](const Link& a, const Link& b) { return key(a) < key(b); });
    const std::size_t begin = links_.size();
    links_.insert(links_.end(), found.begin(), found.end());
    records_[id].links = since(links_, begin);
  }

  // Whether an explicit order found something of another kind. A skill may be a command: the client takes both.
  bool is_wrong_kind(std::uint32_t id, const Binding& binding, const Reference& reference) const {
    if (!binding.other_kind || !registry::is_explicit(reference.via) || reference.strength > Strength::invoked)
      return false;
    return binding.id == id || reference.target.kind != Kind::skill ||
           manifests_[binding.id].symbol.kind != Kind::command;
  }

  // "other:name" where nothing here is called "other:…": a text may speak of a plugin that lies elsewhere.
  bool is_foreign(const std::string& name) const {
    const std::size_t colon = name.find(':');
    return colon != std::string::npos && qualifiers_.count(name.substr(0, colon)) == 0;
  }

  // A manifest that speaks of itself, also where another file of its name is the one that counts.
  bool is_own(std::uint32_t id, std::uint32_t target, const Reference& reference) const {
    return target == id || (shadower_[id] == target && names_itself(id, reference));
  }

  bool names_itself(std::uint32_t id, const Reference& reference) const {
    const Manifest& m = manifests_[id];
    const std::string& name = reference.target.name;
    return name == m.symbol.name || name == m.title ||
           std::find(m.aliases.begin(), m.aliases.end(), name) != m.aliases.end();
  }

  void add_unbound(std::uint32_t id, const Reference& reference, UnboundReason reason) {
    UnboundRecord record;
    record.target = text_.add(reference.target.name);
    record.at = place(reference.at);
    record.from = id;
    record.kind = static_cast<std::uint8_t>(reference.target.kind);
    record.strength = static_cast<std::uint8_t>(reference.strength);
    record.via = static_cast<std::uint8_t>(reference.via);
    record.kind_known = reference.kind_known ? 1 : 0;
    record.reason = static_cast<std::uint32_t>(reason);
    unbound_.push_back(record);
  }

  void bind_symbols(const Binder& binder, std::uint32_t id) {
    const Manifest& m = manifests_[id];
    const auto resolve_all = [&](const std::vector<Symbol>& symbols) {
      std::vector<ManifestId> ids;
      for (const Symbol& symbol : symbols) {
        const std::uint32_t target = binder.bind(id, symbol);
        if (target != no_shadower && target != id) ids.push_back(ManifestId{target});
      }
      std::sort(ids.begin(), ids.end());
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
      return ids;
    };
    records_[id].conflicts = add_ids(resolve_all(m.conflicts));
    const std::size_t begin = any_groups_.size();
    for (const std::vector<Symbol>& group : m.requires_any) any_groups_.push_back(add_ids(resolve_all(group)));
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
    for (const registry::Name& name : names_) {
      NameRecord record;
      record.name = text_.add(name.name);
      record.id = name.id;
      record.kind = static_cast<std::uint8_t>(name.kind);
      record.alias = name.alias ? 1 : 0;
      name_records_.push_back(record);
    }
  }

  std::string write() {
    tables::BlockWriter block(registry_regions);
    block.add(records_);
    block.add(sections_);
    block.add(fields_);
    block.add(aliases_);
    block.add(tools_);
    block.add_bytes(packed(links_));
    block.add_bytes(packed(reverse_));
    block.add(ids_);
    block.add(any_groups_);
    block.add(name_records_);
    block.add(unbound_);
    block.add(diagnostics_);
    block.add(related_);
    block.add_bytes(text_.bytes());
    return block.take();
  }

  std::vector<Manifest> manifests_;
  std::vector<std::uint32_t> shadower_;
  std::vector<registry::Name> names_;
  std::set<std::string> qualifiers_;  // what stands before the first colon of any name
  TextPool text_;
  std::vector<ManifestRecord> records_;
  std::vector<SectionRecord> sections_;
  std::vector<FieldRecord> fields_;
  std::vector<TextRef> aliases_;
  std::vector<ToolRecord> tools_;
  std::vector<Link> links_, reverse_;
  std::vector<ManifestId> ids_;
  std::vector<Range> any_groups_;
  std::vector<NameRecord> name_records_;
  std::vector<UnboundRecord> unbound_;
  std::vector<DiagnosticRecord> diagnostics_;
  std::vector<RelatedRecord> related_;
};

}  // namespace

Registry Registry::build(std::vector<Manifest> manifests) {
  return RegistryTables::adopt(Layout(std::move(manifests)).run());
}

}  // namespace cascade
