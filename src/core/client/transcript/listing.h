// What the lists of logs share: folders that may be missing, and names made of fixed parts and an id.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/paths.h"
#include "files/tree.h"

namespace cascade::transcript {

constexpr std::string_view lines_ending = "jsonl";

// The entries of a folder; none if it cannot be listed.
inline std::vector<files::Entry> entries_of(const files::Tree& tree, const std::string& folder) {
  auto entries = tree.list(folder);
  return entries ? *std::move(entries) : std::vector<files::Entry>();
}

// The paths of the folders directly below.
inline std::vector<std::string> folders_in(const files::Tree& tree, const std::string& folder) {
  std::vector<std::string> paths;
  for (const files::Entry& entry : entries_of(tree, folder))
    if (entry.type == files::EntryType::directory) paths.push_back(files::join(folder, entry.name));
  return paths;
}

// What is left of a name without its beginning and its ending (without the dot); nothing: it has others, or nothing is
// left.
inline std::optional<std::string_view> name_between(std::string_view name, std::string_view begin,
                                                    std::string_view end) {
  const std::size_t around = begin.size() + end.size() + 1;
  if (name.size() <= around || name.substr(0, begin.size()) != begin || name.substr(name.size() - end.size()) != end ||
      name[name.size() - end.size() - 1] != '.')
    return std::nullopt;
  return name.substr(begin.size(), name.size() - around);
}

}  // namespace cascade::transcript
