// Makes the packing problem of a request.
#pragma once

#include <cascade/bundle.h>
#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bundle/linked_files.h"
#include "manifest/head.h"

namespace cascade::bundle {

constexpr std::uint32_t no_node = 0xffffffffU;

// card: the head alone. opening: what a head adds if text follows. cut: the mark for cut sections. form: of a section,
// or the mark Form::same. names: the line above `name` (of a card that is not shown), `word` and `files` lines. files:
// a skill's linked files. file: one of them, packed. heading, quote: from BundleRequest::quotes.
enum class Role : std::uint8_t { card, opening, cut, form, names, name, word, files, file, heading, quote };

// Of the whole text; the problem's item has the difference to `shorter`. `up` leads here. `section`: the record.
struct Node {
  Role role = Role::card;
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::card;
  std::uint64_t content_hash = 0, value = 0;
  Cost cost{};
  std::uint32_t shorter = no_node, up = no_node;
  std::string text{};  // of name and files nodes
};

// The mark for a section's absence, then its forms, [begin, end), up to `full`; `same` is a mark in its place.
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

// How far what is taken goes beyond a limit.
std::uint32_t lacking(std::uint32_t limit, std::uint64_t taken);

// Appends the node and its group, whose item has the difference to `shorter`. Returns its number.
std::uint32_t add_node(Items& items, Node node);

// Reads only the registry's records. `counter` counts what the registry has no count for.
Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter);

// A chosen manifest, in the order of the bundle.
struct Ordered {
  Selected selected;
  std::uint32_t place = 0;  // how many of the same distance are called before it, of whatever layer; 0 for a root
};

// Adds the nodes of these manifests and what they require of each other. Returns the cards of manifests that the roots
// name, which are kept if a request fills its room.
std::vector<std::uint32_t> add_texts(const Registry& registry, const BundleRequest& request,
                                     const TokenCounter& counter, const std::vector<Ordered>& manifests, Items& items);

void add_files(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

// A skill's files that are not packed; empty: all are. Beyond the first six, only names.
std::string files_line(const Registry& registry, const Items& items, std::uint32_t line,
                       const std::vector<std::uint8_t>& chosen);

// A skill's files, none packed. `folder`: where the skill lies.
std::vector<ListedFile> listed_files(const Registry& registry, ManifestId id, const std::string& folder,
                                     const TokenCounter& counter, const ReadFile& read);

// "#!/bin/sh\n# Checks a workbook." -> "Checks a workbook". At most 100 code points; empty: it says nothing.
std::string file_purpose(std::string_view path, std::string_view text);

// Moves the chosen quotes to the bundle's quotes, in the order asked for, and the rest to its left quotes.
void emit_quotes(const BundleRequest& request, const Items& items, const Packing& packing,
                 const std::vector<std::uint8_t>& chosen, Bundle& bundle);

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<LinkedFile> files;
  bool begin_as_emitted = true;  // each begins as manifest::emitted() lets texts begin
};

Result<Pieces> emit_pieces(const Registry& registry, const BundleRequest& request, const Items& items,
                           const Packing& packing, const TokenCounter& counter, const ReadSection& read);

// Returns the form of a section that is shown: the longest chosen node; no_node: none.
std::uint32_t shown_node(const std::vector<std::uint8_t>& chosen, const SectionNodes& section);

std::vector<std::uint8_t> chosen_nodes(const Items& items, const Packing& packing);

// A manifest's head, and what it costs: counted when the manifest was parsed, or here if that was made by hand.
std::string head_of(const Registry& registry, ManifestId id, manifest::Follows follows);
Cost cost_of_head(const Registry& registry, ManifestId id, manifest::Follows follows, const TokenCounter& counter);

// A section, no shorter form, as in a bundle, with `further` ones after it; without that number, with all below it.
Result<std::string> section_text(const Registry& registry, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further, const ReadSection& read);

}  // namespace cascade::bundle
