// Scalars of YAML: the type of a plain one, and where one is written.
#pragma once

#include "syntax/node.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace cascade::syntax {

// Resolves a plain scalar by YAML 1.2's core schema; yes, no, on and off stay strings.
NodeKind resolve_plain(std::string_view text) noexcept;

// Bytes of the text; `end` == `begin` if the end is unknown (block scalars). `closed`: false for a quoted scalar
// without its second quote, which yaml-cpp accepts at the end of the text.
struct Extent {
  std::size_t begin = 0, end = 0;
  bool closed = true;
};

// Finds the extent of a scalar in the source; yaml-cpp gives only a starting point. The view must outlive the finder.
class ScalarFinder {
 public:
  explicit ScalarFinder(std::string_view text) : text_(text) {}

  // Returns the scalar, given the place where it or its anchor and tag begin. Linear in the text between.
  Extent find(std::size_t at, std::string_view value) const;
  // Whether neither a quote nor a block header begins at `at`.
  bool is_plain(std::size_t at) const noexcept;
  // Returns the '#' of a comment after `at` on the same line, preceded by at least one blank.
  std::optional<std::size_t> comment_after(std::size_t at) const noexcept;

 private:
  std::size_t skip_properties(std::size_t at) const noexcept;
  Extent double_quoted(std::size_t begin) const noexcept;
  Extent single_quoted(std::size_t begin) const noexcept;
  std::size_t plain_end(std::size_t begin, std::string_view value) const noexcept;

  std::string_view text_;
};

}  // namespace cascade::syntax
