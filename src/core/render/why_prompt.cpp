// The points of a manifest that does not come first are those that it has alone.
#include "render/why.h"

#include "render/parts.h"
#include "render/route.h"
#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {

constexpr letters::Names<PromptFate::entry> prompt_fate_names("loaded", "offered", "brought", "behind", "left_out",
                                                              "silent", "unmatched", "host", "refused", "by_name",
                                                              "off", "lacks", "unsafe", "shadowed", "document",
                                                              "entry");
std::string_view to_string(PromptFate fate) noexcept { return prompt_fate_names.of(fate); }

namespace {

constexpr std::size_t words_shown = 8;

const Match* match_of(const PromptReport& report) {
  return report.place == 0 ? nullptr : &report.routing.routing.ranked[report.place - 1];
}

const Match* first_of(const PromptReport& report) {
  const std::vector<Match>& ranked = report.routing.routing.ranked;
  return ranked.empty() ? nullptr : &ranked.front();
}

std::string in_brackets(const std::string& text) { return text.empty() ? "" : " (" + unicode::displayable(text) + ")"; }

// "number 2 of the 3 that fit, with a score of 372; skill:review is first with 3711"
std::string place_text(const Registry& registry, const PromptReport& report) {
  const Match* match = match_of(report);
  const Match* first = first_of(report);
  if (match == nullptr || first == nullptr) return {};
  const std::size_t all = report.routing.routing.ranked.size();
  std::string text = all == 1
                         ? "the only one that fits"
                         : "number " + std::to_string(report.place) + " of the " + std::to_string(all) + " that fit";
  const bool is_put_behind = match->score > first->score;
  text += (is_put_behind ? ", put behind the others in spite of a score of " : ", with a score of ") +
          std::to_string(match->score);
  if (match != first) text += "; " + id_of(registry[first->id]) + " is first with " + std::to_string(first->score);
  if (is_put_behind) text += " (cascade route --explain says why)";
  return text;
}

// An agent's text goes to the subagent when that starts.
std::string loaded_text(const Registry& registry, const PromptReport& report) {
  const std::vector<ManifestId>& called = report.answer.called;
  const bool by_name = report.place == 0 || std::ranges::find(called, report.id) != called.end();
  return (registry[report.id].kind == Kind::agent ? "at hand, to be started: " : "loaded: ") +
         (by_name ? "the prompt calls it by name" : place_text(registry, report));
}

std::string fate_text(const Registry& registry, const PromptReport& report) {
  const std::string place = place_text(registry, report);
  switch (report.fate) {
    case PromptFate::loaded: return loaded_text(registry, report);
    case PromptFate::offered: return "offered, not loaded: " + place;
    case PromptFate::brought:
      return "comes with what is loaded, as far as there is room; by itself " +
             (place.empty() ? "nothing in the prompt speaks for it" : "it is " + place);
    case PromptFate::behind: return "does not come: " + place;
    case PromptFate::left_out: return "left out: the prompt asks for more than there is room for; " + place;
    case PromptFate::silent: return "does not come, nor does anything else: " + place;
    case PromptFate::unmatched: return "does not come: nothing in the prompt speaks for it";
    case PromptFate::host: return "does not come: the prompt is a message of a program, not of a person";
    case PromptFate::refused: return "kept out: the prompt refuses it";
    case PromptFate::by_name:
      return "kept out: it answers only when it is called by name" + in_brackets(report.standing_reason);
    case PromptFate::off: return "kept out: it is switched off" + in_brackets(report.standing_reason);
    case PromptFate::lacks: return "kept out: it requires " + listed(report.lacking) + ", not found here";
    case PromptFate::unsafe: return "kept out: its files are not safe" + in_brackets(report.standing_reason);
    case PromptFate::shadowed:
      return "kept out: shadowed by " + unicode::displayable(registry[*report.winner].path) + ", which has its name";
    case PromptFate::document: return "kept out: a page for people, which never answers";
    case PromptFate::entry: return "never comes by itself: " + report.standing_reason;
  }
  return {};
}

std::string decision_text(const Registry& registry, const Routing& routing) {
  std::string text(cascade::to_string(routing.decision));
  if (routing.decision == Decision::silence) return text;
  for (const std::vector<Match>* said : {&routing.loaded, &routing.offered}) {
    if (said == &routing.offered && !routing.loaded.empty() && !said->empty()) text += "; offer";
    for (const Match& match : *said) text += (&match == said->data() ? " " : ", ") + id_of(registry[match.id]);
  }
  return text;
}

void add_points(TextTable& table, const std::string& name, const RoutingReport& gate) {
  const bool never = gate.load_from == RoutingReport::never;
  table.row({name, std::to_string(gate.points), std::to_string(gate.offer_from),
             never ? "never" : std::to_string(gate.load_from), std::to_string(gate.lead),
             std::to_string(gate.lead_from), std::string(cascade::to_string(gate.routing.decision))});
}

std::string points_text(const Registry& registry, const PromptReport& report, Paint paint) {
  const Match* first = first_of(report);
  TextTable table;
  table.column("MANIFEST");
  table.columns({"POINTS", "OFFER FROM", "LOAD FROM", "LEAD", "LEAD FROM"}, Align::right);
  table.column("DECISION");
  if (first != nullptr) add_points(table, id_of(registry[first->id]), report.routing);
  if (report.alone) add_points(table, id_of(registry[report.id]) + ", were it first", *report.alone);
  if (table.empty()) return {};
  const std::string rule = rule_text(report.routing);
  return "\n" + table.take(paint, "  ") +
         (first == nullptr || rule.empty() ? "" : "\n" + id_of(registry[first->id]) + ": " + rule);
}

std::string words_of(const Match& match) {
  std::string text;
  for (std::size_t i = 0; i < match.evidence.size() && i < words_shown; ++i)
    text += (i == 0 ? "" : ", ") + unicode::displayable(match.evidence[i].term) + " (" + match.evidence[i].field + ")";
  return text;
}

const Match* own_match(const PromptReport& report) {
  const Match* match = match_of(report);
  return match == nullptr && report.alone ? &report.alone->routing.ranked.front() : match;
}

std::string evidence_text(const Registry& registry, const PromptReport& report) {
  const Match* first = first_of(report);
  const Match* own = own_match(report);
  std::string text;
  if (first != nullptr && first->id != report.id)
    text += "for " + id_of(registry[first->id]) + ": " + words_of(*first) + "\n";
  if (own != nullptr) text += "for " + id_of(registry[report.id]) + ": " + words_of(*own) + "\n";
  text += repaired_text(report.routing);
  return text.empty() ? text : "\n" + text;
}

// "use the review skill"
std::string call_of(const ManifestView& manifest) {
  return "\"use the " + std::string(manifest.name) + " " + std::string(cascade::to_string(manifest.kind)) + "\"";
}

// What keeps it out would have to go first.
std::string way_in(const Registry& registry, const PromptReport& report) {
  const std::string call = call_of(registry[report.id]);
  switch (report.fate) {
    case PromptFate::refused: return "leave the refusal out of the prompt";
    case PromptFate::by_name:
      return report.untrusted.empty() ? "say " + call + ", or take the switch away: " + report.standing_reason
                                      : "cascade allow " + report.untrusted + ", or say " + call;
    case PromptFate::off: return "take the switch away: " + report.standing_reason;
    case PromptFate::lacks: return "provide " + letters::joined(report.lacking, ", ") + ", or say " + call;
    case PromptFate::unsafe: return mend_unsafe(report.place_on_disk);
    case PromptFate::shadowed: return "give it another name";
    case PromptFate::document: return "make it a skill: its own folder with a SKILL.md";
    case PromptFate::entry: return "nothing to do: this is as it should be";
    default: return {};
  }
}

// Why the first of a gate is not loaded whatever its points.
std::string never_text(const RoutingReport& gate) {
  const std::vector<Match>& ranked = gate.routing.ranked;
  for (const RoutingReport::Fit& fit : gate.fits)
    if (!ranked.empty() && fit.id == ranked.front().id && fit.grade < 2)
      return "no number of points loads it here, for how the prompt speaks of it: " + fit.why;
  return "no number of points loads it here (cascade route --explain says why)";
}

// Why the manifest is not named whatever its points; empty: it is a matter of points.
std::string taken_back_text(const RoutingReport& gate, ManifestId id) {
  for (const RoutingReport::Fit& fit : gate.fits)
    if (fit.id == id && fit.grade == 0)
      return "no number of points brings it here, for how the prompt is read: " + fit.why;
  return {};
}

std::string gap_text(const RoutingReport& gate, bool loads) {
  const std::int32_t from = loads ? gate.load_from : gate.offer_from;
  std::string text;
  if (loads && from == RoutingReport::never) return never_text(gate);
  if (gate.points < from)
    text = std::to_string(from - gate.points) + " points are missing for " + (loads ? "a load" : "an offer");
  if (loads && gate.lead < gate.lead_from)
    text += (text.empty() ? "" : ", and ") + ("the lead of " + std::to_string(gate.lead)) +
            " over the next has to be " + std::to_string(gate.lead_from);
  return text;
}

// What its author can write, the best first; nothing for the shipped library. A trigger takes two words.
void add_teaching(const ManifestView& manifest, const PromptReport& report, std::vector<std::string>& steps) {
  if (report.library.empty()) return;
  const std::string id = plain_id_of(manifest), folder = report.library + "/";
  std::string words, phrase;
  for (const std::string& word : report.missing_words) words += (words.empty() ? "" : ", ") + word;
  for (std::size_t i = 0; i < report.own_words.size() && i < words_shown; ++i) phrase += " " + report.own_words[i];
  if (!words.empty())
    steps.push_back("its description lacks words of the prompt; rewrite it with those that belong to it: " + words);
  const std::string either = words.empty() ? "" : "or ";
  if (report.own_words.size() > 1)
    steps.push_back(either + "give it a trigger, a line in " + folder +
                    "cascade.triggers.yaml (cascade help triggers): " + id + ":" + phrase);
  if (!report.own_words.empty())
    steps.push_back(either + "give it a lesson, in " + folder + "cascade.prompts (cascade help lessons): == " + id +
                    ", and the prompt below it");
}

// One sentence for each thing that would change the answer, the nearest first.
std::vector<std::string> next_steps(const Registry& registry, const PromptReport& report) {
  std::vector<std::string> steps;
  const ManifestView manifest = registry[report.id];
  if (report.fate >= PromptFate::refused) return {way_in(registry, report)};
  if (report.fate == PromptFate::host) return {};
  if (report.fate == PromptFate::brought) return {call_of(manifest) + " loads it whatever its score"};
  if (report.fate == PromptFate::loaded)
    return {"if it did not come: the conversation held it or had refused it (cascade session why " +
                std::string(manifest.name) + "),",
            "or the client does not call the hook (cascade doctor)"};
  const RoutingReport& gate = report.alone ? *report.alone : report.routing;
  const bool offered = report.fate == PromptFate::offered;
  if (std::string why = taken_back_text(gate, report.id); !why.empty() && !offered)
    return {std::move(why), call_of(manifest) + " loads it whatever its score"};
  if (report.place == 1 || report.alone)  // else the gate's points are those of another one
    if (std::string gap = gap_text(gate, offered); !gap.empty()) steps.push_back(std::move(gap));
  const std::vector<Match>& ranked = report.routing.routing.ranked;
  if (steps.empty() && offered && report.place == 1 && ranked.size() > 1)
    steps.push_back(plain_id_of(registry[ranked[1].id]) + " fits about as well: neither is loaded unasked");
  add_teaching(manifest, report, steps);
  if (report.enough)
    steps.push_back(std::string("caution: ") + (*report.enough == Caution::low ? "low" : "normal") +
                    " in cascade.yaml would be enough to " + (offered ? "load" : "name") + " it");
  steps.push_back(call_of(manifest) + " loads it whatever its score");
  return steps;
}

void put_gate(syntax::JsonWriter& json, std::string_view key, const RoutingReport* gate) {
  if (gate == nullptr) return void(json.key(key).null());
  put(json.key(key).begin_object(), "decision", cascade::to_string(gate->routing.decision), "points", gate->points,
      "offer_from", gate->offer_from);
  put_mark(json, "load_from", gate->load_from);
  put(json, "lead", gate->lead, "lead_from", gate->lead_from);
  if (!gate->rule.empty()) put(json, "rule", gate->rule);
  put_signals(json, gate->signals);
  json.end_object();
}

void put_match(syntax::JsonWriter& json, std::string_view key, const Registry& registry, const Match* match) {
  if (match == nullptr) return void(json.key(key).null());
  put(json.key(key).begin_object(), "id", plain_id_of(registry[match->id]), "path", registry[match->id].path, "score",
      match->score);
  put_evidence(json, *match);
  json.end_object();
}

}  // namespace

