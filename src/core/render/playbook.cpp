// Draws a playbook's chain: the steps in their order with their exits, and below them the branches.
#include "render/playbook.h"

#include <algorithm>

#include "chain/chain.h"
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
  json.begin_object().key("order").string(plan.order_text());
  json.key("steps").objects(plan.steps, [&](const playbook::Step& step) {
    const chain::Exit exit = plan.chain.exit_of(step.number);
    json.key("step").number(step.number).key("skill").string(step.skill);
    json.key("exit").string(to_string(exit.kind)).key("words").string(exit.words);
    json.key("enter").string(step.enter).key("leave").string(step.leave).key("result").string(step.result);
    json.key("line").number(step.line).key("column").number(step.column);
  });
  json.key("branches").objects(plan.chain.branches, [&](const chain::Branch& branch) {
    json.key("step").number(branch.step).key("label").string(branch.label);
    json.key("detours").array(branch.detours);
    json.key("to");
    branch.to ? json.number(*branch.to) : json.null();
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
    json.begin_object().key("sequence").number(sequence).key("kind").string(entry->step.label);
    json.key("text").string(entry->step.text);
    json.key("recipient").string(entry->recipient.empty() ? session::main_conversation : entry->recipient);
    json.end_object();
  });
}

void put_text_or_null(syntax::JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  text.empty() ? json.null() : json.string(text);
}

void put_run(syntax::JsonWriter& json, const playbook::Run& run, const std::vector<session::Entry>& entries) {
  json.begin_object().key("run").number(run.number).key("playbook").string(run.plan.root);
  json.key("state").string(to_string(run.state)).key("order").string(run.plan.order_text());
  json.key("open").array(run.open());
  json.key("detours").array(run.detours);
  put_text_or_null(json, "waits", run.waits);
  json.key("steps").objects(run.steps, [&](const playbook::StepStatus& status) {
    const chain::Exit exit = run.plan.chain.exit_of(status.number);
    json.key("step").number(status.number);
    json.key("skill").string(run.plan.find(status.number)->skill);
    json.key("exit").string(to_string(exit.kind)).key("words").string(exit.words);
    json.key("state").string(to_string(status.state)).key("rounds").number(status.rounds);
    put_text_or_null(json, "result", status.result);
    put_evidence(json, status.evidence, entries);
  });
  json.end_object();
}

}  // namespace cascade::rendering
