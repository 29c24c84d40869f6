// plugin.json and marketplace.json of any bytes: what they name stays below the root, and each manifest is found once.
#include "discovery/discovery.h"
#include "unit/memory_tree.h"

#include <cstdlib>
#include <set>

using namespace cascade;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void look(const std::string& at, const std::string& bytes) {
  files::MemoryTree tree;
  tree.write("/root/skills/review/SKILL.md", "---\nname: review\n---\n");
  tree.write("/root/plugins/one/agents/reader.md", "---\nname: reader\n---\n");
  tree.write("/root/plugins/one/.claude-plugin/plugin.json", "{\"name\": \"one\"}");
  tree.write("/secret/skills/theirs/SKILL.md", "---\nname: theirs\n---\n");
  tree.write("/root/" + at, bytes);
  const auto found = discovery::discover(tree, {"/root", discovery::RootLayout::any});
  if (!found) return;
  std::set<std::string> paths;
  for (const discovery::Found& manifest : found->manifests) {
    require(manifest.path.find("..") == std::string::npos && manifest.path.front() != '/');
    require(paths.insert(manifest.path).second);
  }
  for (const Diagnostic& problem : found->problems) require(!problem.message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  look(".claude-plugin/plugin.json", bytes);
  look(".claude-plugin/marketplace.json", bytes);
  return 0;
}
