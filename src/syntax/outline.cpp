#include "syntax/outline.h"

#include "syntax/outline_scanner.h"

#include "syntax/lines.h"

#include <algorithm>

namespace cascade::syntax {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

Outline scan_outline(std::string_view text, Recovery recovery) {
  OutlineScanner scanner(text, recovery);
  const std::size_t first = text.substr(0, byte_order_mark.size()) == byte_order_mark ? byte_order_mark.size() : 0;
  for (std::size_t begin = first; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const std::size_t next = skip_line_end(text, end);
    scanner.add_line(begin, end, next);
    begin = next;
  }
  return scanner.finish();
}

}  // namespace cascade::syntax
