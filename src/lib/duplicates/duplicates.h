// Equal sections and manifests of a library, and the tokens they waste.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <vector>

namespace cascade::duplicates {

struct Place {
  ManifestId id{};
  std::uint32_t section = 0;
};

// One text in several places. `keep`: where it should stay, the first place of the greatest layer and scope; `wasted`:
// the cost of all the others.
struct EqualSections {
  std::vector<Place> places;  // in the order of ids; places[keep]
  std::size_t keep = 0;
  Cost each, wasted;
};

// Manifests whose sections are pairwise equal.
struct EqualManifests {
  std::vector<ManifestId> ids;
  std::size_t keep = 0;
  Cost each, wasted;
};

// Texts that are nearly equal, one place each. `alike`: the similarity of the text least like the kept one, in
// thousandths; `wasted`: the cost of all but that.
struct NearSections {
  std::vector<Place> places;
  std::size_t keep = 0;
  std::uint32_t alike = 1000;
  Cost wasted;
};

// Manifests made of equal and nearly equal sections, by tokens. `wasted`: tokens only.
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

// Covers every manifest that is not a document, including shadowed ones. Reads only the registry's records. n log n.
Report find_duplicates(const Registry& registry);

}  // namespace cascade::duplicates
