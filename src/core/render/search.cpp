// As text, the ranking alone: whoever searches wants results, whatever the router would do unasked. JSON adds its
// decision.
#include "render/search.h"

#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

// The words that counted, each once, the heaviest first, as the router gives them.
std::string terms(const Match& match) {
  std::vector<std::string> shown;
  for (const Evidence& evidence : match.evidence) {
    bool known = false;
    for (const std::string& term : shown) known = known || term == evidence.term;
    if (!known && shown.size() < 6) shown.push_back(evidence.term);
  }
  std::string text;
  for (const std::string& term : shown) text += (text.empty() ? "" : " ") + unicode::displayable(term);
  return text;
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
  json.key("query").string(query);
  json.key("decision").string(to_string(routing.decision));
  json.key("results").begin_array();
  put_matches(json, registry, routing.ranked);
  json.end_array();
  return finish(json);
}

}  // namespace

Result<std::string> search(const Registry& registry, std::string_view query, const Routing& routing, Format format,
                           Paint paint) {
  if (format == Format::text) return search_text(registry, routing, paint);
  if (format == Format::json) return search_json(registry, query, routing);
  return no_format("search", format);
}

}  // namespace cascade::rendering
