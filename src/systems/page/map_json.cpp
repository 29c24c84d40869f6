// Links, sections and parts are many, so each is a list of values, in the order that docs/formats/graph.md gives.
#include "page/map.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "listed/standing.h"
#include "syntax/put.h"
#include "text/names.h"

namespace cascade::page {
namespace {

using syntax::JsonWriter;

constexpr std::uint32_t most_sections = 300;  // of one manifest
constexpr std::string_view area_key = "metadata.cascade-domain";

constexpr Strength strengths[] = {Strength::required, Strength::invoked, Strength::mentioned, Strength::excluded};
constexpr Via vias[] = {Via::frontmatter, Via::task,    Via::skill,    Via::spawn, Via::slash,
                        Via::qualified,   Via::at,      Via::link,     Via::path,  Via::label,
                        Via::table,       Via::heading, Via::backtick, Via::bold,  Via::prose};
constexpr Form forms[] = {Form::card, Form::lead, Form::section, Form::prose, Form::opening, Form::resource,
                          Form::stub, Form::cut,  Form::same,    Form::name,  Form::third,   Form::beginning};

// A value is written as its number here; enumerators are numbered from 0.
template <typename Value>
std::uint64_t number_of(Value value) {
  return static_cast<std::uint64_t>(value);
}

void put_sections(JsonWriter& json, const Registry& registry, ManifestId id) {
  json.key("sections").begin_array();
  const std::uint32_t whole = registry.whole_sections(id), shown = std::min(whole, most_sections);
  for (std::uint32_t i = 0; i < shown; ++i) {
    const SectionView section = registry.section(id, i);
    json.begin_array().string(section.heading).number(section.level).number(section.line).number(section.cost.tokens);
    json.end_array();
  }
  json.end_array();
  if (whole > shown) put(json, "more_sections", whole - shown);
}

void put_files(JsonWriter& json, const std::vector<bundle::ListedFile>& files) {
  json.key("files").array(files, [&](const bundle::ListedFile& file) {
    json.begin_array().string(file.place).number(file.file.cost.tokens).string(file.purpose).end_array();
  });
}

// What manifests are about, in the words of their authors, each once and sorted.
std::vector<std::string_view> areas_of(const Registry& registry, const Map& map) {
  std::vector<std::string_view> areas;
  for (const ManifestId id : map.manifests)
    if (const auto area = registry.field(id, area_key)) areas.push_back(*area);
  letters::sort_once(areas);
  return areas;
}

void put_marks(JsonWriter& json, const Registry& registry, const Map& map, std::uint32_t node) {
  if (listing::is_orphan(registry, map.manifests[node])) put(json, "orphan", true);
  if (node < map.silent.size() && map.silent[node] > 0) put(json, "silent", map.silent[node]);
  if (node < map.came.size() && map.came[node]) put(json, "came", true);
  if (node < map.loaded.size() && map.loaded[node]) put(json, "loaded", true);
  if (node < map.off.size() && map.off[node].by != Off::By::nobody)
    put(json, "off", true, "off_by", to_string(map.off[node].by), "off_because", map.off[node].reason);
  if (node < map.added.size() && map.added[node]) put(json, "added", true);
}

void put_node(JsonWriter& json, const Registry& registry, const Map& map, const std::vector<std::string_view>& areas,
              std::uint32_t node) {
  put(json.begin_object(), "id", name_of(registry, map, node), "column", number_of(map.column_of(registry, node)),
      "row", map.rows[node]);
  if (node >= map.manifests.size()) {
    json.end_object();
    return;
  }
  const ManifestId id = map.manifests[node];
  const ManifestView manifest = registry[id];
  put(json, "scope", to_string(manifest.scope), "path", manifest.path);
  if (!manifest.plugin.empty()) put(json, "plugin", manifest.plugin);
  put(json, "description", manifest.description, "tokens", manifest.body.tokens);
  if (const auto area = registry.field(id, area_key))
    put(json, "area", static_cast<std::uint64_t>(std::lower_bound(areas.begin(), areas.end(), *area) - areas.begin()));
  put_marks(json, registry, map, node);
  if (const auto winner = registry.shadowed_in_favour_of(id)) {
    put(json.key("shadowed_by").begin_object(), "path", registry[*winner].path, "scope",
        to_string(registry[*winner].scope))
        .key("node");
    const std::uint32_t other = map.node_of[index(*winner)];
    other == no_node ? json.null() : json.number(other);
    json.end_object();
  }
  put_sections(json, registry, id);
  if (node < map.files.size() && !map.files[node].empty()) put_files(json, map.files[node]);
  json.end_object();
}

void put_links(JsonWriter& json, const Map& map) {
  json.key("links").array(map.links, [&](const MapLink& link) {
    json.begin_array().number(link.from).number(link.to).number(number_of(link.strength)).number(number_of(link.via));
    json.number(link.line).number(link.column).end_array();
  });
}

void put_unbound(JsonWriter& json, const Map& map) {
  json.key("unbound").objects(map.unbound, [&](const Unbound& reference) {
    put(json, "from", map.node_of[index(reference.from)], "to", to_string(reference.reference.target), "strength",
        number_of(reference.reference.strength), "via", number_of(reference.reference.via), "line",
        reference.reference.at.line, "column", reference.reference.at.column, "ambiguous", reference.ambiguous,
        "nearby", reference.nearby);
  });
}

void put_alike(JsonWriter& json, const Map& map) {
  json.key("alike").objects(map.alike, [&](const Alike& group) {
    put(json, "nodes", group.nodes, "alike_per_mille", group.alike, "wasted_tokens", group.wasted);
  });
}

void put_findings(JsonWriter& json, const Map& map) {
  json.key("findings").begin_array();
  for (std::size_t i = 0; i < map.findings.size(); ++i) {
    const Diagnostic& finding = map.findings[i];
    json.begin_object().key("node");
    map.found_in[i] == no_node ? json.null() : json.number(map.found_in[i]);
    put(json, "severity", to_string(finding.severity), "rule", finding.rule, "path", finding.at.path, "line",
        finding.at.line, "column", finding.at.column, "message", finding.message, "help", finding.help)
        .end_object();
  }
  json.end_array();
}

bool has_same_figures(const LadderRung& a, const LadderRung& b) {
  const auto figures = [](const LadderRung& rung) {
    return std::tuple(rung.status, rung.cost.tokens, rung.cost.chars, rung.min_budget.tokens, rung.certificate.proof,
                      rung.certificate.gap_ppm);
  };
  return figures(a) == figures(b) && std::equal(a.out.begin(), a.out.end(), b.out.begin(), b.out.end(),
                                                [](const LadderOut& one, const LadderOut& other) {
                                                  return std::tuple(one.part, one.shortfall.tokens, one.reason) ==
                                                         std::tuple(other.part, other.shortfall.tokens, other.reason);
                                                });
}

// Each part as its distance from the one before it. Most are left out for the budget; another reason stands, negative,
// in the place of the shortfall, which there is none of.
void put_out(JsonWriter& json, const std::vector<LadderOut>& out) {
  json.begin_array();
  std::int64_t before = 0;
  for (const LadderOut& one : out) {
    json.integer(one.part - std::exchange(before, std::int64_t{one.part}));
    json.integer(one.reason == OmittedFor::budget ? std::int64_t{one.shortfall.tokens}
                                                  : -static_cast<std::int64_t>(number_of(one.reason)));
  }
  json.end_array();
}

void put_rung(JsonWriter& json, const LadderRung& rung, const LadderRung* before) {
  json.begin_array().number(rung.budget);
  if (before == nullptr || !has_same_figures(rung, *before)) {
    json.number(number_of(rung.status));
    json.number(rung.status == PackingStatus::infeasible ? rung.min_budget.tokens : rung.cost.tokens);
    json.number(rung.cost.chars).number(number_of(rung.certificate.proof)).number(rung.certificate.gap_ppm);
    put_out(json, rung.out);
  }
  json.end_array();
}

// Those of one node that follow each other are one list.
void put_parts(JsonWriter& json, const std::vector<LadderPart>& parts) {
  json.begin_array();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == 0 || parts[i].node != parts[i - 1].node) {
      json.begin_array();
      parts[i].node == no_node ? json.null() : json.number(parts[i].node);
    }
    json.number(parts[i].section).number(number_of(parts[i].form)).number(parts[i].cost.tokens).number(parts[i].in);
    if (i + 1 == parts.size() || parts[i + 1].node != parts[i].node) json.end_array();
  }
  json.end_array();
}

