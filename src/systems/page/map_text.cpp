// A map as JSON, and drawn for other programs. Links, sections and parts are many, so in JSON each is a list of values,
// in the order that docs/formats/graph.md gives.
#include "page/map.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "listed/standing.h"
#include "page/document.h"
#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"

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

void put_unbound(JsonWriter& json, const Map& map) {
  json.key("unbound").objects(map.unbound, [&](const Unbound& reference) {
    put(json, "from", map.node_of[index(reference.from)], "to", to_string(reference.reference.target), "strength",
        number_of(reference.reference.strength), "via", number_of(reference.reference.via), "line",
        reference.reference.at.line, "column", reference.reference.at.column, "ambiguous", reference.ambiguous,
        "nearby", reference.nearby);
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

// Both languages accept any text in double quotes that contains no quotes, backslashes or line ends. Mermaid reads
// entities and tags in it, too, which a name of another's must not write.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : unicode::displayable(text)) {
    const bool plain = c != '"' && c != '\\' && c != '\n' && c != '<' && c != '>' && c != '#' && c != '&' && c != '`';
    out += plain ? c : '\'';
  }
  return out + "\"";
}

std::string dangling_name(const Unbound& reference) { return to_string(reference.reference.target); }

constexpr letters::Names<Strength::excluded> strength_styles(" [style=bold]", "", " [style=dotted]",
                                                             " [style=dashed, arrowhead=tee]");
constexpr letters::Names<Strength::excluded> strength_arrows(" ==> ", " --> ", " -.-> ", " --x ");

// The strongest link for each pair of nodes, by (from, to); several kinds of link between two nodes are one line.
std::vector<MapLink> strongest_links(const Map& map) {
  std::vector<MapLink> links = map.links;
  std::ranges::stable_sort(links, [](const MapLink& a, const MapLink& b) {
    return std::tie(a.from, a.to, a.strength) < std::tie(b.from, b.to, b.strength);
  });
  links.erase(std::unique(links.begin(), links.end(),
                          [](const MapLink& a, const MapLink& b) { return a.from == b.from && a.to == b.to; }),
              links.end());
  return links;
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
  json.key("links").array(map.links, [&](const MapLink& link) {
    json.begin_array().number(link.from).number(link.to).number(number_of(link.strength)).number(number_of(link.via));
    json.number(link.line).number(link.column).end_array();
  });
  put_unbound(json, map);
  json.key("alike").objects(map.alike, [&](const Alike& group) {
    put(json, "nodes", group.nodes, "alike_per_mille", group.alike, "wasted_tokens", group.wasted);
  });
  put_findings(json, map);
  put_ladders(json, map);
  return json.end_object().take() + "\n";
}

std::string bundle_json(const Registry& registry, const Resolution& resolution, const std::vector<std::string>& asked,
                        std::string_view bundle, const std::optional<NextIn>& next,
                        const std::vector<std::string>& told) {
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
  put(json, "asked", asked, "told", told);
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

std::string map_dot(const Registry& registry, const Map& map) {
  std::string out = "digraph cascade {\n  rankdir=LR;\n  node [shape=box];\n";
  for (std::uint32_t node = 0; node < map.nodes(); ++node) {
    out += "  n" + std::to_string(node) + " [label=" + quoted(name_of(registry, map, node));
    if (node >= map.manifests.size()) out += " shape=ellipse";
    if (node < map.manifests.size() && registry.shadowed_in_favour_of(map.manifests[node])) out += " style=dashed";
    if (node < map.manifests.size() && registry[map.manifests[node]].scope == Scope::builtin)
      out += " color=gray fontcolor=gray30";  // not the user's own
    out += "];\n";
  }
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  u" + std::to_string(i) + " [label=" + quoted(dangling_name(map.unbound[i])) + " color=red];\n";
  for (std::size_t column = 0; column < columns; ++column) {
    std::string same;
    for (std::uint32_t node = 0; node < map.nodes(); ++node)
      if (map.column_of(registry, node) == static_cast<Column>(column)) same += " n" + std::to_string(node) + ";";
    if (!same.empty()) out += "  { rank=same;" + same + " }\n";
  }
  for (const MapLink& link : strongest_links(map)) {
    out += "  n" + std::to_string(link.from) + " -> n" + std::to_string(link.to);
    out += std::string(strength_styles.of(link.strength)) + ";\n";
  }
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  n" + std::to_string(map.node_of[index(map.unbound[i].from)]) + " -> u" + std::to_string(i) +
           " [color=red];\n";
  return out + "}\n";
}

std::string map_mermaid(const Registry& registry, const Map& map) {
  std::string out = "flowchart LR\n";
  for (std::uint32_t node = 0; node < map.nodes(); ++node) {
    const std::string text = quoted(name_of(registry, map, node));
    out += "  n" + std::to_string(node) + (node < map.manifests.size() ? "[" + text + "]" : "([" + text + "])") + "\n";
  }
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  u" + std::to_string(i) + "{{" + quoted(dangling_name(map.unbound[i])) + "}}\n";
  for (const MapLink& link : strongest_links(map))
    out += "  n" + std::to_string(link.from) + std::string(strength_arrows.of(link.strength)) + "n" +
           std::to_string(link.to) + "\n";
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  n" + std::to_string(map.node_of[index(map.unbound[i].from)]) + " -.-> u" + std::to_string(i) + "\n";
  return out;
}

// Whole numbers only, so that every machine draws the same.
namespace {

constexpr std::uint32_t box_height = 18, row_height = 22, gutter = 80, margin = 12, top = 44, legend_height = 30,
                        legend_width = 480;

struct Shape {
  std::array<std::uint32_t, columns> x{}, width{}, rows{};  // of each column
  std::uint32_t width_of_all = 0, height = 0;
};

std::string label_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return unicode::displayable(name.substr(colon == std::string_view::npos ? 0 : colon + 1));
}

// More than any of the usual fonts needs for it, since a name is never cut.
std::uint32_t width_of(std::string_view label) {
  std::uint32_t width = margin;
  for (std::size_t at = 0; at < label.size();) {
    const unicode::Decoded decoded = unicode::decode(label, at);
    width += decoded.code_point < 0x1100 ? 7 : 12;
    at += decoded.length;
  }
  return width;
}

// Columns without nodes take no room.
Shape shape_of(const Registry& registry, const Map& map) {
  Shape shape;
  for (std::uint32_t node = 0; node < map.nodes(); ++node) {
    const auto column = static_cast<std::size_t>(map.column_of(registry, node));
    ++shape.rows[column];
    shape.width[column] = std::max({shape.width[column], width_of(label_of(name_of(registry, map, node))), gutter});
  }
  std::uint32_t x = margin;
  for (std::size_t column = 0; column < columns; ++column) {
    shape.x[column] = x;
    if (shape.rows[column] == 0) continue;
    shape.width_of_all = x + shape.width[column] + margin;
    x += shape.width[column] + gutter;
  }
  shape.height = top + *std::ranges::max_element(shape.rows) * row_height + margin + legend_height;
  return shape;
}

constexpr letters::Names<Strength::excluded> strength_strokes("r", "i", "m", "x");

class Drawing {
 public:
  Drawing(const Registry& registry, const Map& map) : registry_(registry), map_(map), shape_(shape_of(registry, map)) {
    bool own = false, others = false;
    for (std::uint32_t node = 0; node < map.manifests.size(); ++node) (is_own(node) ? own : others) = true;
    mixed_ = own && others;
  }

  std::string draw() {
    begin();
    for (const MapLink& link : strongest_links(map_)) line(link);
    for (std::uint32_t node = 0; node < map_.nodes(); ++node) box(node);
    legend();
    return std::move(out_) + "</svg>\n";
  }

 private:
  std::size_t column(std::uint32_t node) const { return static_cast<std::size_t>(map_.column_of(registry_, node)); }
  std::uint32_t left(std::uint32_t node) const { return shape_.x[column(node)]; }
  std::uint32_t right(std::uint32_t node) const { return left(node) + shape_.width[column(node)]; }
  std::uint32_t y(std::uint32_t node) const { return top + map_.rows[node] * row_height; }

  void begin() {
    const std::string width = std::to_string(std::max(shape_.width_of_all, legend_width)),
                      height = std::to_string(shape_.height);
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
           "\" viewBox=\"0 0 " + width + " " + height +
           "\" role=\"img\" aria-label=\"Map of a library: " + std::to_string(map_.nodes()) + " nodes, " +
           std::to_string(map_.links.size()) + " links\">\n<style>text{font:11px sans-serif;fill:#1b1f24}" +
           "rect{fill:#fff;stroke:#59636e}.b{stroke:none}path{fill:none;stroke:#59636e;stroke-opacity:.45}.r{stroke-"
           "width:2}" +
           ".m{stroke-dasharray:2 3}.x{stroke:#b3261e}.h{font-weight:bold}.s{stroke-dasharray:4 3}.o{fill:#dbe8fb}" +
           "@media (prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#161b22;stroke:#8b949e}.b{fill:#0d1117}" +
           ".o{fill:#17304f}path{stroke:#8b949e}.x{stroke:#ff8a80}}</style>\n<rect class=\"b\" width=\"" + width +
           "\" height=\"" + height + "\"/>\n";
    for (std::size_t i = 0; i < columns; ++i)
      if (shape_.rows[i] != 0)
        text(shape_.x[i], 24,
             std::string(to_string(static_cast<Column>(i))) + " (" + std::to_string(shape_.rows[i]) + ")", "h");
  }

  void text(std::uint32_t at_x, std::uint32_t at_y, std::string_view said, std::string_view kind = {}) {
    out_ += "<text" + (kind.empty() ? std::string() : " class=\"" + std::string(kind) + "\"") + " x=\"" +
            std::to_string(at_x) + "\" y=\"" + std::to_string(at_y) + "\">" + in_tags(said) + "</text>\n";
  }

  // Where a line may pass a column: between two of its boxes, or below the last.
  std::uint32_t passage(std::size_t column, std::uint32_t wanted) const {
    const std::uint32_t row = std::min((wanted - top + row_height / 2) / row_height, shape_.rows[column]);
    const std::uint32_t between = top + row * row_height - (row_height - box_height) / 2;
    return row == shape_.rows[column] ? std::max(wanted, between) : between;
  }

  static std::string point(std::uint32_t x, std::uint32_t y) { return std::to_string(x) + " " + std::to_string(y); }

  // From the side of one box that faces the other to that other's, and between the boxes of the columns in between;
  // within a column, around its boxes.
  void line(const MapLink& link) {
    const std::size_t first = column(link.from), last = column(link.to);
    const bool forwards = first < last;
    std::uint32_t at_x = first > last ? left(link.from) : right(link.from), at_y = y(link.from) + box_height / 2;
    const std::uint32_t to_x = forwards ? left(link.to) : right(link.to), to_y = y(link.to) + box_height / 2;
    out_ += "<path class=\"" + std::string(strength_strokes.of(link.strength)) + "\" d=\"M" + point(at_x, at_y);
    const auto bend_to = [&](std::uint32_t x, std::uint32_t y) {
      const std::uint32_t bend = first == last ? at_x + row_height : (at_x + x) / 2;
      out_ += "C" + point(bend, at_y) + " " + point(bend, y) + " " + point(x, y);
    };
    for (std::size_t step = 1; first != last && step < (forwards ? last - first : first - last); ++step) {
      const std::size_t between = forwards ? first + step : first - step;
      if (shape_.rows[between] == 0) continue;
      const std::uint32_t near = shape_.x[between], far = near + shape_.width[between], pass = passage(between, to_y);
      bend_to(forwards ? near : far, pass);
      at_x = forwards ? far : near;
      at_y = pass;
      out_ += "L" + point(at_x, at_y);
    }
    bend_to(to_x, to_y);
    out_ += "\"/>\n";
  }

  // One's own, where others are on the map as well, and what another of its name hides.
  std::string kind_of(std::uint32_t node) const {
    if (node >= map_.manifests.size()) return {};
    std::string kind = mixed_ && is_own(node) ? "o" : "";
    if (registry_.shadowed_in_favour_of(map_.manifests[node])) kind += kind.empty() ? "s" : " s";
    return kind;
  }

  bool is_own(std::uint32_t node) const {
    const Scope scope = registry_[map_.manifests[node]].scope;
    return scope != Scope::builtin && scope != Scope::plugin;
  }

  void rect(std::uint32_t at_x, std::uint32_t at_y, std::uint32_t width, std::string_view kind,
            std::string_view title) {
    out_ += "<rect" + (kind.empty() ? std::string() : " class=\"" + std::string(kind) + "\"") + " x=\"" +
            std::to_string(at_x) + "\" y=\"" + std::to_string(at_y) + "\" width=\"" + std::to_string(width) +
            "\" height=\"" + std::to_string(box_height) + "\" rx=\"3\"><title>" + in_tags(title) + "</title></rect>";
  }

  void box(std::uint32_t node) {
    const std::string name = name_of(registry_, map_, node);
    rect(left(node), y(node), right(node) - left(node), kind_of(node), unicode::displayable(name));
    text(left(node) + 5, y(node) + 13, label_of(name));
  }

  void legend() {
    const std::uint32_t at_y = shape_.height - margin;
    std::uint32_t at_x = margin;
    const auto said = [&](std::string_view words) {
      text(at_x, at_y, words);
      at_x += width_of(words) + margin;
    };
    for (const auto& [strength, words] : {std::pair(Strength::required, "requires"),
                                          {Strength::invoked, "calls"},
                                          {Strength::mentioned, "only mentions"},
                                          {Strength::excluded, "excludes"}}) {
      out_ += "<path class=\"" + std::string(strength_strokes.of(strength)) + "\" d=\"M" + point(at_x, at_y - 4) +
              "h24\"/>\n";
      at_x += 30;
      said(words);
    }
    if (!mixed_) return;
    rect(at_x, at_y - 13, 24, "o", "yours");
    at_x += 30;
    said("yours");
  }

  const Registry& registry_;
  const Map& map_;
  Shape shape_;
  bool mixed_ = false;
  std::string out_;
};

}  // namespace

std::string map_svg(const Registry& registry, const Map& map) { return Drawing(registry, map).draw(); }

}  // namespace cascade::page
