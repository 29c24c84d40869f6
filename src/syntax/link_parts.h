// Labels, destinations, titles and definitions of Markdown links.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace cascade::syntax {

// Each returns one past its part, which begins at `at`; 0 where none does.
std::size_t link_label_end(std::string_view text, std::size_t at) noexcept;        // "[label]", at most 999 bytes
std::size_t link_destination_end(std::string_view text, std::size_t at) noexcept;  // "<a b>" or "a(b)c"
std::size_t link_title_end(std::string_view text, std::size_t at) noexcept;        // "…", '…' or (…)

// Labels are equal when they are after this: ASCII case folded, white space folded, without brackets.
std::string normalize_label(std::string_view label);
using LinkLabels = std::set<std::string>;

// The length of the link reference definitions that `paragraph` begins with; their labels are added to `labels`.
// `paragraph` has its lines without indentation, joined by LF.
std::size_t take_link_definitions(std::string_view paragraph, LinkLabels& labels);

}  // namespace cascade::syntax
