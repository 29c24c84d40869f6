// Turns a packing into text, manifest by manifest: the head, then for each section its longest chosen form, or one
// mark for a run of sections that were cut. Sections are read only now, and only the chosen ones, because reading and
// shortening costs more than packing. A head says "in full" only if nothing of its manifest was cut.
#include "bundle/emit.h"

#include "bundle/file_nodes.h"
#include "client/names.h"
#include "manifest/emission.h"
#include "manifest/head.h"
#include "manifest/mark.h"
#include "manifest/shorten.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cascade::bundle {
namespace {

using manifest::Follows;

class Emission {
 public:
  Emission(const Registry& registry, const BundleRequest& request, const Items& items, const Packing& packing,
           const TokenCounter& counter, const ReadSection& read)
      : registry_(registry),
        request_(request),
        items_(items),
        counter_(counter),
        read_(read),
        chosen_(chosen_nodes(items, packing)) {}

  Result<Pieces> run() {
    for (const Text& text : items_.texts) {
      if (chosen_[text.card] == 0) continue;
      there_.insert(index(text.id));
      add_head(text);
      if (auto added = add_sections(text); !added) return added.error();
    }
    add_files();
    add_names();
    return std::move(out_);
  }

 private:
  bool is_chosen(std::uint32_t node) const { return node != no_node && chosen_[node] != 0; }

  void add(const Node& node, std::string text, const Cost& cost) {
    out_.pieces.push_back({node.id, node.section, node.form, node.content_hash, node.value, std::move(text), cost});
  }

  // Whether the head may say "in full": all of the manifest is shown.
  bool is_whole(const Text& text) const {
    return text.held.empty() && std::all_of(text.sections.begin(), text.sections.end(),
                                            [&](const SectionNodes& section) { return is_chosen(section.full); });
  }

  bool shows_text(const Text& text) const {
    return std::any_of(text.sections.begin(), text.sections.end(),
                       [&](const SectionNodes& section) { return shown_node(chosen_, section) != no_node; });
  }

  void add_head(const Text& text) {
    const bool opens = is_chosen(text.opening);
    if (!opens && text.card_held) return;
    if (opens && text.head_held && !shows_text(text)) return;
    const Follows follows = !opens           ? Follows::nothing
                            : text.head_held ? Follows::continued
                            : is_whole(text) ? Follows::all
                                             : Follows::part;
    const ManifestView view = registry_[text.id];
    const std::vector<ToolName> tools = registry_.tools(text.id);
    std::string head = manifest::head({view.kind, view.name, view.description, tools, view.body.tokens}, follows);
    const Cost& known = follows == Follows::nothing ? view.heads.card
                        : follows == Follows::all   ? view.heads.opening
                        : follows == Follows::part  ? view.heads.part
                                                    : view.heads.continued;
    const Cost cost = known == Cost{} ? counter_.count(head) : known;
    add(items_.nodes[opens ? text.opening : text.card], std::move(head), cost);
  }

  Result<void> add_sections(const Text& text) {
    if (!is_chosen(text.opening) || (text.head_held && !shows_text(text))) return {};
    const std::size_t count = text.sections.size();
    for (std::size_t i = 0; i < count;) {
      const std::uint32_t node = shown_node(chosen_, text.sections[i]);
      if (node != no_node) {
        if (auto added = add_text(text, items_.nodes[node]); !added) return added.error();
        ++i;
        continue;
      }
      const std::size_t begin = i;
      while (i < count && shown_node(chosen_, text.sections[i]) == no_node) ++i;
      add_cut(text, begin, i);
    }
    return {};
  }

  // Adds one mark for a run of cut sections.
  void add_cut(const Text& text, std::size_t begin, std::size_t end) {
    TokenCount tokens = 0;
    for (std::size_t i = begin; i < end; ++i)
      tokens += registry_.section(text.id, text.sections[i].section).cost.tokens;
    const std::uint32_t first = text.sections[begin].section, last = text.sections[end - 1].section;
    std::string mark = manifest::cut_mark(manifest::cut_sections_text(end - begin, tokens),
                                          item_of(registry_, text.id, first, last - first));
    const Cost cost = counter_.count(mark);
    add(items_.nodes[text.sections[begin].cut], std::move(mark), cost);
  }