void put_ladders(JsonWriter& json, const Map& map) {
  json.key("ladders").objects(map.ladders, [&](const Ladder& ladder) {
    put(json, "root", ladder.root).key("rungs").begin_array();
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i)
      put_rung(json, ladder.rungs[i], i == 0 ? nullptr : &ladder.rungs[i - 1]);
    json.end_array().key("parts");
    put_parts(json, ladder.parts);
  });
}

}  // namespace

std::string map_json(const Registry& registry, const Map& map) {
  JsonWriter json(JsonWriter::Style::compact);
  put(json.begin_object(), "schema", "cascade.graph/2");
  constexpr Column all[] = {Column::playbook, Column::skill, Column::agent, Column::command, Column::tool};
  constexpr OmittedFor reasons[] = {OmittedFor::budget, OmittedFor::duplicate, OmittedFor::already_loaded};
  constexpr PackingStatus statuses[] = {PackingStatus::ok, PackingStatus::infeasible, PackingStatus::conflict,
                                        PackingStatus::unknown};
  constexpr Proof proofs[] = {Proof::bounded, Proof::optimal};
  put(json, "columns", all, "strengths", strengths, "vias", vias, "forms", forms, "reasons", reasons, "statuses",
      statuses, "proofs", proofs);
  put_object(json, "left_out", "manifests", map.left_out.manifests, "links", map.left_out.links, "findings",
             map.left_out.findings, "ladders", map.left_out.ladders);
  const std::vector<std::string_view> areas = areas_of(registry, map);
  put(json, "areas", areas);
  if (map.sessions > 0) put(json, "sessions", map.sessions);
  if (!map.folders.empty()) {
    json.key("folders").begin_object();
    for (const auto& [label, folder] : map.folders) put(json, label, folder);
    json.end_object();
  }
  if (map.every_request > 0) put(json, "every_request", map.every_request);
  if (!map.is_judged) put(json, "unjudged", true);
  if (!map.asked.empty()) put(json, "asked", map.asked);
  json.key("nodes").begin_array();
  for (std::uint32_t node = 0; node < map.nodes(); ++node) put_node(json, registry, map, areas, node);
  json.end_array();
  put_links(json, map);
  put_unbound(json, map);
  put_alike(json, map);
  put_findings(json, map);
  put_ladders(json, map);
  return json.end_object().take() + "\n";
}

