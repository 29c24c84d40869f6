// The names that a person calls or refuses: "/name", "@name", "use the name skill", "do not use name", in ten
// languages.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "prompt/mention.h"

namespace cascade::prompt {

// Equal for names that differ only in case, accents and what joins their words ("code-review", "Code Review"); never 0.
std::uint32_t name_hash(std::string_view name) noexcept;

// Reads what the person says (only_said()). `knows`: whether a manifest has a name with this hash. In the order of the
// text. A name of one ordinary word needs a mark or a word of kind; a joined name needs only a word that calls it. The
// whole text may be a name. A text without such words costs one pass over its words.
std::vector<Mention> read_mentions(std::string_view said, const std::function<bool(std::uint32_t)>& knows);

}  // namespace cascade::prompt
