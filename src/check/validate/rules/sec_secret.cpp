// SEC008. What a page introduces as an example is one wherever the page writes it again.
#include <algorithm>
#include <set>

#include "secrets/context.h"
#include "secrets/find.h"
#include "validate/rules/checks.h"

namespace cascade::validation {

void check_secrets(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || !findings.runs("SEC008")) return;
  const std::string_view text = document.text();
  const std::vector<secrets::Secret> found = secrets::find_certain(text);
  const auto value = [&](const secrets::Secret& secret) {
    return text.substr(secret.begin, secret.end - secret.begin);
  };
  std::set<std::string_view> examples;
  for (const secrets::Secret& secret : found)
    if (secrets::is_introduced_as_example(text, secret)) examples.insert(value(secret));
  for (const secrets::Secret& secret : found) {
    if (secrets::is_called_fake(text, secret) || secrets::is_public(text, secret) || examples.count(value(secret)) != 0)
      continue;
    const std::string shown(text.substr(secret.begin, std::min<std::size_t>(secret.shown, 4)));
    // Of a key of several lines its title.
    const std::size_t length = secret.kind == "private-key" ? secret.shown : secret.end - secret.begin;
    findings.add("SEC008", document.at(secret.begin, length),
                 "this looks like " + std::string(secret.what) + (shown.empty() ? "" : " (" + shown + "***)"),
                 "revoke it, and read it from the environment");
  }
}

}  // namespace cascade::validation
