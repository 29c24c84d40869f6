// A new line goes behind everything, or into the map that `systems` has already: in front of its first entry, in that
// entry's indentation. Whether the text then says what was meant is read from it, as the guard would read it; where it
// does not, the text stays as it was.
#include "init/switch_edit.h"

#include "policy/policy.h"
#include "policy/system.h"
#include "syntax/yaml.h"

namespace cascade::init {
namespace {

using syntax::Node;

std::size_t offset_of(std::string_view text, const syntax::Position& at) {
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < at.line; ++line) begin = text.find('\n', begin) + 1;
  return begin;
}

std::string with_line(std::string_view text, const Node* systems, const std::string& name) {
  std::string after(text);
  if (systems == nullptr) {
    after += (after.empty() || after.back() == '\n' ? "" : "\n") + ("systems: { " + name + ": on }\n");
  } else if (systems->size() > 0) {
    const syntax::Position& first = systems->key(0).at;
    const std::size_t line = offset_of(text, first), indent = first.column - 1;
    const bool is_first = text.substr(line, indent).find_first_not_of(' ') == std::string_view::npos;
    after.insert(line + indent, name + (is_first ? ": on\n" + std::string(indent, ' ') : ": on, "));
  }
  return after;
}

// Whether the text switches the system on; nothing if it is no configuration.
bool is_on(std::string_view text, const policy::System& system) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  const Node* const systems = parsed.root.find("systems");
  policy::Policy policy;
  return parsed.faults.empty() && systems != nullptr && !policy::read_key("systems", *systems, policy) &&
         policy.mode_of(system.mode) != policy::Mode::off;
}

}  // namespace

SwitchEdit switch_on(std::string_view given, const std::vector<std::string>& names) {
  SwitchEdit edit{std::string(given), {}, {}};
  for (const std::string& name : names) {
    const policy::System* const system = policy::find_system(name);
    if (system == nullptr || system->usual != policy::Mode::off || is_on(edit.text, *system)) continue;
    const syntax::Parsed parsed = syntax::parse_settings(edit.text);
    const Node* const systems = parsed.root.find("systems");
    const bool is_said = systems != nullptr && systems->find(name) != nullptr;
    std::string after = is_said ? std::string() : with_line(edit.text, systems, name);
    if (is_said || !parsed.faults.empty() || !is_on(after, *system)) {
      edit.left.push_back(name);
      continue;
    }
    edit.text = std::move(after);
    edit.switched.push_back(name);
  }
  return edit;
}

}  // namespace cascade::init
