// The packing problem behind a request. Every text that can be in the bundle or not is a group of one item: a head, a
// form of a section (each counted as what it adds to the next shorter one), a mark where sections were cut, a line for
// a manifest that is named and not there. What cannot be in without another is a requirement between groups, so that
// the packer's answer keeps them and its certificate counts them.
#pragma once

#include <cascade/bundle.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::bundle {

constexpr std::uint32_t no_node = 0xffffffffU;

// card: the head alone. opening: what a head says more when text follows. cut: the mark in the place of the section and
// what is cut behind it. form: a form of a section, or a mark that its text stands elsewhere (Form::same). names: the
// line above all `name`, `word` and `files` lines. name: stands for a card that is not there. word: says what a word
// of the text means, whatever is there. files: the line that lists a skill's linked files. file: one of them,
// packed. heading, quote: of BundleRequest::quotes.
enum class Role : std::uint8_t { card, opening, cut, form, names, name, word, files, file, heading, quote };

// `cost` and `value` are those of the whole text; the problem's item has what it adds to the node `shorter`. `up`: the
// node that leads here. `section`: the record of the registry.
struct Node {
  Role role = Role::card;
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::card;
  std::uint64_t content_hash = 0, value = 0;
  Cost cost;
  std::uint32_t shorter = no_node, up = no_node;
  std::string text;  // of names and files
};

// A section that can be shown: the mark for its absence, then its forms, [begin, end); `full` is the last but for a
// mark that stands for it (`same`).
struct SectionNodes {
  std::uint32_t section = 0;
  std::uint32_t cut = no_node, begin = no_node, end = no_node, full = no_node, same = no_node;
};

// One manifest. `opening`: no_node for a card.
struct Text {
  ManifestId id{};
  std::uint32_t card = no_node, opening = no_node;
  bool card_held = false, head_held = false;  // the conversation has it
  std::vector<SectionNodes> sections;
  std::vector<Omission> held;  // what the conversation has of it
};

// `node`: what packs the file; no_node where it is only listed.
struct FileNodes {
  LinkedFile file;
  std::uint32_t node = no_node, line = no_node;
};

// problem.groups[n] stands for nodes[n]; all in the order in which they are emitted.
struct Items {
  std::vector<FileNodes> files;
  std::vector<Text> texts;
  std::vector<Node> nodes;
  PackingProblem problem;
  std::uint32_t names = no_node;
};

// What a piece is known by later: a section's form has a hash of its own.
std::uint64_t hash_of(std::uint64_t content_hash, Form form) noexcept;

// What `cascade show` finds the section by, and `further` ones behind it.
std::string item_of(const Registry& registry, ManifestId id, std::uint32_t section, std::uint32_t further);

// The line above all names, which begins the last block; added once. Its number.
std::uint32_t names_node(Items& items, ManifestId id, const TokenCounter& counter);

// Appends the node and its group; its item has what the node adds to `shorter`. Its number.
std::uint32_t add_node(Items& items, Node node);

}  // namespace cascade::bundle
