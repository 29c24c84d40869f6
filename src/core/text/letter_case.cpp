// Most scripts have no capitals, and where there are some they lie in runs: one after the other, or each before its
// small letter.
#include "text/letter_case.h"

#include <algorithm>
#include <iterator>

#include "text/ascii.h"
#include "text/capitals.h"
#include "unicode/utf8.h"

namespace cascade::letters {

bool is_capital(char32_t c) noexcept {
  if (c < 0x80) return is_upper(static_cast<char>(c));
  const CapitalRun* const run =
      std::lower_bound(std::begin(capital_runs::all), std::end(capital_runs::all), c,
                       [](const CapitalRun& one, char32_t value) { return one.last < value; });
  return run != std::end(capital_runs::all) && c >= run->first && (c - run->first) % run->step == 0;
}

bool has_capital(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    if (is_capital(decoded.code_point)) return true;
    at += decoded.length;
  }
  return false;
}

}  // namespace cascade::letters
