#include "render/parts.h"

#include <cascade/render.h>

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::rendering {

std::string plain_id_of(const ManifestView& manifest) {
  return std::string(to_string(manifest.kind)) + ":" + std::string(manifest.name);
}

std::string id_of(const ManifestView& manifest) { return unicode::displayable(plain_id_of(manifest)); }

std::string place_of(const Location& at) {
  std::string text = unicode::displayable(at.path);
  if (at.line != 0) text += ":" + std::to_string(at.line);
  if (at.line != 0 && at.column != 0) text += ":" + std::to_string(at.column);
  return text;
}

std::string place_of(const Registry& registry, const Link& link) {
  return place_of(Location{std::string(registry[link.from].path), link.line, link.column, 0, 0});
}

std::string section_name(const SectionView& section) {
  return section.heading.empty() ? "(lead)" : shortened(section.heading, 60);
}

std::string shortened(std::string_view text, std::size_t limit) {
  std::string one_line;
  for (const char c : text) {
    if (!letters::is_space(c)) {
      one_line += c;
    } else if (!one_line.empty() && one_line.back() != ' ') {
      one_line += ' ';
    }
  }
  if (!one_line.empty() && one_line.back() == ' ') one_line.pop_back();
  const std::string shown = unicode::displayable(one_line);
  if (unicode::count_code_points(shown) <= limit) return shown;
  std::size_t offset = 0;
  // Three of the code points are for the dots.
  for (std::size_t count = 0; count + 3 < limit; ++count) offset += unicode::decode(shown, offset).length;
  return shown.substr(0, offset) + "...";
}

std::string count_of(std::uint64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + unicode::displayable(word);
  return text;
}

std::string cost_text(const Cost& cost) { return count_of(cost.tokens, "token") + ", " + count_of(cost.chars, "char"); }

std::string form_text(Form form) {
  switch (form) {
    case Form::card: return "card";
    case Form::lead: return "lead";
    case Form::section: return "section";
    case Form::prose: return "without code";
    case Form::opening: return "first paragraph";
    case Form::resource: return "resource";
    case Form::stub: return "heading only";
    case Form::cut: return "cut";
    case Form::same: return "shown elsewhere";
    case Form::name: return "name only";
    case Form::third: return "first third only";
    case Form::beginning: return "first two thirds only";
  }
  return "section";
}

void put_cost(syntax::JsonWriter& json, const Cost& cost) {
  json.key("tokens").number(cost.tokens);
  json.key("chars").number(cost.chars);
}

void put_cost(syntax::JsonWriter& json, std::string_view key, const Cost& cost) {
  json.key(key).begin_object();
  put_cost(json, cost);
  json.end_object();
}

void put_hash(syntax::JsonWriter& json, std::string_view key, std::uint64_t value) {
  // As text, because many readers of JSON keep numbers as doubles, which lose the low bits of 64.
  json.key(key).string(hash::to_hex(value));
}

void put_manifest(syntax::JsonWriter& json, const ManifestView& manifest) {
  json.key("id").string(plain_id_of(manifest));
  json.key("kind").string(to_string(manifest.kind));
  json.key("name").string(manifest.name);
  json.key("title").string(manifest.title);
  json.key("layer").string(to_string(manifest.layer));
  json.key("scope").string(to_string(manifest.scope));
  json.key("path").string(manifest.path);
}

void put_call(syntax::JsonWriter& json, const Registry& registry, const Link& link) {
  json.key("path").string(registry[link.from].path);
  json.key("line").number(link.line);
  json.key("column").number(link.column);
  json.key("strength").string(to_string(link.strength));
  json.key("via").string(to_string(link.via));
}

void put_link(syntax::JsonWriter& json, const Registry& registry, const Link& link) {
  json.begin_object();
  json.key("from").string(plain_id_of(registry[link.from]));
  json.key("to").string(plain_id_of(registry[link.to]));
  put_call(json, registry, link);
  json.end_object();
}

void put_matches(syntax::JsonWriter& json, const Registry& registry, const std::vector<Match>& matches) {
  for (const Match& match : matches) {
    json.begin_object();
    put_manifest(json, registry[match.id]);
    json.key("description").string(registry[match.id].description);
    json.key("score").number(match.score);
    put_evidence(json, match);
    json.end_object();
  }
}

void put_evidence(syntax::JsonWriter& json, const Match& match) {
  json.key("evidence").objects(match.evidence, [&](const Evidence& evidence) {
    json.key("term").string(evidence.term);
    json.key("field").string(evidence.field);
    json.key("weight").number(evidence.weight);
  });
}

void put_mark(syntax::JsonWriter& json, std::string_view key, std::int32_t mark) {
  json.key(key);
  if (mark == RoutingReport::never)
    json.null();
  else
    json.integer(mark);
}

void put_signals(syntax::JsonWriter& json, const std::vector<RoutingReport::Signal>& signals) {
  json.key("signals").objects(signals, [&](const RoutingReport::Signal& signal) {
    json.key("name").string(signal.name);
    json.key("value").integer(signal.value);
    json.key("points").integer(signal.points);
  });
}

void put_texts(syntax::JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).array(texts);
}

void put_problems(syntax::JsonWriter& json, std::string_view key, const std::vector<Diagnostic>& problems) {
  json.key(key).objects(problems, [&](const Diagnostic& problem) {
    json.key("rule").string(problem.rule);
    json.key("severity").string(to_string(problem.severity));
    json.key("path").string(problem.at.path);
    json.key("line").number(problem.at.line);
    json.key("column").number(problem.at.column);
    json.key("message").string(problem.message);
  });
}

syntax::JsonWriter document(std::string_view schema) {
  syntax::JsonWriter json;
  json.begin_object().key("schema").string(schema);
  return json;
}

std::string finish(syntax::JsonWriter& json) {
  json.end_object();
  return json.take() + "\n";
}

Error no_format(std::string_view what, Format format) {
  return Error{
      ErrorCode::misuse, std::string(what) + " has no format '" + std::string(to_string(format)) + "'", {}, {}};
}

}  // namespace cascade::rendering

namespace cascade {

constexpr letters::Names<Format::svg> format_names("text", "json", "jsonl", "markdown", "sarif", "github", "dot",
                                                   "mermaid", "svg");
std::string_view to_string(Format format) noexcept { return format_names.of(format); }

std::optional<Format> parse_format(std::string_view text) noexcept {
  // A second name of "text", which is read but never written.
  if (text == "human") return Format::text;
  return format_names.find(text);
}

}  // namespace cascade
