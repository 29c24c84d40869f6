// Lists of words that people use for one another.
#pragma once

#include <span>
#include <string_view>

namespace cascade::recall {

// The rows of the tables with these names (synonyms.tsv ...). Without a name of their own:
std::span<const std::string_view> synonym_rows() noexcept;
std::span<const std::string_view> profession_rows() noexcept;
std::span<const std::string_view> everyday_rows() noexcept;
// Topics, whose first word is a name.
std::span<const std::string_view> topic_rows() noexcept;
std::span<const std::string_view> task_rows() noexcept;
// Forms of one word.
std::span<const std::string_view> family_rows() noexcept;
// Products: a row's names, and words that ask for the purpose of these products.
std::span<const std::string_view> product_rows() noexcept;

}  // namespace cascade::recall
