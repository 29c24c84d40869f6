#include "manifest/authoring.h"

#include "text/ascii.h"
#include "text/one_of.h"

#include <cstddef>

namespace cascade::manifest {
namespace {

bool is_extension(std::string_view word) noexcept {
  static constexpr std::string_view things[] = {
      "plugin",    "plugins",     "skill",    "skills",      "hook",         "hooks",      "mcp",       "subagent",
      "subagents", "marketplace", "skill.md", "plugin.json", "marketplaces", "sub-agents", "sub-agent", "slash"};
  return letters::is_one_of_lower(word, things);
}

bool is_making(std::string_view word) noexcept {
  static constexpr std::string_view verbs[] = {
      "settings",    "configuration", "integration", "frontmatter", "make",      "makes",     "making",  "create",
      "creates",     "creating",      "creation",    "creator",     "write",     "writes",    "writing", "writer",
      "author",      "authoring",     "build",       "builds",      "building",  "builder",   "develop", "developing",
      "development", "scaffold",      "scaffolding", "design",      "designing", "structure", "add",     "adding",
      "package",     "packaging",     "improve",     "configure",   "dev",       "generator", "maker",   "forge",
      "understand",  "editing",       "distribute"};
  return letters::is_one_of_lower(word, verbs);
}

bool is_inside(char c) noexcept {
  return letters::is_letter(c) || letters::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Whether both kinds of words occur in one name or clause, the thing at most four words after the verb or right before
// the noun.
bool speaks_of_making(std::string_view text, std::size_t reach) noexcept {
  std::size_t since_making = reach + 1;
  bool thing_before = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = at;
    while (begin < text.size() && !is_inside(text[begin])) ++begin;
    if (text.substr(at, begin - at).find_first_of(".;:!") != std::string_view::npos) {
      since_making = reach + 1;
      thing_before = false;
    }
    for (at = begin; at < text.size() && is_inside(text[at]);) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    const bool thing = is_extension(word), making = is_making(word);
    if ((thing && since_making <= reach) || (making && thing_before)) return true;
    since_making = making ? 0 : since_making + 1;
    thing_before = thing;
  }
  return false;
}

}  // namespace

bool teaches_authoring(std::string_view name, std::string_view description) noexcept {
  return speaks_of_making(name.substr(name.rfind(':') + 1), 2) || speaks_of_making(description, 4);
}

}  // namespace cascade::manifest
