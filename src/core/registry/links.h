// Turns the references of all parts into links, and into records of those that found nothing or too much.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "registry/binding.h"
#include "registry/moved_records.h"
#include "registry/part.h"
#include "registry/records.h"
#include "registry/text_pool.h"

namespace cascade::registry {

// Text that no part contains. In the registry it follows the text of all parts.
struct OwnText {
  std::uint32_t begin = 0;  // the bytes of all parts
  TextPool pool{};

  TextRef add(std::string_view text) { return moved(pool.add(text), Shift{begin, 0}); }
};

struct BoundReferences {
  std::vector<Link> links;             // by manifest, then by place
  std::vector<UnboundRecord> unbound;  // by manifest, then as the author wrote them
};

// `manifests` are sorted by id. `shadower`: as for collect_names(). `ranges`: where each part's text will be. Sets the
// range of links in each of `records`.
BoundReferences bind_references(const std::vector<Part>& manifests, const std::vector<std::uint32_t>& shadower,
                                const std::vector<Name>& names, const Binder& binder,
                                const std::vector<PartRange>& ranges, std::vector<ManifestRecord>& records,
                                OwnText& own_text);

}  // namespace cascade::registry
