// A line for each permission: a hash and a path, or "folder". A line that is not understood makes the whole list
// invalid, because a permission must not be guessed.
#include "policy/allowed.h"

#include <algorithm>

#include "files/paths.h"
#include "hash/content_hash.h"

namespace cascade::trust {
namespace {

constexpr std::string_view first_line = "cascade allow 1", folder_mark = "folder", hooks_mark = "hooks:";
constexpr std::uint64_t max_bytes = 1 << 20, max_file_bytes = 16 << 20;

Result<std::string> content_of(const files::Tree& tree, const std::string& path) {
  const auto stamp = tree.stat(path);
  if (!stamp) return stamp.error();
  if (stamp->directory) return std::string(folder_mark);
  const auto text = tree.read(path, max_file_bytes);
  if (!text) return text.error();
  return hash::sha256(*text);
}

bool is_about_hooks(const std::string& content) { return content.starts_with(hooks_mark); }

}  // namespace

// Reads the lines "<content> <path>" after the first.
Result<Allowed> Allowed::read(const files::Tree& tree, const std::string& file) {
  Allowed allowed;
  const auto text = tree.read(file, max_bytes);
  if (!text && text.error().code == ErrorCode::not_found) return allowed;
  if (!text) return text.error();
  const Error damaged{ErrorCode::malformed, "is not a list of permissions", file, "remove it and allow again"};
  std::size_t at = text->find('\n');
  if (at == std::string::npos || std::string_view(*text).substr(0, at) != first_line) return damaged;
  while (++at < text->size()) {
    const std::size_t end = text->find('\n', at), blank = text->find(' ', at);
    if (end == std::string::npos || blank >= end || blank + 1 >= end) return damaged;
    allowed.entries_.push_back({text->substr(blank + 1, end - blank - 1), text->substr(at, blank - at)});
    at = end;
  }
  return allowed;
}

bool Allowed::has(const files::Tree& tree, const std::string& path) const {
  return std::ranges::any_of(entries_, [&](const Entry& entry) {
    if (entry.content == folder_mark) return files::is_within(entry.path, path);
    if (entry.path != path || is_about_hooks(entry.content)) return false;
    const auto content = content_of(tree, path);
    return content && *content == entry.content;
  });
}

Result<void> Allowed::list(const std::string& path, std::string content) {
  if (path.find('\n') != std::string::npos) return Error{ErrorCode::misuse, "the path holds a line end", path, ""};
  remove(path, is_about_hooks(content));
  entries_.push_back({path, std::move(content)});
  return {};
}

bool Allowed::remove(const std::string& path, bool hooks) {
  return std::erase_if(entries_, [&](const Entry& entry) {
           return entry.path == path && is_about_hooks(entry.content) == hooks;
         }) != 0;
}

Result<void> Allowed::add(const files::Tree& tree, const std::string& path) {
  auto content = path.find('\n') == std::string::npos ? content_of(tree, path) : std::string();
  return content ? list(path, *std::move(content)) : content.error();
}

Result<void> Allowed::add(const std::string& path, const std::string& text) { return list(path, hash::sha256(text)); }

bool Allowed::remove(const std::string& path) { return remove(path, false); }

std::vector<std::string> Allowed::paths() const {
  std::vector<std::string> all;
  for (const Entry& entry : entries_)
    if (!is_about_hooks(entry.content)) all.push_back(entry.path);
  std::ranges::sort(all);
  return all;
}

Allowed::Hooks Allowed::hooks(const std::string& manifest_path, const std::string& hash) const {
  for (const Entry& entry : entries_)
    if (entry.path == manifest_path && is_about_hooks(entry.content))
      return entry.content.substr(hooks_mark.size()) == hash ? Hooks::allowed : Hooks::other;
  return Hooks::none;
}

Allowed::Hooks Allowed::file(const files::Tree& tree, const std::string& path) const {
  for (const Entry& entry : entries_) {
    if (entry.path != path || entry.content == folder_mark || is_about_hooks(entry.content)) continue;
    const auto content = content_of(tree, path);
    return content && *content == entry.content ? Hooks::allowed : Hooks::other;
  }
  return Hooks::none;
}

Result<void> Allowed::add_hooks(const std::string& manifest_path, const std::string& hash) {
  return list(manifest_path, std::string(hooks_mark) + hash);
}

bool Allowed::remove_hooks(const std::string& manifest_path) { return remove(manifest_path, true); }

std::string Allowed::text() const {
  std::string out = std::string(first_line) + "\n";
  for (const Entry& entry : entries_) out += entry.content + " " + entry.path + "\n";
  return out;
}

}  // namespace cascade::trust
