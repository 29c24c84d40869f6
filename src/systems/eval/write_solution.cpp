// One line of JSON (docs/formats/packing-instance.md). The status decides which members follow: a selection with its
// proof, the least budget that would do, or the manifests that exclude each other. So a checker never meets a number
// that means nothing.
#include "eval/instance.h"
#include "syntax/json.h"

namespace cascade::instance {
namespace {

// For status ok: the sections by their ids, their sums, and the proof.
void write_answer(syntax::JsonWriter& json, const Instance& instance, const Packing& packing) {
  json.key("selected").array(packing.selected, [&](const PackedItem& at) {
    json.string(instance.sections[at.group][at.item]);
  });
  const Certificate& certificate = packing.certificate;
  json.key("value").number(certificate.value);
  json.key("tokens").number(packing.cost.tokens);
  json.key("chars").number(packing.cost.chars);
  json.key("upper_bound").number(certificate.upper_bound);
  json.key("gap_ppm").number(certificate.gap_ppm);
  json.key("proof").string(to_string(certificate.proof));
  json.key("nodes").number(certificate.nodes);
}

// For status infeasible: the least budget that would do, and what the mandatory part needs in each slot.
void write_least(syntax::JsonWriter& json, const Instance& instance, const Packing& packing) {
  json.key("min_budget").begin_object();
  json.key("tokens").number(packing.min_budget.tokens);
  json.key("chars").number(packing.min_budget.chars);
  json.end_object();
  if (instance.slots.empty()) return;
  json.key("min_slots").begin_array();
  for (std::size_t s = 0; s < instance.slots.size(); ++s) {
    json.begin_object().key("id").string(instance.slots[s]);
    json.key("chars").number(packing.min_slot_chars[s]).end_object();
  }
  json.end_array();
}

}  // namespace

std::string write_solution(const Instance& instance, const Packing& packing) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  json.key("instance").string(instance.id);
  json.key("status").string(to_string(packing.status));
  if (packing.status == PackingStatus::ok) write_answer(json, instance, packing);
  if (packing.status == PackingStatus::infeasible) write_least(json, instance, packing);
  if (packing.status == PackingStatus::conflict) {
    json.key("clash").array(packing.clash, [&](std::uint32_t group) { json.string(instance.manifests[group]); });
  }
  json.end_object();
  return json.take() + '\n';
}

}  // namespace cascade::instance
