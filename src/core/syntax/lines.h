// Converts byte offsets to lines and columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::syntax {

// Lines count from 1 and end with LF, CRLF or a lone CR; columns count code points from 1. A leading byte order mark
// takes no column. After a final line end one more, empty line begins, as editors show it.
struct Position {
  std::uint32_t line = 0, column = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

// Returns where the text of the line [begin, next) of `text` ends, without its line end if it has one.
inline std::size_t end_of_line(std::string_view text, std::size_t begin, std::size_t next) noexcept {
  if (next > begin && text[next - 1] == '\n') --next;
  if (next > begin && text[next - 1] == '\r') --next;
  return next;
}

// Linear. The view must outlive the index.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  std::string_view text() const noexcept { return text_; }
  bool lf_only() const noexcept { return lf_only_; }  // the text holds no CR
  // True only if LF alone ends lines, none of them behind a blank. A control character there may count as a blank.
  bool tidy() const noexcept { return lf_only_ && !blank_before_end_; }
  std::uint32_t lines() const noexcept { return static_cast<std::uint32_t>(starts_.size()); }
  Position at(std::size_t offset) const noexcept;  // O(log lines + length of the line before it)
  std::uint32_t line_at(std::size_t offset) const noexcept;
  std::size_t start(std::uint32_t line) const noexcept {  // byte offset; lines past the end give text().size()
    if (line == 0) return 0;
    return line <= starts_.size() ? starts_[line - 1] : text_.size();
  }
  // The byte at a place; columns past the end of the text give its end.
  std::size_t offset(Position at) const noexcept;
  std::string_view line(std::uint32_t line) const noexcept {  // without its line end
    if (line == 0 || line > starts_.size()) return {};
    const std::size_t begin = starts_[line - 1];
    return {text_.data() + begin, end_of_line(text_, begin, start(line + 1)) - begin};
  }

 private:
  std::string_view text_;
  bool lf_only_, blank_before_end_ = false;
  std::vector<std::size_t> starts_;
};

// Positions of offsets that mostly ascend, in linear time altogether: each query costs a logarithm and the text since
// the previous offset on its line. The index must outlive the cursor.
class IndexCursor {
 public:
  explicit IndexCursor(const LineIndex& index) noexcept : index_(index) {}
  Position at(std::size_t offset) noexcept;

 private:
  const LineIndex& index_;
  std::size_t offset_ = 0;
  Position here_;  // of offset_; line 0 before the first query
};

// The same with an index of its own, of a text whose first line may be any of its file. The view must outlive the
// cursor.
class LineCursor {
 public:
  explicit LineCursor(std::string_view text, std::uint32_t first_line = 1)
      : first_line_(first_line), index_(text), cursor_(index_) {}
  LineCursor(const LineCursor&) = delete;
  Position at(std::size_t offset) noexcept {  // offsets past the end give the end
    const Position place = cursor_.at(offset);
    return {place.line + first_line_ - 1, place.column};
  }
  std::uint32_t first_line() const noexcept { return first_line_; }

 private:
  std::uint32_t first_line_;
  LineIndex index_;
  IndexCursor cursor_;
};

// Returns the next line end (LF or CR) at or after `offset`, or the size of the text.
std::size_t find_line_end(std::string_view text, std::size_t offset) noexcept;

// Returns the byte after the line end that begins at `offset` (LF, CRLF, CR), or `offset` itself if none begins there.
std::size_t skip_line_end(std::string_view text, std::size_t offset) noexcept;

}  // namespace cascade::syntax
