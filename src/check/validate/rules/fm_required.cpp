// FM002 and FM006: front matter that only the client accepts, and missing names and descriptions. How grave a missing
// field is depends on the kind and the profile, since the client takes a skill's name from its folder. Fields are not
// missed in front matter that could not be read.
#include "text/ascii.h"
#include "validate/rules/checks.h"
#include "validate/rules/other_client.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

bool is_empty(const Node& value) {
  if (value.kind == NodeKind::null) return true;
  return value.kind == NodeKind::string && letters::trim(value.text).empty();
}

// The severity of a missing field; nothing: the profile does not require it.
std::optional<Severity> weight(const Document& document, Profile profile, std::string_view field) {
  const bool is_name = field == "name";
  switch (document.role()) {
    case Role::skill:
      if (profile == Profile::claude_code) return is_name ? std::nullopt : std::optional<Severity>(Severity::warning);
      return is_name && profile == Profile::cascade ? Severity::warning : Severity::error;
    case Role::agent:
      if (is_name && is_named_for_another_client(document)) return Severity::info;  // which takes it from the file
      return is_name && document.place().in_plugin ? Severity::warning : Severity::error;
    case Role::command: {
      if (is_name || profile == Profile::agent_skills) return std::nullopt;
      const Node* closed = document.field("disable-model-invocation");
      if (profile == Profile::claude_code && closed != nullptr && closed->text == "true") return std::nullopt;
      return Severity::info;
    }
    default: return std::nullopt;
  }
}

}  // namespace

// The client takes any dashes as the end; other readers want a line of exactly three.
void check_closing(const Document& document, Findings& findings) {
  const syntax::Frontmatter& block = document.frontmatter();
  if (!is_manifest(document.role()) || block.state != syntax::FrontmatterState::client || block.body == 0) return;
  const std::string_view line = document.lines().line(document.line_of(block.body - 1));
  if (line.substr(0, 3) == "---" && letters::trim(line.substr(3)).empty()) return;
  findings.add("FM002", document.at_line(block.opening_line),
               "the dashes that close the front matter are " +
                   std::string(line.substr(0, 3) == "---" ? "followed by something" : "indented"),
               "close it with a line of just ---");
}

void check_required_fields(const Context&, const Document& document, Findings& findings) {
  check_closing(document, findings);
  if (!is_manifest(document.role()) || !document.parsed().complete) return;
  // Without a block of front matter, that is the only fault to report; commands need none.
  const bool has_block = document.frontmatter().end > document.frontmatter().begin;
  if (!has_block && document.role() != Role::command && document.frontmatter().body == 0) return;
  if (document.frontmatter().state == syntax::FrontmatterState::unclosed) return;
  for (const std::string_view field : {"name", "description"}) {
    const Node* value = document.field(field);
    if (value != nullptr && !is_empty(*value)) continue;
    const auto severity = weight(document, findings.profile(), field);
    if (!severity) continue;
    const Location at = value == nullptr ? document.at_line(1) : document.at(*document.field_key(field));
    findings.add("FM006", *severity, at, std::string(field) + (value == nullptr ? " is missing" : " is empty"),
                 field == "name" ? "name it as its folder or file is named" : "say what it does and when to use it");
  }
}

}  // namespace cascade::validation
