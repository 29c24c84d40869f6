// Draws a playbook's chain: the steps in their order with their exits, and below them the branches.
#include "render/playbook.h"

#include <algorithm>

#include "chain/chain.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {

std::string chain_text(const playbook::Plan& plan, Paint paint) {
  TextTable table;
  table.column("STEP", Align::right);
  table.columns({"SKILL", "EXIT"});
  for (const playbook::Step& step : plan.steps)
    table.row({std::to_string(step.number), unicode::displayable(step.skill),
               unicode::displayable(chain::to_string(plan.chain.exit_of(step.number)))});
  std::string text = "\n" + paint.bold("chain") + "  " + plan.order_text() + "\n" + table.take(paint, "  ");
  for (const chain::Branch& branch : plan.chain.branches)
    text += "  branch " + unicode::displayable(chain::to_string(branch)) + "\n";
  return text;
}

void put_chain(syntax::JsonWriter& json, const playbook::Plan& plan) {
  put(json.begin_object(), "order", plan.order_text());
  json.key("steps").objects(plan.steps, [&](const playbook::Step& step) {
    const chain::Exit exit = plan.chain.exit_of(step.number);
    put(json, "step", step.number, "skill", step.skill, "exit", to_string(exit.kind), "words", exit.words, "enter",
        step.enter, "leave", step.leave, "result", step.result, "line", step.line, "column", step.column);
  });
  json.key("branches").objects(plan.chain.branches, [&](const chain::Branch& branch) {
    put(json, "step", branch.step, "label", branch.label, "detours", branch.detours, "to", branch.to);
  });
  json.end_object();
}

const session::Entry* find_entry(const std::vector<session::Entry>& entries, std::uint64_t sequence) {
  const auto found =
      std::ranges::find_if(entries, [&](const session::Entry& entry) { return entry.sequence == sequence; });
  return found == entries.end() ? nullptr : &*found;
}

void put_evidence(syntax::JsonWriter& json, const std::vector<std::uint64_t>& evidence,
                  const std::vector<session::Entry>& entries) {
  json.key("evidence").array(evidence, [&](std::uint64_t sequence) {
    const session::Entry* entry = find_entry(entries, sequence);
    if (entry == nullptr) return;
    put(json.begin_object(), "sequence", sequence, "kind", entry->step.label, "text", entry->step.text, "recipient",
        entry->recipient.empty() ? session::main_conversation : entry->recipient);
    json.end_object();
  });
}

void put_run(syntax::JsonWriter& json, const playbook::Run& run, const std::vector<session::Entry>& entries) {
  put(json.begin_object(), "run", run.number, "playbook", run.plan.root, "state", to_string(run.state), "order",
      run.plan.order_text(), "open", run.open(), "detours", run.detours, "waits", syntax::or_null(run.waits));
  json.key("steps").objects(run.steps, [&](const playbook::StepStatus& status) {
    const chain::Exit exit = run.plan.chain.exit_of(status.number);
    put(json, "step", status.number, "skill", run.plan.find(status.number)->skill, "exit", to_string(exit.kind),
        "words", exit.words, "state", to_string(status.state), "rounds", status.rounds, "result",
        syntax::or_null(status.result));
    put_evidence(json, status.evidence, entries);
  });
  json.end_object();
}

}  // namespace cascade::rendering
