// A tree in memory: files by absolute path; a folder exists if a file is below it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"

namespace cascade::files {

class MemoryTree final : public Tree {
 public:
  void write(const std::string& path, std::string text) { files_[normalise(path)] = std::move(text); }

  void link(const std::string& path, const std::string& target) { links_[normalise(path)] = target; }

  Result<std::string> real_path(const std::string& path) const override {
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

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    auto real = real_path(path);
    if (!real) return real.error();
    const auto found = files_.find(*real);
    if (found == files_.end()) return Error{ErrorCode::unreadable, "not a regular file", path, ""};
    if (found->second.size() > max_bytes)
      return Error{ErrorCode::unsupported, "larger than " + std::to_string(max_bytes) + " bytes", path, ""};
    return found->second;
  }

  Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const override {
    auto text = read(path, max_bytes);
    if (!text) return text.error();
    auto stamp = stat(path);
    if (!stamp) return stamp.error();
    return FileText{std::move(*text), *stamp, false};
  }

  Result<Listing> list_stamped(const std::string& directory) const override {
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

  Result<Stamp> stat(const std::string& path) const override {
    auto real = real_path(path);
    if (!real) return real.error();
    const auto found = files_.find(*real);
    if (found == files_.end()) return Stamp{0, hash::hash64(*real), 0, 0, true};
    const auto content = static_cast<std::int64_t>(hash::hash64(found->second) >> 2);
    return Stamp{found->second.size(), hash::hash64(*real), content, content, false};
  }

  void give_away(const std::string& path) { given_away_.insert(normalise(path)); }

  Result<bool> is_own(const std::string& path) const override {
    auto real = real_path(path);
    if (!real) return real.error();
    return given_away_.count(*real) == 0;
  }

  Result<std::string> link_target(const std::string& path) const override {
    const auto found = links_.find(normalise(path));
    if (found == links_.end()) return missing(path);
    return found->second;
  }

 private:
  std::map<std::string, std::string> files_, links_;
  std::set<std::string> given_away_;  // to another user
};

}  // namespace cascade::files
