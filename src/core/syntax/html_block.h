// CommonMark's HTML blocks: seven kinds of first lines, each with its own end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::syntax {

enum class HtmlKind : std::uint8_t {
  none,
  raw,          // <pre>, <script>, <style>, <textarea> up to a closing tag of these
  comment,      // <!-- up to -->
  instruction,  // <? up to ?>
  declaration,  // <!X up to >
  cdata,        // <![CDATA[ up to ]]>
  block_tag,    // <div or another block tag, up to a blank line
  any_tag,      // a line that is one tag, up to a blank line; cannot end a paragraph
};

// `rest`: the line from its first character that is not white space.
HtmlKind html_start(std::string_view rest, bool in_paragraph) noexcept;

// Whether the line holds the end of the block (kinds raw to cdata).
bool ends_html(std::string_view line, HtmlKind kind) noexcept;

// Whether an end follows for a block that begins at an offset: one backward search for each kind, then constant.
class HtmlEnds {
 public:
  explicit HtmlEnds(std::string_view text) noexcept : text_(text) {}
  bool any_after(std::size_t offset, HtmlKind kind) noexcept;

 private:
  static constexpr std::size_t unknown = static_cast<std::size_t>(-2);
  std::string_view text_;
  std::size_t last_[6] = {unknown, unknown, unknown, unknown, unknown, unknown};
};

}  // namespace cascade::syntax
