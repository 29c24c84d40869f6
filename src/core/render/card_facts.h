// The facts that `show` reports about one manifest, gathered once for both formats.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace cascade::rendering {

// The lines of a section in its file: from `line` to the line before the next section; `last` 0 means to the end.
struct SectionLines {
  std::uint32_t index = 0, line = 0, last = 0;
  bool contains(std::uint32_t at) const noexcept { return at >= line && (last == 0 || at <= last); }
};

struct CardFacts {
  ManifestView manifest;
  std::vector<SectionLines> sections;               // without shorter forms
  std::vector<std::vector<std::uint32_t>> shorter;  // by section index: its shorter forms
  std::vector<Link> out, in;
  std::vector<Unbound> unbound;
  std::vector<Diagnostic> problems;
};

// With `section`, only the facts in its lines.
CardFacts card_facts(const Registry& registry, ManifestId id, std::optional<std::uint32_t> section);

}  // namespace cascade::rendering
