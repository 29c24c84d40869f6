// Words of other languages that people use for what projects remember; the router's own glossary has those of its
// trade.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::recall {

// What stands in the text, as English words, each with where it begins. Linear in the text and the table.
struct ForeignWord {
  std::uint32_t offset = 0;
  std::string_view english;
};
std::vector<ForeignWord> foreign_words(std::string_view text);

}  // namespace cascade::recall
