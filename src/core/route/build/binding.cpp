// Name and description must both agree, because a name alone is often shared by manifests about different things. The
// words of both descriptions are sorted numbers, so what they share is counted in one pass.
#include "route/build/binding.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "route/tables.h"

namespace cascade::route {

std::string taught_name(const ManifestView& manifest) {
  const std::string_view name = manifest.name;
  const std::size_t colon = name.rfind(':');
  return std::string(to_string(manifest.kind)) + ":" +
         std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

std::uint16_t learned_class(const Learned& learned, const ManifestView& manifest) {
  if (learned.empty()) return 0;
  const std::uint32_t found = learned.find(taught_name(manifest));
  if (found == none) return 0;
  const LearnedClass& taught = learned.classes[found];
  const std::uint32_t* const begin = learned.about.data + taught.about;
  const std::vector<std::uint32_t> words = about_words(manifest.description);
  std::vector<std::uint32_t> shared;
  std::set_intersection(begin, begin + taught.about_count, words.begin(), words.end(), std::back_inserter(shared));
  const bool same = shared.size() * 2 >= std::max<std::size_t>(taught.about_count, words.size());
  return same ? static_cast<std::uint16_t>(found) : std::uint16_t{0};
}

}  // namespace cascade::route
