// Texts are counted one by one and added up. For a model the sum alone is converted, once, so that rounding adds at
// most one token.
#include "render/counts.h"

#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

// Texts are counted one by one; joined, they may have fewer tokens.
struct Sum {
  std::uint64_t bytes = 0, tokens = 0, chars = 0;
};

Sum sum_of(const std::vector<CountedText>& texts) {
  Sum sum;
  for (const CountedText& text : texts) {
    sum.bytes += text.bytes;
    sum.tokens += text.cost.tokens;
    sum.chars += text.cost.chars;
  }
  return sum;
}

std::string counts_text(const std::vector<CountedText>& texts, const TokenCounter& counter,
                        const std::optional<TokenModel>& model, Paint paint) {
  TextTable table;
  table.columns({"TOKENS", "CHARS", "BYTES"}, Align::right);
  table.column("TEXT");
  for (const CountedText& text : texts)
    table.row({std::to_string(text.cost.tokens), std::to_string(text.cost.chars), std::to_string(text.bytes),
               text.path == "-" ? std::string("standard input") : unicode::displayable(text.path)});
  const Sum sum = sum_of(texts);
  if (texts.size() > 1)
    table.row({std::to_string(sum.tokens), std::to_string(sum.chars), std::to_string(sum.bytes), "together"});
  std::string out = table.take(paint);
  if (model)
    out += "about " + count_of(estimated_tokens(*model, sum.tokens), "token") + " of " + model->name + ", estimated\n";
  if (!counter.exact()) out += "counted by the estimate: there is no token table\n";
  return out;
}

std::string counts_json(const std::vector<CountedText>& texts, const TokenCounter& counter,
                        const std::optional<TokenModel>& model) {
  const Sum sum = sum_of(texts);
  syntax::JsonWriter json = document("cascade.tokens/1");
  json.key("vocabulary").string(counter.vocabulary());
  json.key("counted").string(counter.exact() ? "exact" : "estimate");
  json.key("model");
  if (model) {
    json.string(model->name);
  } else {
    json.null();
  }
  json.key("texts").objects(texts, [&](const CountedText& text) {
    json.key("path").string(text.path);
    put_cost(json, text.cost);
    json.key("bytes").number(text.bytes);
  });
  json.key("total").begin_object();
  json.key("tokens").number(sum.tokens);
  json.key("chars").number(sum.chars);
  json.key("bytes").number(sum.bytes);
  if (model) json.key("tokens_estimated").number(estimated_tokens(*model, sum.tokens));
  json.end_object();
  return finish(json);
}

}  // namespace

Result<std::string> counts(const std::vector<CountedText>& texts, const TokenCounter& counter,
                           const std::optional<TokenModel>& model, Format format, Paint paint) {
  if (format == Format::text) return counts_text(texts, counter, model, paint);
  if (format == Format::json) return counts_json(texts, counter, model);
  return no_format("tokens", format);
}

}  // namespace cascade::rendering
