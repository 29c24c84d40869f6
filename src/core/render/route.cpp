// The decision, then the ranking as a table; with --explain the way to the decision in the order in which the router
// takes it. JSON is cascade.route/1 (docs/formats/route.md).
#include "render/route.h"

#include "syntax/put.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

constexpr std::size_t evidence_shown = 8;

std::string signed_number(std::int32_t value) { return (value > 0 ? "+" : "") + std::to_string(value); }

std::string reading_text(const Registry& registry, const RoutingReport& report) {
  std::string text;
  if (report.from_host) text += "a message of the host, not of a person\n";
  if (!report.concepts.empty()) text += "understood: " + listed(report.concepts) + "\n";
  text += repaired_text(report);
  for (const ManifestId id : report.called) text += "called by name: " + id_of(registry[id]) + "\n";
  return text;
}

// The manifest for which the first is not loaded although its points suffice: one that fits about as well.
std::optional<ManifestId> rival_of(const RoutingReport& report) {
  const std::vector<Match>& ranked = report.routing.ranked;
  if (report.routing.decision != Decision::offer || ranked.size() < 2) return std::nullopt;
  const auto fit =
      std::ranges::find_if(report.fits, [&](const RoutingReport::Fit& own) { return own.id == ranked.front().id; });
  const bool only_spoken_of = fit != report.fits.end() && fit->grade < 2;
  const bool by_rival = report.load_from == RoutingReport::never
                            ? report.routing.refused.empty() && report.ruled_out.empty() && !only_spoken_of
                            : report.points >= report.load_from && report.lead < report.lead_from;
  return by_rival ? std::optional(ranked[1].id) : std::nullopt;
}

std::string mark_text(std::int32_t mark) {
  return mark == RoutingReport::never ? "not loaded, whatever the points," : "loaded from " + std::to_string(mark);
}

// The signals with their points, and the sum against the marks from which the router offers or loads.
std::string gate_text(const Registry& registry, const RoutingReport& report, Paint paint) {
  TextTable table;
  table.columns({"POINTS", "VALUE"}, Align::right);
  table.column("SIGNAL");
  for (const RoutingReport::Signal& signal : report.signals)
    table.row({signed_number(signal.points), std::to_string(signal.value), signal.name});
  const std::optional<ManifestId> rival = rival_of(report);
  return table.take(paint) + std::to_string(report.points) + " points: an offer from " +
         std::to_string(report.offer_from) + ", " + mark_text(report.load_from) + " with a lead of " +
         std::to_string(report.lead_from) + " (it is " + std::to_string(report.lead) + ")\n" + rule_text(report) +
         (rival ? id_of(registry[*rival]) + " fits about as well, and takes the lead away\n" : std::string());
}

// Whether what is asked is what each own manifest does, and what follows from it.
std::string fits_text(const Registry& registry, const std::vector<RoutingReport::Fit>& fits) {
  static constexpr std::string_view follows[] = {"not named", "at most offered", "as the points say",
                                                 "at least as the points say", "as the points say"};
  std::string text;
  for (const RoutingReport::Fit& fit : fits)
    text += "fit of " + id_of(registry[fit.id]) + ": " + (fit.grade < 4 ? std::to_string(fit.grade) : "none") + ", " +
            fit.why + ": " + std::string(follows[std::min<std::size_t>(fit.grade, 4)]) + "\n";
  return text;
}

// Parts of the prompt that taught prompts weigh, and up to two of these prompts.
std::string lessons_text(const RoutingReport& report, Paint paint) {
  if (report.learned.empty()) return {};
  TextTable table;
  table.column("64THS OF A BIT", Align::right);
  table.column("LEARNED FROM PROMPTS");
  for (const RoutingReport::Lesson& lesson : report.learned)
    table.row({signed_number(lesson.gain), unicode::displayable(lesson.part)});
  std::string text = table.take(paint);
  for (const std::string& prompt : report.taught_by)
    text += "like: " + unicode::displayable(shortened(prompt, 100)) + "\n";
  return text;
}

// Weight, term, field; indented below the manifest, without titles.
std::string evidence_text(const Match& match, Paint paint) {
  TextTable table;
  table.column("", Align::right);
  table.columns({"", ""});
  for (std::size_t i = 0; i < match.evidence.size() && i < evidence_shown; ++i) {
    const Evidence& evidence = match.evidence[i];
    table.row({std::to_string(evidence.weight), unicode::displayable(evidence.term), evidence.field});
  }
  return table.take(paint, "    ");
}

