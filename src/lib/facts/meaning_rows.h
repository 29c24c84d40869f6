// The rows of meaning_of_prompts.tsv and meaning_of_facts.tsv, each as one text, and the number of the version.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::recall {

std::string_view rows_of_prompts() noexcept;
std::string_view rows_of_facts() noexcept;
std::span<const std::uint32_t> meaning_versions() noexcept;  // one

}  // namespace cascade::recall
