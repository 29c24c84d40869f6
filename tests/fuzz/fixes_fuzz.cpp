// Fixes of a tree of any files lie inside their files, keep text readable as UTF-8, and come to an end: after some
// rounds of safe fixes there are none left.
#include "fuzz/fuzzed_tree.h"
#include "unicode/utf8.h"
#include "validate/checkup/checkup.h"

using namespace cascade;
using test::require;

namespace {

using Files = std::map<std::string, std::string>;

bool is_readable(const std::string& text) { return unicode::replace_invalid(text) == text; }

void check_edits(const Fix& fix, const std::string& text) {
  std::uint64_t done = 0;
  for (const Edit& edit : fix.edits) {
    require(edit.offset >= done && edit.offset <= text.size() && edit.length <= text.size() - edit.offset);
    done = edit.offset + edit.length;
  }
}

// The files after the first safe fix of each; fixes are applied one at a time, so none can hide another's fault.
Files mended(const Files& files, const std::string& profile) {
  test::ValidatedTree tree;
  for (const auto& [path, text] : files) tree.file(path, text);
  tree.policy.profile = profile;
  Files out = files;
  for (const Diagnostic& finding : tree.validate().found) {
    const RuleInfo* rule = find_rule(finding.rule);
    const auto file = files.find(finding.at.path);
    if (rule == nullptr || rule->fix == FixKind::none || file == files.end()) continue;
    const auto fix = validation::fix_of(finding, file->second);
    if (!fix) continue;
    check_edits(*fix, file->second);
    std::size_t applied = 0;
    const std::string after = validation::with_edits(file->second, fix->edits, applied);
    require(applied == fix->edits.size());
    require(!is_readable(file->second) || is_readable(after));
    if (fix->safe && out.at(finding.at.path) == file->second) out[finding.at.path] = after;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4000) return 0;
  Files files;
  test::tree_of({reinterpret_cast<const char*>(data), size}, files);
  if (files.empty()) return 0;
  const std::string profile = size % 2 == 0 ? "cascade" : "claude-code";
  constexpr int most_rounds = 60;
  for (int round = 0; round < most_rounds; ++round) {
    Files next = mended(files, profile);
    if (next == files) return 0;
    files = std::move(next);
  }
  std::size_t lines = 0;  // each line may need a fix of its own
  for (const auto& [path, text] : files)
    lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  require(lines >= most_rounds);
  return 0;
}