std::string bundle_json(const Registry& registry, const Resolution& resolution, const std::vector<std::string>& asked,
                        std::string_view bundle, const std::optional<NextIn>& next,
                        const std::vector<SpokenFor>& spoken, const std::vector<std::string>& told) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  bundle = bundle.substr(0, bundle.find_last_not_of("\n ") + 1);
  put(json.begin_object(), "schema", "cascade.page.bundle/1").key("bundle").literal(bundle);
  if (next) {
    const bool has_heading = next->form != Form::card && next->form != Form::resource;
    put(json.key("next").begin_object(), "id", to_string(symbol_of(registry[next->id])), "heading",
        has_heading ? registry.section(next->id, next->section).heading : to_string(next->form), "more",
        next->more.tokens, "more_chars", next->more.chars)
        .end_object();
  }
  put(json, "asked", asked, "told", told).key("spoken").objects(spoken, [&](const SpokenFor& one) {
    put(json, "id", one.symbol, "words", one.words);
  });
  json.key("why").objects(resolution.selected, [&](const Selected& selected) {
    put(json, "id", to_string(symbol_of(registry[selected.id])), "distance", selected.distance, "card",
        selected.card_only)
        .key("by");
    if (const auto& link = selected.pulled_in_by) {
      put(json.begin_object(), "from", to_string(symbol_of(registry[link->from])), "path", registry[link->from].path,
          "line", link->line, "column", link->column, "strength", to_string(link->strength), "via",
          to_string(link->via))
          .end_object();
    } else {
      json.null();
    }
  });
  return json.end_object().take();
}

}  // namespace cascade::page
