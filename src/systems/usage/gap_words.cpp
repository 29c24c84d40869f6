#include "usage/gap_words.h"

#include "usage/gaps.h"

#include <algorithm>
#include <iterator>

namespace cascade::usage {

std::string gap_words(std::string_view kind) {
  const auto at =
      std::find_if(std::begin(gaps::all), std::end(gaps::all), [&](const GapRow& w) { return w.kind == kind; });
  return std::string(at == std::end(gaps::all) ? kind : at->words);
}

}  // namespace cascade::usage
