// The text that a mark stands for, as `cascade show X#Section` prints it.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>

namespace cascade::bundle {

// Returns the section as a whole, as in a bundle, with `further` sections after it; without that number, with all
// sections below it. REQUIRES: `section` is one of the manifest's own, not a shorter form.
Result<std::string> section_text(const Registry& registry, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further, const ReadSection& read);

}  // namespace cascade::bundle
