// Finds the links of a text: [label](target) in what is shown, [label]: target in the file. The model has blanked out
// code and comments, so "](" there is a link unless its bracket is an array index.
#include "validate/reading/links.h"

#include <algorithm>

#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "text/percent.h"
#include "validate/reading/lists.h"

namespace cascade::validation {
namespace {

constexpr std::size_t longest_target = 2000, longest_label = 1000;

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
    for (auto link = syntax::next_link(shown_, 0); link; link = syntax::next_link(shown_, link->end))
      if (has_label(link->bracket)) add(link->begin, link->end);
    definitions();
    std::sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) { return a.begin < b.begin; });
    return std::move(links_);
  }

 private:
  // An array index has none.
  bool has_label(std::size_t bracket) const {
    const std::size_t open = syntax::link_label_begin(shown_, bracket);
    return open != std::string_view::npos && (open == 0 || !letters::is_word(shown_[open - 1]));
  }

  // [label]: target
  void definitions() {
    // Definitions are not shown, so they are searched in the file's own text, and the region at the place tells code
    // apart.
    for (std::size_t at = raw_.find("]:"); at != std::string_view::npos; at = raw_.find("]:", at + 2)) {
      const std::size_t line = begin_of_line(at);
      std::size_t open = line;
      while (open < at && open - line < 4 && raw_[open] == ' ') ++open;
      if (raw_.substr(open, 2) == "[^" || syntax::link_label_end(raw_, open) != at + 1 || at < text_.body()) continue;
      const Region region = text_.region_at(at);
      if (region != Region::running && region != Region::quote && region != Region::quotation) continue;
      const std::size_t begin = std::min(raw_.find_first_not_of(' ', at + 2), raw_.size());
      const std::size_t end =
          syntax::link_destination_end(raw_.substr(0, std::min(raw_.size(), begin + longest_target)), begin);
      if (end == 0 || !ends_line(end)) continue;
      const std::size_t angled = raw_[begin] == '<' ? 1 : 0;
      add(begin + angled, end - angled);
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
  for (const std::string_view part : lists::stand_in_parts)
    if (target.find(part) != std::string_view::npos) return true;
  if (letters::is_one_of_lower(target, lists::stand_ins)) return true;
  if (target.find_first_of("./#") != std::string_view::npos) return false;
  for (const std::string_view end : lists::stand_in_endings)  // thumbnail_url
    if (target.ends_with(end)) return true;
  return false;
}

}  // namespace cascade::validation
