// Judges runs of lines without a blank line between them. Where most lines from the first pasted one to the last are
// pasted, all of them are, so that one odd line in a log is not taken for speech. What stands above and below is said,
// unless it is the output of a command or goes on by its indentation.
#include <algorithm>
#include <map>

#include "prompt/blocks.h"
#include "text/ascii.h"

namespace cascade::prompt {
namespace {

bool is_list_item(std::string_view own) noexcept {
  own = letters::trim_left(own);
  if (own.size() > 1 && (own[0] == '-' || own[0] == '*' || own[0] == '+') && own[1] == ' ') return true;
  std::size_t digits = 0;
  while (digits < own.size() && letters::is_digit(own[digits])) ++digits;
  return digits > 0 && digits + 1 < own.size() && (own[digits] == '.' || own[digits] == ')') && own[digits + 1] == ' ';
}

}  // namespace

void Paragraphs::judge() {
  for (const Line& line : all_.lines_) any_flush_ = any_flush_ || (!line.blank && line.indent < 4);
  for (std::size_t at = 0; at < all_.size();) {
    if (all_.lines_[at].blank || all_.lines_[at].settled) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < all_.size() && !all_.lines_[end].blank && !all_.lines_[end].settled) ++end;
    judge(at, end);
    at = end;
  }
  fill_between();
}

// A deeper line below a pasted one goes on with it.
void Paragraphs::inherit(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin + 1; i < end; ++i) {
    Line& line = all_.lines_[i];
    const Line& above = all_.lines_[i - 1];
    if (line.look.looks == Looks::plain && above.look.looks != Looks::plain && line.indent >= 2 &&
        above.look.kind != PartKind::quotation)
      line.look = {above.look.kind, above.look.looks};
  }
}

// What a command printed goes on to the end of the paragraph, but for a last line that asks.
void Paragraphs::run_terminal(std::size_t begin, std::size_t end) {
  std::size_t first = begin;
  while (first < end && all_.lines_[first].look.kind != PartKind::terminal) ++first;
  if (first == end) return;
  std::size_t last = end;
  if (last - first >= 2 && all_.lines_[last - 1].look.looks == Looks::plain && all_.asks(last - 1)) --last;
  for (std::size_t i = first; i < last; ++i) {
    const LineLook look = all_.lines_[i].look;
    all_.settle(i, i + 1, look.looks == Looks::strong ? look.kind : PartKind::terminal);
  }
}

// A program begins many lines alike ("asset ...", "   Compiling ...", "#7 ..."); a person hardly does.
void Paragraphs::see_repetition(std::size_t begin, std::size_t end) {
  constexpr std::size_t fewest = 4, looked_at = 400;
  if (end - begin < fewest) return;
  std::map<std::string_view, std::size_t> firsts;
  const auto first_of = [&](std::size_t line) {
    const std::string_view own = letters::trim(all_.text_of(line));
    return own.substr(0, std::min(own.find_first_of(" \t:"), own.size()));
  };
  for (std::size_t i = begin; i < end && i < begin + looked_at; ++i) ++firsts[first_of(i)];
  for (std::size_t i = begin; i < end; ++i) {
    Line& line = all_.lines_[i];
    const std::string_view own = letters::trim(all_.text_of(i));
    if (line.settled || line.look.looks != Looks::plain || is_list_item(own) || all_.asks(i)) continue;
    const auto same = firsts.find(first_of(i));
    if (same != firsts.end() && same->first.size() > 1 && same->second >= fewest)
      line.look = {PartKind::log, Looks::weak};
  }
}

