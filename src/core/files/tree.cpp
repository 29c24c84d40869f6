#include "files/tree.h"

#include <utility>

#include "files/paths.h"
#include "hash/content_hash.h"

namespace cascade::files {

Result<std::optional<std::string>> Tree::read_if_there(const std::string& path, std::uint64_t max_bytes) const {
  auto text = read(path, max_bytes);
  if (text) return std::optional<std::string>(*std::move(text));
  if (text.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return text.error();
}

Result<std::vector<Entry>> Tree::list(const std::string& directory) const {
  auto listing = list_stamped(directory);
  if (!listing) return listing.error();
  return std::move(listing->entries);
}

Result<std::string> Tree::read_own(const std::string& folder, std::string_view name, std::uint64_t max_bytes) const {
  const std::string path = join(folder, name);
  if (const auto there = stat(path); !there) return there.error();  // usually missing: one look is enough
  const auto real = real_path(path), real_folder = real_path(folder);
  if (!real) return real.error();
  if (!real_folder) return real_folder.error();
  if (!is_within(*real_folder, *real) || file_name(*real) != name)
    return Error{ErrorCode::unreadable, "the link leads to another file, not followed", path,
                 "put the file itself there"};
  return read(*real, max_bytes);
}

void MemoryTree::write(const std::string& path, std::string text) { files_[normalise(path)] = std::move(text); }

void MemoryTree::link(const std::string& path, const std::string& target) { links_[normalise(path)] = target; }

Result<std::string> MemoryTree::real_path(const std::string& path) const {
  constexpr int max_links = 40;  // as on Linux
  std::string current = normalise(path);
  for (int followed = 0; followed <= max_links; ++followed) {
    bool changed = false;
    for (const auto& [from, target] : links_) {
      if (!is_within(from, current)) continue;
      const std::string rest = current == from ? "" : current.substr(from.size() + 1);
      current = normalise(join(join(parent(from), target), rest));
      changed = true;
      break;
    }
    if (changed) continue;
    if (files_.count(current) != 0) return current;
    const auto below = files_.lower_bound(current + "/");
    if (below != files_.end() && is_within(current, below->first)) return current;
    const auto link = links_.lower_bound(current + "/");
    if (link != links_.end() && is_within(current, link->first)) return current;
    return missing(path);
  }
  return missing(path);
}

Result<std::string> MemoryTree::read(const std::string& path, std::uint64_t max_bytes) const {
  auto real = real_path(path);
  if (!real) return real.error();
  const auto found = files_.find(*real);
  if (found == files_.end()) return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  if (found->second.size() > max_bytes)
    return Error{ErrorCode::unsupported, "larger than " + std::to_string(max_bytes) + " bytes", path, ""};
  return found->second;
}

Result<FileText> MemoryTree::read_stamped(const std::string& path, std::uint64_t max_bytes) const {
  auto text = read(path, max_bytes);
  if (!text) return text.error();
  auto stamp = stat(path);
  if (!stamp) return stamp.error();
  return FileText{std::move(*text), *stamp, false};
}

Result<Listing> MemoryTree::list_stamped(const std::string& directory) const {
  auto real = real_path(directory);
  if (!real) return real.error();
  if (files_.count(*real) != 0) return Error{ErrorCode::not_found, "not a folder", directory, ""};
  const std::string prefix = *real == "/" ? "/" : *real + "/";
  std::map<std::string, EntryType> found;
  for (auto it = files_.lower_bound(prefix); it != files_.end() && it->first.starts_with(prefix); ++it) {
    const std::string rest = it->first.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    found.emplace(rest.substr(0, slash), slash == std::string::npos ? EntryType::file : EntryType::directory);
  }
  for (const auto& [from, target] : links_)
    if (parent(from) == *real) found[std::string(file_name(from))] = EntryType::link;
  Listing listing;
  for (const auto& [name, type] : found) listing.entries.push_back({name, type});
  listing.stamp = Stamp{0, hash::hash64(*real), 0, 0, true};
  return listing;
}

Result<Stamp> MemoryTree::stat(const std::string& path) const {
  auto real = real_path(path);
  if (!real) return real.error();
  const auto found = files_.find(*real);
  if (found == files_.end()) return Stamp{0, hash::hash64(*real), 0, 0, true};
  const auto content = static_cast<std::int64_t>(hash::hash64(found->second) >> 2);
  return Stamp{found->second.size(), hash::hash64(*real), content, content, false};
}

void MemoryTree::give_away(const std::string& path) { given_away_.insert(normalise(path)); }

Result<bool> MemoryTree::is_own(const std::string& path) const {
  auto real = real_path(path);
  if (!real) return real.error();
  return given_away_.count(*real) == 0;
}

Result<std::string> MemoryTree::link_target(const std::string& path) const {
  const auto found = links_.find(normalise(path));
  if (found == links_.end()) return missing(path);
  return found->second;
}

Error unwritable(std::string_view what, const std::string& path, int code) {
  Error error = system_error(what, path, code);
  error.code = ErrorCode::unwritable;
  return error;
}

Error missing(const std::string& path) { return {ErrorCode::not_found, "no such file or folder", path, ""}; }

}  // namespace cascade::files
