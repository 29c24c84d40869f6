#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Node;

bool bypasses(const Node* mode) {
  return mode != nullptr && (mode->text == "bypassPermissions" || mode->text == "dontAsk");
}

}  // namespace

void check_permission_modes(const Context&, const Document& document, Findings& findings) {
  const Node* mode = nullptr;
  if (document.role() == Role::agent) mode = document.field("permissionMode");
  if (document.role() == Role::settings) {
    if (const Node* permissions = document.field("permissions"); is_map(permissions))
      mode = permissions->find("defaultMode");
    if (mode == nullptr) mode = document.field("defaultMode");
    if (mode != nullptr && mode->text == "dontAsk") mode = nullptr;  // there it refuses everything that is not allowed
  }
  if (bypasses(mode))
    findings.add("TL006", document.at(*mode), mode->text + " switches permission prompts off",
                 "whoever uses this repository gets it, too; write default");
}

}  // namespace cascade::validation
