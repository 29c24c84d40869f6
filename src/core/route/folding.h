// Text without capitals and accents, which people often leave out when they type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

// A text as the dictionary spells it: small letters without accents ("für" as "fur"), words separated by one space, and
// a space at each end.
struct FoldedText {
  std::string text;
  std::vector<std::uint32_t> offsets;  // by byte of `text`: the offset of its character in the original
};
FoldedText folded(std::string_view text);

}  // namespace cascade::route
