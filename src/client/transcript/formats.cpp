#include "client/transcript/formats.h"

#include <algorithm>
#include <iterator>

#include "text/ascii.h"

namespace cascade::transcript {
namespace {

constexpr const Format* known_formats[] = {&claude_code, &codex, &gemini, &copilot, &opencode};

// Whether the line begins as one that holds nothing we look for.
bool is_passed(const Format& format, std::string_view line) {
  return std::any_of(format.passed.begin(), format.passed.end(),
                     [&](std::string_view begin) { return line.substr(0, begin.size()) == begin; });
}

}  // namespace

Span<const Format*> formats() noexcept { return {known_formats, std::size(known_formats)}; }

LinesRead read_lines(const Format& format, std::string_view text, const See& see) {
  LinesRead lines;
  while (!text.empty()) {
    const std::size_t end = format.is_document ? text.size() : std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_passed(format, line)) {
      ++(letters::trim(line).back() == '}' ? lines.told : lines.torn);
      continue;
    }
    if (letters::trim(line).empty()) continue;
    const auto value = syntax::JsonSlice::of_line(line);
    if (!value)
      ++lines.torn;
    else
      ++(format.read(*value, see) == Reading::told ? lines.told : lines.foreign);
  }
  return lines;
}

}  // namespace cascade::transcript
