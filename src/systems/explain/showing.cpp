#include "explain/check.h"

#include "explain/broken_builds.h"
#include "text/ascii.h"
#include "text/lines.h"

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
  for (const std::string_view line : letters::lines(text)) lines.insert(letters::trim(line).substr(0, longest_matched));
  return lines;
}

template <typename Patterns>
bool has_line(const std::set<std::string_view>& lines, const Patterns& patterns,
              const std::set<std::string_view>& but = {}) {
  return std::ranges::any_of(lines,
                             [&](std::string_view line) { return but.count(line) == 0 && fits_any(line, patterns); });
}

bool is_build_broken(const Ran& without, const Ran& with) {
  const auto lines = lines_of(without.output), also = lines_of(with.output);
  if (has_line(lines, builds::broken, also)) return true;
  return has_line(lines, builds::perhaps_broken, also) && !has_line(lines, builds::passed);
}

bool could_not_run(const Ran& ran) {
  return !ran.stopped.empty() || ran.exit_code == not_executable || ran.exit_code == no_such_program;
}

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

std::vector<MarkedSpan> code_spans(std::string_view text) {
  std::vector<MarkedSpan> spans;
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
    const std::size_t length = run_at(text, at), inside = at + length, end = closing(text, inside, length);
    if (end == std::string_view::npos) {
      at = inside;
      continue;
    }
    MarkedSpan span{std::string(without_padding(text.substr(inside, end - inside))), at, end + length};
    std::ranges::replace(span.text, '\n', ' ');
    at = span.end;
    spans.push_back(std::move(span));
  }
  return spans;
}

}  // namespace cascade::comprehension
