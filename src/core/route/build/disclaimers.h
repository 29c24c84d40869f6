// What a description says that its manifest is not for: "Not for slides (use decks)".
#pragma once

#include <string>
#include <string_view>

namespace cascade::route {

// The description without these sentences: their words are about other manifests' work, and would win its prompts.
std::string without_disclaimers(std::string_view description);

}  // namespace cascade::route
