#include "cli/fault_log.h"

#include "files/atomic_write.h"
#include "files/locked_log.h"
#include "files/paths.h"
#include "files/tree.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

constexpr std::uint64_t max_bytes = 64 * 1024;

// The lines of the newer half.
std::string newer_half(std::string_view content) {
  const std::size_t line = content.find('\n', content.size() / 2);
  return line == std::string_view::npos ? std::string() : std::string(content.substr(line + 1));
}

}  // namespace

std::string fault_log_path(const std::string& state) {
  return state.empty() ? state : files::join(state, "faults.log");
}

void log_fault(const std::string& state, std::int64_t now, const Error& error) {
  if (state.empty() || !files::make_directories(state)) return;
  std::string line = error.message;
  if (!error.path.empty()) line += " (" + error.path + ")";
  if (!error.help.empty()) line += "; " + error.help;
  line = unicode::displayable(line);
  const auto add = [&](std::string_view content) {
    const bool repeated =
        content.size() > line.size() && content.substr(content.size() - line.size() - 1) == line + "\n";
    return repeated ? std::string() : std::to_string(now) + " " + line;
  };
  static_cast<void>(files::extend_log(fault_log_path(state), max_bytes, add, newer_half));
}

std::vector<std::string> read_faults(const std::string& state, std::size_t most) {
  std::vector<std::string> lines;
  const auto text = files::DiskTree().read(fault_log_path(state), 2 * max_bytes);
  if (!text) return lines;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    if (end > begin) lines.push_back(text->substr(begin, end - begin));
    begin = end + 1;
  }
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
  return lines;
}

}  // namespace cascade::cli
