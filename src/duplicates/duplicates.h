// Equal sections and manifests of a library, and what they waste.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <vector>

namespace cascade::duplicates {

struct Place {
  ManifestId id{};
  std::uint32_t section = 0;
};

// One text in several places. `keep`: where it should stay, the place of the greatest layer and scope that comes first;
// `wasted`: what all the others cost.
struct EqualSections {
  std::vector<Place> places;  // in the order of ids; places[keep]
  std::size_t keep = 0;
  Cost each, wasted;
};

// Manifests whose sections are equal one by one.
struct EqualManifests {
  std::vector<ManifestId> ids;
  std::size_t keep = 0;
  Cost each, wasted;
};

struct Report {
  std::size_t manifests = 0, sections = 0, distinct = 0;
  Cost all, wasted;                             // wasted: by sections, those of equal manifests included
  std::vector<EqualSections> equal_sections;    // the greatest waste first
  std::vector<EqualManifests> equal_manifests;  // likewise
};

// Of every manifest that is no document, shadowed ones included. Reads the registry's records only. n log n.
Report find_duplicates(const Registry& registry);

}  // namespace cascade::duplicates
