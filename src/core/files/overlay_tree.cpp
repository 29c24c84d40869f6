// Answers each query from the overlay first and from the disk otherwise. Paths are resolved to real ones before the
// look-up, so that a file is the same under every link to it; resolved folders are remembered, because resolving
// dominates the cost.
#include "files/overlay_tree.h"

#include <algorithm>

#include "files/paths.h"
#include "hash/content_hash.h"

namespace cascade::files {
namespace {

// Never equals the stamp of a file on disk, and differs for different texts.
Stamp stamp_of(const std::string& path, const OverlaidFile& file) {
  const auto content = static_cast<std::int64_t>(hash::hash64(*file.text) >> 2);
  return {file.text->size(), hash::hash64(path), content, content, false, file.executable};
}

// How the paths of what lies in a folder begin.
std::string prefix_of(const std::string& folder) { return folder == "/" ? folder : folder + "/"; }

Result<std::string> text_of(const std::string& path, const OverlaidFile& file, std::uint64_t max_bytes) {
  if (!file.text) return missing(path);
  if (file.text->size() > max_bytes)
    return Error{ErrorCode::unsupported, "larger than " + std::to_string(max_bytes) + " bytes", path, ""};
  return *file.text;
}

bool may_pass(const Error& error) { return error.code != ErrorCode::not_found && error.code != ErrorCode::unsupported; }

}  // namespace

std::string OverlayTree::real_folder(const std::string& path) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return resolve(path);
}

// A folder that is not on the disk is the path itself. If its parent is known, only the last name can be a link, so
// one look is enough instead of one for every folder above it.
const std::string& OverlayTree::resolve(const std::string& path) const {
  if (const auto known = folders_.find(path); known != folders_.end()) return known->second;
  const std::string_view above = parent(path);
  if (above.size() > 1 && is_normal(path)) {
    const std::string inside = join(resolve(std::string(above)), file_name(path));
    const auto link = disk_.link_target(inside);
    if (!link && link.error().code == ErrorCode::unreadable) return folders_.emplace(path, inside).first->second;
  }
  return folders_.emplace(path, disk_.real_path(path).value_or(path)).first->second;
}

const OverlaidFile* OverlayTree::find(const std::string& path) const {
  if (files_.empty()) return nullptr;
  const std::string plain = normalise(path);
  const auto found = files_.find(join(real_folder(std::string(parent(plain))), std::string(file_name(plain))));
  return found == files_.end() ? nullptr : &found->second;
}

bool OverlayTree::has_below(const std::string& folder) const {
  const std::string prefix = prefix_of(folder);
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix); ++at)
    if (at->second.text) return true;
  return false;
}

// Whether the overlay adds or removes an entry directly in the folder.
bool OverlayTree::changes_listing(const std::string& folder) const {
  const std::string prefix = prefix_of(folder);
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix); ++at) {
    const auto& [path, file] = *at;
    const std::size_t slash = path.find('/', prefix.size());
    const auto on_disk = disk_.stat(path.substr(0, slash));
    if (slash == std::string::npos ? on_disk.has_value() != file.text.has_value() : file.text && !on_disk) return true;
  }
  return false;
}

Result<std::string> OverlayTree::read(const std::string& path, std::uint64_t max_bytes) const {
  if (const OverlaidFile* file = find(path)) return text_of(path, *file, max_bytes);
  return disk_.read(path, max_bytes);
}

Result<std::string> OverlayTree::read_below(const std::string& root, const std::string& path,
                                            std::uint64_t max_bytes) const {
  if (const OverlaidFile* file = find(join(root, path))) return text_of(path, *file, max_bytes);
  return disk_.read_below(root, path, max_bytes);
}

Result<FileText> OverlayTree::read_stamped(const std::string& path, std::uint64_t max_bytes) const {
  const OverlaidFile* file = find(path);
  if (file == nullptr) return disk_.read_stamped(path, max_bytes);
  auto text = text_of(path, *file, max_bytes);
  if (!text) return text.error();
  return FileText{*std::move(text), stamp_of(path, *file), false};
}

Result<Listing> OverlayTree::list_stamped(const std::string& directory) const {
  auto listing = disk_.list_stamped(directory);
  if (files_.empty()) return listing;
  const std::string folder = real_folder(normalise(directory));
  if (!listing) {
    if (!has_below(folder)) return listing;
    listing = Listing{};
    listing->stamp = Stamp{0, hash::hash64(folder), 0, 0, true, false};
  }
  std::map<std::string, EntryType> entries;
  for (Entry& entry : listing->entries) entries.emplace(std::move(entry.name), entry.type);
  const std::string prefix = prefix_of(folder);
  for (auto it = files_.lower_bound(prefix); it != files_.end() && it->first.starts_with(prefix); ++it) {
    const std::string rest = it->first.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    if (slash != std::string::npos) {
      if (it->second.text) entries.emplace(rest.substr(0, slash), EntryType::directory);
    } else if (it->second.text) {
      entries[rest] = EntryType::file;
    } else {
      entries.erase(rest);
    }
  }
  listing->entries.clear();
  for (const auto& [name, type] : entries) listing->entries.push_back({name, type});
  if (changes_listing(folder)) ++listing->stamp.modified_ns;
  return listing;
}

