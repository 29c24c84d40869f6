#include "effects/text.h"

#include "render/parts.h"
#include "syntax/json.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

std::string_view state_of(const evidence::Claim& claim) {
  if (claim.waived) return "waived";
  if (claim.level >= claim.required) return "shown";
  return claim.running ? "running" : "open";
}

void write_names(syntax::JsonWriter& json, const evidence::Finding& finding) {
  json.key("target").string(finding.target);
  put_texts(json, "names", finding.names);
  json.key("program").string(finding.program).key("subcommand").string(finding.subcommand);
}

void write_effect(syntax::JsonWriter& json, const evidence::Claim& claim) {
  json.begin_object().key("id").number(claim.id).key("kind").string(to_string(claim.finding.kind));
  write_names(json, claim.finding);
  json.key("agent").string(claim.agent).key("level").integer(claim.level).key("required").integer(claim.required);
  json.key("state").string(state_of(claim)).key("witnesses").array(claim.witnesses);
  json.key("look");
  claim.is_open() ? json.string(way_to_show(claim)) : json.null();
  json.end_object();
}

std::string json_text(const std::vector<evidence::Claim>& claims, const std::vector<evidence::Event>& events) {
  auto json = document("cascade.effects/1");
  json.key("effects").array(claims, [&](const evidence::Claim& claim) { write_effect(json, claim); });
  json.key("witnesses").array(events, [&](const evidence::Event& event) {
    if (event.what != evidence::Event::What::witness) return;
    json.begin_object().key("id").number(event.id).key("interface").string(to_string(event.finding.interface));
    write_names(json, event.finding);
    json.key("agent").string(event.agent).end_object();
  });
  json.key("predictions").begin_array();
  for (const evidence::Event& event : events) {
    if (event.what != evidence::Event::What::prediction) continue;
    json.begin_object().key("id").number(event.id).key("url").string(event.finding.target);
    json.key("text").string(event.text);
    json.key("seen").begin_array();
    for (const evidence::Event& other : events)
      for (const auto& [id, holds] : other.predictions)
        if (id == event.id)
          json.begin_object().key("witness").number(other.id).key("holds").boolean(holds).end_object();
    json.end_array().end_object();
  }
  return finish(json.end_array());
}

std::string by(const evidence::Finding& finding) {
  return finding.program + (finding.subcommand.empty() ? "" : " " + finding.subcommand);
}

}  // namespace

std::string effects_text(const std::vector<evidence::Claim>& claims, const std::vector<evidence::Event>& events,
                         Format format) {
  if (format == Format::json) return json_text(claims, events);
  std::string text;
  for (const evidence::Claim& claim : claims) {
    text += std::to_string(claim.id) + "  " + std::string(to_string(claim.finding.kind)) + "  " +
            unicode::displayable(claim.finding.target) + "  " + std::string(state_of(claim)) + ", level " +
            std::to_string(claim.level) + " of " + std::to_string(claim.required) + "  (" +
            unicode::displayable(by(claim.finding)) + ")\n";
    if (claim.is_open()) text += "   " + unicode::displayable(way_to_show(claim)) + "\n";
  }
  for (const evidence::Event& event : events) {
    if (event.what == evidence::Event::What::witness)
      text += std::to_string(event.id) + "  seen by " + std::string(to_string(event.finding.interface)) + "  " +
              unicode::displayable(event.finding.target) + "  (" + unicode::displayable(by(event.finding)) + ")\n";
    if (event.what == evidence::Event::What::prediction)
      text += std::to_string(event.id) + "  expected  " + unicode::displayable(event.finding.target) + "  " +
              unicode::displayable(event.text) + "\n";
  }
  return text;
}

}  // namespace cascade::rendering
