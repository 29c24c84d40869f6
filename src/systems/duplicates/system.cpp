// Renders the findings of `cascade duplicates`.
#include <cascade/render.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>

#include "cli/call.h"
#include "cli/verbs.h"
#include "render/parts.h"
#include "request/task.h"
#include "similarity/alike.h"
#include "syntax/put.h"
#include "system/system.h"

// Two tables: texts that are equal, then texts that are nearly equal; whole manifests come before sections. Each row
// names the copy to keep and the tokens that the other copies cost. JSON, cascade.duplicates/1
// (docs/formats/duplicates.md), lists every copy.

namespace cascade::rendering {
namespace {

// "12.3 %", rounded to the nearest tenth.
std::string percent(std::uint64_t part, std::uint64_t whole) {
  const std::uint64_t tenths = whole == 0 ? 0 : (part * 1000 + whole / 2) / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

// "keep" is a path for manifests and a position in "places" for sections.
void put_paths(syntax::JsonWriter& json, const Registry& registry, const std::vector<ManifestId>& ids,
               std::size_t keep) {
  put(json, "keep", registry[ids[keep]].path);
  json.key("paths").array(ids, [&](ManifestId id) { json.string(registry[id].path); });
}

void put_places(syntax::JsonWriter& json, const Registry& registry, const std::vector<duplicates::Place>& places,
                std::size_t keep) {
  put(json, "keep", keep);
  json.key("places").objects(places, [&](const duplicates::Place& place) {
    const SectionView view = registry.section(place.id, place.section);
    put(json, "id", plain_id_of(registry[place.id]), "path", registry[place.id].path, "section", place.section,
        "heading", view.heading, "line", view.line);
  });
}

void put_near(syntax::JsonWriter& json, const Registry& registry, const duplicates::Report& report) {
  json.key("near_manifests").objects(report.near_manifests, [&](const duplicates::AlikeManifests& found) {
    put(json, "alike_per_mille", found.alike, "wasted_tokens", found.wasted.tokens);
    put_paths(json, registry, found.ids, found.keep);
  });
  json.key("near_sections").objects(report.near_sections, [&](const duplicates::AlikeSections& found) {
    put(json, "alike_per_mille", found.alike);
    put_cost(json, "wasted", found.wasted);
    put_places(json, registry, found.places, found.keep);
  });
}

std::string duplicates_json(const Registry& registry, const duplicates::Report& report) {
  syntax::JsonWriter json = document("cascade.duplicates/1");
  put(json, "manifests", report.manifests, "sections", report.sections, "distinct", report.distinct);
  put_cost(json, "cost", report.all);
  put_cost(json, "wasted", report.wasted);
  json.key("equal_manifests").objects(report.equal_manifests, [&](const duplicates::AlikeManifests& found) {
    put_cost(json, "each", found.each);
    put_cost(json, "wasted", found.wasted);
    put_paths(json, registry, found.ids, found.keep);
  });
  json.key("equal_sections").objects(report.equal_sections, [&](const duplicates::AlikeSections& found) {
    put_cost(json, "each", found.each);
    put_cost(json, "wasted", found.wasted);
    put_places(json, registry, found.places, found.keep);
  });
  put_near(json, registry, report);
  return finish(json);
}

// At most so many rows of manifests and of sections; `each`: what one says in the second column.
template <typename Manifests, typename Sections, typename Each>
void add_rows(TextTable& table, const Registry& registry, const Manifests& manifests, const Sections& sections,
              std::size_t limit, const Each& each) {
  for (const auto& found : std::span(manifests).first(std::min(limit, manifests.size())))
    table.row({std::to_string(found.wasted.tokens), each(found), std::to_string(found.ids.size()),
               id_of(registry[found.ids[found.keep]]) + " (whole)"});
  for (const auto& found : std::span(sections).first(std::min(limit, sections.size()))) {
    const duplicates::Place& keep = found.places[found.keep];
    table.row({std::to_string(found.wasted.tokens), each(found), std::to_string(found.places.size()),
               id_of(registry[keep.id]) + "  " + section_name(registry.section(keep.id, keep.section))});
  }
}

std::string near_text(const Registry& registry, const duplicates::Report& report, std::size_t limit, Paint paint) {
  std::uint64_t wasted = 0;
  for (const duplicates::AlikeSections& found : report.near_sections) wasted += found.wasted.tokens;
  if (report.near_sections.empty() && report.near_manifests.empty()) return {};
  std::string out = "\n" + count_of(report.near_sections.size(), "group") + " of sections and " +
                    std::to_string(report.near_manifests.size()) + " of manifests are nearly equal; " +
                    count_of(wasted, "token") + " besides those to keep\n";
  TextTable table;
  table.columns({"WASTED", "ALIKE", "TEXTS"}, Align::right);
  table.column("KEEP");
  add_rows(table, registry, report.near_manifests, report.near_sections, limit,
           [](const auto& found) { return percent(found.alike, 1000); });
  return out + "\n" + table.take(paint, "  ");
}

std::string duplicates_text(const Registry& registry, const duplicates::Report& report, std::size_t limit,
                            Paint paint) {
  std::string out = count_of(report.sections, "section") + " of " + count_of(report.manifests, "manifest") + ", " +
                    std::to_string(report.distinct) + " of them distinct; " + count_of(report.wasted.tokens, "token") +
                    " of " + std::to_string(report.all.tokens) + " are copies (" +
                    percent(report.wasted.tokens, report.all.tokens) + ")\n";
  TextTable table;
  table.columns({"WASTED", "EACH", "COPIES"}, Align::right);
  table.column("KEEP");
  add_rows(table, registry, report.equal_manifests, report.equal_sections, limit,
           [](const auto& found) { return std::to_string(found.each.tokens); });
  if (!table.empty()) out += "\n" + table.take(paint, "  ");
  return out + near_text(registry, report, limit, paint);
}

// text: a table of at most `limit` rows. json: cascade.duplicates/1, complete.
Result<std::string> duplicates(const Registry& registry, const duplicates::Report& report, std::size_t limit,
                               Format format, Paint paint) {
  if (format == Format::json) return duplicates_json(registry, report);
  if (format == Format::text) return duplicates_text(registry, report, limit, paint);
  return no_format("duplicates", format);
}

}  // namespace
}  // namespace cascade::rendering

namespace cascade::cli {

Exit run_duplicates(Call& call) {
  constexpr std::uint32_t shown = 20;
  std::optional<std::uint32_t> limit;
  Arguments arguments("duplicates");
  arguments.number("--limit", limit);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const auto report = request::with_refresh(*workspace, [&] {
    return duplicates::find_alike(workspace->registry(), [&](const ManifestView& manifest, const SectionView& section) {
      return workspace->read(manifest, section);
    });
  });
  if (!report) return call.console().fail(report.error());
  call.step("compare");
  const Registry registry = workspace->registry();
  return call.console().show(
      rendering::duplicates(registry, *report, limit.value_or(shown), call.format(), call.console().paint()),
      report->equal_sections.empty() && report->near_sections.empty() ? Exit::no : Exit::yes);
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb duplicates_verbs[] = {
    {"duplicates", Group::check, 40, "find equal sections and manifests, and what they waste", cli::run_duplicates},
};

}  // namespace

extern const System duplicates_system = {
    .name = "duplicates",
    .verbs = {duplicates_verbs, std::size(duplicates_verbs)},
};

}  // namespace cascade::core
