// Shows which remembered facts a bundle quotes and which lost against its sections.
#include "render/facts.h"

#include "render/bundle.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

// The fact's own words, without the heading above it and the line feed.
std::string line_of(const QuotedPiece& fact) {
  std::string text = fact.text;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return unicode::displayable(text.substr(text.rfind('\n') + 1));
}

// Calls see(fact, in) for each requested fact.
template <typename See>
void for_each_fact(const Bundle& bundle, const std::string& only, const See& see) {
  for (const QuotedPiece& fact : bundle.quotes)
    if (only.empty() || fact.name == only) see(fact, true);
  for (const QuotedPiece& fact : bundle.left_quotes)
    if (only.empty() || fact.name == only) see(fact, false);
}

}  // namespace

std::string facts_text(const Bundle& bundle, const std::string& only, Paint paint) {
  TextTable table;
  table.column("");
  table.columns({"VALUE", "TOKENS", "CHARS"}, Align::right);
  table.columns({"FACT", ""});
  bool any = false;
  for_each_fact(bundle, only, [&](const QuotedPiece& fact, bool in) {
    any = true;
    const std::string price = in ? std::string() : lacking_text(fact.shortfall) + " would bring it in";
    table.row({in ? "in" : "out", std::to_string(fact.value), std::to_string(fact.cost.tokens),
               std::to_string(fact.cost.chars), fact.name + "  " + line_of(fact), price});
  });
  return any ? table.take(paint, "  ") : std::string();
}

void put_facts(syntax::JsonWriter& json, const Bundle& bundle, const std::string& only) {
  bool any = false;
  for_each_fact(bundle, only, [&](const QuotedPiece& fact, bool in) {
    if (!any) json.key("facts").begin_array();
    any = true;
    json.begin_object().key("name").string(fact.name).key("in").boolean(in).key("value").number(fact.value);
    put_cost(json, fact.cost);
    put_cost(json, "shortfall", fact.shortfall);
    put_hash(json, "content_hash", fact.content_hash);
    json.key("text").string(fact.text).end_object();
  });
  if (any) json.end_array();
}

}  // namespace cascade::rendering