Result<Stamp> OverlayTree::stat(const std::string& path) const {
  if (files_.empty()) return disk_.stat(path);
  if (const OverlaidFile* file = find(path)) {
    if (file->text) return stamp_of(path, *file);
    return missing(path);
  }
  auto stamp = disk_.stat(path);
  if (stamp && !stamp->directory) return stamp;
  const std::string folder = real_folder(normalise(path));
  if (!stamp) return has_below(folder) ? Result<Stamp>(Stamp{0, hash::hash64(folder), 0, 0, true, false}) : stamp;
  if (changes_listing(folder)) ++stamp->modified_ns;
  return stamp;
}

Result<std::string> OverlayTree::real_path(const std::string& path) const {
  if (files_.empty()) return disk_.real_path(path);
  const std::string plain = normalise(path);
  if (const OverlaidFile* file = find(path)) {
    if (!file->text) return missing(path);
    return join(real_folder(std::string(parent(plain))), std::string(file_name(plain)));
  }
  auto real = disk_.real_path(path);
  if (!real && has_below(plain)) return plain;
  return real;
}

Result<std::string> OverlayTree::link_target(const std::string& path) const {
  if (find(path) != nullptr) return missing(path);
  return disk_.link_target(path);
}

// The overlay's creator vouches for its files.
Result<bool> OverlayTree::is_own(const std::string& path) const {
  if (const OverlaidFile* file = find(path)) {
    if (!file->text) return missing(path);
    return true;
  }
  return disk_.is_own(path);
}

template <typename T>
Result<T> NotingTree::noted(const std::string& path, Result<T> result) const {
  if (result || !may_pass(result.error())) return result;
  Error failure = result.error();
  failure.path = normalise(path);
  const std::lock_guard<std::mutex> lock(mutex_);
  failures_.push_back(std::move(failure));
  return result;
}

Result<std::string> NotingTree::read(const std::string& path, std::uint64_t max_bytes) const {
  return noted(path, tree_.read(path, max_bytes));
}

Result<FileText> NotingTree::read_stamped(const std::string& path, std::uint64_t max_bytes) const {
  return noted(path, tree_.read_stamped(path, max_bytes));
}

Result<Listing> NotingTree::list_stamped(const std::string& directory) const {
  return noted(directory, tree_.list_stamped(directory));
}

Result<Stamp> NotingTree::stat(const std::string& path) const { return noted(path, tree_.stat(path)); }

Result<std::string> NotingTree::real_path(const std::string& path) const { return noted(path, tree_.real_path(path)); }

Result<std::string> NotingTree::link_target(const std::string& path) const {
  return noted(path, tree_.link_target(path));
}

Result<bool> NotingTree::is_own(const std::string& path) const { return noted(path, tree_.is_own(path)); }

std::vector<Error> NotingTree::failures() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Error> all = failures_;
  std::ranges::stable_sort(all, [](const Error& a, const Error& b) { return a.path < b.path; });
  all.erase(std::unique(all.begin(), all.end(), [](const Error& a, const Error& b) { return a.path == b.path; }),
            all.end());
  return all;
}

bool is_still_unreadable(const Tree& tree, const std::string& path) {
  constexpr std::uint64_t most = 16u << 20;
  const auto real = tree.real_path(path);
  if (!real) return may_pass(real.error());
  const auto stamp = tree.stat(path);
  if (!stamp) return may_pass(stamp.error());
  if (stamp->directory) {
    const auto listing = tree.list_stamped(path);
    return !listing && may_pass(listing.error());
  }
  const auto text = tree.read(path, most);
  return !text && may_pass(text.error());
}

Result<std::string> ReadOnce::read(const std::string& path, std::uint64_t max_bytes) {
  if (const auto known = texts_.find(path); known != texts_.end() && known->second.size() <= max_bytes)
    return known->second;
  auto text = DiskTree().read(path, max_bytes);
  if (text) texts_.insert_or_assign(path, *text);
  return text;
}

Result<std::string> ReadingTree::read(const std::string& path, std::uint64_t max_bytes) const {
  return text_ ? text_(path, max_bytes) : DiskTree::read(path, max_bytes);
}

}  // namespace cascade::files
