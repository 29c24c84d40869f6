// Makes the packing problem of a request.
#pragma once

#include <cascade/bundle.h>
#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bundle/linked_files.h"

namespace cascade::bundle {

constexpr std::uint32_t no_node = 0xffffffffU;

// card: the head alone. opening: what a head adds if text follows. cut: the mark for a cut section and those cut after
// it. form: a form of a section, or a mark that its text is elsewhere (Form::same). names: the line above all `name`,
// `word` and `files` lines. name: replaces a card that is not shown. word: explains a word of the text, whatever else
// is shown. files: the line that lists a skill's linked files. file: one of them, packed. heading, quote: from
// BundleRequest::quotes.
enum class Role : std::uint8_t { card, opening, cut, form, names, name, word, files, file, heading, quote };

// `cost` and `value` are those of the whole text; the problem's item has the difference to the node `shorter`. `up`:
// the node that leads here. `section`: the registry's record.
struct Node {
  Role role = Role::card;
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::card;
  std::uint64_t content_hash = 0, value = 0;
  Cost cost;
  std::uint32_t shorter = no_node, up = no_node;
  std::string text;  // of name and files nodes
};

// A section that can be shown: the mark for its absence, then its forms, [begin, end); `full` is the last of them,
// except for a mark that replaces it (`same`).
struct SectionNodes {
  std::uint32_t section = 0;
  std::uint32_t cut = no_node, begin = no_node, end = no_node, full = no_node, same = no_node;
};

// One manifest. `opening`: no_node for a card.
struct Text {
  ManifestId id{};
  std::uint32_t card = no_node, opening = no_node;
  bool card_held = false, head_held = false;  // the conversation already holds it
  std::vector<SectionNodes> sections;
  std::vector<Omission> held;  // the parts of it that the conversation holds
};

// `node`: the packed file; no_node: it is only listed.
struct FileNodes {
  ListedFile listed;
  std::uint32_t node = no_node, line = no_node;
};

// problem.groups[n] belongs to nodes[n]; all in the order of emission.
struct Items {
  std::vector<FileNodes> files;
  std::vector<Text> texts;
  std::vector<Node> nodes;
  PackingProblem problem;
  std::uint32_t names = no_node;
};

// Returns how `cascade show` finds the section, and `further` ones after it.
std::string item_of(const Registry& registry, ManifestId id, std::uint32_t section, std::uint32_t further);

// Returns the number of the line above all names, which begins the last block; adds it once.
std::uint32_t names_node(Items& items, ManifestId id, const TokenCounter& counter);

// Appends the node and its group, whose item has the difference to `shorter`. Returns its number.
std::uint32_t add_node(Items& items, Node node);

// Reads only the registry's records. `counter` counts what the registry has no count for.
Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter);

// Texts from elsewhere as items for the packer, next to the sections.

// Each quote is a group that a root may bring and that needs its heading. REQUIRES: the nodes of the sections exist.
void add_quotes(const BundleRequest& request, const TokenCounter& counter, Items& items);

// Moves the chosen quotes to the bundle's quotes, in the order asked for, and the rest to its left quotes. `chosen`:
// by node.
void emit_quotes(const BundleRequest& request, const Items& items, const Packing& packing,
                 const std::vector<std::uint8_t>& chosen, Bundle& bundle);

// Turns a packing into pieces: texts, read and shortened; heads that say how much follows; marks that say what was
// cut.

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<LinkedFile> files;
  bool begin_as_emitted = true;  // each begins as manifest::emitted() lets texts begin
};

// Costs at most as much as the packing; less if a mark or a head came out shorter than its upper estimate.
Result<Pieces> emit_pieces(const Registry& registry, const BundleRequest& request, const Items& items,
                           const Packing& packing, const TokenCounter& counter, const ReadSection& read);

// Returns the form of a section that is shown: the longest chosen node; no_node: none.
std::uint32_t shown_node(const std::vector<std::uint8_t>& chosen, const SectionNodes& section);

// Returns which nodes the packing chose.
std::vector<std::uint8_t> chosen_nodes(const Items& items, const Packing& packing);

// The text that a mark stands for, as `cascade show X#Section` prints it.

// Returns the section as a whole, as in a bundle, with `further` sections after it; without that number, with all
// sections below it. REQUIRES: `section` is one of the manifest's own, not a shorter form.
Result<std::string> section_text(const Registry& registry, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further, const ReadSection& read);

}  // namespace cascade::bundle
