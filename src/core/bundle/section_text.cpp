#include "bundle/section_text.h"

#include "manifest/emission.h"

#include <algorithm>

namespace cascade::bundle {
namespace {

std::uint32_t last_below(const Registry& registry, ManifestId id, std::uint32_t section, std::uint32_t whole) {
  const std::uint32_t level = registry.section(id, section).level;
  std::uint32_t last = section;
  while (level != 0 && last + 1 < whole && registry.section(id, last + 1).level > level) ++last;
  return last;
}

}  // namespace

Result<std::string> section_text(const Registry& registry, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further, const ReadSection& read) {
  const std::uint32_t whole = registry.whole_sections(id);
  const std::uint32_t last =
      further ? std::min(whole - 1, section + std::min(*further, whole)) : last_below(registry, id, section, whole);
  std::string text;
  for (std::uint32_t at = section; at <= last && at < whole; ++at) {
    auto body = read(registry[id], registry.section(id, at));
    if (!body) return body.error();
    text += manifest::emitted(*body);
  }
  return text;
}

}  // namespace cascade::bundle
