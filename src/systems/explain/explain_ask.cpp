#include "explain/explain_ask.h"

#include <unistd.h>

#include <array>

#include "cli/system.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

using comprehension::AskedHunk;

constexpr std::size_t longest_line = 2'000, most_lines = 100;
constexpr std::array<std::string_view, comprehension::part_count> questions = {
    "What does this change do?", "How does it fail, and what text or test would show that?",
    "Why this way and not another?", "What did you run to see that it works?"};

// Lines up to an empty one. What would read as a heading is set in by a blank.
std::string typed_text() {
  std::string text;
  for (std::size_t lines = 0; lines < most_lines; ++lines) {
    const auto line = typed_line(longest_line);
    if (!line || letters::trim(*line).empty()) break;
    text += (line->front() == '#' || line->front() == '>' ? " " : "") + *line + '\n';
  }
  return text;
}

bool put(Call& call, const std::string& text) {
  call.console().print(text);
  return call.console().flush();
}

// A span of code that may hold backticks, as Markdown has it.
std::string span_of(const std::string& text) {
  return text.find('`') == std::string::npos ? "`" + text + "`" : "`` " + text + " ``";
}

bool ask_about(Call& call, AskedHunk& asked) {
  std::string shown =
      "\n" + unicode::displayable(asked.hunk.path) + ':' + std::to_string(asked.hunk.new_at) + "  " + asked.risk + '\n';
  for (const std::string& line : asked.shown) shown += "  " + unicode::displayable(line) + '\n';
  if (!put(call, shown + asked.question + " (an empty line ends the answer)\n")) return false;
  asked.answer = typed_text();
  if (!put(call, "Which command fails without these lines? (empty: none)\n")) return false;
  const std::string command(letters::trim(typed_line(longest_line).value_or("")));
  if (command.empty()) return true;
  if (!put(call, "What does it then print? (empty: only that it fails)\n")) return false;
  const std::string text(letters::trim(typed_line(longest_line).value_or("")));
  asked.answer += (asked.answer.empty() ? "" : "\n") + std::string("Without this hunk ") + span_of(command) + " fails" +
                  (text.empty() ? "" : " with " + span_of(text)) + ".\n";
  return true;
}

}  // namespace

std::optional<std::string> typed_line(std::size_t longest) {
  std::string line;
  char c = 0;
  ssize_t got = 0;
  end_ticking();
  while (line.size() < longest && (got = ::read(STDIN_FILENO, &c, 1)) == 1 && c != '\n') line += c;
  return got != 1 && line.empty() ? std::nullopt : std::optional(line);
}

bool ask_author(Call& call, comprehension::Skeleton& skeleton) {
  for (std::size_t i = 0; i < comprehension::part_count; ++i) {
    if (!put(call, std::string(questions[i]) + (i == 0 ? " (an empty line ends the answer)" : "") + '\n')) return false;
    skeleton.parts[i] = typed_text();
  }
  for (AskedHunk& asked : skeleton.asked)
    if (!ask_about(call, asked)) return false;
  return true;
}

}  // namespace cascade::cli
