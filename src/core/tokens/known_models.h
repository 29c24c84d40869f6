// The rows of known_models.tsv.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade {

struct KnownModel {
  std::string_view prefix;
  std::uint32_t per_mille, window;
};
std::span<const KnownModel> known_models() noexcept;

}  // namespace cascade
