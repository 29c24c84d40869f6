// Front matter of any bytes is found and read without a crash; places lie in the text, faults in order, and whatever is
// left out has a fault.
#include "syntax/frontmatter.h"
#include "syntax/yaml.h"
#include "syntax/yaml_document.h"
#include "unicode/utf8.h"

#include <cstdlib>

using namespace cascade::syntax;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_places(const Node& node, const LineIndex& index, std::uint32_t first_line) {  // nesting is limited to 32
  if (node.at.line != 0) {
    require(node.at.line >= first_line && node.at.line < first_line + index.lines());
    require(node.end.line > node.at.line || (node.end.line == node.at.line && node.end.column >= node.at.column));
  }
  if (node.kind == NodeKind::map) require(node.items.size() % 2 == 0);
  for (const Node& item : node.items) check_places(item, index, first_line);
}

bool are_equal(const Node& a, const Node& b) {
  bool equal = a.kind == b.kind && a.text == b.text && a.quoted == b.quoted && a.at == b.at && a.end == b.end &&
               a.items.size() == b.items.size();
  for (std::size_t i = 0; equal && i < a.items.size(); ++i) equal = are_equal(a.items[i], b.items[i]);
  return equal;
}

// What is read without the parser is what the parser reads; what is refused without it, it refuses.
void check_plain(std::string_view yaml, std::uint32_t first_line) {
  LineCursor places(yaml, first_line);
  const YamlSource source{yaml, places, 0, yaml.size()};
  const NodeLimits limits;
  std::optional<Fault> refused;
  const auto plain = read_plain_map(source, limits, &refused);
  if (!cascade::unicode::is_valid(yaml)) return;
  if (refused) {
    const Document document = read_document(source, limits);
    require(!plain && !document.read && document.faults.back().kind == refused->kind &&
            document.faults.back().at == refused->at && document.faults.back().message == refused->message);
  }
  if (!plain) return;
  const Document document = read_document(source, limits);
  require(document.read && document.whole && document.faults.empty() && are_equal(*plain, document.root));
}

void check(std::string_view yaml, std::uint32_t first_line) {
  check_plain(yaml, first_line);
  const LineIndex index(yaml);
  const Parsed parsed = parse_yaml(yaml, first_line);
  check_places(parsed.root, index, first_line);
  require(parsed.complete || !parsed.faults.empty());
  Position last;
  for (const Fault& fault : parsed.faults) {
    require(fault.at.line > last.line || (fault.at.line == last.line && fault.at.column >= last.column));
    require(fault.at.line >= first_line && fault.at.line < first_line + index.lines());
    require(!fault.message.empty());
    last = fault.at;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Frontmatter found = find_frontmatter(text);
  require(found.begin <= found.end && found.end <= found.body && found.body <= text.size());
  require(found.client_end <= found.end);
  check(text.substr(found.begin, found.end - found.begin), found.line);
  check(text, 1);
  return 0;
}
