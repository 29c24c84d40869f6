// Links to Markdown files and folders, and the wiki links of ordinary words.
#include "manifest/line_walk.h"
#include "manifest/line_words.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/strength.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/byte_set.h"
#include "text/percent.h"

#include <optional>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr letters::ByteSet no_path(":<>{}*$|\\\n"), begins_anchor("#?");

// A relative path to a Markdown file or a folder; not a URL, an anchor, a pattern or an image.
bool may_be_manifest(std::string_view target) {
  if (target.empty() || target.front() == '/' || target.front() == '#' || target.front() == '~') return false;
  if (no_path.find_in(target) != std::string_view::npos || target.find("...") != std::string_view::npos) return false;
  const std::size_t slash = target.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? target : target.substr(slash + 1);
  const std::size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || last == "." || last == "..") return slash != std::string_view::npos;
  return letters::equals_lower(last.substr(dot), ".md");
}

// Where what governs a link ends. "[spawn](./spawn.md)": the text is the name, be it a verb.
std::size_t governed_from(std::string_view line, std::size_t close, std::string_view target) {
  constexpr std::size_t longest = 80;
  const bool folder = target.ends_with("/SKILL.md");  // whose name is the skill's
  std::string_view name = target.substr(0, folder ? target.rfind('/') : target.rfind('.'));
  name.remove_prefix(std::min(name.rfind('/') + 1, name.size()));
  const std::size_t open = line.substr(0, close).rfind('[');
  if (open == std::string_view::npos || close - open > longest) return close;
  std::string_view shown = line.substr(open + 1, close - open - 1);
  while (!shown.empty() && (shown.front() == '`' || shown.front() == '/')) shown.remove_prefix(1);
  while (!shown.empty() && shown.back() == '`') shown.remove_suffix(1);
  return letters::equals_lower(name, shown) ? open : close;
}

// "[[glossary]]", "[[glossary|the words]]": a page of a wiki, here the manifest of that name. In code it is something
// else.
void find_wiki_words(const BodyText& body, Candidates& out) {
  constexpr std::string_view opening = "[[";
  const std::string_view text = body.text();
  LineWalk lines(body);
  for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 2)) {
    const std::size_t begin = at + opening.size(), end = name_end(text, begin);
    if (end < begin + 3 || end == text.size() || !letters::is_lower(text[begin])) continue;
    if (text.substr(end, 2) != "]]" && text[end] != '|') continue;
    const std::string_view name = text.substr(begin, end - begin);
    if (is_distinctive(name) || is_example_name(name) || kind_word(name) != 0) continue;
    const TextLine& line = lines.line_of(at);
    if (line.context != Context::code && line.context != Context::comment)
      out.add(0, name, Via::link, strength_of(body, line, at, end), begin, Candidates::Certainty::guess);
  }
}

Strength strength_at(const BodyText& body, const TextLine& line, std::size_t open, std::size_t begin, std::size_t end) {
  constexpr std::size_t near = 120;
  const std::size_t from = std::max(line.begin, open - std::min(open, near)), close = open - 1 - from;
  const std::string_view target = body.text().substr(begin, end - begin);
  const std::size_t governed = governed_from(body.text().substr(from, open - from), close, target);
  return strength_of(body, line, governed == close ? begin : from + governed, end);
}

}  // namespace

void find_links(const BodyText& body, Candidates& out) {
  find_wiki_words(body, out);
  const std::string_view text = body.text();
  LineWalk lines(body);
  for (const std::size_t open : out.marks().of(Mark::parenthesis)) {
    if (open == 0 || text[open - 1] != ']') continue;
    const TextLine& line = lines.line_of(open);
    if (line.context == Context::code || line.context == Context::comment) continue;
    const std::optional<syntax::InlineLink> link = syntax::link_at(text.substr(0, line.end), open - 1);
    if (!link) continue;
    const std::string_view written = link->destination(text),
                           target = written.substr(0, begins_anchor.find_in(written));
    if (may_be_manifest(target))
      out.add(0, letters::percent_decoded(target), Via::link, strength_at(body, line, open, link->begin, link->end),
              link->begin);
  }
}

}  // namespace cascade::manifest
