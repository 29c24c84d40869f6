#include "explain/edits.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::comprehension {

// A line of a patch has its mark in front; it is kept both ways, because "+x" may also be a line itself.
void AgentEdits::add(const std::string& path, std::string_view text) {
  std::set<std::string>& lines = lines_[path];
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view trimmed = letters::trim(line);
    if (trimmed.empty()) continue;
    lines.emplace(trimmed);
    if (trimmed.front() == '+' && !letters::trim(trimmed.substr(1)).empty())
      lines.emplace(letters::trim(trimmed.substr(1)));
  }
}

bool AgentEdits::wrote(const ChangedFile& file, const Hunk& hunk) const {
  auto written = lines_.find(file.path);
  if (written == lines_.end()) written = lines_.find(file.old_path);
  if (written == lines_.end()) return false;
  std::size_t known = 0, all = 0;
  for (const std::string& line : hunk.added) {
    const std::string_view trimmed = letters::trim(line);
    if (trimmed.empty()) continue;
    ++all;
    known += written->second.count(std::string(trimmed));
  }
  return known * 2 >= all;
}

}  // namespace cascade::comprehension
