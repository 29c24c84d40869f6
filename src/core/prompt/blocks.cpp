// Splits the text into lines, looks at each, and lets the steps settle them one after the other.
#include "prompt/parts.h"

#include <algorithm>
#include <map>

#include "prompt/words.h"

namespace cascade::prompt {
namespace {

bool has_two_words(std::string_view text) noexcept {
  TokenReader words(text);
  Token token;
  return words.next(token) && words.next(token);
}

constexpr Roles begins_telling = roles::self | roles::points | roles::tells;

// "Nadia sent me this".
bool begins_with_sayer(std::string_view line) noexcept {
  TokenReader words(line);
  Token sayer, says, what;
  return words.next(sayer) && words.next(says) && words.next(what) && (sayer.roles & ~roles::holder) == 0 &&
         (says.roles & roles::says) != 0 && (what.roles & begins_telling) != 0;
}

// Whether each clause of the line begins with what it tells of, and none with what is wanted: "my boss wrote this, he
// asked me to review it". Who only tells asks for nothing yet; what others want is told as well.
bool only_tells(std::string_view line) noexcept {
  if (line.find('?') != std::string_view::npos) return false;
  bool begins = !begins_with_sayer(line), own = false;
  std::size_t end = 0;
  TokenReader words(line);
  for (Token token; words.next(token); end = token.end) {
    begins = begins || line.substr(end, token.begin - end).find_first_of(",;.:!") != std::string_view::npos;
    if (begins && (token.roles & begins_telling) == 0) return false;
    if (begins) own = (token.roles & (roles::self | roles::points)) != 0;
    if (own && (token.roles & roles::wish) != 0) return false;
    begins = false;
  }
  return true;
}

// Running text of others is introduced by a verb of saying, unless the person speaks of themselves, or by the name of a
// source with nothing but little words beside it ("from the ticket:", not "fix the ticket:").
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

// Where the words of others begin in a line such as "the README says: do it", just behind the colon; 0: the line
// introduces nothing. A colon at the end introduces the lines below.
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

bool is_list_item(std::string_view own) noexcept {
  own = letters::trim_left(own);
  if (own.size() > 1 && (own[0] == '-' || own[0] == '*' || own[0] == '+') && own[1] == ' ') return true;
  const std::size_t digits = letters::run_at_begin(own, letters::is_digit).size();
  return digits > 0 && digits + 1 < own.size() && (own[digits] == '.' || own[digits] == ')') && own[digits + 1] == ' ';
}

void follow_introductions(Blocks& all) {
  for (std::size_t at = 0; at < all.size(); ++at) {
    Line& line = all.lines[at];
    if (line.blank || line.settled) continue;
    const std::string_view own = all.text_of(at);
    const std::size_t trimmed = own.size() - (letters::trim_left(own).size());
    const std::string_view text = letters::trim(own);
    std::size_t behind = introduced_at(text);
    const bool points = behind == 0 && at + 1 < all.size() && all.lines[at + 1].blank && points_below(text);
    if (points) behind = text.size();
    if (behind == 0) continue;
    if (behind < text.size()) {
      line.said_until = static_cast<std::uint32_t>(line.begin + trimmed + behind);
      std::size_t end = at + 1;
      while (end < all.size() && !all.lines[end].blank && !all.lines[end].settled) ++end;
      if (end > at + 2 || (end == at + 2 && !all.asks(end - 1))) all.settle(at + 1, end, PartKind::prose);
      continue;
    }
    const std::size_t first = all.next_written(at + 1);
    if (first == all.size() || all.lines[first].settled) continue;
    std::size_t end = all.end_of_paste(first, points ? at + 1 : at);  // what points is a request itself
    for (std::size_t i = first; i < end; ++i)
      if (!all.lines[i].settled) all.settle(i, i + 1, PartKind::prose);
    at = end > at ? end - 1 : at;
  }
}

// A deeper line below a pasted one goes on with it.
void inherit(Blocks& all, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin + 1; i < end; ++i) {
    Line& line = all.lines[i];
    const Line& above = all.lines[i - 1];
    if (line.look.looks == Looks::plain && above.look.looks != Looks::plain && line.indent >= 2 &&
        above.look.kind != PartKind::quotation)
      line.look = {above.look.kind, above.look.looks};
  }
}

// What a command printed goes on to the end of the paragraph, but for a last line that asks.
void run_terminal(Blocks& all, std::size_t begin, std::size_t end) {
  std::size_t first = begin;
  while (first < end && all.lines[first].look.kind != PartKind::terminal) ++first;
  if (first == end) return;
  std::size_t last = end;
  if (last - first >= 2 && all.lines[last - 1].look.looks == Looks::plain && all.asks(last - 1)) --last;
  for (std::size_t i = first; i < last; ++i) {
    const LineLook look = all.lines[i].look;
    all.settle(i, i + 1, look.looks == Looks::strong ? look.kind : PartKind::terminal);
  }
}

// A program begins many lines alike ("asset ...", "   Compiling ...", "#7 ..."); a person hardly does.
void see_repetition(Blocks& all, std::size_t begin, std::size_t end) {
  constexpr std::size_t fewest = 4, looked_at = 400;
  if (end - begin < fewest) return;
  std::map<std::string_view, std::size_t> firsts;
  const auto first_of = [&](std::size_t line) {
    const std::string_view own = letters::trim(all.text_of(line));
    return own.substr(0, std::min(own.find_first_of(" \t:"), own.size()));
  };
  for (std::size_t i = begin; i < end && i < begin + looked_at; ++i) ++firsts[first_of(i)];
  for (std::size_t i = begin; i < end; ++i) {
    Line& line = all.lines[i];
    const std::string_view own = letters::trim(all.text_of(i));
    if (line.settled || line.look.looks != Looks::plain || is_list_item(own) || all.asks(i)) continue;
    const auto same = firsts.find(first_of(i));
    if (same != firsts.end() && same->first.size() > 1 && same->second >= fewest)
      line.look = {PartKind::log, Looks::weak};
  }
}

bool indented_code(Blocks& all, std::size_t begin, std::size_t end) {
  if (!all.any_flush) return false;
  for (std::size_t i = begin; i < end; ++i)
    if (all.lines[i].indent < 4) return false;
  std::size_t above = begin;
  while (above > 0 && all.lines[above - 1].blank) --above;
  if (above == begin && begin > 0 && !all.lines[begin - 1].settled) return false;
  if (above > 0 && is_list_item(all.text_of(above - 1))) return false;
  for (std::size_t i = begin; i < end; ++i)
    all.settle(i, i + 1, all.lines[i].look.looks == Looks::strong ? all.lines[i].look.kind : PartKind::code);
  return true;
}

// "look at this:" and indented lines right below, to the end of the paragraph. Returns where these begin, or `end`.
std::size_t introduced_code(Blocks& all, std::size_t begin, std::size_t end) {
  std::size_t first = end;
  while (first > begin && all.lines[first - 1].indent >= 4) --first;
  if (first == begin || first == end || is_list_item(all.text_of(first - 1))) return end;
  const std::string_view above = letters::trim(all.text_of(first - 1));
  if (above.back() != ':' || all.lines[first - 1].look.looks != Looks::plain) return end;
  for (std::size_t i = first; i < end; ++i) {
    const LineLook look = all.lines[i].look;
    all.settle(i, i + 1, look.looks == Looks::strong ? look.kind : PartKind::code);
  }
  return first;
}

void judge(Blocks& all, std::size_t begin, std::size_t end) {
  if (indented_code(all, begin, end)) return;
  end = introduced_code(all, begin, end);
  run_terminal(all, begin, end);
  while (end > begin && all.lines[end - 1].settled) --end;
  while (begin < end && all.lines[begin].settled) ++begin;
  see_repetition(all, begin, end);
  inherit(all, begin, end);
  std::size_t strong = 0, weak = 0, first = end, last = begin;
  for (std::size_t i = begin; i < end; ++i) {
    const Looks looks = all.lines[i].look.looks;
    if (looks == Looks::plain || all.lines[i].settled) continue;
    (looks == Looks::strong ? strong : weak) += 1;
    first = std::min(first, i);
    last = i;
  }
  // A weak line right below a region of its kind goes on with it.
  const bool below = weak > 0 && first == begin && begin > 0 && all.lines[begin - 1].settled &&
                     all.lines[begin - 1].kind == all.lines[first].look.kind;
  if (below) ++strong;
  if (strong == 0 && weak < 2) return;
  const std::size_t span = last + 1 - first;
  const bool most = below || (strong + weak) * 2 > span;
  if (strong == 0 && !most) return;
  PartKind kind = all.lines[first].look.kind;
  for (std::size_t i = first; i <= last; ++i) {
    Line& line = all.lines[i];
    if (line.settled) continue;
    if (line.look.looks == Looks::strong || (line.look.looks == Looks::weak && most)) kind = line.look.kind;
    if (most || line.look.looks == Looks::strong) all.settle(i, i + 1, kind);
  }
}

// A comment between two pieces of a program, or what a command printed between two commands, is no speech either.
void fill_between(Blocks& all) {
  std::size_t above = all.size();
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (all.lines[at].blank) continue;
    if (all.lines[at].settled) {
      above = at;
      continue;
    }
    std::size_t end = at;
    bool all_weak = true;
    for (; end < all.size() && !all.lines[end].blank && !all.lines[end].settled; ++end)
      all_weak = all_weak && all.lines[end].look.looks == Looks::weak;
    const std::size_t below = all.next_written(end);
    if (above < at && below < all.size() && all.lines[below].settled) {
      const PartKind kind = all.lines[above].kind;
      const bool commands = kind == PartKind::terminal && all.lines[below].look.kind == PartKind::terminal;
      if (commands || (all_weak && kind == all.lines[below].kind && kind != PartKind::said)) all.settle(at, end, kind);
    }
    at = end - 1;
  }
}