std::string ids_of(const Registry& registry, const std::vector<Match>& matches) {
  return letters::joined(matches, " ", [&](const Match& match) { return id_of(registry[match.id]); });
}

std::string text_of(std::string_view prompt, const Need& need, std::size_t most) {
  const std::size_t begin = std::min(need.asked_begin, prompt.size());
  return unicode::displayable(shortened(prompt.substr(begin, need.asked_end - begin), most));
}

std::string needs_text(const Registry& registry, std::string_view prompt, const Routing& routing, Paint paint) {
  TextTable table;
  table.columns({"NEED", "DECISION", "MANIFESTS"});
  for (const Need& need : routing.needs)
    table.row({text_of(prompt, need, 60), std::string(to_string(need.decision)), ids_of(registry, need.matches)});
  return table.take(paint);
}

std::string evidence_of_all(const Registry& registry, const std::vector<Match>& ranked, Paint paint) {
  std::string text;
  for (const Match& match : ranked)
    text += std::to_string(match.score) + "  " + id_of(registry[match.id]) + "\n" + evidence_text(match, paint);
  return text;
}

std::string reasons_text(const Registry& registry, const RoutingReport& report, Paint paint) {
  std::string text = reading_text(registry, report) + gate_text(registry, report, paint) +
                     fits_text(registry, report.fits) + lessons_text(report, paint);
  if (!report.routing.ranked.empty()) text += "\n" + evidence_of_all(registry, report.routing.ranked, paint);
  return text;
}

// Scripts read the first line, so it is the decision with what is taken.
std::string said_text(const Registry& registry, const Routing& routing) {
  std::string text(to_string(routing.decision));
  const bool loads = routing.decision == Decision::load;
  if (loads) text += " " + ids_of(registry, routing.loaded) + "\n";
  if (loads && !routing.offered.empty()) text += "offer";
  if (!routing.offered.empty()) text += " " + ids_of(registry, routing.offered);
  if (text.back() != '\n') text += "\n";
  if (!routing.left_out.empty()) text += "left out: " + ids_of(registry, routing.left_out) + "\n";
  return text;
}

std::string route_text(const Registry& registry, std::string_view prompt, const RoutingReport& report, bool explained,
                       Paint paint) {
  const Routing& routing = report.routing;
  std::string text = said_text(registry, routing);
  if (!routing.needs.empty()) text += "\n" + needs_text(registry, prompt, routing, paint);
  if (explained && report.needs.empty()) return text + "\n" + reasons_text(registry, report, paint);
  for (std::size_t i = 0; explained && i < report.needs.size(); ++i)
    text += "\n" + paint.bold("need " + std::to_string(i + 1) + " (" + routing.needs[i].sign + ")") + ": " +
            text_of(prompt, routing.needs[i], 200) + "\n" + reasons_text(registry, report.needs[i], paint);
  if (explained || routing.ranked.empty()) return text;
  text += "\n";
  TextTable table;
  table.column("SCORE", Align::right);
  table.columns({"MANIFEST", "DESCRIPTION"});
  for (const Match& match : routing.ranked) {
    const ManifestView manifest = registry[match.id];
    table.row({std::to_string(match.score), id_of(manifest), shortened(manifest.description, paint.longest_cell())});
  }
  return text + table.take(paint);
}

void put_reasons(syntax::JsonWriter& json, const Registry& registry, const RoutingReport& report) {
  json.key("gate").begin_object();
  put(json, "points", report.points, "offer_from", report.offer_from);
  put_mark(json, "load_from", report.load_from);
  put(json, "lead", report.lead, "lead_from", report.lead_from);
  if (!report.rule.empty()) put(json, "rule", report.rule);
  if (const auto rival = rival_of(report)) put(json, "rival", plain_id_of(registry[*rival]));
  put(json, "from_host", report.from_host);
  put_signals(json, report.signals);
  json.key("fits").objects(report.fits, [&](const RoutingReport::Fit& fit) {
    put(json, "manifest", plain_id_of(registry[fit.id]), "grade", fit.grade, "why", fit.why);
  });
  json.end_object();
  put(json, "concepts", report.concepts);
  json.key("repaired").objects(report.repaired, [&](const RoutingReport::Reading& reading) {
    put(json, "written", reading.written, "as", reading.as);
  });
  put(json, "ruled_out", report.ruled_out);
  json.key("called").array(report.called, [&](ManifestId id) { json.string(plain_id_of(registry[id])); });
  json.key("learned").objects(report.learned, [&](const RoutingReport::Lesson& lesson) {
    put(json, "part", lesson.part, "gain", lesson.gain);
  });
  put(json, "taught_by", report.taught_by);
}

