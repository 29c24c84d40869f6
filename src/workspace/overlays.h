// cascade.triggers.yaml at a root: phrases that a library's owner adds for its manifests
// (docs/formats/triggers-yaml.md).
#pragma once

#include <cascade/route.h>

#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "workspace/roots.h"

namespace cascade::workspace {

constexpr std::string_view overlay_name = "cascade.triggers.yaml";
constexpr std::uint64_t max_overlay_bytes = 64u << 10;

struct Overlays {
  std::vector<Overlay> overlays;    // in the order of roots and lines
  std::vector<std::string> faults;  // "cascade.triggers.yaml:3:1: what"; what is faulty is left out
  std::string text;                 // of all files: an index depends on it
};

// A file that is missing is no fault; one that is too large, or no map, is left out as a whole.
Overlays read_overlays(const files::Tree& tree, const std::vector<SourceRoot>& roots);

// `path` is for messages.
void parse_overlay(std::string_view text, const std::string& path, Overlays& into);

}  // namespace cascade::workspace
