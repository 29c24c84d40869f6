// Running text of others has no looks of its own: the person introduces it ("the README says:"). The words before the
// colon decide. A verb of saying introduces, unless the person speaks of themselves; the name of a source introduces,
// if nothing but little words stands beside it ("from the ticket:", not "fix the ticket:").
#include "prompt/blocks.h"
#include "prompt/words.h"
#include "text/ascii.h"

namespace cascade::prompt {
namespace {

constexpr std::string_view wide_colon = "\xEF\xBC\x9A";

// The colon that may introduce: followed by a space, the end, or wide. The length of the colon is added to `behind`.
std::size_t find_colon(std::string_view line, std::size_t from, std::size_t& behind) noexcept {
  for (std::size_t at = from; at < line.size(); ++at) {
    if (line[at] == ':' && (at + 1 == line.size() || line[at + 1] == ' ')) {
      behind = at + 1;
      return at;
    }
    if (line.substr(at, wide_colon.size()) == wide_colon) {
      behind = at + wide_colon.size();
      return at;
    }
  }
  return std::string_view::npos;
}

// The words of a clause that may introduce.
bool introduces(std::string_view clause) noexcept {
  constexpr std::size_t most_words = 16;
  std::size_t count = 0, unknown = 0, sources = 0;
  bool says = false, self = false, from = false;
  TokenReader words(clause);
  for (Token token; words.next(token); ++count) {
    const Roles has = token.roles;
    if (count == 0) from = (has & roles::from) != 0;
    says = says || (has & roles::says) != 0;
    self = self || (has & roles::self) != 0;
    if ((has & roles::source) != 0) ++sources;
    const bool number = letters::is_digit(clause[token.end - 1]);
    if ((has & (roles::says | roles::source | roles::little | roles::from)) == 0 && !number && !token.unspaced)
      ++unknown;
  }
  if (count == 0 || count > most_words || self) return false;
  return says || (sources > 0 && (unknown == 0 || from));
}

// "shorten this bit of their readme?", "I copied this off a web page, take out the advertisement": what stands below is
// the thing that is pointed at, whatever is to be done with it.
bool points_below(std::string_view line) noexcept {
  bool points = false, source = false;
  TokenReader words(line);
  for (Token token; words.next(token);) {
    points = points || (token.roles & roles::points) != 0;
    source = source || (points && (token.roles & roles::source) != 0);
  }
  return source;
}

}  // namespace

std::size_t introduced_at(std::string_view line) noexcept {
  std::size_t behind = 0, from = 0;
  for (int tries = 0; tries < 3; ++tries) {
    const std::size_t colon = find_colon(line, from, behind);
    if (colon == std::string_view::npos) return 0;
    // The clause begins behind the last sentence.
    std::size_t begin = colon;
    while (begin > 0 && !(line[begin - 1] == ' ' && begin > 1 &&
                          (line[begin - 2] == '.' || line[begin - 2] == '!' || line[begin - 2] == '?' ||
                           line[begin - 2] == ':' || line[begin - 2] == ';')))
      --begin;
    if (introduces(line.substr(begin, colon - begin))) return behind;
    from = behind;
  }
  return 0;
}

void Introductions::follow() {
  for (std::size_t at = 0; at < all_.size(); ++at) {
    Line& line = all_.lines_[at];
    if (line.blank || line.settled) continue;
    const std::string_view own = all_.text_of(at);
    const std::size_t trimmed = own.size() - (letters::trim_left(own).size());
    const std::string_view text = letters::trim(own);
    std::size_t behind = introduced_at(text);
    const bool points = behind == 0 && at + 1 < all_.size() && all_.lines_[at + 1].blank && points_below(text);
    if (points) behind = text.size();
    if (behind == 0) continue;
    if (behind < text.size()) {
      // The rest of the paragraph.
      line.said_until = static_cast<std::uint32_t>(line.begin + trimmed + behind);
      std::size_t end = at + 1;
      while (end < all_.size() && !all_.lines_[end].blank && !all_.lines_[end].settled) ++end;
      if (end > at + 2 || (end == at + 2 && !all_.asks(end - 1))) all_.settle(at + 1, end, PartKind::prose);
      continue;
    }
    const std::size_t first = all_.next_written(at + 1);
    if (first == all_.size() || all_.lines_[first].settled) continue;
    std::size_t end = all_.end_of_paste(first, points ? at + 1 : at);  // what points is a request itself
    for (std::size_t i = first; i < end; ++i)
      if (!all_.lines_[i].settled) all_.settle(i, i + 1, PartKind::prose);
    at = end > at ? end - 1 : at;
  }
}

}  // namespace cascade::prompt
