// What the guard knows of other programs and of its own verbs: the rows of this folder's tables, compiled in.
#pragma once

#include <span>
#include <string_view>

namespace cascade::systems {

// An option whose value is the file that is written or the folder that is written into (outputs.tsv).
struct Output {
  std::string_view program, option;
};
std::span<const Output> outputs() noexcept;

// A verb of cascade with the word that makes it loosen something (loosenings.tsv).
struct Loosening {
  std::string_view verb, word;
};
std::span<const Loosening> loosenings() noexcept;

}  // namespace cascade::systems
