// Nearly all paths are normal already. ".." at the head of a relative path stays, because only the caller knows what is
// above.
#include "files/paths.h"

#include <algorithm>
#include <cstddef>
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
    const std::size_t end = std::min(path.find('/', begin), path.size());
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

// Matches a path by simulating an automaton: the pattern is compiled into elements, and a set of states says before
// which elements the path may be so far. Each character moves the whole set one step, so a pattern such as `*a*a*a*b`
// costs O(pattern * path); backtracking would be exponential there. The states are then tried on each folder above the
// path, because a pattern that names a folder covers everything below it.
namespace {

// Returns the length of the class at pattern[0] == '['; 0: it is not closed, so '[' is a plain character.
std::size_t class_length(std::string_view pattern) {
  std::size_t i = 1;
  if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;
  while (i < pattern.size() && pattern[i] != ']') ++i;
  return i < pattern.size() ? i + 1 : 0;
}

bool in_class(std::string_view set, char c) {
  std::string_view body = set.substr(1, set.size() - 2);
  const bool negated = !body.empty() && (body.front() == '!' || body.front() == '^');
  if (negated) body.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (i + 2 < body.size() && body[i + 1] == '-') {
      found = found || (body[i] <= c && c <= body[i + 2]);
      i += 2;
    } else {
      found = found || body[i] == c;
    }
  }
  return found != negated && c != '/';
}

// One pattern element and what it may match.
struct Element {
  enum class Kind { one, any_in_segment, any, folders, literal } kind;  // folders: "" or "a/b/"
  std::string_view set;                                                 // of a class or literal
};

std::vector<Element> compile(std::string_view pattern) {
  std::vector<Element> elements;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.compare(i, 2, "**") == 0) {
      const bool folders = (i == 0 || pattern[i - 1] == '/') && i + 2 < pattern.size() && pattern[i + 2] == '/';
      i += folders ? 3 : 2;
      elements.push_back({folders ? Element::Kind::folders : Element::Kind::any, {}});
    } else if (pattern[i] == '*') {
      elements.push_back({Element::Kind::any_in_segment, {}});
      ++i;
    } else if (pattern[i] == '?') {
      elements.push_back({Element::Kind::one, {}});
      ++i;
    } else {
      std::size_t length = pattern[i] == '[' ? class_length(pattern.substr(i)) : 0;
      if (length == 0) length = 1;
      elements.push_back({Element::Kind::literal, pattern.substr(i, length)});
      i += length;
    }
  }
  return elements;
}

bool accepts(const Element& element, char c) {
  switch (element.kind) {
    case Element::Kind::one:
    case Element::Kind::any_in_segment: return c != '/';
    case Element::Kind::any:
    case Element::Kind::folders: return true;
    case Element::Kind::literal: return element.set.size() == 1 ? element.set[0] == c : in_class(element.set, c);
  }
  return false;
}

bool repeats(const Element& element) {
  return element.kind == Element::Kind::any || element.kind == Element::Kind::any_in_segment;
}

// The automaton's states: at element i, either just entered or (folders only) inside a segment.
struct States {
  std::vector<char> entered, inside;

  explicit States(std::size_t count) : entered(count, 0), inside(count, 0) {}
  void clear() {
    std::fill(entered.begin(), entered.end(), 0);
    std::fill(inside.begin(), inside.end(), 0);
  }
};

// "*" and "**/" may match nothing, so a position before one is also a position after it. In ascending order, so runs of
// them need one pass.
void skip_optional(const std::vector<Element>& elements, States& states) {
  for (std::size_t i = 0; i < elements.size(); ++i)
    if (states.entered[i] != 0 && (repeats(elements[i]) || elements[i].kind == Element::Kind::folders))
      states.entered[i + 1] = 1;
}

bool matches(const std::vector<Element>& elements, std::string_view path) {
  States now(elements.size() + 1), next(elements.size() + 1);
  now.entered[0] = 1;
  skip_optional(elements, now);
  for (const char c : path) {
    next.clear();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (now.entered[i] == 0 && now.inside[i] == 0) continue;
      if (elements[i].kind == Element::Kind::folders) {
        next.inside[i] = 1;
        if (c == '/') next.entered[i + 1] = 1;
      } else if (accepts(elements[i], c)) {
        next.entered[repeats(elements[i]) ? i : i + 1] = 1;
      }
    }
    skip_optional(elements, next);
    std::swap(now, next);
  }
  return now.entered.back() != 0;
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && pattern.back() == '/') pattern.remove_suffix(1);
  if (pattern.substr(0, 2) == "./") pattern.remove_prefix(2);
  if (pattern.empty()) return false;
  const std::vector<Element> elements = compile(pattern);
  if (matches(elements, path)) return true;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
    if (matches(elements, path.substr(0, slash))) return true;  // a folder above it matches
  return false;
}

}  // namespace cascade::files
