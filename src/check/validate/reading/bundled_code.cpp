// Code that tools wrote is not judged like code that people wrote. It is known by what only tools leave: the mark of a
// source map, comments and helpers of bundlers, or lines longer than anybody types.
#include "validate/reading/bundled_code.h"

#include <algorithm>

#include "validate/reading/lists.h"

namespace cascade::validation {

namespace {

bool is_of_browser(std::string_view path) noexcept {
  for (const std::string_view ending : lists::bundle_endings)
    if (path.size() > ending.size() && path.substr(path.size() - ending.size()) == ending) return true;
  return false;
}

}  // namespace

bool is_generated_code(std::string_view path, std::string_view text) noexcept {
  constexpr std::size_t beginning = 2000, ending = 400;
  if (!is_of_browser(path)) return false;
  return text.substr(text.size() - std::min(text.size(), ending)).find("# sourceMappingURL=") != text.npos ||
         text.find("\n//#region ") != text.npos || text.find("\n// node_modules/") != text.npos ||
         text.substr(0, beginning).find("var __defProp = Object.defineProperty;") != text.npos;
}

bool is_bundled_code(std::string_view path, std::string_view text) noexcept {
  constexpr std::size_t longest_by_hand = 4000;
  const bool code = is_of_browser(path);
  for (std::size_t begin = 0; code && begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    if ((end == std::string_view::npos ? text.size() : end) - begin > longest_by_hand) return true;
    if (end == std::string_view::npos) break;
    begin = end + 1;
  }
  return false;
}

}  // namespace cascade::validation
