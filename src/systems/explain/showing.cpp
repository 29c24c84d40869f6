#include "explain/showing.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "explain/broken_builds.h"
#include "text/ascii.h"
#include "text/words.h"

namespace cascade::comprehension {
namespace {

struct ShownRow {
  std::string_view key, text;
};
constexpr std::array<ShownRow, shown_count> shown_rows = {{{"not_run", "not run"},
                                                           {"shown", "fails without, passes with"},
                                                           {"no_difference", "no difference: passes without it, too"},
                                                           {"fails_with", "no difference: fails with it, too"},
                                                           {"passes_without", "passes without, fails with"},
                                                           {"other_text", "fails without, but says something else"},
                                                           {"does_not_build", "does not build without it"},
                                                           {"could_not_run", "could not run here"},
                                                           {"unsteady", "does not end alike each time"}}};

constexpr int not_executable = 126, no_such_program = 127;  // as shells answer
constexpr std::size_t longest_matched = 1'000;              // bytes of a line

std::string_view first_paragraph(std::string_view text) { return text.substr(0, text.find("\n\n")); }

bool begins_with_fails(std::string_view text) {
  text = text.substr(std::min(text.find_first_not_of(" \n,"), text.size()));
  return letters::equals_folded(text.substr(0, 4), "fail");
}

// The first span or quotation of the same sentence.
std::string said_in(std::string_view text) {
  const std::size_t mark = text.find_first_of("`\"");
  if (mark == std::string_view::npos || text.substr(0, mark).find('.') != std::string_view::npos) return {};
  const auto said = text[mark] == '`' ? code_spans(text.substr(mark)) : std::vector<MarkedSpan>();
  if (!said.empty()) return said.front().text;
  const std::size_t end = text.find(text[mark], mark + 1);
  return end == std::string_view::npos ? std::string() : std::string(text.substr(mark + 1, end - mark - 1));
}

std::set<std::string_view> lines_of(std::string_view text) {
  std::set<std::string_view> lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    lines.insert(letters::trim(line).substr(0, longest_matched));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return lines;
}

template <typename Patterns>
bool has_line(const std::set<std::string_view>& lines, const Patterns& patterns,
              const std::set<std::string_view>& but = {}) {
  return std::any_of(lines.begin(), lines.end(), [&](std::string_view line) {
    return but.count(line) == 0 && std::any_of(std::begin(patterns), std::end(patterns), [&](std::string_view pattern) {
             return letters::matches_wildcard(pattern, line);
           });
  });
}

bool is_build_broken(const Ran& without, const Ran& with) {
  const auto lines = lines_of(without.output), also = lines_of(with.output);
  if (has_line(lines, builds::broken, also)) return true;
  return has_line(lines, builds::perhaps_broken, also) && !has_line(lines, builds::passed);
}

bool could_not_run(const Ran& ran) {
  return !ran.stopped.empty() || ran.exit_code == not_executable || ran.exit_code == no_such_program;
}

}  // namespace

std::string_view to_string(Shown shown) noexcept { return shown_rows[static_cast<std::size_t>(shown)].text; }
std::string_view key_of(Shown shown) noexcept { return shown_rows[static_cast<std::size_t>(shown)].key; }

std::vector<Statement> statements_in(std::string_view text) {
  constexpr std::string_view opening = "without ";
  const std::string lower = letters::to_lower(text);
  std::vector<Statement> statements;
  for (std::size_t at = lower.find(opening); at != std::string::npos; at = lower.find(opening, at + 1)) {
    if (at > 0 && letters::is_word(lower[at - 1])) continue;
    const std::string_view rest = first_paragraph(text.substr(at));
    const auto spans = code_spans(rest);
    if (spans.empty() || rest.substr(0, spans[0].begin).find_first_of(".;") != std::string_view::npos) continue;
    const std::string_view behind = rest.substr(spans[0].end);
    if (!begins_with_fails(behind)) continue;
    statements.push_back({std::string(letters::trim(spans[0].text)), said_in(behind)});
  }
  return statements;
}

// What fails with the hunk as well, or cannot even be started with it, says nothing of the hunk.
Shown compare(const Ran& without, const Ran& with, std::string_view text) {
  if (could_not_run(with) || !without.stopped.empty()) return Shown::could_not_run;
  if (!with.passed()) return without.passed() ? Shown::passes_without : Shown::fails_with;
  if (without.passed()) return Shown::no_difference;
  if (is_build_broken(without, with)) return Shown::does_not_build;
  const bool says =
      text.empty() || (without.output.find(text) != std::string::npos && with.output.find(text) == std::string::npos);
  return says ? Shown::shown : Shown::other_text;
}

// A template is not parsed as its language would: what stands between its places is cut out of the line, and a text
// fits if these pieces, in their order, leave only gaps where places are.
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
