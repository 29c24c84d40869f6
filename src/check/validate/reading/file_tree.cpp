// The files that rules may ask about: one sorted list, searched by halves, so that a folder is there if a path begins
// with its name. What a rule asks is noted with the answer (Looks). A cached result of a file holds as long as asking
// again gives the same answers, so a file that appears elsewhere makes the cache miss only where it matters.
#include "validate/reading/file_tree.h"

#include <algorithm>

#include "files/glob.h"
#include "files/paths.h"
#include "hash/content_hash.h"

namespace cascade::validation {

FileTree::FileTree(const ValidateRequest& request) : request_(request) {
  auto files = std::make_shared<std::vector<std::string>>();
  files->reserve(request.files.size());
  for (const std::string& path : request.files)
    if (!is_ignored(path)) files->push_back(path);
  std::sort(files->begin(), files->end());
  files->erase(std::unique(files->begin(), files->end()), files->end());
  files_ = std::move(files);
}

FileTree FileTree::noting(Looks& looks) const {
  FileTree tree = *this;
  tree.looks_ = &looks;
  return tree;
}

std::uint64_t FileTree::note(LookAt at, std::string_view path, std::uint64_t answer) const {
  if (looks_ != nullptr) looks_->push_back({at, std::string(path), answer});
  return answer;
}

bool FileTree::is_ignored(std::string_view path) const {
  for (const Ignore& ignore : request_.policy.ignore)
    if (ignore.rules.empty() && files::matches_glob(ignore.path, path)) return true;
  return false;
}

bool FileTree::find_file(std::string_view path) const {
  return std::binary_search(files_->begin(), files_->end(), path);
}

bool FileTree::find_folder(std::string_view path) const {
  if (path.empty() || path == ".") return true;
  const std::string prefix = std::string(path) + "/";
  const auto found = std::lower_bound(files_->begin(), files_->end(), prefix);
  return found != files_->end() && std::string_view(*found).substr(0, prefix.size()) == prefix;
}

PathState FileTree::find_state(const std::string& path) const {
  if (request_.look) return request_.look(path);
  if (find_file(path)) return PathState::file;
  return find_folder(path) ? PathState::folder : PathState::missing;
}

namespace {

// Answers are kept as numbers: a text by its hash, 0 if it cannot be read.
std::uint64_t number_of(const Result<std::string>& text) { return text ? hash::hash64(*text) : 0; }

std::uint64_t number_of(const Span<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += name + '\n';
  return hash::hash64(all);
}

}  // namespace

bool FileTree::has_file(std::string_view path) const { return note(LookAt::file, path, find_file(path) ? 1 : 0) != 0; }

bool FileTree::has_folder(std::string_view path) const {
  return note(LookAt::folder, path, find_folder(path) ? 1 : 0) != 0;
}

PathState FileTree::state(const std::string& path) const {
  const PathState found = find_state(path);
  note(LookAt::state, path, static_cast<std::uint64_t>(found));
  return found;
}

bool FileTree::exists(const std::string& path) const {
  return has_file(path) || has_folder(path) || state(path) != PathState::missing;
}

// Sorted paths below one folder lie next to each other. O(log files + found), without a copy.
Span<std::string> FileTree::files_below(const std::string& folder) const {
  const std::string prefix = folder + "/";
  const auto starts = [&](const std::string& path) { return path.compare(0, prefix.size(), prefix) == 0; };
  const auto begin = std::lower_bound(files_->begin(), files_->end(), prefix);
  auto end = begin;
  while (end != files_->end() && starts(*end)) ++end;
  const Span<std::string> found{files_->data() + (begin - files_->begin()), static_cast<std::size_t>(end - begin)};
  if (looks_ != nullptr) note(LookAt::below, folder, number_of(found));
  return found;
}

Result<std::string> FileTree::read(const std::string& path) const {
  auto text = request_.read(path);
  if (looks_ != nullptr) note(LookAt::text, path, number_of(text));
  return text;
}

bool FileTree::is_as_noted(const Look& look) const {
  switch (look.at) {
    case LookAt::file: return look.answer == (find_file(look.path) ? 1 : 0);
    case LookAt::folder: return look.answer == (find_folder(look.path) ? 1 : 0);
    case LookAt::state: return look.answer == static_cast<std::uint64_t>(find_state(look.path));
    case LookAt::text: return look.answer == number_of(request_.read(look.path));
    case LookAt::below: return look.answer == number_of(files_below(look.path));
  }
  return false;
}

ResolvedPath FileTree::resolve(std::string_view folder, std::string_view relative) {
  if (files::is_absolute(relative)) return {std::string(relative), true};
  std::string path = files::normalise(files::join(folder, relative));
  if (path == ".") path.clear();
  const bool escapes = path == ".." || path.compare(0, 3, "../") == 0;
  return {std::move(path), escapes};
}

}  // namespace cascade::validation
