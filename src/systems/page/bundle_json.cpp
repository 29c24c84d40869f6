#include "page/bundle_json.h"

#include "syntax/json.h"

namespace cascade::page {
namespace {

std::string_view without_end(std::string_view document) {
  while (!document.empty() && (document.back() == '\n' || document.back() == ' ')) document.remove_suffix(1);
  return document;
}

}  // namespace

std::string bundle_json(const Registry& registry, const Resolution& resolution, const std::vector<std::string>& asked,
                        std::string_view bundle) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object().key("schema").string("cascade.page.bundle/1").key("bundle").literal(without_end(bundle));
  json.key("asked").array(asked, [&](const std::string& word) { json.string(word); });
  json.key("why").objects(resolution.selected, [&](const Selected& selected) {
    json.key("id").string(to_string(symbol_of(registry[selected.id])));
    json.key("distance").number(selected.distance).key("card").boolean(selected.card_only).key("by");
    if (const auto& link = selected.pulled_in_by) {
      json.begin_object().key("from").string(to_string(symbol_of(registry[link->from])));
      json.key("path").string(registry[link->from].path).key("line").number(link->line);
      json.key("column").number(link->column);
      json.key("strength").string(to_string(link->strength)).key("via").string(to_string(link->via)).end_object();
    } else {
      json.null();
    }
  });
  return json.end_object().take();
}

}  // namespace cascade::page