std::string mend_unsafe(const std::string& place) {
  return "mend that line; what is left to mend: cascade validate --profile install '" + place + "'";
}

std::string prompt_text(const Registry& registry, const PromptReport& report, Paint paint) {
  std::string out = paint.bold(id_of(registry[report.id])) + "  " + fate_text(registry, report) + "\n";
  out += "for this prompt: " + decision_text(registry, report.answer) + "\n";
  if (!report.need.empty())
    out += "for \"" + unicode::displayable(shortened(report.need, 100)) +
           "\": " + decision_text(registry, report.routing.routing) + "\n";
  for (const ManifestId id : report.hidden) out += "its name hides " + unicode::displayable(registry[id].path) + "\n";
  out += points_text(registry, report, paint) + evidence_text(registry, report);
  const std::vector<std::string> steps = next_steps(registry, report);
  if (!steps.empty()) out += "\n" + paint.bold("next") + "\n";
  for (const std::string& step : steps) out += "  " + unicode::displayable(step) + "\n";
  return out;
}

void put_prompt(syntax::JsonWriter& json, const Registry& registry, const PromptReport& report) {
  json.key("prompt").begin_object();
  put(json, "decision", cascade::to_string(report.routing.routing.decision), "need", report.need, "fate",
      to_string(report.fate), "place", report.place == 0 ? std::nullopt : std::optional(report.place), "matches",
      report.routing.routing.ranked.size());
  put(json.key("answer").begin_object(), "decision", cascade::to_string(report.answer.decision));
  put_ids(json, "loaded", registry, report.answer.loaded);
  put_ids(json, "offered", registry, report.answer.offered);
  json.end_object();
  put_match(json, "first", registry, first_of(report));
  put_gate(json, "gate", &report.routing);
  put_match(json, "own", registry, own_match(report));
  put_gate(json, "alone", report.alone ? &*report.alone : nullptr);
  put(json, "reason", report.standing_reason, "lacking", report.lacking);
  json.key("hides").array(report.hidden, [&](ManifestId id) { json.string(registry[id].path); });
  put(json, "shadowed_by", report.winner ? std::optional(registry[*report.winner].path) : std::nullopt, "missing_words",
      report.missing_words, "next", next_steps(registry, report));
  json.end_object();
}

}  // namespace cascade::rendering
