#include "validate/verb/repository_paths.h"

#include "files/paths.h"

#include <optional>

namespace cascade::cli {
namespace {

// The folder at or above the file that holds .git, which is a file in a work tree.
std::optional<std::string> top_above(const files::Tree& tree, std::string_view path) {
  for (std::string_view above = files::parent(path);; above = files::parent(above)) {
    if (tree.stat(files::join(above, ".git"))) return std::string(above);
    if (files::parent(above) == above) return std::nullopt;
  }
}

}  // namespace

void RepositoryPaths::move(std::string& path) {
  const auto known = given_.find(path);
  if (known != given_.end()) {
    path = known->second;
    return;
  }
  std::string moved = path;
  const auto file = checkup_.file_of(path);
  const auto real = file ? tree_.real_path(*file) : Result<std::string>(Error{});
  const std::string absolute = real ? *real : file.value_or(std::string());
  if (const auto top = files::is_absolute(absolute) ? top_above(tree_, absolute) : std::nullopt)
    moved = files::relative_to(*top, absolute);
  given_.emplace(path, moved);
  moved_.emplace(moved, path);
  path = std::move(moved);
}

std::vector<Diagnostic> RepositoryPaths::of(std::vector<Diagnostic> found) {
  for (Diagnostic& finding : found) {
    move(finding.at.path);
    for (Related& other : finding.related) move(other.at.path);
    if (finding.fix)
      for (Edit& edit : finding.fix->edits) move(edit.path);
  }
  return found;
}

Result<std::string> RepositoryPaths::read(const std::string& path) const {
  const auto given = moved_.find(path);
  return checkup_.read(given == moved_.end() ? path : given->second);
}

}  // namespace cascade::cli
