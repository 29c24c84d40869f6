// A good selection at once: open the group that pays best with all that it brings, then fill up.
#pragma once

#include "budget/model.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// What one unit of each dimension is taken to cost when value is weighed against it; any numbers below 2^32.
using Prices = std::vector<std::uint64_t>;
Prices even_prices(const Model& model);  // a full budget of any dimension costs the same

// Extends `start`, which must be valid and fit, and returns something at least as good that is valid and fits.
// O(rounds * candidates); a round evaluates again only candidates that still look best.
Selection extend(const Model& model, const Selection& start, const Prices& prices);

}  // namespace cascade::budget