  Result<void> add_text(const Text& text, const Node& node) {
    if (node.form == Form::same) {
      add(node, node.text, node.cost);
      return {};
    }
    const std::uint32_t number = registry_.section(text.id, node.section).shorter_of;
    auto body = read_(registry_[text.id], registry_.section(text.id, number));
    if (!body) return body.error();
    const bool cut = manifest::is_shorter(node.form);
    std::string shown =
        manifest::shortened(*body, node.form, cut ? item_of(registry_, text.id, number, 0) : std::string());
    Piece piece{node.id, node.section, node.form, node.content_hash, node.value, std::move(shown), node.cost};
    if (registry_[text.id].kind == Kind::skill && !fill_folder(piece)) out_.begin_as_emitted = false;
    out_.pieces.push_back(std::move(piece));
    return {};
  }

  // Fills in the skill's folder; the piece then costs as much as its new text. Returns whether the text begins as
  // before.
  bool fill_folder(Piece& piece) const {
    constexpr std::string_view name = client::variables::skill_folder;
    std::size_t at = piece.text.find(name);
    if (at == std::string::npos || !request_.folder) return true;
    const bool begins_as_before = at > piece.text.find_first_not_of(" \t");
    const std::string folder = request_.folder(piece.id);
    for (; at != std::string::npos; at = piece.text.find(name, at + folder.size()))
      piece.text.replace(at, name.size(), folder);
    piece.cost = counter_.count(piece.text);
    return begins_as_before;
  }

  // Adds the last block: the line above it, the names, and the lists of linked files.
  void add_names() {
    bool above = false;
    const auto add_line = [&](const Node& node, std::string text, const Cost& cost) {
      if (text.empty()) return;
      if (!above) add(items_.nodes[items_.names], items_.nodes[items_.names].text, items_.nodes[items_.names].cost);
      above = true;
      add(node, std::move(text), cost);
    };
    for (std::uint32_t number = 0; number < items_.nodes.size(); ++number) {
      const Node& node = items_.nodes[number];
      if (node.role == Role::name && is_needed(number)) add_line(node, node.text, node.cost);
      if (node.role == Role::word && chosen_[number] != 0) add_line(node, node.text, node.cost);
      if (node.role != Role::files || chosen_[number] == 0) continue;
      std::string line = files_line(registry_, items_, number, chosen_);
      const Cost cost = line == node.text ? node.cost : counter_.count(line);
      add_line(node, std::move(line), cost);
    }
  }

  void add_files() {
    for (const FileNodes& entry : items_.files) {
      out_.files.push_back(entry.file);
      if (!is_chosen(entry.node)) continue;
      const Node& node = items_.nodes[entry.node];
      out_.files.back().packed = true;
      add(node, node.text, node.cost);
    }
  }

  bool is_needed(std::uint32_t number) const {
    return chosen_[number] != 0 && there_.count(index(items_.nodes[number].id)) == 0;
  }

  const Registry& registry_;
  const BundleRequest& request_;
  const Items& items_;
  const TokenCounter& counter_;
  const ReadSection& read_;
  std::vector<std::uint8_t> chosen_;
  std::set<std::uint32_t> there_;  // manifests whose head is shown
  Pieces out_;
};

}  // namespace

std::vector<std::uint8_t> chosen_nodes(const Items& items, const Packing& packing) {
  std::vector<std::uint8_t> chosen(items.nodes.size(), 0);
  for (const PackedItem& item : packing.selected) chosen[item.group] = 1;
  return chosen;
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
  return Emission(registry, request, items, packing, counter, read).run();
}

}  // namespace cascade::bundle
