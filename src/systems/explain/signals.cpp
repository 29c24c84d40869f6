// A template is not parsed as its language would: what stands between its places is cut out of the line, and a text
// fits if these pieces, in their order, leave only gaps where places are.
#include "explain/signals.h"

#include <algorithm>
#include <array>

#include "explain/spans.h"
#include "text/ascii.h"

namespace cascade::comprehension {
namespace {

constexpr std::size_t shortest_signal = 4, longest_signal = 200, shortest_piece = 3;

struct Brackets {
  std::string_view open, close;
};
// Places of templates: of JavaScript and shells, of Ruby, of Python, C# and Rust, of Go and of Django; last, an
// expression between two literals.
constexpr std::array<Brackets, 6> places = {
    {{"${", "}"}, {"#{", "}"}, {"{{", "}}"}, {"{", "}"}, {"\" + ", " + \""}, {"\" << ", " << \""}}};

// The length of a place that begins here; 0: none does.
std::size_t place_at(std::string_view line) {
  for (const Brackets& one : places) {
    if (!line.starts_with(one.open)) continue;
    const std::size_t end = line.find(one.close, one.open.size());
    if (end != std::string_view::npos) return end + one.close.size();
  }
  std::size_t end = 1;
  if (line.front() == '%') {  // %d, %-5.2f, %(name)s
    if (end < line.size() && line[end] == '(') end = std::min(line.find(')', end), line.size() - 1) + 1;
    while (end < line.size() && std::string_view("-+ #0123456789.*lhz").find(line[end]) != std::string_view::npos)
      ++end;
    return end < line.size() && letters::is_letter(line[end]) ? end + 1 : 0;
  }
  if (line.front() != '$') return 0;
  while (end < line.size() && letters::is_word(line[end])) ++end;
  return end > 1 ? end : 0;
}

// The text of a line between its places; the ends of its literals are ends of pieces as well.
std::vector<std::string_view> fixed_pieces(std::string_view line, std::size_t& gaps) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = place_at(line.substr(at));
    const bool is_quote = length == 0 && (line[at] == '"' || line[at] == '\'' || line[at] == '`');
    const bool is_escape = length == 0 && line[at] == '\\';
    if (length == 0 && !is_quote && !is_escape) {
      ++at;
      continue;
    }
    if (at > begin) pieces.push_back(line.substr(begin, at - begin));
    gaps += length > 0 ? 1 : 0;
    at = begin = at + std::max<std::size_t>(length, is_escape ? 2 : 1);
    begin = std::min(begin, line.size());
  }
  if (begin < line.size()) pieces.push_back(line.substr(begin));
  return pieces;
}

bool has_letter(std::string_view text) { return std::any_of(text.begin(), text.end(), letters::is_letter); }

}  // namespace

bool may_write(std::string_view line, std::string_view text) {
  if (line.find(text) != std::string_view::npos) return true;
  std::size_t gaps = 0, covered = 0, at = 0, left = 0;
  for (const std::string_view piece : fixed_pieces(line, gaps)) {
    const std::string_view core = letters::trim(piece);
    if (core.size() < 2) continue;
    const std::size_t found = text.find(core, at);
    if (found == std::string_view::npos) continue;
    if (found > at) ++left;
    covered += core.size();
    at = found + core.size();
  }
  if (at < text.size()) ++left;
  return gaps > 0 && covered >= shortest_piece && covered * 4 >= text.size() && left <= gaps;
}

std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces = {std::string(text)};
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find_first_not_of(' ', at), text.size());
    at = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, at - begin);
    if (word.size() >= shortest_piece && has_letter(word)) words.push_back(word);
  }
  if (words.size() < 2 && (words.empty() || words[0].size() == text.size())) return pieces;
  std::stable_sort(words.begin(), words.end(), [](auto a, auto b) { return a.size() > b.size(); });
  constexpr std::size_t most = 3;
  words.resize(std::min(words.size(), most));
  for (const std::string_view word : words) pieces.emplace_back(word);
  return pieces;
}

std::vector<std::string> sought_for(std::string_view text) {
  std::vector<std::string> all;
  for (const std::string& signal : quoted_in(text))
    if (signal.size() >= shortest_signal && signal.size() <= longest_signal)
      for (std::string& piece : pieces_of(signal))
        if (std::find(all.begin(), all.end(), piece) == all.end()) all.push_back(std::move(piece));
  return all;
}

std::vector<Signal> signals_in(std::string_view text, const std::vector<Sought>& found) {
  std::vector<Signal> signals;
  for (std::string& signal : quoted_in(text)) {
    if (signal.size() < shortest_signal || signal.size() > longest_signal) continue;
    Signal& one = signals.emplace_back(Signal{std::move(signal), {}});
    for (const std::string& piece : pieces_of(one.text))
      for (const Sought& sought : found) {
        if (sought.text != piece) continue;
        for (const std::string& place : sought.places) {
          const std::size_t first = place.find(':'), second = place.find(':', first + 1);
          if (!one.place.empty() || second == std::string::npos) continue;
          const bool is_there =
              sought.text == one.text || may_write(std::string_view(place).substr(second + 1), one.text);
          if (is_there) one.place = place.substr(0, second);
        }
      }
  }
  return signals;
}

}  // namespace cascade::comprehension
