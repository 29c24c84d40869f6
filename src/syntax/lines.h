// Byte offsets to lines and columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::syntax {

// Lines count from 1 and end with LF, CRLF or a lone CR; columns count code points from 1.
struct Position {
  std::uint32_t line = 0, column = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

// The view must outlive the index.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  std::string_view text() const noexcept { return text_; }
  std::uint32_t lines() const noexcept { return static_cast<std::uint32_t>(starts_.size()); }
  Position at(std::size_t offset) const noexcept;  // O(log lines + length of the line before it)
  std::uint32_t line_at(std::size_t offset) const noexcept;
  std::size_t start(std::uint32_t line) const noexcept;      // byte offset; lines past the end give text().size()
  std::string_view line(std::uint32_t line) const noexcept;  // without its end

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

}  // namespace cascade::syntax