// Where most lines from the first pasted one to the last are pasted, all are: one odd line in a log is no speech.
void judge_paragraphs(Blocks& all) {
  for (const Line& line : all.lines) all.any_flush = all.any_flush || (!line.blank && line.indent < 4);
  for (std::size_t at = 0; at < all.size();) {
    if (all.lines[at].blank || all.lines[at].settled) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < all.size() && !all.lines[end].blank && !all.lines[end].settled) ++end;
    judge(all, at, end);
    at = end;
  }
  fill_between(all);
}

}  // namespace

Blocks::Blocks(std::string_view given) : text(given) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    Line line;
    line.begin = static_cast<std::uint32_t>(begin);
    line.end = static_cast<std::uint32_t>(end);
    const std::string_view own = text.substr(begin, end - begin);
    const std::size_t indent = letters::run_at_begin(own, letters::is_space).size();
    line.blank = indent == own.size();
    line.indent = static_cast<std::uint8_t>(std::min<std::size_t>(indent, 255));
    if (!own.empty() && own[0] == '\t') line.indent = static_cast<std::uint8_t>(std::max<int>(line.indent, 4));
    line.look = look_of(own);
    lines.push_back(line);
    begin = end + 1;
  }
  first_request = lines.size();
  for (std::size_t i = 0; i < lines.size() && first_request == lines.size(); ++i) {
    const std::string_view own = letters::trim(text_of(i));
    if (lines[i].blank || lines[i].look.looks == Looks::strong || introduced_at(own) == own.size()) continue;
    if (has_two_words(own) && !only_tells(own)) first_request = i;
  }
  find_regions(*this);
  judge_paragraphs(*this);
  follow_introductions(*this);
}