void put_said(syntax::JsonWriter& json, const Registry& registry, const Routing& routing) {
  put(json, "decision", to_string(routing.decision));
  put_ids(json, "loaded", registry, routing.loaded);
  put_ids(json, "offered", registry, routing.offered);
  put_ids(json, "left_out", registry, routing.left_out);
}

// A prompt that is one need has one that is the whole of it. `reasons`: of each need, or nullptr.
void put_needs(syntax::JsonWriter& json, const Registry& registry, std::string_view prompt, const Routing& routing,
               const std::vector<RoutingReport>* reasons) {
  const std::vector<Match> none;
  Need whole{0, prompt.size(), 0, prompt.size(), "whole", routing.decision, {}};
  whole.matches = whole.decision == Decision::load ? routing.loaded : routing.offered;
  const std::vector<Need> one{std::move(whole)};
  const std::vector<Need>& needs = routing.needs.empty() ? one : routing.needs;
  json.key("needs").begin_array();
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const Need& need = needs[i];
    put(json.begin_object(), "begin", need.begin, "end", need.end, "asked_begin", need.asked_begin, "asked_end",
        need.asked_end, "sign", need.sign, "decision", to_string(need.decision));
    put_ids(json, "loaded", registry, need.decision == Decision::load ? need.matches : none);
    put_ids(json, "offered", registry, need.decision == Decision::offer ? need.matches : none);
    if (reasons != nullptr && i < reasons->size()) {
      put_reasons(json, registry, (*reasons)[i]);
      put_matches(json, "ranked", registry, (*reasons)[i].routing.ranked);
    }
    json.end_object();
  }
  json.end_array();
}

std::string route_json(const Registry& registry, std::string_view prompt, const RoutingReport& report, bool explained,
                       const std::vector<std::string>& unsafe, const std::vector<std::string>& closed) {
  syntax::JsonWriter json = document("cascade.route/1");
  put(json, "prompt", prompt);
  put_said(json, registry, report.routing);
  put_filled(json, "unsafe", unsafe, "closed", closed);
  put_needs(json, registry, prompt, report.routing, explained ? &report.needs : nullptr);
  put_matches(json, "ranked", registry, report.routing.ranked);
  if (explained && report.needs.empty()) put_reasons(json, registry, report);
  return finish(json);
}

}  // namespace

std::string repaired_text(const RoutingReport& report) {
  std::string text;
  for (const RoutingReport::Reading& reading : report.repaired)
    text += "read: " + unicode::displayable(reading.written) + " as " + unicode::displayable(reading.as) + "\n";
  return report.ruled_out.empty() ? text : text + "ruled out: " + listed(report.ruled_out) + "\n";
}

std::string rule_text(const RoutingReport& report) {
  if (report.rule.empty()) return {};
  return std::string(report.routing.decision == Decision::load ? "loaded" : "offered") +
         " whatever the points: " + report.rule + "\n";
}

Result<std::string> route(const Registry& registry, std::string_view prompt, const RoutingReport& report,
                          bool explained, Format format, Paint paint, const std::vector<std::string>& unsafe,
                          const std::vector<std::string>& closed) {
  if (format == Format::text) return route_text(registry, prompt, report, explained, paint);
  if (format == Format::json) return route_json(registry, prompt, report, explained, unsafe, closed);
  return no_format("route", format);
}

std::string route_line(const Registry& registry, std::string_view id, std::string_view prompt, const Routing& routing,
                       std::optional<std::uint64_t> nanoseconds) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "id", id);
  json.key("ranked").begin_array();
  // Manifests with one title are one answer to whoever asked; the first of them stands for all.
  std::vector<std::string_view> titles;
  for (const Match& match : routing.ranked) {
    const ManifestView manifest = registry[match.id];
    const std::string_view title = manifest.title.empty() ? manifest.name : manifest.title;
    if (std::ranges::find(titles, title) != titles.end()) continue;
    titles.push_back(title);
    json.string(title);
  }
  json.end_array();
  put(json, "abstain", routing.decision == Decision::silence);
  put_said(json, registry, routing);
  put_needs(json, registry, prompt, routing, nullptr);
  if (nanoseconds)
    json.key("latency_us").literal(std::to_string(*nanoseconds / 1000) + "." + std::to_string(*nanoseconds / 100 % 10));
  json.end_object();
  return json.take() + "\n";
}

}  // namespace cascade::rendering
