// Any bytes are a manifest: its references have names and places in it, parsing twice gives the same, and they bind,
// each to one of the manifests. The first byte chooses the kind.
#include <cascade/registry.h>
#include <cascade/tokens.h>

#include "fuzz/fuzzed_tree.h"
#include "syntax/lines.h"
#include "unicode/utf8.h"

using namespace cascade;
using test::require;

namespace {

Manifest parsed(Kind kind, const std::string& name, std::string_view text) {
  const std::string path = kind == Kind::skill   ? "skills/" + name + "/SKILL.md"
                           : kind == Kind::agent ? "agents/" + name + ".md"
                                                 : "commands/deck/" + name + ".md";
  const std::string component = path.substr(0, path.find('/'));
  const ManifestSource source{kind, Scope::project, 0, "", component, path, text};
  return parse_manifest(source, TokenCounter::estimating());
}

void check_place(const Reference& reference, const syntax::LineIndex& lines) {
  require(!reference.target.name.empty());
  require(unicode::replace_invalid(reference.target.name) == reference.target.name);
  require(reference.at.line >= 1 && reference.at.line <= lines.lines());
  require(reference.at.end_line >= reference.at.line || reference.at.end_line == 0);
  require(reference.at.column <= unicode::count_code_points(lines.line(reference.at.line)) + 2);
}

bool same(const Reference& a, const Reference& b) {
  return a.target == b.target && a.strength == b.strength && a.via == b.via && a.kind_known == b.kind_known &&
         a.at.line == b.at.line && a.at.column == b.at.column;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Kind kind = data[0] % 3 == 0 ? Kind::skill : data[0] % 3 == 1 ? Kind::agent : Kind::command;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const syntax::LineIndex lines(text);
  std::vector<Manifest> manifests = {parsed(kind, "oil-lamps", text)};
  const std::vector<Reference> found = manifests[0].references;
  for (const Reference& reference : found) check_place(reference, lines);
  const std::vector<Reference> again = parsed(kind, "oil-lamps", text).references;
  require(std::equal(found.begin(), found.end(), again.begin(), again.end(), same));
  // Manifests of the names found, so that they bind.
  for (std::size_t i = 0; i < found.size() && i < 8; ++i) {
    std::string name = found[i].target.name.substr(0, 40);
    std::replace(name.begin(), name.end(), '/', '-');
    manifests.push_back(parsed(found[i].target.kind, name, "Do it.\n"));
  }
  const Registry registry = Registry::build(manifests);
  for (std::uint32_t id = 0; id < registry.size(); ++id)
    for (const Link& link : registry.links(ManifestId{id}))
      require(link.from == ManifestId{id} && static_cast<std::uint32_t>(link.to) < registry.size());
  for (const Diagnostic& problem : registry.problems()) require(!problem.message.empty());
  return 0;
}
