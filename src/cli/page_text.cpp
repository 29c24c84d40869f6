#include "cli/pages.h"

namespace cascade::cli {
namespace {

// "[text](target)" becomes "text"; anything else stays.
std::string without_links(std::string_view line) {
  std::string out;
  while (!line.empty()) {
    const std::size_t open = line.find('['), middle = line.find("](", open), close = line.find(')', middle);
    if (close == std::string_view::npos || line.substr(open + 1, middle - open).find('[') != std::string_view::npos)
      break;
    out.append(line.substr(0, open)).append(line.substr(open + 1, middle - open - 1));
    line.remove_prefix(close + 1);
  }
  return out.append(line);
}

}  // namespace

std::string render_page(std::string_view markdown, bool colour) {
  std::string out;
  bool in_code = false;
  while (!markdown.empty()) {
    const std::size_t end = markdown.find('\n');
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(end == std::string_view::npos ? markdown.size() : end + 1);
    if (line.substr(0, 3) == "```") {
      in_code = !in_code;
      continue;
    }
    if (in_code) {
      out.append(line.empty() ? "" : "    ").append(line);
    } else if (const std::size_t marks = line.find_first_not_of('#');
               marks != 0 && marks < line.size() && line[marks] == ' ') {
      out.append(colour ? "\x1b[1m" : "").append(line.substr(marks + 1)).append(colour ? "\x1b[0m" : "");
    } else {
      out += without_links(line);
    }
    out += '\n';
  }
  return out;
}

}  // namespace cascade::cli
