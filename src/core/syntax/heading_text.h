// Extracts the visible text of a heading.
#pragma once

#include <string>
#include <string_view>

#include "syntax/link_parts.h"

namespace cascade::syntax {

// Returns the inline text without markup: emphasis, backticks, tags and comments are removed, links and images become
// their text, escapes and common character references become characters, line ends become spaces. `raw` is the
// heading's content; `labels` are the document's link reference definitions. The result is well-formed UTF-8 without
// NUL. Linear.
std::string heading_text(std::string_view raw, const LinkLabels& labels);

}  // namespace cascade::syntax