void Blocks::settle(std::size_t begin, std::size_t end, PartKind kind) {
  for (std::size_t i = begin; i < end && i < lines.size(); ++i) {
    lines[i].kind = kind;
    lines[i].settled = true;
  }
}

std::size_t Blocks::next_written(std::size_t line) const noexcept {
  while (line < lines.size() && lines[line].blank) ++line;
  return line;
}

bool Blocks::asks(std::size_t line) const {
  const std::string_view own = letters::trim(text_of(line));
  if (own.empty()) return false;
  if (own.back() == '?' || (own.size() > 3 && own.substr(own.size() - 3) == "\xEF\xBC\x9F")) return true;
  TokenReader words(own);
  Token token;
  return words.next(token) && (token.roles & roles::ask) != 0;
}

std::size_t Blocks::end_of_paste(std::size_t begin, std::size_t mark) const {
  std::size_t end = lines.size();
  while (end > begin && lines[end - 1].blank) --end;
  std::size_t last = end;
  while (last > begin && !lines[last - 1].blank) --last;
  if (last <= begin || next_written(begin) >= last) return end;  // one paragraph
  constexpr std::size_t longest_request = 4;
  if (end - last > longest_request) return end;
  for (std::size_t i = last; i < end; ++i)
    if (lines[i].look.looks == Looks::strong || lines[i].settled) return end;
  if (first_request < mark) return asks(end - 1) || asks(last) ? last : end;
  const std::string_view own = letters::trim(text_of(last));
  if (std::string_view("#-*").find(own.front()) != std::string_view::npos) return end;
  TokenReader words(own);
  Token token;
  std::size_t count = 0;
  bool closes = false;
  while (words.next(token)) closes = (count++ == 0 && (token.roles & roles::closing) != 0) || closes;
  return closes && count <= 4 ? end : last;
}

}  // namespace cascade::prompt
