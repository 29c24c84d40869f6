#include <algorithm>

#include "validate/reading/secrets.h"
#include "validate/rules/checks.h"

namespace cascade::validation {

void check_secrets(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || !findings.runs("SEC008")) return;
  for (const Secret& secret : find_secrets(document.text(), document.triggers())) {
    if (is_called_fake(document.text(), secret)) continue;
    const std::string shown(document.text().substr(secret.begin, std::min<std::size_t>(secret.shown, 4)));
    findings.add("SEC008", document.at(secret.begin, secret.end - secret.begin),
                 "this looks like " + std::string(secret.what) + (shown.empty() ? "" : " (" + shown + "***)"),
                 "revoke it, and read it from the environment");
  }
}

}  // namespace cascade::validation
