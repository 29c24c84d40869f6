// Whether a prompt asks for what was said or done in past conversations ("as we did last week").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "route/dictionary.h"

namespace cascade::past {

// maybe: it can be read so, but also of what is at hand; only a passage that certainly fits answers it. at_first: "you
// told me why" may be of this conversation if there is something in it yet, and then it is a maybe; else it is plain.
enum class Asks : std::uint8_t { no, maybe, at_first, plainly };

struct PastAsk {
  Asks asks = Asks::no;
  std::string words;  // to search for: the sentences that ask, without what only says that it is past
};

// `prompt`: what the person says of it, without what they quote or paste. Linear; a prompt without a sign costs a look
// at each of its words.
PastAsk asks_for_past(std::string_view prompt, route::Language language);

}  // namespace cascade::past
