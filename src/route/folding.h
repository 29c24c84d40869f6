// Text without what people leave out when they type: capitals and accents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

// A text as the dictionary spells it: small letters without accents ("für" as "fur"), everything between words as one
// space, one in front and one behind.
struct FoldedText {
  std::string text;
  std::vector<std::uint32_t> offsets;  // by byte of `text`: where its character stands in what was folded
};
FoldedText folded(std::string_view text);

}  // namespace cascade::route
