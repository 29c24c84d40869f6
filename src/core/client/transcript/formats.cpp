#include "client/transcript/formats.h"

#include <algorithm>
#include <iterator>

#include "files/paths.h"
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

const Format* format_of(std::string_view client) noexcept {
  for (const Format* one : formats())
    if (one->client == client) return one;
  return nullptr;
}

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

// The first line that has the member is near the beginning; a log without it is not searched to its end.
std::string folder_of(const files::Tree& tree, const Format& format, const LogFile& log, std::string_view text) {
  constexpr std::uint64_t most_of_name = 4'096;
  constexpr std::size_t most_of_head = 256 << 10;
  if (!format.folder_file.empty()) {
    const std::string above(files::parent(files::parent(log.path)));
    const auto name = tree.read(files::join(above, format.folder_file), most_of_name);
    return name ? std::string(letters::trim(*name)) : std::string();
  }
  const std::string key = "\"" + std::string(format.folder_key) + "\":";
  const std::size_t at = format.folder_key.empty() ? std::string_view::npos : text.substr(0, most_of_head).find(key);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = text.find_first_not_of(' ', at + key.size());  // an export is indented
  if (begin == std::string_view::npos) return {};
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
  const std::string member = "{" + key + std::string(text.substr(begin, end + 1 - begin)) + "}";
  const auto value = syntax::JsonSlice::of_line(member);
  return value ? value->find(format.folder_key).text() : std::string();
}

}  // namespace cascade::transcript
