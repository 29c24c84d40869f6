// Reads the files that a library's owner adds at its root for the router: phrases for manifests in
// cascade.triggers.yaml (docs/formats/triggers-yaml.md), and prompts with answers in cascade.prompts
// (docs/formats/prompts-file.md).
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
constexpr std::string_view prompts_name = "cascade.prompts";
constexpr std::uint64_t max_prompts_bytes = 512u << 10;

struct Overlays {
  std::vector<Overlay> overlays;       // in the order of roots and lines
  std::vector<KnownPrompt> kept_back;  // every third prompt of a manifest, and every third that needs none
  std::vector<std::string> faults;     // "/p/cascade.triggers.yaml:3:1: what"; what is faulty is left out
  std::string text;                    // of all files, since an index depends on it
};

// A missing file is not a fault. A file that is too large or not a map is left out as a whole.
Overlays read_overlays(const files::Tree& tree, const std::vector<SourceRoot>& roots);

// `path` is for messages.
void parse_overlay(std::string_view text, const std::string& path, Overlays& into);
// The prompts that are not kept back teach, as phrases do.
void parse_own_prompts(std::string_view text, const std::string& path, Overlays& into);

}  // namespace cascade::workspace
