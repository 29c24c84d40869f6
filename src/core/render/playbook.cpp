// Draws a playbook's chain: the steps in their order with their exits, and below them the branches.
#include "playbooks/chain.h"

#include "chain/chain.h"
#include "render/parts.h"
#include "render/text_table.h"
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

}  // namespace cascade::rendering
