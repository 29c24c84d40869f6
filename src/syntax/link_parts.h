// Labels, destinations, titles and definitions of Markdown links.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace cascade::syntax {

// Each returns one past the part that begins at `at`, or 0 if none does.
std::size_t link_label_end(std::string_view text, std::size_t at) noexcept;        // "[label]", at most 999 bytes
std::size_t link_destination_end(std::string_view text, std::size_t at) noexcept;  // "<a b>" or "a(b)c"
std::size_t link_title_end(std::string_view text, std::size_t at) noexcept;        // "…", '…' or (…)

// Two labels are equal if they are equal after this: ASCII case and white space folded, brackets removed.
std::string normalize_label(std::string_view label);
using LinkLabels = std::set<std::string>;

// Returns the length of the link reference definitions at the start of `paragraph` and adds their labels to `labels`.
// `paragraph` holds its lines without indentation, joined by LF.
std::size_t take_link_definitions(std::string_view paragraph, LinkLabels& labels);

}  // namespace cascade::syntax
