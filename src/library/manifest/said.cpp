// Tells an order from words that somebody says: the last mark before a name that could open a quotation decides, when a
// verb of use stands between the two. A quotation that began on one of the lines above counts as well.
#include "manifest/said.h"

#include "manifest/sentence.h"
#include "text/ascii.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

// Whether the mark at `at`, the last of its sort before a name, opens a stretch that has a verb of use in it.
bool opens_order(std::string_view before, std::size_t at, std::size_t width) {
  if (at == std::string_view::npos) return false;
  const std::string_view inside = before.substr(at + width);
  if (inside.empty() || letters::is_space(inside.front())) return false;
  const bool opens = at == 0 || letters::is_space(before[at - 1]) ||
                     std::string_view("([{:=*>,").find(before[at - 1]) != std::string_view::npos;
  if (!opens) return false;
  const SentenceWords words(inside);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words.is(i, prose::roles::is_use | prose::roles::doing)) return true;
  return false;
}

}  // namespace

bool is_said(const BodyText& body, const TextLine& line, std::size_t begin) {
  if (line.context == Context::field) return false;
  const std::size_t from = std::max(line.begin, begin - std::min(begin, sentence_window));
  const std::string_view before = body.text().substr(from, begin - from);
  constexpr std::string_view curly = "\xE2\x80\x9C", curly_end = "\xE2\x80\x9D";
  const std::size_t quote = before.rfind('"'), opened = before.rfind(curly), closed = before.rfind(curly_end);
  const std::string_view led = letters::trim(before.substr(0, quote));
  const bool node = line.context == Context::code && (led.empty() || led.ends_with("->"));
  const bool in_curly = opened != before.npos && (closed == before.npos || closed < opened);
  return (!node && opens_order(before, quote, 1)) || opens_order(before, before.rfind('`'), 1) ||
         (in_curly && opens_order(before, opened, curly.size()));
}

}  // namespace cascade::manifest
