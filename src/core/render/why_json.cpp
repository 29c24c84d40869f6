// Writes cascade.why/1 (docs/formats/why.md): the path from the roots to the manifest, then each section with its fate,
// its price and the remedy. depth_needed and follow_needed are null if no such change of the request takes it in full.
#include "render/why.h"

#include "render/bundle_json.h"
#include "render/facts.h"
#include "render/parts.h"

namespace cascade::rendering {
namespace {

void put_fate(syntax::JsonWriter& json, const Registry& registry, const WhyReport& report, const SectionFate& fate) {
  const bool card = fate.form == Form::card;
  const SectionView section = registry.section(report.id, fate.section);
  json.begin_object();
  json.key("section").number(fate.section);
  json.key("heading").string(card ? std::string_view() : section.heading);
  json.key("form").string(to_string(fate.form));
  json.key("line").number(card ? 1 : section.line);
  json.key("in").boolean(fate.fate == Fate::in || fate.fate == Fate::shortened);
  json.key("reason").string(to_string(fate.fate));
  json.key("value").number(fate.value);
  put_cost(json, fate.cost);
  put_cost(json, "shortfall", fate.shortfall);
  json.key("remedy").string(remedy(report, fate));
  json.end_object();
}

void put_needs(syntax::JsonWriter& json, const WhyReport& report) {
  json.key("depth_needed");
  if (report.depth_needed) {
    json.number(*report.depth_needed);
  } else {
    json.null();
  }
  json.key("follow_needed");
  if (report.follow_needed) {
    json.string(to_string(*report.follow_needed));
  } else {
    json.null();
  }
}

void put_next(syntax::JsonWriter& json, const Registry& registry, const std::optional<NextIn>& next) {
  json.key("next");
  if (!next) {
    json.null();
    return;
  }
  json.begin_object();
  json.key("id").string(id_of(registry[next->id]));
  json.key("section").number(next->section);
  json.key("heading").string(next->form == Form::card ? std::string_view()
                                                      : registry.section(next->id, next->section).heading);
  json.key("form").string(to_string(next->form));
  put_cost(json, "more", next->more);
  json.end_object();
}

}  // namespace

std::string why_json(const Registry& registry, const WhyReport& report, const BundleContext& context) {
  const std::vector<SectionFate> fates = section_fates(registry, report);
  syntax::JsonWriter json = document("cascade.why/1");
  put_manifest(json, registry[report.id]);
  json.key("verdict").string(to_string(report.explanation.verdict));
  json.key("in").boolean(is_in(fates));
  if (report.prompt) put_prompt(json, registry, *report.prompt);
  if (report.standing != listing::Standing::open) {
    const bool off = report.standing == listing::Standing::off;
    json.key("switch").begin_object().key("standing").string(off ? "off" : "by_name");
    json.key("reason").string(report.standing_reason).end_object();
  }
  json.key("roots").array(report.request.roots, [&](const Symbol& root) { json.string(to_string(root)); });
  json.key("because_of").array(report.explanation.path, [&](const Link& link) { put_link(json, registry, link); });
  json.key("referenced_by").array(registry.links_to(report.id), [&](const Link& link) {
    put_link(json, registry, link);
  });
  json.key("others").objects(report.explanation.others, [&](ManifestId other) { put_manifest(json, registry[other]); });
  put_needs(json, report);
  json.key("sections").array(fates, [&](const SectionFate& fate) { put_fate(json, registry, report, fate); });
  put_facts(json, report.bundle, report.fact);
  json.key("bundle").begin_object();
  json.key("status").string(to_string(report.bundle.status));
  put_budget(json, report.bundle.budget, context);
  put_cost(json, "cost", report.bundle.cost);
  put_certificate(json, report.bundle);
  put_next(json, registry, report.bundle.next);
  json.end_object();
  return finish(json);
}

}  // namespace cascade::rendering
