// Inflections and most derivations leave the meaning of a word where it was: "deploys", "deployment". Some endings make
// another word of it: "hospital", "hospitality". A stemmer takes them all off. What it took off says which it was.
#include "route/forms.h"

#include <algorithm>

#include "route/endings.h"

namespace cascade::route {
namespace {

template <std::size_t N>
std::size_t longest_in(const std::string_view (&beginnings)[N], std::string_view tail) {
  std::size_t longest = 0;
  for (const std::string_view beginning : beginnings)
    if (tail.substr(0, beginning.size()) == beginning) longest = std::max(longest, beginning.size());
  return longest;
}

}  // namespace

// An irregular form, another spelling or a number has no stem to begin with.
Form form_of(std::string_view word, std::string_view stem) noexcept {
  const auto [end, of_stem] = std::mismatch(word.begin(), word.end(), stem.begin(), stem.end());
  if (stem.end() - of_stem > 1) return Form::any;
  const std::string_view tail = word.substr(static_cast<std::size_t>(end - word.begin()));
  const std::size_t quality = longest_in(endings::qualities, tail), state = longest_in(endings::states, tail);
  return quality == 0 && state == 0 ? Form::word : quality >= state ? Form::quality : Form::state;
}

}  // namespace cascade::route
