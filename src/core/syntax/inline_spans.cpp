// One pass over the characters that matter: a backslash hides the next one, a run of backticks opens a code span if a
// run of the same length follows, and `<` may open a comment or a tag. Looking for the end of each opening would be
// quadratic in a text of openings without ends. So runs are collected once, by length, and after one comment without an
// end no other is looked for.
#include "syntax/html_tag.h"
#include "syntax/outline.h"

#include <algorithm>
#include <map>

namespace cascade::syntax {
namespace {

std::size_t run_end(std::string_view text, std::size_t at) noexcept {
  return std::min(text.find_first_not_of('`', at), text.size());
}

// The runs of backticks of a text, by length. Queries come in ascending order of places, so all of them together are
// linear.
class BacktickRuns {
 public:
  explicit BacktickRuns(std::string_view text) : text_(text) {}

  // Returns the begin of the first run of exactly `length` at or after `from`, or npos.
  std::size_t next(std::size_t length, std::size_t from) {
    if (!collected_) collect();
    const auto found = by_length_.find(length);
    if (found == by_length_.end()) return std::string_view::npos;
    Places& places = found->second;
    while (places.at < places.begins.size() && places.begins[places.at] < from) ++places.at;
    return places.at < places.begins.size() ? places.begins[places.at] : std::string_view::npos;
  }

 private:
  struct Places {
    std::vector<std::size_t> begins;
    std::size_t at = 0;
  };
  void collect() {
    collected_ = true;
    for (std::size_t at = text_.find('`'); at != std::string_view::npos; at = text_.find('`', at)) {
      const std::size_t end = run_end(text_, at);
      by_length_[end - at].begins.push_back(at);
      at = end;
    }
  }

  std::string_view text_;
  bool collected_ = false;
  std::map<std::size_t, Places> by_length_;
};

class SpanReader {
 public:
  SpanReader(std::string_view leaf, std::size_t offset) : leaf_(leaf), offset_(offset), runs_(leaf) {}

  std::vector<InlineSpan> read() {
    for (std::size_t at = next_mark(0); at < leaf_.size(); at = next_mark(at)) {
      if (leaf_[at] == '\\') {
        at = std::min(at + 2, leaf_.size());
      } else {
        at = leaf_[at] == '`' ? code(at) : angle(at);
      }
    }
    return std::move(spans_);
  }

 private:
  std::size_t next_mark(std::size_t at) const noexcept {
    while (at < leaf_.size() && leaf_[at] != '\\' && leaf_[at] != '`' && leaf_[at] != '<') ++at;
    return at;
  }
  void add(InlineSpan::Kind kind, std::size_t begin, std::size_t end) {
    spans_.push_back({kind, offset_ + begin, offset_ + end});
  }
  std::size_t code(std::size_t at) {
    const std::size_t end = run_end(leaf_, at);
    const std::size_t closing = runs_.next(end - at, end);
    if (closing == std::string_view::npos) return end;
    add(InlineSpan::Kind::code, at, closing + (end - at));
    return closing + (end - at);
  }
  // A comment is a span; a tag is only skipped, because its quotes may hold backticks.
  std::size_t angle(std::size_t at) {
    if (leaf_.substr(at, 4) == "<!--") {
      if (!more_comments_) return at + 1;
      const std::size_t close = leaf_.find("-->", at + 4);
      more_comments_ = close != std::string_view::npos;
      if (!more_comments_) return at + 1;
      add(InlineSpan::Kind::comment, at, close + 3);
      return close + 3;
    }
    const std::size_t tag = html_tag_end(leaf_, at);
    return tag == 0 ? at + 1 : tag;
  }

  std::string_view leaf_;
  std::size_t offset_;
  BacktickRuns runs_;
  std::vector<InlineSpan> spans_;
  bool more_comments_ = true;
};

}  // namespace

std::vector<InlineSpan> scan_inline(std::string_view text, std::size_t begin, std::size_t end) {
  begin = std::min(begin, text.size());
  end = std::min(std::max(begin, end), text.size());
  return SpanReader(text.substr(begin, end - begin), begin).read();
}

}  // namespace cascade::syntax
