// A list is one of needs if half of its items ask, or if the line above announces needs; it is detail if that line says
// so ("steps to reproduce:"), or asks itself.
#include "needs/lists.h"

#include <algorithm>

#include "needs/head.h"
#include "needs/sentences.h"

namespace cascade::needs {
namespace {

ListKind kind_of(const Message& message, const std::vector<Words>& items, const Line* lead) {
  std::size_t asking = 0, wrong = 0;
  for (const Words& item : items) {
    const bool asked = message[item.end - 1].mark == '?';
    asking += opens(head_of(message, without_joints(message, item).words, asked)) ? 1 : 0;
    wrong += message.has(item, roles::wrong) ? 1 : 0;
  }
  const bool most_ask = asking * 2 >= items.size();
  if (lead == nullptr) return ListKind::needs;
  const Words above = without_joints(message, lead->words).words;
  const Head head = head_of(message, above, false);
  const bool listed = message.has(above, roles::listed);
  if (message.has(above, roles::details) && !listed) return ListKind::detail;
  if (most_ask || (listed && head != Head::question) || announces(message, above)) return ListKind::needs;
  if (opens(head) && asking == 0) return above.size() <= longest_lead ? ListKind::needs : ListKind::detail;
  return asking > 0 || wrong * 2 >= items.size() ? ListKind::needs : ListKind::detail;
}

}  // namespace

std::vector<ListKind> lists_in(const Message& message) {
  const std::vector<Line>& lines = message.lines();
  std::vector<ListKind> kinds(lines.size(), ListKind::none);
  for (std::size_t i = 0; i < lines.size();) {
    if (lines[i].kind != LineKind::item) {
      ++i;
      continue;
    }
    std::vector<Words> items;
    std::size_t end = i;
    for (; end < lines.size() && lines[end].kind != LineKind::heading; ++end) {
      if (lines[end].kind == LineKind::text && !lines[end].indented) break;
      if (lines[end].kind == LineKind::item && !lines[end].words.empty()) items.push_back(lines[end].words);
    }
    const bool led = i > 0 && !lines[i - 1].words.empty();
    if (!items.empty()) {
      const ListKind kind = kind_of(message, items, led ? &lines[i - 1] : nullptr);
      if (led && kind == ListKind::needs) kinds[i - 1] = ListKind::lead;
      std::fill(kinds.begin() + static_cast<std::ptrdiff_t>(i), kinds.begin() + static_cast<std::ptrdiff_t>(end), kind);
    }
    i = std::max(end, i + 1);
  }
  return kinds;
}

}  // namespace cascade::needs
