// A line for each fault, with the time in seconds; a fault that repeats the last line is not added, so a loop fills
// nothing. The log drops its older half when it is full. Times become dates when they are read.
#include "cli/fault_log.h"

#include "files/atomic_write.h"
#include "files/locked_log.h"
#include "files/paths.h"
#include "files/tree.h"
#include "render/session.h"
#include "unicode/utf8.h"

#include <charconv>

namespace cascade::cli {
namespace {

constexpr std::uint64_t max_bytes = 64 * 1024;

// The lines of the newer half.
std::string newer_half(std::string_view content) {
  const std::size_t line = content.find('\n', content.size() / 2);
  return line == std::string_view::npos ? std::string() : std::string(content.substr(line + 1));
}

// Turns "1795198169 what" into "2026-11-20 18:09:29 UTC: what"; any other line stays unchanged.
std::string dated(std::string_view line) {
  constexpr std::int64_t year_10000 = 253'402'300'800;
  std::int64_t count = 0;
  const auto [end, fault] = std::from_chars(line.data(), line.data() + line.size(), count);
  if (fault != std::errc() || count <= 0 || count >= year_10000) return std::string(line);
  const std::string seconds = std::to_string(count % 60);
  return rendering::time_text(count) + (seconds.size() < 2 ? ":0" : ":") + seconds +
         " UTC:" + std::string(line.substr(static_cast<std::size_t>(end - line.data())));
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
    if (end > begin) lines.push_back(dated(std::string_view(*text).substr(begin, end - begin)));
    begin = end + 1;
  }
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
  return lines;
}

}  // namespace cascade::cli
