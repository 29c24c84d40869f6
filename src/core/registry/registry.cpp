// Answers questions from the tables as they lie in the block, which may come from a file: each read checks its range,
// and numbers out of range give empty answers. So opening costs no pass over the tables, and a damaged file cannot lead
// outside.

#include <algorithm>

#include "manifest/kinds.h"
#include "registry/tables.h"
#include "tables/block.h"
#include "text/names.h"

namespace cascade {
namespace {

bool read_block(Registry::State& state) {
  tables::BlockReader block;
  if (!block.open(state.bytes, registry_regions)) return false;
  std::size_t next = 0;
  const auto read = [&](auto&... tables) { return (block.table(next++, tables) && ...); };
  return read(state.manifests, state.sections, state.fields, state.aliases, state.tools, state.steps, state.links,
              state.reverse_links, state.ids, state.any_groups, state.names, state.unbound, state.diagnostics,
              state.related, state.parts) &&
         block.bytes(next, state.text);
}

const ManifestRecord& record(const Registry::State& state, ManifestId id) noexcept {
  static constexpr ManifestRecord none{};
  return index(id) < state.manifests.size ? state.manifests.data[index(id)] : none;
}

// Callers use ids and enumerations as indices: one that is out of range makes the answer empty.
Span<ManifestId> known_ids(const Registry::State& state, Range range) noexcept {
  const Span<ManifestId> ids = state.read(state.ids, range);
  const bool known = std::ranges::all_of(ids, [&](ManifestId id) { return index(id) < state.manifests.size; });
  return known ? ids : Span<ManifestId>{};
}

Span<Link> known_links(const Registry::State& state, const Span<Link>& links) noexcept {
  const bool known = std::ranges::all_of(links, [&](const Link& link) {
    return index(link.from) < state.manifests.size && index(link.to) < state.manifests.size &&
           link.strength <= Strength::excluded && link.via <= Via::prose;
  });
  return known ? links : Span<Link>{};
}

// Keeps enumerations from an untrusted block in their range.
template <typename E>
E clamp_enum(std::uint32_t value, E last) noexcept {
  return value <= static_cast<std::uint32_t>(last) ? static_cast<E>(value) : last;
}

}  // namespace

Registry::Registry(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<Registry> RegistryTables::open(std::shared_ptr<const void> owner, std::string_view bytes) {
  auto state = std::make_shared<Registry::State>();
  state->owner = std::move(owner);
  state->bytes = bytes;
  if (!read_block(*state)) return Error{ErrorCode::malformed, "the registry's tables do not fit", "", ""};
  return Registry(std::move(state));
}

// The block is longer than a string's inline buffer, so operator new placed it: it is aligned.
Registry RegistryTables::adopt(std::string block) {
  const auto owned = std::make_shared<std::string>(std::move(block));
  Result<Registry> registry = open(owned, *owned);
  assert(registry);
  return std::move(*registry);
}

bool RegistryTables::has_part(const Registry& registry, std::uint32_t id, std::string_view calls) noexcept {
  const Registry::State& s = *registry.state_;
  return id < s.manifests.size && id < s.parts.size && registry::Part::has_calls(calls);
}

std::optional<registry::Part> RegistryTables::part(const Registry& registry, std::uint32_t id,
                                                   std::string_view calls) noexcept {
  const Registry::State& s = *registry.state_;
  registry::Part part;
  if (id >= s.manifests.size || id >= s.parts.size || !part.open_calls(calls)) return std::nullopt;
  const ManifestRecord& r = s.manifests[id];
  part.record = {r.name,  r.title, r.plugin, r.path,  r.description, r.body,
                 r.heads, r.root,  r.kind,   r.layer, r.scope,       r.document};
  part.text_base = s.parts[id].text.begin;
  part.related_base = s.parts[id].related.begin;
  part.text = s.read(TextRef{s.parts[id].text.begin, s.parts[id].text.count});
  part.related = s.read(s.related, s.parts[id].related);
  part.aliases = s.read(s.aliases, r.aliases);
  part.sections = s.read(s.sections, r.sections);
  part.fields = s.read(s.fields, r.fields);
  part.tools = s.read(s.tools, r.tools);
  part.steps = s.read(s.steps, r.steps);
  part.diagnostics = s.read(s.diagnostics, r.problems);
  part.read_record();
  return part;
}

Symbol symbol_of(const ManifestView& manifest) { return {manifest.kind, std::string(manifest.name)}; }

std::size_t Registry::size() const noexcept { return state_->manifests.size; }

ManifestView Registry::operator[](ManifestId id) const noexcept {
  const State& s = *state_;
  const ManifestRecord& r = record(s, id);
  ManifestView view;
  view.id = id;
  view.kind = manifest::kind_of(r.kind);
  view.layer = clamp_enum(r.layer, Layer::command);
  view.scope = clamp_enum(r.scope, Scope::managed);
  view.root = r.root;
  view.sections = static_cast<std::uint32_t>(s.read(s.sections, r.sections).size);
  view.name = s.read(r.name);
  view.title = s.read(r.title);
  view.plugin = s.read(r.plugin);
  view.path = s.read(r.path);
  view.description = s.read(r.description);
  view.body = r.body;
  view.heads = r.heads;
  view.document = r.document != 0;
  return view;
}

SectionView Registry::section(ManifestId id, std::uint32_t position) const noexcept {
  const State& s = *state_;
  const Span<SectionRecord> sections = s.read(s.sections, record(s, id).sections);
  if (position >= sections.size) return {};
  const SectionRecord& r = sections[position];
  SectionView view;
  view.form = clamp_enum(r.form, Form::beginning);
  view.shorter_of = r.shorter_of < sections.size ? r.shorter_of : position;
  view.heading = s.read(r.heading);
  view.path = s.read(r.path);
  view.offset = r.offset;
  view.length = r.length;
  view.content_hash = r.content_hash;
  view.line = r.line;
  view.level = r.level;
  view.cost = r.cost;
  view.cut_cost = {r.cut_tokens, r.cut_chars};
  view.shown_lines = r.shown_lines;
  view.announces = (r.flags & section_announces) != 0;
  view.bare = (r.flags & section_bare) != 0;
  return view;
}

std::uint32_t Registry::whole_sections(ManifestId id) const noexcept {
  const State& s = *state_;
  const Span<SectionRecord> sections = s.read(s.sections, record(s, id).sections);
  std::uint32_t whole = 0;
  for (std::uint32_t i = 0; i < sections.size; ++i)
    whole += sections.data[i].shorter_of == i || sections.data[i].shorter_of >= sections.size ? 1 : 0;
  return whole;
}

std::optional<std::string_view> Registry::field(ManifestId id, std::string_view key) const noexcept {
  const State& s = *state_;
  std::optional<std::string_view> found;
  for (const FieldRecord& field : s.read(s.fields, record(s, id).fields))
    if (s.read(field.key) == key) found = s.read(field.value);  // the last one, as the client treats duplicates
  return found;
}

std::vector<std::string_view> Registry::aliases(ManifestId id) const {
  const State& s = *state_;
  std::vector<std::string_view> found;
  for (const TextRef& alias : s.read(s.aliases, record(s, id).aliases)) found.push_back(s.read(alias));
  return found;
}

// By halves in the sorted names. A manifest's own name stands before equal aliases, so the first one found decides, and
// an alias of several decides nothing.
std::optional<ManifestId> Registry::find(const Symbol& symbol) const {
  const State& s = *state_;
  const auto before = [&](const NameRecord& name, const Symbol& wanted) {
    const Kind kind = manifest::kind_of(name.kind);
    return kind != wanted.kind ? kind < wanted.kind : s.read(name.name) < wanted.name;
  };
  const NameRecord* found = std::lower_bound(s.names.begin(), s.names.end(), symbol, before);
  const auto same = [&](const NameRecord* name) {
    return name != s.names.end() && manifest::kind_of(name->kind) == symbol.kind && s.read(name->name) == symbol.name;
  };
  if (!same(found) || found->id >= size()) return std::nullopt;
  if (found->alias != 0 && same(found + 1)) return std::nullopt;  // an alias of several
  return ManifestId{found->id};
}

// For words that people type: a name of any kind, a symbol, or a path. Linear, and never asked for on the hot path.
std::vector<ManifestId> Registry::candidates(std::string_view text) const {
  const State& s = *state_;
  std::vector<ManifestId> exact, others;
  std::optional<Symbol> symbol = Symbol::parse(text);
  for (const NameRecord& name : s.names) {
    if (name.id >= size()) continue;
    const std::string_view known = s.read(name.name);
    const bool whole = known == text;
    const bool qualified = symbol && manifest::kind_of(name.kind) == symbol->kind && known == symbol->name;
    if (whole || qualified) (name.alias == 0 ? exact : others).push_back(ManifestId{name.id});
  }
  if (exact.empty() && others.empty())
    for (std::uint32_t id = 0; id < size(); ++id)
      if (s.read(s.manifests[id].path) == text) exact.push_back(ManifestId{id});
  std::vector<ManifestId>& found = exact.empty() ? others : exact;
  letters::sort_once(found);
  return found;
}

Span<ManifestId> Registry::shadowed_by(ManifestId winner) const noexcept {
  return known_ids(*state_, record(*state_, winner).shadows);
}

std::optional<ManifestId> Registry::shadowed_in_favour_of(ManifestId id) const noexcept {
  const std::uint32_t winner = index(id) < size() ? record(*state_, id).shadower : 0xffffffffU;
  if (winner >= size()) return std::nullopt;
  return ManifestId{winner};
}

Span<ManifestId> Registry::conflicts(ManifestId id) const noexcept {
  return known_ids(*state_, record(*state_, id).conflicts);
}

Span<Link> Registry::links(ManifestId from) const noexcept {
  return known_links(*state_, state_->read(state_->links, record(*state_, from).links));
}

Span<Link> Registry::links_to(ManifestId to) const noexcept {
  return known_links(*state_, state_->read(state_->reverse_links, record(*state_, to).reverse_links));
}

std::vector<Span<ManifestId>> Registry::requires_any(ManifestId id) const {
  std::vector<Span<ManifestId>> groups;
  for (const Range& group : state_->read(state_->any_groups, record(*state_, id).any_groups))
    groups.push_back(known_ids(*state_, group));
  return groups;
}

std::vector<ChainStepView> Registry::steps(ManifestId id) const {
  const State& s = *state_;
  std::vector<ChainStepView> steps;
  for (const StepRecord& step : s.read(s.steps, record(s, id).steps))
    steps.push_back({step.number, s.read(step.skill), s.read(step.enter), s.read(step.leave), s.read(step.result),
                     step.line, step.column});
  return steps;
}

std::vector<ToolName> Registry::tools(ManifestId id) const {
  const State& s = *state_;
  std::vector<ToolName> tools;
  for (const ToolRecord& tool : s.read(s.tools, record(s, id).tools))
    tools.push_back(
        {std::string(s.read(tool.server)), std::string(s.read(tool.tool)), std::string(s.read(tool.pattern))});
  return tools;
}

}  // namespace cascade
