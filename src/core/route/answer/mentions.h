// The manifests that a prompt calls or refuses by name.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "prompt/part.h"
#include "route/tables.h"

namespace cascade::route {

// "@name" means an agent if there is one, "/name" anything but an agent, "the name skill" a skill.
struct Call {
  std::uint32_t entry = 0;
  bool of_kind = false;  // the entry has the kind that the prompt asks for
};

struct ByteRange {
  std::uint32_t begin = 0, end = 0;
};

struct Mentions {
  std::vector<Call> called;            // in the order of the text; none that is refused as well
  std::vector<std::uint32_t> refused;  // entries, sorted
  std::vector<ByteRange> refused_at;   // their names in the text, which say nothing about its subject; in order

  bool refuses_at(std::uint32_t offset) const noexcept {
    for (const ByteRange& name : refused_at)
      if (offset >= name.begin && offset < name.end) return true;
    return false;
  }
};

// Reads what the person says (prompt/parts.h); orders and names in what is quoted or pasted do not count.
Mentions find_mentions(const Tables& tables, std::string_view text, const std::vector<prompt::Part>& parts);

}  // namespace cascade::route
