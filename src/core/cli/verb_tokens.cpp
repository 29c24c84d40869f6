// Texts are counted one by one and added up. For a model the sum alone is converted, once, so that rounding adds at
// most one token.
#include "cli/call.h"
#include "files/tree.h"
#include "render/parts.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

#include <cerrno>
#include <cstring>

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_text = 256u << 20;  // bytes; a larger file is not a text for a model

Result<std::string> read_text_to_count() {
  std::string text;
  char buffer[65536];
  while (true) {
    const std::ptrdiff_t count = read_some(buffer, sizeof(buffer));
    if (count == 0) return text;
    if (count < 0) return Error{ErrorCode::unreadable, std::strerror(errno), "standard input", {}};
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > largest_text) return Error{ErrorCode::unsupported, "more than 256 MiB", "standard input", {}};
  }
}

struct CountedText {
  std::string path;  // "-": standard input
  std::uint64_t bytes = 0;
  Cost cost;
};

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

std::string tokens_text(const std::vector<CountedText>& texts, const TokenCounter& counter,
                        const std::optional<TokenModel>& model, rendering::Paint paint) {
  rendering::TextTable table;
  table.columns({"TOKENS", "CHARS", "BYTES"}, rendering::Align::right);
  table.column("TEXT");
  for (const CountedText& text : texts)
    table.row({std::to_string(text.cost.tokens), std::to_string(text.cost.chars), std::to_string(text.bytes),
               text.path == "-" ? std::string("standard input") : unicode::displayable(text.path)});
  const Sum sum = sum_of(texts);
  if (texts.size() > 1)
    table.row({std::to_string(sum.tokens), std::to_string(sum.chars), std::to_string(sum.bytes), "together"});
  std::string out = table.take(paint);
  if (model)
    out += "about " + rendering::count_of(estimated_tokens(*model, sum.tokens), "token") + " of " + model->name +
           ", estimated\n";
  if (!counter.exact()) out += "counted by the estimate: there is no token table\n";
  return out;
}

std::string tokens_json(const std::vector<CountedText>& texts, const TokenCounter& counter,
                        const std::optional<TokenModel>& model) {
  const Sum sum = sum_of(texts);
  syntax::JsonWriter json = rendering::document("cascade.tokens/1");
  put(json, "vocabulary", counter.vocabulary(), "counted", counter.exact() ? "exact" : "estimate", "model",
      syntax::or_null(model ? model->name : ""));
  json.key("texts").objects(texts, [&](const CountedText& text) {
    put(json, "path", text.path);
    rendering::put_cost(json, text.cost);
    put(json, "bytes", text.bytes);
  });
  put_object(json, "total", [&] {
    put(json, "tokens", sum.tokens, "chars", sum.chars, "bytes", sum.bytes);
    if (model) put(json, "tokens_estimated", estimated_tokens(*model, sum.tokens));
  });
  return rendering::finish(json);
}

}  // namespace

Exit run_tokens(Call& call) {
  std::vector<std::string> paths;
  Arguments arguments("tokens");
  arguments.words("FILE", paths, 0, 100'000);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  const auto model = call.model({});
  if (!model) return call.console().fail(model.error());
  const auto counter = open_counter(call.environment());
  if (!counter) return call.console().fail(counter.error());
  call.step("open");

  if (paths.empty()) paths = {"-"};
  std::vector<CountedText> texts;
  Exit exit = Exit::yes;
  for (const std::string& path : paths) {
    const auto text = path == "-" ? read_text_to_count() : files::DiskTree().read(path, largest_text);
    if (!text) {
      exit = call.console().fail(text.error());  // the others are still counted
      continue;
    }
    texts.push_back({path, text->size(), counter->count(*text)});
  }
  call.step("count");
  if (!texts.empty())
    call.console().print(call.format() == Format::text ? tokens_text(texts, *counter, *model, call.console().paint())
                                                       : tokens_json(texts, *counter, *model));
  return exit;
}

}  // namespace cascade::cli
