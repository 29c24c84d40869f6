// A key or a tool that one manifest names and the client does not know may be misspelt, and then a restriction is lost.
// The same name in file after file is a custom of its makers: another program reads it, or nobody does. To say so
// once is enough, and a report of three hundred such lines hides the one that counts. The same goes for `Bash` without
// limits (TL005): who writes it in every skill knows it; `cascade diff` shows each right that a change brings. What
// resembles a name of the client stays a fault at each place, because slips are copied, too.
#include "validate/engine/customs.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "text/suggestion.h"

namespace cascade::validation {
namespace {

bool may_be_custom(const Diagnostic& finding) {
  if (finding.severity == Severity::info) return false;
  if (finding.rule == "TL005") return true;
  return (finding.rule == "FM007" || finding.rule == "TL001") && !letters::is_suggestion(finding.help);
}

// The findings of one name, and the number of their files.
struct Name {
  std::vector<std::size_t> places;
  std::size_t files = 0;
};

}  // namespace

void note_customs(const Switches& switches, std::vector<Diagnostic>& found) {
  if (switches.profile() == Profile::agent_skills) return;  // there every other key is a fault
  std::map<std::pair<std::string_view, std::string_view>, Name> names;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!may_be_custom(found[i])) continue;
    Name& name = names[{found[i].rule, found[i].message}];
    if (name.places.empty() || found[name.places.back()].at.path != found[i].at.path) ++name.files;
    name.places.push_back(i);
  }
  for (const auto& [key, name] : names) {
    if (name.files < custom_from) continue;
    Diagnostic& first = found[name.places.front()];
    first.severity = switches.severity(first.rule, std::min(first.severity, Severity::warning));
    first.help += "; this is the first of " + std::to_string(name.files) + " files that have it";
    for (std::size_t i = 1; i < name.places.size(); ++i)
      found[name.places[i]].severity = switches.severity(found[name.places[i]].rule, Severity::info);
  }
}

}  // namespace cascade::validation