bool Paragraphs::indented_code(std::size_t begin, std::size_t end) {
  if (!any_flush_) return false;
  for (std::size_t i = begin; i < end; ++i)
    if (all_.lines_[i].indent < 4) return false;
  std::size_t above = begin;
  while (above > 0 && all_.lines_[above - 1].blank) --above;
  if (above == begin && begin > 0 && !all_.lines_[begin - 1].settled) return false;
  if (above > 0 && is_list_item(all_.text_of(above - 1))) return false;
  for (std::size_t i = begin; i < end; ++i)
    all_.settle(i, i + 1, all_.lines_[i].look.looks == Looks::strong ? all_.lines_[i].look.kind : PartKind::code);
  return true;
}

// "look at this:" and indented lines right below, to the end of the paragraph. Returns where these begin, or `end`.
std::size_t Paragraphs::introduced_code(std::size_t begin, std::size_t end) {
  std::size_t first = end;
  while (first > begin && all_.lines_[first - 1].indent >= 4) --first;
  if (first == begin || first == end || is_list_item(all_.text_of(first - 1))) return end;
  const std::string_view above = letters::trim(all_.text_of(first - 1));
  if (above.back() != ':' || all_.lines_[first - 1].look.looks != Looks::plain) return end;
  for (std::size_t i = first; i < end; ++i) {
    const LineLook look = all_.lines_[i].look;
    all_.settle(i, i + 1, look.looks == Looks::strong ? look.kind : PartKind::code);
  }
  return first;
}

void Paragraphs::judge(std::size_t begin, std::size_t end) {
  if (indented_code(begin, end)) return;
  end = introduced_code(begin, end);
  run_terminal(begin, end);
  while (end > begin && all_.lines_[end - 1].settled) --end;
  while (begin < end && all_.lines_[begin].settled) ++begin;
  see_repetition(begin, end);
  inherit(begin, end);
  std::size_t strong = 0, weak = 0, first = end, last = begin;
  for (std::size_t i = begin; i < end; ++i) {
    const Looks looks = all_.lines_[i].look.looks;
    if (looks == Looks::plain || all_.lines_[i].settled) continue;
    (looks == Looks::strong ? strong : weak) += 1;
    first = std::min(first, i);
    last = i;
  }
  // A weak line right below a region of its kind goes on with it.
  const bool below = weak > 0 && first == begin && begin > 0 && all_.lines_[begin - 1].settled &&
                     all_.lines_[begin - 1].kind == all_.lines_[first].look.kind;
  if (below) ++strong;
  if (strong == 0 && weak < 2) return;
  const std::size_t span = last + 1 - first;
  const bool most = below || (strong + weak) * 2 > span;
  if (strong == 0 && !most) return;
  PartKind kind = all_.lines_[first].look.kind;
  for (std::size_t i = first; i <= last; ++i) {
    Line& line = all_.lines_[i];
    if (line.settled) continue;
    if (line.look.looks == Looks::strong || (line.look.looks == Looks::weak && most)) kind = line.look.kind;
    if (most || line.look.looks == Looks::strong) all_.settle(i, i + 1, kind);
  }
}

// A comment between two pieces of a program, or what a command printed between two commands, is no speech either.
void Paragraphs::fill_between() {
  std::size_t above = all_.size();
  for (std::size_t at = 0; at < all_.size(); ++at) {
    if (all_.lines_[at].blank) continue;
    if (all_.lines_[at].settled) {
      above = at;
      continue;
    }
    std::size_t end = at;
    bool all_weak = true;
    for (; end < all_.size() && !all_.lines_[end].blank && !all_.lines_[end].settled; ++end)
      all_weak = all_weak && all_.lines_[end].look.looks == Looks::weak;
    const std::size_t below = all_.next_written(end);
    if (above < at && below < all_.size() && all_.lines_[below].settled) {
      const PartKind kind = all_.lines_[above].kind;
      const bool commands = kind == PartKind::terminal && all_.lines_[below].look.kind == PartKind::terminal;
      if (commands || (all_weak && kind == all_.lines_[below].kind && kind != PartKind::said))
        all_.settle(at, end, kind);
    }
    at = end - 1;
  }
}

}  // namespace cascade::prompt
