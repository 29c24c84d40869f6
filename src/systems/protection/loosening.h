// The verbs of cascade that loosen a guard: the rows of loosenings.tsv, compiled in.
#pragma once

#include <span>
#include <string_view>

namespace cascade::systems {

// A verb with the word that makes it loosen something.
struct Loosening {
  std::string_view verb, word;
};
std::span<const Loosening> loosenings() noexcept;

}  // namespace cascade::systems
