// Words manifests and reasons for the model.
#pragma once

#include <cascade/route.h>

#include <string>
#include <string_view>

namespace cascade::hook {

std::string name_of(const ManifestView& manifest);      // on one line, cut where it is too long
std::string symbol_text(const ManifestView& manifest);  // "skill:review"

// What the manifest says of when it serves, at most `most` UTF-16 units, in whole words; may be empty.
std::string when_to_use(const ManifestView& manifest, std::uint32_t most);

// "the prompt says leak, heap": the heaviest evidence among words that occur in the prompt; "its subject fits" if none
// of it was typed.
std::string reason(const Match& match, std::string_view prompt);

}  // namespace cascade::hook
