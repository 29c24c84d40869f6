// Looks for the opening dashes at the start, else after a banner of comments and blank lines; then for the closing
// line of dashes. The client ends the block at the first three dashes anywhere, so that offset is computed separately
// (`client_end`): the difference is what the client silently loses, and the validator reports it.
#include "syntax/frontmatter.h"

#include "syntax/lines.h"
#include "text/letter_case.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <array>

namespace cascade::syntax {
namespace {

constexpr std::string_view dashes = "---";

// The line at `at`, without its LF.
std::string_view line_at(std::string_view text, std::size_t at) noexcept {
  return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

std::size_t next_line(std::string_view text, std::size_t at) noexcept {
  const std::size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

// "---", optionally followed by spaces. Another line must follow.
bool opens(std::string_view text, std::size_t at) noexcept {
  const std::string_view line = line_at(text, at);
  return line.starts_with(dashes) && letters::is_white(line.substr(dashes.size())) && at + line.size() < text.size();
}

// Three or more dashes and nothing else, with or without indentation.
bool closes(std::string_view line) noexcept {
  const std::string_view trimmed = letters::trim_blanks_left(line);
  if (!trimmed.starts_with(dashes)) return false;
  return letters::is_white(trimmed.substr(std::min(trimmed.find_first_not_of('-'), trimmed.size())));
}

// Returns the key in `key:` at the begin of a line, followed by white space or the line end.
std::string_view key_of(std::string_view line) noexcept {
  const auto is_letter = [](char c) { return letters::is_letter(c) || c == '_'; };
  if (line.empty() || !is_letter(line[0])) return {};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || line.substr(0, colon).find_first_of("`\"'<>[]{}#*") != std::string_view::npos)
    return {};
  if (colon + 1 < line.size() && std::string_view(" \t\r").find(line[colon + 1]) == std::string_view::npos) return {};
  return line.substr(0, colon);
}

bool find_end(std::string_view text, Frontmatter& found) {
  for (std::size_t at = found.begin, next = at; at < text.size(); at = next) {
    const std::string_view line = line_at(text, at);
    next = std::min(at + line.size() + 1, text.size());
    if (!closes(line)) continue;
    found.end = at;
    found.body = next;
    return true;
  }
  return false;
}

// If no line consists of dashes, a line that only begins with them ("---x") closes the block, as in the client.
bool find_loose_end(std::string_view text, Frontmatter& found) {
  for (std::size_t at = found.begin; at < text.size(); at = next_line(text, at)) {
    if (!letters::trim_blanks_left(line_at(text, at)).starts_with(dashes)) continue;
    found.end = at;
    found.body = text.find(dashes, at) + dashes.size();
    return true;
  }
  return false;
}

// Returns where the client stops reading: at the first dashes, even in the middle of a line.
std::size_t client_end(std::string_view text, const Frontmatter& found) {
  const std::size_t first = std::min(text.find(dashes, found.begin), text.size());
  return first >= found.end ? found.end : first;
}

struct Comment {
  std::string_view open, close;
};
constexpr std::array<Comment, 2> comments = {{{"/*", "*/"}, {"<!--", "-->"}}};

// Skips blank lines, comments and, with `hash_lines`, lines that begin with '#'. Returns the offset of the first other
// line, or the end of the text.
std::size_t skip_banner(std::string_view text, std::size_t at, bool& hash_lines) {
  while (at < text.size()) {
    const std::string_view line = line_at(text, at);
    const std::string_view trimmed = letters::trim_blanks_left(line);
    const auto comment = std::ranges::find_if(comments, [&](const Comment& c) { return trimmed.starts_with(c.open); });
    if (comment != comments.end()) {
      const std::size_t open = at + static_cast<std::size_t>(trimmed.data() - line.data());
      const std::size_t close = text.find(comment->close, open + comment->open.size());
      if (close == std::string_view::npos) return text.size();
      const std::size_t after = close + comment->close.size();
      if (!letters::is_white(line_at(text, after))) return after;
      at = next_line(text, after);
    } else if (trimmed.starts_with('#')) {
      hash_lines = true;
      at = next_line(text, at);
    } else if (letters::is_white(line)) {
      at = next_line(text, at);
    } else {
      break;
    }
  }
  return at;
}

// A horizontal rule looks like the opening of front matter, so a block after a banner must hold a line `key:` between
// the dashes. '#' lines are headings more often than comments, so after them the key must be name or description.
bool looks_like_frontmatter(std::string_view text, const Frontmatter& found, bool hash_lines) {
  for (std::size_t at = found.begin; at < found.end; at = next_line(text, at)) {
    const std::string_view key = key_of(line_at(text, at));
    if (key == "name" || key == "description" || (!key.empty() && !hash_lines)) return true;
  }
  return false;
}

void find_preceded(std::string_view text, Frontmatter& found) {
  bool hash_lines = false;
  std::size_t at = skip_banner(text, found.begin, hash_lines);
  at += line_at(text, at).size() - letters::trim_blanks_left(line_at(text, at)).size();
  if (at >= text.size() || !opens(text, at)) return;
  Frontmatter block = found;
  block.begin = next_line(text, at);
  if (!find_end(text, block) || !looks_like_frontmatter(text, block, hash_lines)) return;
  found = block;
  found.state = FrontmatterState::preceded;
  found.client_end = found.begin;
  found.opening_line = LineCursor(text.substr(0, at)).at(at).line;
}

}  // namespace

Frontmatter find_frontmatter(std::string_view text) {
  Frontmatter found;
  found.byte_order_mark = text.starts_with(unicode::byte_order_mark);
  const std::size_t first = found.byte_order_mark ? unicode::byte_order_mark.size() : 0;
  found.begin = found.end = found.body = found.client_end = first;
  if (opens(text, first)) {
    found.opening_line = 1;
    found.begin = next_line(text, first);
    if (find_end(text, found) || find_loose_end(text, found)) {
      found.state = FrontmatterState::client;
      found.client_end = client_end(text, found);
    } else {
      found.state = FrontmatterState::unclosed;
      found.begin = found.end = found.body = first;
    }
  } else {
    find_preceded(text, found);
  }
  if (found.begin > first) found.line = LineCursor(text.substr(0, found.begin)).at(found.begin).line;
  return found;
}

}  // namespace cascade::syntax
