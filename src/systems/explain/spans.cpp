#include "explain/spans.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::comprehension {
namespace {

std::size_t run_at(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of('`', at), text.size()) - at;
}

// Where a run of just so many backticks begins; npos: in this paragraph there is none.
std::size_t closing(std::string_view text, std::size_t from, std::size_t length) {
  const std::size_t paragraph = std::min(text.find("\n\n", from), text.size());
  for (std::size_t at = text.find('`', from); at < paragraph; at = text.find('`', at + run_at(text, at)))
    if (run_at(text, at) == length) return at;
  return std::string_view::npos;
}

std::string_view without_padding(std::string_view text) {
  const bool is_padded = text.size() > 2 && text.front() == ' ' && text.back() == ' ';
  return is_padded ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::vector<MarkedSpan> code_spans(std::string_view text) {
  std::vector<MarkedSpan> spans;
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
    const std::size_t length = run_at(text, at), inside = at + length, end = closing(text, inside, length);
    if (end == std::string_view::npos) {
      at = inside;
      continue;
    }
    MarkedSpan span{std::string(without_padding(text.substr(inside, end - inside))), at, end + length};
    std::replace(span.text.begin(), span.text.end(), '\n', ' ');
    at = span.end;
    spans.push_back(std::move(span));
  }
  return spans;
}

std::vector<std::string> quoted_in(std::string_view text) {
  std::vector<std::string> all;
  const auto take = [&](std::string_view found) {
    found = letters::trim(found);
    if (!found.empty() && std::find(all.begin(), all.end(), found) == all.end()) all.emplace_back(found);
  };
  for (const MarkedSpan& span : code_spans(text)) take(span.text);
  for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
    const std::size_t end = text.find('"', at + 1);
    if (end == std::string_view::npos || text.find("\n\n", at) < end) continue;
    take(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return all;
}

}  // namespace cascade::comprehension
