// normalise() returns a path that is normal already as it is, which nearly all are; otherwise it keeps a stack of
// components. ".." at the root is the root, and at the head of a relative path it stays, because only the caller knows
// what is above.
#include "files/paths.h"

#include <algorithm>
#include <vector>

namespace cascade::files {

// Whether no component is empty, "." or "..", and no slash is doubled.
bool is_normal(std::string_view path) noexcept {
  std::size_t begin = root_size(path);
  while (true) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    if (end == path.size()) return true;
    begin = end + 1;
  }
}

std::string normalise(std::string_view path) {
  if (is_normal(path)) return std::string(path);
  const std::size_t root = root_size(path);
  std::vector<std::string_view> parts;
  std::size_t begin = root;
  while (begin <= path.size()) {
    std::size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(begin, end - begin);
    if (part == "..") {
      if (!parts.empty() && parts.back() != "..")
        parts.pop_back();
      else if (root == 0)
        parts.push_back(part);
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    begin = end + 1;
  }
  std::string result(path.substr(0, root));
  for (const std::string_view part : parts) {
    if (!result.empty() && result.back() != '/') result += '/';
    result += part;
  }
  return result.empty() ? "." : result;
}

std::string join(std::string_view directory, std::string_view name) {
  if (is_absolute(name) || directory.empty()) return std::string(name);
  if (name.empty()) return std::string(directory);
  std::string result(directory);
  if (result.back() != '/') result += '/';
  return result.append(name);
}

std::string_view parent(std::string_view path) noexcept {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return path.substr(0, std::max(slash, root_size(path)));
}

std::string_view file_name(std::string_view path) noexcept {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view stem(std::string_view path) noexcept {
  const std::string_view name = file_name(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

bool is_absolute(std::string_view path) noexcept { return root_size(path) != 0; }

bool is_within(std::string_view directory, std::string_view path) {
  const std::string outer = normalise(directory), inner = normalise(path);
  if (outer == inner) return true;
  if (outer == ".") return !is_absolute(inner) && inner.rfind("..", 0) != 0;
  return inner.size() > outer.size() && inner.compare(0, outer.size(), outer) == 0 &&
         (outer.back() == '/' || inner[outer.size()] == '/');
}

std::string relative_to(std::string_view directory, std::string_view path) {
  const std::string outer = normalise(directory), inner = normalise(path);
  if (outer == inner) return ".";
  if (!is_within(outer, inner)) return inner;
  if (outer == ".") return inner;
  return inner.substr(outer.back() == '/' ? outer.size() : outer.size() + 1);
}

}  // namespace cascade::files
