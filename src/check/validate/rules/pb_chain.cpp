// Checks a playbook's chain: the keys of its front matter against its table, and the table against the skills that
// exist. Without any of these keys only playbooks are checked.
#include <algorithm>

#include "chain/chain.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Node;

// One of the keys, below `metadata`.
struct Key {
  const Node* value = nullptr;
  std::string_view text() const { return value == nullptr ? std::string_view() : std::string_view(value->text); }
};

Key find_key(const Document& document, std::string_view name) {
  const Node* metadata = document.field("metadata");
  if (metadata == nullptr || metadata->kind != syntax::NodeKind::map) return {};
  const Node* value = metadata->find(name);
  const bool scalar = value != nullptr && value->kind != syntax::NodeKind::list && value->kind != syntax::NodeKind::map;
  return {scalar ? value : nullptr};
}

void report(const Document& document, std::string_view rule, const Key& key, const std::vector<chain::Fault>& faults,
            Findings& findings) {
  for (const chain::Fault& fault : faults) {
    const std::string_view part = key.text().substr(std::min(fault.at, key.text().size()));
    findings.add(rule, key.value == nullptr ? document.whole() : document.at_part(*key.value, part),
                 unicode::displayable(fault.message), fault.help);
  }
}

bool has_skill(const Context& context, const std::string& name) {
  const std::vector<ManifestId> found = context.registry.candidates(name);
  return std::any_of(found.begin(), found.end(),
                     [&](ManifestId id) { return context.registry[id].kind == Kind::skill; });
}

Location place_of(const Document& document, const ChainStepView& step) {
  Location at = document.at_line(step.line);
  at.column = step.column;
  return at;
}

void check_table(const Context& context, const Document& document, const std::vector<ChainStepView>& steps,
                 Findings& findings) {
  std::vector<std::uint32_t> seen;
  for (const ChainStepView& step : steps) {
    if (std::find(seen.begin(), seen.end(), step.number) != seen.end())
      findings.add("PB006", place_of(document, step), "a row above is step " + std::to_string(step.number) + " too",
                   "give each step a number of its own");
    seen.push_back(step.number);
    if (!has_skill(context, std::string(step.skill)))
      findings.add("PB004", place_of(document, step),
                   "step " + std::to_string(step.number) + " names the skill \"" + unicode::displayable(step.skill) +
                       "\", which does not exist",
                   "a skill that is there, in code marks");
  }
}

// Only a run of tests ends a step whose exit has no words, so its row has to speak of one.
void check_bare_exits(const Document& document, const Key& exits, const chain::Chain& chain,
                      const std::vector<ChainStepView>& steps, Findings& findings) {
  for (const ChainStepView& step : steps) {
    const chain::Exit exit = chain.exit_of(step.number);
    const bool is_run = exit.kind == chain::ExitKind::red || exit.kind == chain::ExitKind::green;
    const std::string row = letters::to_lower(step.leave);
    const bool names_test = row.find("test") != std::string::npos || row.find("suite") != std::string::npos;
    if (!is_run || !exit.words.empty() || names_test) continue;
    const std::string kind(to_string(exit.kind)), number = std::to_string(step.number);
    const std::string_view entry = exits.text().substr(exit.at);
    findings.add(
        "PB007", document.at_part(*exits.value, entry.substr(0, entry.find(';'))),
        "step " + number + " ends by a run of tests that is " + kind + ", and its row names none",
        "the words of the command, as in " + number + ": " + kind + " mypy|pyright, or * for any run of tests");
  }
}

}  // namespace

void check_chains(const Context& context, const Document& document, Findings& findings) {
  if (document.role() != Role::skill || !document.manifest()) return;
  const Key order = find_key(document, chain::order_key), exits = find_key(document, chain::exits_key),
            branches = find_key(document, chain::branches_key);
  const std::vector<ChainStepView> steps = context.registry.steps(document.manifest()->id);
  if (steps.empty()) {
    for (const Key& key : {order, exits, branches})
      if (key.value != nullptr)
        findings.add("PB005", document.at(*key.value), "there are no steps for it",
                     "cascade-layer: playbook, and a table below a heading Chain");
    return;
  }
  const bool typed = order.value != nullptr || exits.value != nullptr || branches.value != nullptr;
  if (!typed && document.manifest()->layer != Layer::playbook) return;
  if (typed) check_table(context, document, steps, findings);
  std::vector<std::uint32_t> numbers;
  for (const ChainStepView& step : steps) numbers.push_back(step.number);
  chain::KeyFaults faults;
  const chain::Chain chain = chain::read_chain({order.text(), exits.text(), branches.text()}, numbers, faults);
  report(document, "PB001", order, faults.order, findings);
  report(document, "PB002", exits, faults.exits, findings);
  report(document, "PB003", branches, faults.branches, findings);
  if (exits.value != nullptr) check_bare_exits(document, exits, chain, steps, findings);
  for (const chain::Branch& branch : chain.branches)
    for (const std::string& detour : branch.detours)
      if (!has_skill(context, detour))
        findings.add("PB004", document.at_part(*branches.value, "skill:" + detour),
                     "the branch " + branch.label + " names the skill \"" + unicode::displayable(detour) +
                         "\", which does not exist",
                     "a skill that is there");
}

}  // namespace cascade::validation
