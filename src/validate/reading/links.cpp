// Finds the links of a text: [label](target) in what is shown, [label]: target in the file. The model has blanked out
// code and comments, so "](" there is a link unless its bracket is an array index. Labels and targets are searched over
// at most 1,000 and 2,000 characters, which keeps a text of brackets alone linear.
#include "validate/reading/links.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/percent.h"

namespace cascade::validation {
namespace {

constexpr std::size_t longest_target = 2000, longest_label = 1000;
constexpr int deepest_brackets = 32;  // as in CommonMark

bool has_scheme(std::string_view target) {
  std::size_t i = 0;
  while (i < target.size() && (letters::is_letter(target[i]) || letters::is_digit(target[i]) || target[i] == '+' ||
                               target[i] == '.' || target[i] == '-'))
    ++i;
  return (i > 1 && i < target.size() && target[i] == ':' && letters::is_letter(target[0])) ||
         target.substr(0, 2) == "//";
}

// Not letters::percent_decoded(): in Markdown a backslash escapes punctuation, and "\%20" is no blank.
std::string decoded(std::string_view target) {
  std::string out;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (const int byte = letters::percent_byte(target, i); byte >= 0) {
      out += static_cast<char>(byte);
      i += 2;
    } else if (target[i] == '\\' && i + 1 < target.size() && !letters::is_letter(target[i + 1]) &&
               !letters::is_digit(target[i + 1])) {
      out += target[++i];
    } else {
      out += target[i];
    }
  }
  return out;
}

class LinkScan {
 public:
  explicit LinkScan(const TextModel& text) : text_(text), shown_(text.rendered()), raw_(text.text()) {}

  std::vector<Link> run() {
    for (std::size_t at = shown_.find("]("); at != std::string_view::npos; at = shown_.find("](", at + 2))
      inline_link(at);
    definitions();
    std::sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) { return a.begin < b.begin; });
    return std::move(links_);
  }

 private:
  // The bracket before must be open, and not an array index.
  bool has_label(std::size_t close) const {
    int depth = 0;
    for (std::size_t i = close; i-- > 0 && close - i < longest_label;) {
      if (shown_[i] == ']' && (i == 0 || shown_[i - 1] != '\\')) ++depth;
      if (shown_[i] == '[' && (i == 0 || shown_[i - 1] != '\\') && depth-- == 0)
        return i == 0 || !letters::is_word(shown_[i - 1]);
      if (shown_[i] == '\n' && i > 0 && shown_[i - 1] == '\n') return false;
    }
    return false;
  }

  void inline_link(std::size_t at) {
    if (!has_label(at)) return;
    std::size_t begin = at + 2;
    while (begin < shown_.size() && letters::is_space(shown_[begin]) && begin - at < 10) ++begin;
    if (begin >= shown_.size()) return;
    if (shown_[begin] == '<') {
      const std::size_t end = shown_.substr(0, begin + longest_target).find_first_of(">\n", begin);
      const bool ends = end != std::string_view::npos && shown_[end] == '>' && end + 1 < shown_.size() &&
                        (shown_[end + 1] == ')' || letters::is_space(shown_[end + 1]));
      if (ends) add(begin + 1, end);
      return;
    }
    int depth = 0;
    std::size_t end = begin;
    for (; end < shown_.size() && end - begin < longest_target; ++end) {
      const char c = shown_[end];
      if (c == '(' && ++depth > deepest_brackets) return;
      if (letters::is_space(c) || (c == ')' && depth-- == 0)) break;
    }
    if (end < shown_.size() && (shown_[end] == ')' || behind_title(end))) add(begin, end);
  }

  // A blank ends the target only if a title or the bracket follows.
  bool behind_title(std::size_t at) const {
    while (at < shown_.size() && (shown_[at] == ' ' || shown_[at] == '\n')) ++at;
    return at < shown_.size() && (shown_[at] == '"' || shown_[at] == '\'' || shown_[at] == '(' || shown_[at] == ')');
  }

  // [label]: target
  void definitions() {
    // Definitions are not shown, so they are searched in the file's own text, and the region at the place tells code
    // apart.
    for (std::size_t at = raw_.find("]:"); at != std::string_view::npos; at = raw_.find("]:", at + 2)) {
      const std::size_t line = begin_of_line(at);
      std::size_t open = line;
      while (open < at && open - line < 4 && raw_[open] == ' ') ++open;
      if (raw_[open] != '[' || open + 1 == at || raw_[open + 1] == '^') continue;
      if (raw_.substr(open + 1, at - open - 1).find_first_of("[]") != std::string_view::npos) continue;
      if (at < text_.body()) continue;
      const Region region = text_.region_at(at);
      if (region != Region::running && region != Region::quote && region != Region::quotation) continue;
      std::size_t begin = at + 2;
      while (begin < raw_.size() && raw_[begin] == ' ') ++begin;
      std::size_t end = begin;
      while (end < raw_.size() && !letters::is_space(raw_[end]) && end - begin < longest_target) ++end;
      if (begin == end || !ends_line(end)) continue;
      if (raw_[begin] == '<' && raw_[end - 1] == '>')
        add(begin + 1, end - 1);
      else
        add(begin, end);
    }
  }

  std::size_t begin_of_line(std::size_t at) const {
    std::size_t begin = at;
    while (begin > 0 && raw_[begin - 1] != '\n' && at - begin < longest_label) --begin;
    return begin;
  }

  // Whether only a title follows: "[note]: see below" defines nothing.
  bool ends_line(std::size_t at) const {
    while (at < raw_.size() && (letters::is_blank(raw_[at]) || raw_[at] == '\r')) ++at;
    return at >= raw_.size() || raw_[at] == '\n' || raw_[at] == '"' || raw_[at] == '\'' || raw_[at] == '(';
  }

  void add(std::size_t begin, std::size_t end) {
    const std::string_view written = raw_.substr(begin, end - begin);
    if (written.empty() || has_scheme(written)) return;
    Link link;
    link.written = written;
    link.begin = begin;
    link.end = end;
    std::string_view path = written;
    if (const std::size_t hash = path.find('#'); hash != std::string_view::npos) {
      link.fragment = decoded(path.substr(hash + 1));
      path = path.substr(0, hash);
    }
    path = path.substr(0, path.find('?'));
    link.path = decoded(path);
    links_.push_back(std::move(link));
  }

  const TextModel& text_;
  std::string_view shown_, raw_;
  std::vector<Link> links_;
};

}  // namespace

std::vector<Link> find_links(const TextModel& text) { return LinkScan(text).run(); }

bool is_template_target(std::string_view target) noexcept {
  if (target.find_first_of("{}<>$*[]|,;") != std::string_view::npos) return true;
  for (const std::string_view part : {"...", "…", "path/to", "/path", "your-", "YYYY", "xxx", "XXX", "NNN"})
    if (target.find(part) != std::string_view::npos) return true;
  for (const std::string_view word : {"url", "link", "path", "href", "file", "source", "target", "uri", "image", "doc",
                                      "page", "here", "relative-path", "relative_path", "filename", "src", "todo"})
    if (letters::equals_lower(target, word)) return true;
  if (target.find_first_of("./#") != std::string_view::npos) return false;
  for (const std::string_view end : {"_url", "-url", "_uri", "_link", "_path"})  // thumbnail_url
    if (target.ends_with(end)) return true;
  return false;
}

}  // namespace cascade::validation
