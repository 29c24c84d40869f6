// Scalars of YAML: what a plain one means, and where one is written.
#pragma once

#include "syntax/node.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace cascade::syntax {

// How YAML 1.2's core schema takes a plain scalar; yes, no, on and off stay strings.
NodeKind resolve_plain(std::string_view text) noexcept;

// In bytes of the text; `end` == `begin` where the end could not be told (block scalars). `closed`: false for a quoted
// scalar without its second quote, which yaml-cpp lets pass at the end of the text.
struct Extent {
  std::size_t begin = 0, end = 0;
  bool closed = true;
};

// Finds in the source what yaml-cpp only gives a starting point for. The view must outlive the finder.
class ScalarFinder {
 public:
  explicit ScalarFinder(std::string_view text) : text_(text) {}

  // The scalar itself, for a place where it or its anchor and tag begin. Linear in what lies between.
  Extent find(std::size_t at, std::string_view value) const;
  // True when no quote and no block header begins at `at`.
  bool is_plain(std::size_t at) const noexcept;
  // The '#' of a comment that follows `at` on the same line, behind at least one blank.
  std::optional<std::size_t> comment_after(std::size_t at) const noexcept;

 private:
  std::size_t skip_properties(std::size_t at) const noexcept;
  Extent double_quoted(std::size_t begin) const noexcept;
  Extent single_quoted(std::size_t begin) const noexcept;
  std::size_t plain_end(std::size_t begin, std::string_view value) const noexcept;

  std::string_view text_;
};

}  // namespace cascade::syntax
