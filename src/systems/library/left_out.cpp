#include "library/left_out.h"

#include <algorithm>
#include <set>

#include "files/paths.h"

namespace cascade::collection {
namespace {

constexpr std::string_view skill_file = "SKILL.md";

bool is_below(std::string_view path, std::string_view folder) {
  return path == folder || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace

std::string holder_of(const std::vector<FetchedFile>& files, std::string_view path) {
  const auto is_skill = [&](std::string_view folder) {
    const std::string manifest = files::join(folder, skill_file);
    return std::any_of(files.begin(), files.end(), [&](const FetchedFile& file) { return file.path == manifest; });
  };
  for (std::string_view folder = files::parent(path);; folder = files::parent(folder)) {
    if (is_skill(folder)) return std::string(folder);
    if (folder.empty()) return std::string(path);
  }
}

std::vector<std::string> paths_of(const std::vector<FetchedFile>& files, std::string_view word) {
  while (word.ends_with('/')) word.remove_suffix(1);
  if (word.empty()) return {};
  std::set<std::string> skills, pages;
  for (const FetchedFile& file : files) {
    if (is_below(file.path, word)) return {std::string(word)};
    const std::string_view name = files::file_name(file.path), folder = files::parent(file.path);
    if (name == skill_file && files::file_name(folder) == word) skills.emplace(folder);
    if (name.size() == word.size() + 3 && name.starts_with(word) && name.ends_with(".md")) pages.insert(file.path);
  }
  const std::set<std::string>& named = skills.empty() ? pages : skills;
  return {named.begin(), named.end()};
}

bool leave_out(std::vector<FetchedFile>& files, const std::vector<std::string>& paths) {
  const std::size_t before = files.size();
  const auto goes = [&](const FetchedFile& file) {
    return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) { return is_below(file.path, path); });
  };
  files.erase(std::remove_if(files.begin(), files.end(), goes), files.end());
  return files.size() != before;
}

}  // namespace cascade::collection
