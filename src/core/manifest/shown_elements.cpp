// An element counts when a line holds nothing but its opening tag. The closing tag is looked for at once and only so
// far, and no longer after some that were not found, so that a text of opening tags costs no more than any other.
#include "manifest/shown_elements.h"

#include "text/ascii.h"

#include <algorithm>
#include <string>

namespace cascade::manifest {
namespace {

// The name of the element that the line opens; empty for other lines and elements.
std::string_view shown_element(std::string_view line) {
  if (line.size() < 3 || line.back() != '>') return {};
  const std::string_view name = line.substr(1, line.size() - 2);
  if (!std::all_of(name.begin(), name.end(), letters::is_name)) return {};
  for (const std::string_view part : {"response", "example", "output", "message", "sample", "ot_Use", "ot_use"})
    if (name.find(part) != std::string_view::npos) return name;
  return {};
}

}  // namespace

bool ShownElements::opens(std::string_view line, std::size_t begin) {
  constexpr std::size_t longest = 20000;
  constexpr int most_failures = 8;
  if (failures_ == most_failures) return false;
  const std::string_view name = shown_element(letters::trim(line));
  if (name.empty()) return false;
  const std::string_view reach = text_.substr(0, std::min(text_.size(), begin + longest));
  const std::size_t close = reach.find("</" + std::string(name) + '>', begin);
  if (close == std::string_view::npos) {
    ++failures_;
    return false;
  }
  end_ = close;
  return true;
}

}  // namespace cascade::manifest
