// Renders the cost of texts, for `cascade tokens`.
#pragma once

#include <cascade/render.h>

#include "render/parts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::rendering {

struct CountedText {
  std::string path;  // "-": standard input
  std::uint64_t bytes = 0;
  Cost cost;
};

// Formats text and json (cascade.tokens/1).
Result<std::string> counts(const std::vector<CountedText>& texts, const TokenCounter& counter,
                           const std::optional<TokenModel>& model, Format format, Paint paint);

}  // namespace cascade::rendering
