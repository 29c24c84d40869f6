// Equal sections and manifests of a library, and the tokens they waste.
#pragma once

#include <cascade/registry.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::duplicates {

struct Place {
  ManifestId id{};
  std::uint32_t section = 0;
};

// One text in several places, or texts that are nearly equal, one place each, or a text and one that is a part of it.
// `keep`: where it should stay, the first place of the greatest layer and scope; `each`: of equal texts; `wasted`: the
// cost of all the others. `alike`: the similarity of the text least like the kept one, in thousandths, or how much of
// the part is in the whole.
struct AlikeSections {
  std::vector<Place> places;  // of equal ones in the order of ids; places[keep]
  std::size_t keep = 0;
  Cost each, wasted;
  std::uint32_t alike = 1000;
};

// Manifests whose sections are pairwise equal, or that are made of equal and nearly equal ones, by tokens.
struct AlikeManifests {
  std::vector<ManifestId> ids;
  std::size_t keep = 0;
  Cost each, wasted;  // of nearly equal ones `wasted` has tokens only
  std::uint32_t alike = 1000;
};

struct Report {
  std::size_t manifests = 0, sections = 0, distinct = 0;
  Cost all, wasted;  // wasted: by sections, those of equal manifests included
  // The greatest waste first; find_alike() adds those that are nearly equal.
  std::vector<AlikeSections> equal_sections, near_sections;
  std::vector<AlikeManifests> equal_manifests, near_manifests;
};

// Covers every manifest that is not a document, including shadowed ones. Reads only the registry's records. n log n.
Report find_duplicates(const Registry& registry);

// Sorted, each once. How alike two are is their Jaccard similarity, found with MinHash.
using Set = std::vector<std::uint32_t>;

// Returns the hashes of the runs of at most three words in a text; words are letters and digits, regardless of case. A
// shorter text is one run.
Set runs_of_words(std::string_view text, std::size_t length = 3);

// Returns the size of the intersection over that of the union, in thousandths; 1000 for two empty sets.
std::uint32_t similarity(const Set& a, const Set& b);

// Returns pairs (a < b) that are worth comparing: of two sets with similarity 500, 97 in 100 are paired directly or
// through a third. Sets in the same band are paired only with the first and the one before, so the number of pairs
// grows linearly with the sets. Empty sets are in no pair.
std::vector<std::pair<std::size_t, std::size_t>> candidates(const std::vector<Set>& sets);

// Returns pairs of a set and a larger one that holds nine tenths of it. Linear: elements of many sets are passed over.
std::vector<std::pair<std::size_t, std::size_t>> parts(const std::vector<Set>& sets);

// Texts are nearly equal if they share at least this part of their runs of three words, in thousandths; or half of
// these and most words, since a word replaced in ten changes three runs in ten.
constexpr std::uint32_t least_alike = 800, least_runs_of_edited = 450, least_words_of_edited = 750;
constexpr TokenCount least_tokens = 30;  // in a section: two short ones may be similar by chance

// The same with nearly equal texts; equal texts take part once. Errors are those of `read`. Linear in the texts except
// for sorting.
Result<Report> find_alike(const Registry& registry, const ReadSection& read);

}  // namespace cascade::duplicates
