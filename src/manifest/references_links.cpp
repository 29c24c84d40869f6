// Links to Markdown files and folders.
#include "manifest/line_walk.h"
#include "manifest/references.h"
#include "manifest/strength.h"
#include "text/ascii.h"
#include "text/percent.h"

#include <string>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr std::size_t max_target = 300;

// A relative path to a Markdown file or a folder; not a URL, an anchor, a pattern or an image.
bool may_be_manifest(std::string_view target) {
  if (target.empty() || target.front() == '/' || target.front() == '#' || target.front() == '~') return false;
  if (target.find_first_of(":<>{}*$|\\\n") != std::string_view::npos || target.find("...") != std::string_view::npos)
    return false;
  const std::size_t slash = target.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? target : target.substr(slash + 1);
  const std::size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || last == "." || last == "..") return slash != std::string_view::npos;
  return letters::equals_lower(last.substr(dot), ".md");
}

}  // namespace

void find_links(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk lines(body);
  for (const std::size_t open : out.marks().of(Mark::parenthesis)) {
    if (open == 0 || text[open - 1] != ']') continue;
    const TextLine& line = lines.line_of(open);
    if (line.context == Context::code || line.context == Context::comment) continue;
    std::size_t begin = open + 1;
    const bool angled = begin < line.end && text[begin] == '<';
    if (angled) ++begin;
    const std::string_view within = text.substr(0, std::min(line.end, begin + max_target));
    const std::size_t end = within.find_first_of(angled ? ">" : ") \t", begin);
    if (end == std::string_view::npos) continue;
    std::string_view target = text.substr(begin, end - begin);
    target = target.substr(0, target.find_first_of("#?"));
    if (may_be_manifest(target))
      out.add(0, letters::percent_decoded(target), Via::link, strength_of(body, line, begin, end), begin);
  }
}

}  // namespace cascade::manifest
