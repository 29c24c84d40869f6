// Labels, destinations, titles and definitions of Markdown links.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace cascade::syntax {

// Each returns one past the part that begins at `at`, or 0 if none does.
std::size_t link_label_end(std::string_view text, std::size_t at) noexcept;        // "[label]", at most 999 bytes
std::size_t link_destination_end(std::string_view text, std::size_t at) noexcept;  // "<a b>" or "a(b)c"
std::size_t link_title_end(std::string_view text, std::size_t at) noexcept;        // "…", '…' or (…)

// An inline link or image. `bracket`: of the "](". `begin`, `end`: of the destination as written, without <>. `close`:
// of the ")", behind a title if there is one.
struct InlineLink {
  std::size_t bracket = 0, begin = 0, end = 0, close = 0;

  std::string_view destination(std::string_view text) const noexcept { return text.substr(begin, end - begin); }
};

// The link whose "](" is at `bracket`; whether a label stands before it is not looked at. Destinations up to 2,000
// bytes and titles up to 400, so that no text makes this quadratic.
std::optional<InlineLink> link_at(std::string_view text, std::size_t bracket) noexcept;
// The first of them from `from` on.
std::optional<InlineLink> next_link(std::string_view text, std::size_t from) noexcept;
// The "[" whose label ends at `bracket`, at most 1,000 bytes before it in its paragraph; npos: none.
std::size_t link_label_begin(std::string_view text, std::size_t bracket) noexcept;

// Two labels are equal if they are equal after this: ASCII case and white space folded, brackets removed.
std::string normalize_label(std::string_view label);
using LinkLabels = std::set<std::string>;

// Returns the length of the link reference definitions at the start of `paragraph` and adds their labels to `labels`.
// `paragraph` holds its lines without indentation, joined by LF.
std::size_t take_link_definitions(std::string_view paragraph, LinkLabels& labels);

// The cells of a row of a GFM table, one after another. A `|` ends a cell unless a backslash escapes it; one at the
// beginning of the row ends none, and blanks behind the last one are none.
class TableCells {
 public:
  // As GFM has it, a bar in a code span ends a cell, too. `text`: it does not, as authors mean it.
  enum class BarsInCode : bool { end_cells, text };

  explicit TableCells(std::string_view row, BarsInCode bars = BarsInCode::end_cells) noexcept;

  bool next() noexcept;
  std::string_view cell() const noexcept { return cell_; }  // with the blanks around it

 private:
  std::string_view rest_, cell_;
  BarsInCode bars_;
};

// Counts the cells of a row; a line without a pipe is one cell. Escaped pipes do not count.
std::size_t count_cells(std::string_view line) noexcept;

// Returns the number of cells of a delimiter row ("| :-- | --: |"), 0 for any other line.
std::size_t delimiter_cells(std::string_view line) noexcept;

}  // namespace cascade::syntax
