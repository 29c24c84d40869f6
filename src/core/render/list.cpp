#include "render/list.h"

#include <algorithm>

#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

// "[shadowed by ~/x/SKILL.md, 2 reading faults] ", where a cut on a narrow terminal spares it.
std::string remark(const Registry& registry, ManifestId id, const Roots& roots) {
  std::string text;
  if (const auto winner = registry.shadowed_in_favour_of(id))
    text += "shadowed by " + place_of(Location{std::string(registry[*winner].path), 0, 0, 0, 0}) +
            roots.beside(registry[*winner], registry[id]);
  if (registry[id].document) text += text.empty() ? "document" : ", document";
  if (const std::size_t problems = registry.problems(id).size(); problems != 0)
    text += (text.empty() ? "" : ", ") + count_of(problems, "reading fault");
  return text.empty() ? text : "[" + text + "] ";
}

// The tokens are those of whole bodies, so their sum says what loading everything would cost.
std::string list_text(const Registry& registry, const std::vector<ManifestId>& rows, const Roots& roots, Paint paint) {
  if (rows.empty()) return "no manifests\n";
  TextTable table;
  table.columns({"MANIFEST", "LAYER", "SCOPE"});
  table.column("TOKENS", Align::right);
  table.column("DESCRIPTION");
  std::uint64_t tokens = 0;
  for (const ManifestId id : rows) {
    const ManifestView manifest = registry[id];
    tokens += manifest.body.tokens;
    table.row({id_of(manifest), std::string(to_string(manifest.layer)), roots.scope_of(manifest),
               std::to_string(manifest.body.tokens),
               remark(registry, id, roots) + shortened(manifest.description, paint.longest_cell())});
  }
  return table.take(paint) + "\n" + count_of(rows.size(), "manifest") + ", " + count_of(tokens, "token") + "\n";
}

void put_row(syntax::JsonWriter& json, const Registry& registry, ManifestId id, const Roots& roots) {
  const ManifestView manifest = registry[id];
  json.begin_object();
  put_manifest(json, manifest);
  put(json, "plugin", manifest.plugin, "added", roots.is_added(manifest), "aliases", registry.aliases(id),
      "description", manifest.description);
  put_cost(json, manifest.body);
  put(json, "document", manifest.document);
  roots.put_shadowed_by(json, registry, id);
  put_problems(json, "problems", registry.problems(id));
  json.end_object();
}

std::string list_json(const Registry& registry, const std::vector<ManifestId>& rows, const Roots& roots) {
  syntax::JsonWriter json = document("cascade.list/1");
  json.key("manifests").array(rows, [&](ManifestId id) { put_row(json, registry, id, roots); });
  return finish(json);
}

std::string list_lines(const Registry& registry, const std::vector<ManifestId>& rows, const Roots& roots) {
  std::string text;
  for (const ManifestId id : rows) {
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    put_row(json, registry, id, roots);
    text += json.take() + "\n";
  }
  return text;
}

std::string terms(const Match& match) {
  std::vector<std::string> shown;
  for (const Evidence& evidence : match.evidence)
    if (shown.size() < 6 && std::ranges::find(shown, evidence.term) == shown.end()) shown.push_back(evidence.term);
  return letters::joined(shown, " ", [&](const std::string& term) { return unicode::displayable(term); });
}

std::string search_text(const Registry& registry, const Routing& routing, Paint paint) {
  if (routing.ranked.empty()) return "nothing matches\n";
  TextTable table;
  table.column("SCORE", Align::right);
  table.columns({"MANIFEST", "BECAUSE OF", "DESCRIPTION"});
  for (const Match& match : routing.ranked) {
    const ManifestView manifest = registry[match.id];
    table.row({std::to_string(match.score), id_of(manifest), terms(match),
               shortened(manifest.description, paint.longest_cell())});
  }
  return table.take(paint);
}

// The decision is the router's, for readers that want to know whether a hook would have used the result.
std::string search_json(const Registry& registry, std::string_view query, const Routing& routing) {
  syntax::JsonWriter json = document("cascade.search/1");
  put(json, "query", query, "decision", to_string(routing.decision));
  put_matches(json, "results", registry, routing.ranked);
  return finish(json);
}

}  // namespace

Result<std::string> list(const Registry& registry, const std::vector<ManifestId>& rows, const Roots& roots,
                         Format format, Paint paint) {
  if (format == Format::text) return list_text(registry, rows, roots, paint);
  if (format == Format::json) return list_json(registry, rows, roots);
  if (format == Format::jsonl) return list_lines(registry, rows, roots);
  return no_format("list", format);
}

std::string Roots::path_of(const ManifestView& manifest) const {
  return manifest.root < paths.size() ? paths[manifest.root] : std::string();
}

bool Roots::is_added(const ManifestView& manifest) const {
  return manifest.root < added.size() && added[manifest.root];
}

std::string Roots::scope_of(const ManifestView& manifest) const {
  return is_added(manifest) ? "added" : std::string(to_string(manifest.scope));
}

std::string Roots::beside(const ManifestView& manifest, const ManifestView& other) const {
  const std::string root = manifest.root == other.root ? std::string() : path_of(manifest);
  return root.empty() ? root : " of " + unicode::displayable(root);
}

void Roots::put_place(syntax::JsonWriter& json, const ManifestView& manifest) const {
  put(json.begin_object(), "scope", to_string(manifest.scope), "path", manifest.path, "root", path_of(manifest))
      .end_object();
}

void Roots::put_shadowed_by(syntax::JsonWriter& json, const Registry& registry, ManifestId id) const {
  json.key("shadowed_by");
  if (const auto winner = registry.shadowed_in_favour_of(id))
    put_place(json, registry[*winner]);
  else
    json.null();
}

Result<std::string> search(const Registry& registry, std::string_view query, const Routing& routing, Format format,
                           Paint paint) {
  if (format == Format::text) return search_text(registry, routing, paint);
  if (format == Format::json) return search_json(registry, query, routing);
  return no_format("search", format);
}

}  // namespace cascade::rendering
