// The packing problem behind a request: each selected manifest a group, each of its sections an item.
#pragma once

#include <cascade/bundle.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::bundle {

// What one item stands for. `text` is set for heads only; sections are read when they are chosen.
struct Candidate {
  std::uint32_t section = 0;
  Form form = Form::section;
  std::uint64_t content_hash = 0, value = 0;
  Cost cost;
  std::string text;
};

// One selected manifest. items[0] is the head. `loaded`: what the conversation already holds and is no item.
// `emit_head` is false when the conversation holds the head and everything that could follow it.
struct Group {
  ManifestId id{};
  std::vector<Candidate> items, loaded;
  bool emit_head = true;
};

// problem.groups[g].items[i] stands for groups[g].items[i]; both orders are canonical.
struct Items {
  std::vector<Group> groups;
  PackingProblem problem;
};

// Reads nothing but the registry's records. `counter` counts the heads.
Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter);

}  // namespace cascade::bundle
