// Decimal numbers such as "2.5" and "1e3", without a locale.
#pragma once

#include <optional>
#include <string_view>

namespace cascade::letters {

// Nothing if the whole text is not one number, or it is too large for a double.
std::optional<double> decimal(std::string_view text);

}  // namespace cascade::letters
