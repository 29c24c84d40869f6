// Lays out a table in two steps: measure every column, then shrink text columns until a line fits the terminal. Texts
// are left out and cut from the last column on, since the first text names the row and later ones only explain it.
#include "render/parts.h"

#include "hash/content_hash.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

constexpr std::size_t gap = 2, least_text = 16;

struct Shape {
  std::size_t width = 0;
  bool is_text = false;  // it may be cut; numbers may not
  bool is_left_out = false;
};

// Of a line whose texts but the one at `first` are cut to their minimum (`least`) or whole.
std::size_t width_of_line(const std::vector<Shape>& columns, std::size_t first, bool least) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!columns[i].is_left_out) {
      const bool cut = least && i != first && columns[i].is_text;
      width += (width == 0 ? 0 : gap) + (cut ? std::min(columns[i].width, least_text) : columns[i].width);
    }
  return width;
}

// Leaves long texts out, from the last one on, until the others can be shown long enough; then cuts these.
void fit(std::vector<Shape>& columns, std::size_t room) {
  std::size_t first = 0;
  while (first < columns.size() && !columns[first].is_text) ++first;
  for (std::size_t i = columns.size(); i-- > first + 1 && width_of_line(columns, first, true) > room;)
    columns[i].is_left_out = columns[i].is_text && columns[i].width >= least_text;
  for (std::size_t i = columns.size(); i-- > first;) {
    const std::size_t width = width_of_line(columns, first, false);
    if (width > room && columns[i].is_text && !columns[i].is_left_out && columns[i].width > least_text)
      columns[i].width -= std::min(width - room, columns[i].width - least_text);
  }
}

}  // namespace

void TextTable::row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::take(Paint paint, std::string_view indent) const {
  std::vector<Shape> shapes;
  bool titled = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = columns_[i].title.size();
    for (const auto& cells : rows_) width = std::max(width, unicode::count_code_points(cells[i]));
    shapes.push_back({width, columns_[i].align == Align::left});
    titled = titled || !columns_[i].title.empty();
  }
  const std::size_t before = unicode::count_code_points(indent);
  if (paint.width() > before) fit(shapes, paint.width() - before);
  std::string out;
  const auto line = [&](const auto& cell_of, bool heading) {
    std::string text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (shapes[i].is_left_out) continue;
      const std::string& whole = cell_of(i);
      const std::string cell =
          unicode::count_code_points(whole) > shapes[i].width ? shortened(whole, shapes[i].width) : whole;
      const std::string padding(shapes[i].width - unicode::count_code_points(cell), ' ');
      if (i != 0) text += "  ";
      text += columns_[i].align == Align::right ? padding + cell : cell + padding;
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out.append(indent).append(heading ? paint.faint(text) : text) += '\n';
  };
  if (titled) line([&](std::size_t i) -> const std::string& { return columns_[i].title; }, true);
  for (const auto& cells : rows_) line([&](std::size_t i) -> const std::string& { return cells[i]; }, false);
  return out;
}

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
    if (!letters::is_space(c))
      one_line += c;
    else if (!one_line.empty() && one_line.back() != ' ')
      one_line += ' ';
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
  return letters::joined(words, ", ", [&](const std::string& word) { return unicode::displayable(word); });
}

std::string cost_text(const Cost& cost) { return count_of(cost.tokens, "token") + ", " + count_of(cost.chars, "char"); }

constexpr letters::Names<Form::beginning> form_texts("card", "lead", "section", "without code", "first paragraph",
                                                     "resource", "heading only", "cut", "shown elsewhere", "name only",
                                                     "first third only", "first two thirds only");
std::string form_text(Form form) { return std::string(form_texts.of(form)); }

std::string problems_text(const std::vector<Diagnostic>& problems, Paint paint) {
  std::string out = problems.empty() ? "" : "\n" + paint.bold("problems") + "\n";
  for (const Diagnostic& problem : problems)
    out += "  " + place_of(problem.at) + ": " + std::string(to_string(problem.severity)) + "[" + problem.rule + "] " +
           unicode::displayable(problem.message) + "\n";
  return out;
}

void put_cost(syntax::JsonWriter& json, const Cost& cost) { put(json, "tokens", cost.tokens, "chars", cost.chars); }

void put_cost(syntax::JsonWriter& json, std::string_view key, const Cost& cost) {
  put_object(json, key, "tokens", cost.tokens, "chars", cost.chars);
}

void put_hash(syntax::JsonWriter& json, std::string_view key, std::uint64_t value) {
  // As text, because many readers of JSON keep numbers as doubles, which lose the low bits of 64.
  put(json, key, hash::to_hex(value));
}

void put_manifest(syntax::JsonWriter& json, const ManifestView& manifest) {
  put(json, "id", plain_id_of(manifest), "kind", to_string(manifest.kind), "name", manifest.name, "title",
      manifest.title, "layer", to_string(manifest.layer), "scope", to_string(manifest.scope), "path", manifest.path);
}

void put_call(syntax::JsonWriter& json, const Registry& registry, const Link& link) {
  put(json, "path", registry[link.from].path, "line", link.line, "column", link.column, "strength",
      to_string(link.strength), "via", to_string(link.via));
}

void put_link(syntax::JsonWriter& json, const Registry& registry, const Link& link) {
  put(json.begin_object(), "from", plain_id_of(registry[link.from]), "to", plain_id_of(registry[link.to]));
  put_call(json, registry, link);
  json.end_object();
}

void put_matches(syntax::JsonWriter& json, std::string_view key, const Registry& registry,
                 const std::vector<Match>& matches) {
  json.key(key).objects(matches, [&](const Match& match) {
    put_manifest(json, registry[match.id]);
    put(json, "description", registry[match.id].description, "score", match.score);
    put_evidence(json, match);
  });
}

void put_evidence(syntax::JsonWriter& json, const Match& match) {
  json.key("evidence").objects(match.evidence, [&](const Evidence& evidence) {
    put(json, "term", evidence.term, "field", evidence.field, "weight", evidence.weight);
  });
}

void put_ids(syntax::JsonWriter& json, std::string_view key, const Registry& registry,
             const std::vector<Match>& matches) {
  json.key(key).array(matches, [&](const Match& match) { json.string(plain_id_of(registry[match.id])); });
}

void put_mark(syntax::JsonWriter& json, std::string_view key, std::int32_t mark) {
  put(json, key, mark == RoutingReport::never ? std::nullopt : std::optional(mark));
}

void put_signals(syntax::JsonWriter& json, const std::vector<RoutingReport::Signal>& signals) {
  json.key("signals").objects(signals, [&](const RoutingReport::Signal& signal) {
    put(json, "name", signal.name, "value", signal.value, "points", signal.points);
  });
}

void put_problems(syntax::JsonWriter& json, std::string_view key, const std::vector<Diagnostic>& problems) {
  json.key(key).objects(problems, [&](const Diagnostic& problem) {
    put(json, "rule", problem.rule, "severity", to_string(problem.severity), "path", problem.at.path, "line",
        problem.at.line, "column", problem.at.column, "message", problem.message);
  });
}

syntax::JsonWriter document(std::string_view schema) {
  syntax::JsonWriter json;
  put(json.begin_object(), "schema", schema);
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
