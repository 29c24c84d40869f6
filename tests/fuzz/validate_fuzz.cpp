// A tree of any files is judged without a crash: places lie in their files, rules are known, messages are printable,
// what is printed is JSON, and judging twice gives the same. A NUL ends a file; its first line is its path.
#include "fuzz/fuzzed_tree.h"
#include "syntax/json.h"
#include "syntax/lines.h"
#include "unicode/utf8.h"
#include "validate/report/findings.h"

using namespace cascade;
using test::require;
using test::tree_of;

namespace {

void check_place(const Location& at, const std::map<std::string, std::string>& files) {
  const auto file = files.find(at.path);
  if (at.line == 0 || file == files.end()) return;
  const syntax::LineIndex lines(file->second);
  require(at.line <= lines.lines());
  require(at.end_line == 0 || at.end_line >= at.line);
  require(at.column <= unicode::count_code_points(lines.line(at.line)) + 2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::map<std::string, std::string> files;
  test::ValidatedTree tree = tree_of({reinterpret_cast<const char*>(data), size}, files);
  if (files.empty()) return 0;
  tree.policy.profile = size % 3 == 0 ? "cascade" : size % 3 == 1 ? "claude-code" : "agent-skills";
  const Validation validation = tree.validate();
  for (const Diagnostic& finding : validation.found) {
    require(find_rule(finding.rule) != nullptr);
    require(!finding.message.empty());
    check_place(finding.at, files);
    for (const Related& other : finding.related) check_place(other.at, files);
  }
  const rendering::FindingsContext context = test::context_of(tree, validation, files);
  const std::string json = rendering::findings_json(validation.found, context);
  require(syntax::parse_json(json, {1u << 30, 64, 10'000'000, 0}).complete);
  for (const std::string& text : {rendering::findings_text(validation.found, context, rendering::Paint(false)),
                                  rendering::findings_github(validation.found, context)})
    for (const char c : text) require(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  if (size < 2000) require(rendering::findings_json(tree.validate().found, context) == json);
  return 0;
}
