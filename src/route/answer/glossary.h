// Words of the trade in other languages.
#pragma once

#include <string_view>

namespace cascade::route {

// The English word for one that begins so in German, French, Spanish, Portuguese, Italian, Polish, Russian, Chinese,
// Japanese or Korean: the longest beginning counts, so that endings do no harm. `length`: how many bytes it has. Empty:
// not known. A row of one or more characters without spaces is to be looked up again behind each found word.
std::string_view in_english(std::string_view word, std::size_t& length);

}  // namespace cascade::route
