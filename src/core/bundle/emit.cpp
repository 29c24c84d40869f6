// Turns a packing into text: the head, then for each section its longest chosen form, or one mark for a run of cut
// ones. Only chosen sections are read. A head says "in full" only if nothing of its manifest was cut.
#include "bundle/items.h"

#include <algorithm>
#include <set>
#include <utility>

#include "client/names.h"
#include "manifest/emission.h"

namespace cascade::bundle {
namespace {

using manifest::Follows;

struct Packed {
  const Registry& registry;
  const BundleRequest& request;
  const Items& items;
  const TokenCounter& counter;
  const ReadSection& read;
  std::vector<std::uint8_t> chosen;  // by node

  bool is_chosen(std::uint32_t node) const { return node != no_node && chosen[node] != 0; }
};

void add(Pieces& out, const Node& node, std::string text, const Cost& cost) {
  out.pieces.push_back({node.id, node.section, node.form, node.content_hash, node.value, std::move(text), cost});
}

// All of the manifest is shown, whether or not the conversation holds its card.
bool is_whole(const Packed& packed, const Text& text) {
  return std::ranges::all_of(text.held, [](const Omission& held) { return held.form == Form::card; }) &&
         std::ranges::all_of(text.sections,
                             [&](const SectionNodes& section) { return packed.is_chosen(section.full); });
}

bool shows_text(const Packed& packed, const Text& text) {
  return std::ranges::any_of(
      text.sections, [&](const SectionNodes& section) { return shown_node(packed.chosen, section) != no_node; });
}

void add_head(const Packed& packed, Pieces& out, const Text& text) {
  const bool opens = packed.is_chosen(text.opening);
  if (!opens && text.card_held) return;
  if (opens && text.head_held && !shows_text(packed, text)) return;
  const Follows follows = !opens                   ? Follows::nothing
                          : text.head_held         ? Follows::continued
                          : is_whole(packed, text) ? Follows::all
                                                   : Follows::part;
  add(out, packed.items.nodes[opens ? text.opening : text.card], head_of(packed.registry, text.id, follows),
      cost_of_head(packed.registry, text.id, follows, packed.counter));
}

void add_cut(const Packed& packed, Pieces& out, const Text& text, std::size_t begin, std::size_t end) {
  TokenCount tokens = 0;
  for (std::size_t i = begin; i < end; ++i)
    tokens += packed.registry.section(text.id, text.sections[i].section).cost.tokens;
  const std::uint32_t first = text.sections[begin].section, last = text.sections[end - 1].section;
  std::string mark = manifest::cut_mark(manifest::cut_sections_text(end - begin, tokens),
                                        item_of(packed.registry, text.id, first, last - first));
  const Cost cost = packed.counter.count(mark);
  add(out, packed.items.nodes[text.sections[begin].cut], std::move(mark), cost);
}

// Fills in the skill's folder; the piece then costs as much as its new text. True: the text begins as before.
bool fill_folder(const Packed& packed, Piece& piece) {
  constexpr std::string_view name = client::variables::skill_folder;
  std::size_t at = piece.text.find(name);
  if (at == std::string::npos || !packed.request.folder) return true;
  const bool begins_as_before = at > piece.text.find_first_not_of(" \t");
  const std::string folder = packed.request.folder(piece.id);
  for (; at != std::string::npos; at = piece.text.find(name, at + folder.size()))
    piece.text.replace(at, name.size(), folder);
  piece.cost = packed.counter.count(piece.text);
  return begins_as_before;
}

Result<void> add_text(const Packed& packed, Pieces& out, const Text& text, const Node& node) {
  if (node.form == Form::same) {
    add(out, node, node.text, node.cost);
    return {};
  }
  const std::uint32_t number = packed.registry.section(text.id, node.section).shorter_of;
  auto body = packed.read(packed.registry[text.id], packed.registry.section(text.id, number));
  if (!body) return body.error();
  const bool cut = manifest::is_shorter(node.form);
  std::string shown =
      manifest::shortened(*body, node.form, cut ? item_of(packed.registry, text.id, number, 0) : std::string());
  Piece piece{node.id, node.section, node.form, node.content_hash, node.value, std::move(shown), node.cost};
  if (packed.registry[text.id].kind == Kind::skill && !fill_folder(packed, piece)) out.begin_as_emitted = false;
  out.pieces.push_back(std::move(piece));
  return {};
}

Result<void> add_sections(const Packed& packed, Pieces& out, const Text& text) {
  if (!packed.is_chosen(text.opening) || (text.head_held && !shows_text(packed, text))) return {};
  const std::size_t count = text.sections.size();
  for (std::size_t i = 0; i < count;) {
    const std::uint32_t node = shown_node(packed.chosen, text.sections[i]);
    if (node != no_node) {
      if (auto added = add_text(packed, out, text, packed.items.nodes[node]); !added) return added.error();
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < count && shown_node(packed.chosen, text.sections[i]) == no_node) ++i;
    add_cut(packed, out, text, begin, i);
  }
  return {};
}

// The line above the block, the names that no head explains, and the lists of linked files.
void add_last_block(const Packed& packed, Pieces& out) {
  std::set<ManifestId> explained;  // by their heads
  for (const Text& text : packed.items.texts)
    if (packed.chosen[text.card] != 0) explained.insert(text.id);
  bool above = false;
  const auto add_line = [&](const Node& node, std::string text, const Cost& cost) {
    if (text.empty()) return;
    if (!above)
      add(out, packed.items.nodes[packed.items.names], packed.items.nodes[packed.items.names].text,
          packed.items.nodes[packed.items.names].cost);
    above = true;
    add(out, node, std::move(text), cost);
  };
  for (std::uint32_t number = 0; number < packed.items.nodes.size(); ++number) {
    const Node& node = packed.items.nodes[number];
    if (node.role == Role::name && packed.chosen[number] != 0 && explained.count(node.id) == 0)
      add_line(node, node.text, node.cost);
    if (node.role == Role::word && packed.chosen[number] != 0) add_line(node, node.text, node.cost);
    if (node.role != Role::files || packed.chosen[number] == 0) continue;
    std::string line = files_line(packed.registry, packed.items, number, packed.chosen);
    const Cost cost = line == node.text ? node.cost : packed.counter.count(line);
    add_line(node, std::move(line), cost);
  }
}

void add_files(const Packed& packed, Pieces& out) {
  for (const FileNodes& entry : packed.items.files) {
    out.files.push_back(entry.listed.file);
    if (!packed.is_chosen(entry.node)) continue;
    const Node& node = packed.items.nodes[entry.node];
    out.files.back().packed = true;
    add(out, node, node.text, node.cost);
  }
}

}  // namespace

std::vector<std::uint8_t> chosen_nodes(const Items& items, const Packing& packing) {
  std::vector<std::uint8_t> chosen(items.nodes.size(), 0);
  for (const PackedItem& item : packing.selected) chosen[item.group] = 1;
  return chosen;
}

std::string head_of(const Registry& registry, ManifestId id, Follows follows) {
  const ManifestView view = registry[id];
  const std::vector<ToolName> tools = registry.tools(id);
  return manifest::head({view.kind, view.name, view.description, tools, view.body.tokens}, follows);
}

Cost cost_of_head(const Registry& registry, ManifestId id, Follows follows, const TokenCounter& counter) {
  const ManifestView view = registry[id];
  const Cost& known = follows == Follows::nothing ? view.heads.card
                      : follows == Follows::all   ? view.heads.opening
                      : follows == Follows::part  ? view.heads.part
                                                  : view.heads.continued;
  return known == Cost{} ? counter.count(head_of(registry, id, follows)) : known;
}

std::uint32_t shown_node(const std::vector<std::uint8_t>& chosen, const SectionNodes& section) {
  if (section.full != no_node && chosen[section.full] != 0) return section.full;
  if (section.same != no_node && chosen[section.same] != 0) return section.same;
  for (std::uint32_t node = section.full; node-- > section.begin;)
    if (chosen[node] != 0) return node;
  return no_node;
}

Result<Pieces> emit_pieces(const Registry& registry, const BundleRequest& request, const Items& items,
                           const Packing& packing, const TokenCounter& counter, const ReadSection& read) {
  const Packed packed{registry, request, items, counter, read, chosen_nodes(items, packing)};
  Pieces out;
  for (const Text& text : items.texts) {
    if (packed.chosen[text.card] == 0) continue;
    add_head(packed, out, text);
    if (auto added = add_sections(packed, out, text); !added) return added.error();
  }
  add_files(packed, out);
  add_last_block(packed, out);
  return out;
}

namespace {

std::uint32_t last_below(const Registry& registry, ManifestId id, std::uint32_t section, std::uint32_t whole) {
  const std::uint32_t level = registry.section(id, section).level;
  std::uint32_t last = section;
  while (level != 0 && last + 1 < whole && registry.section(id, last + 1).level > level) ++last;
  return last;
}

}  // namespace

Result<std::string> section_text(const Registry& registry, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further, const ReadSection& read) {
  const std::uint32_t whole = registry.whole_sections(id);
  const std::uint32_t last =
      further ? std::min(whole - 1, section + std::min(*further, whole)) : last_below(registry, id, section, whole);
  std::string text;
  for (std::uint32_t at = section; at <= last && at < whole; ++at) {
    auto body = read(registry[id], registry.section(id, at));
    if (!body) return body.error();
    text += manifest::emitted(*body);
  }
  return text;
}

}  // namespace cascade::bundle
