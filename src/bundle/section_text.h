// The text behind a mark: what `cascade show X#Section` prints.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>

namespace cascade::bundle {

// The section as a bundle would hold it whole, with `further` sections behind it; without that number, with all that
// stand below it. REQUIRES: `section` is one of the manifest's, no shorter form.
Result<std::string> section_text(const Registry& registry, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further, const ReadSection& read);

}  // namespace cascade::bundle
