#include "validate/reading/bundled_code.h"

namespace cascade::validation {

bool is_bundled_code(std::string_view path, std::string_view text) noexcept {
  constexpr std::size_t longest_by_hand = 4000;
  bool code = false;
  for (const std::string_view ending : {".js", ".cjs", ".mjs", ".css", ".map"})
    code = code || (path.size() > ending.size() && path.substr(path.size() - ending.size()) == ending);
  for (std::size_t begin = 0; code && begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    if ((end == std::string_view::npos ? text.size() : end) - begin > longest_by_hand) return true;
    if (end == std::string_view::npos) break;
    begin = end + 1;
  }
  return false;
}

}  // namespace cascade::validation
