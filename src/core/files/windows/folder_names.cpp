#include "files/folder_names.h"

#include "files/windows/open.h"

namespace cascade::files {

std::optional<std::vector<std::string>> folder_names(const std::string& folder, std::size_t most) {
  const Handle opened = open_there(folder);
  std::vector<Entry> entries;
  if (!opened.is_open() || !list(opened.get(), entries, most) || entries.size() > most) return std::nullopt;
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (Entry& entry : entries) names.push_back(std::move(entry.name));
  return names;
}

}  // namespace cascade::files
