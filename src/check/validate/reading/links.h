// The targets of links in a Markdown text.
#pragma once

#include "validate/reading/text_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// `target`: without <>, title, escapes and percent signs, split into path and fragment. `begin`, `end`: of the target
// as written, in bytes of the text.
struct Link {
  std::string path, fragment;
  std::string written;
  std::size_t begin = 0, end = 0;
};

// Inline links, images and link definitions that are not code and not web addresses; by place. Linear.
std::vector<Link> find_links(const TextModel& text);

// Whether the reader is meant to fill in the target: {name}, <file>, path/to/x, ...
bool is_template_target(std::string_view target) noexcept;

}  // namespace cascade::validation
