// Which facts a prompt needs, or that it needs none.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "recall/gate.h"
#include "recall/index_file.h"
#include "recall/place.h"

namespace cascade::recall {

struct Query {
  std::string_view prompt;
  Place place;
  bool any_user = false, any_team = false;  // whoever's; the place's otherwise
  std::int64_t now = 0;
  std::size_t limit = 3;
  bool gated = true;  // false: what scores at all, as a search by words wants it
};

struct Recalled {
  std::uint32_t fact = 0;   // in the index
  std::uint32_t score = 0;  // comparable within one index
  std::uint32_t share = 0;  // of what the prompt says that the fact meets; per mille
};

struct Answer {
  std::vector<Recalled> facts;  // best first; empty: silence
  Signals signals;
};

Answer recall(const Index& index, const Query& query);

}  // namespace cascade::recall
