#include "audit/repository.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::audit {
namespace {

constexpr std::size_t most_files = 60'000, deepest_folder = 24;
constexpr std::uint64_t largest_text = 2u << 20;

bool leads_out(const std::string& path) {
  return files::is_absolute(path) || path == ".." || path.compare(0, 3, "../") == 0;
}

std::string in_normal_form(std::string_view path) {
  std::string normal = files::normalise(path);
  return normal == "." ? std::string() : normal;
}

// A pattern in two parts: the folder that it names without a wildcard, and the rest.
struct Anchored {
  std::string folder, rest;
};
Anchored anchored(std::string_view folder, std::string_view pattern) {
  const std::size_t wild = std::min(pattern.find_first_of("*?[{"), pattern.size());
  const std::size_t slash = pattern.substr(0, wild).rfind('/');
  if (slash == std::string_view::npos) return {std::string(folder), std::string(pattern)};
  return {path_in(folder, pattern.substr(0, slash)), std::string(pattern.substr(slash + 1))};
}

}  // namespace

Result<Repository> Repository::read(const files::Tree& tree, const std::string& root, Rows rows) {
  const auto listing = tree.list(root);
  if (!listing) return listing.error();
  Repository repository(tree, root);
  std::set<std::string, std::less<>> skipped;
  for (std::string& name : subjects_of(rows, any_ecosystem, "skip")) skipped.insert(std::move(name));
  repository.folders_.insert("");
  repository.walk("", 0, skipped);
  std::ranges::sort(repository.files_);
  for (auto& [folder, names] : repository.names_in_) std::ranges::sort(names);
  return repository;
}

void Repository::walk(const std::string& folder, std::size_t depth, const std::set<std::string, std::less<>>& skipped) {
  const auto listing = tree_->list(folder.empty() ? root_ : files::join(root_, folder));
  if (!listing) return;
  for (const files::Entry& entry : *listing) {
    const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
    if (entry.type == files::EntryType::file) {
      if (files_.size() >= most_files) {
        whole_ = false;
        return;
      }
      files_.push_back(path);
      names_.insert(entry.name);
      names_in_[folder].push_back(entry.name);
    } else if (entry.type == files::EntryType::directory && skipped.count(entry.name) == 0) {
      if (depth >= deepest_folder) {
        whole_ = false;
        continue;
      }
      folders_.insert(path);
      walk(path, depth + 1, skipped);
    }
  }
}

bool Repository::has_file(std::string_view path) const {
  return std::binary_search(files_.begin(), files_.end(), in_normal_form(path));
}

bool Repository::has_folder(std::string_view path) const { return folders_.count(in_normal_form(path)) > 0; }

bool Repository::is_on_disk(std::string_view path) const {
  const std::string normal = in_normal_form(path);
  return !leads_out(normal) && tree_->stat(files::join(root_, normal)).has_value();
}

bool Repository::is_executable(std::string_view path) const {
  const auto stamp = tree_->stat(files::join(root_, in_normal_form(path)));
  return stamp && stamp->executable;
}

const std::string& Repository::text(std::string_view path) const {
  const std::string normal = in_normal_form(path);
  if (const auto known = texts_.find(normal); known != texts_.end()) return known->second;
  std::string text;
  if (has_file(normal)) {
    if (auto read = tree_->read(files::join(root_, normal), largest_text))
      text = *std::move(read);
    else
      unread_.emplace(normal, read.error().message);
  }
  if (text.substr(0, 4096).find('\0') != std::string::npos) text.clear();
  return texts_.emplace(normal, std::move(text)).first->second;
}

const syntax::Node* Repository::structure(std::string_view path,
                                          syntax::Parsed (*parse)(std::string_view, const std::string&)) const {
  std::string normal = in_normal_form(path);
  auto known = structures_.find(normal);
  if (known == structures_.end()) {
    const std::string& content = text(normal);
    syntax::Parsed parsed;
    if (!content.empty()) parsed = parse(files::file_name(normal), content);
    if (!parsed.complete)
      unread_.emplace(normal, parsed.faults.empty() ? "parts of it could not be read"
                                                    : "line " + std::to_string(parsed.faults.front().at.line) + ": " +
                                                          parsed.faults.front().message);
    known = structures_.emplace(std::move(normal), std::move(parsed.root)).first;
  }
  return known->second.kind == syntax::NodeKind::null ? nullptr : &known->second;
}

bool Repository::fits(std::string_view path, const std::vector<std::string>& patterns, bool deep) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    const bool by_name = deep && pattern.find('/') == std::string::npos;
    return files::matches_glob(pattern, by_name ? files::file_name(path) : path);
  });
}

// What can match lies below the folder that a pattern begins with, mostly right in it, so a repository of many packages
// is not searched as a whole for each of them.
std::vector<std::string> Repository::matching(std::string_view folder, const std::vector<std::string>& patterns,
                                              bool deep) const {
  const std::string start = folder.empty() ? std::string() : std::string(folder) + "/";
  std::set<std::string> found;
  std::vector<std::string> far;  // patterns that reach into any folder below
  for (const std::string& pattern : patterns) {
    const Anchored one = anchored(folder, pattern);
    if ((deep && pattern.find('/') == std::string::npos) || one.rest.find('/') != std::string::npos) {
      far.push_back(pattern);
      continue;
    }
    const auto names = names_in_.find(one.folder);
    if (names == names_in_.end()) continue;
    const std::string before = one.folder.empty() ? std::string() : one.folder + "/";
    for (const std::string& name : names->second)
      if (files::matches_glob(one.rest, name)) found.insert((before + name).substr(start.size()));
  }
  if (far.empty()) return {found.begin(), found.end()};
  for (auto at = std::lower_bound(files_.begin(), files_.end(), start); at != files_.end(); ++at) {
    if (at->compare(0, start.size(), start) != 0) break;
    const std::string_view below = std::string_view(*at).substr(start.size());
    if (fits(below, far, deep)) found.emplace(below);
  }
  return {found.begin(), found.end()};
}

std::string path_in(std::string_view folder, std::string_view word) {
  return files::normalise(files::join(folder.empty() ? "." : folder, word));
}

std::uint32_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::uint32_t>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

std::uint32_t line_with(std::string_view text, std::string_view part, std::uint32_t from) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < from && at != std::string_view::npos; ++line) {
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  if (at == std::string_view::npos) return 0;
  const std::size_t found = text.find(part, at);
  return found == std::string_view::npos ? 0 : line_at(text, found);
}

}  // namespace cascade::audit
