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

// Texts that are not equal but nearly so; of each text one place. `alike`: of the one that is least like the one to
// keep, in thousandths; `wasted`: what all but that cost.
struct NearSections {
  std::vector<Place> places;
  std::size_t keep = 0;
  std::uint32_t alike = 1000;
  Cost wasted;
};

// Manifests that consist of equal and nearly equal sections, by tokens. `wasted`: tokens only.
struct NearManifests {
  std::vector<ManifestId> ids;
  std::size_t keep = 0;
  std::uint32_t alike = 1000;
  Cost wasted;
};

struct Report {
  std::size_t manifests = 0, sections = 0, distinct = 0;
  Cost all, wasted;                             // wasted: by sections, those of equal manifests included
  std::vector<EqualSections> equal_sections;    // the greatest waste first
  std::vector<EqualManifests> equal_manifests;  // likewise
  std::vector<NearSections> near_sections;      // likewise; near.h adds them
  std::vector<NearManifests> near_manifests;
};

// Of every manifest that is no document, shadowed ones included. Reads the registry's records only. n log n.
Report find_duplicates(const Registry& registry);

}  // namespace cascade::duplicates
