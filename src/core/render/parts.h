// The parts that several documents and texts share: names, places, costs, problems.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/put.h"
#include "text/ascii.h"

namespace cascade::rendering {

class Paint;

// Texts for people pass unicode::displayable(), which escapes characters that a terminal would act on, because names,
// paths and prompts come from other people's files. JSON has them unchanged.

std::string id_of(const ManifestView& manifest);                   // "skill:review", displayable
std::string plain_id_of(const ManifestView& manifest);             // the same, unchanged
std::string place_of(const Registry& registry, const Link& link);  // "skills/review/SKILL.md:14:9"
std::string place_of(const Location& at);
std::string section_name(const SectionView& section);  // "Verify", or "(lead)"; displayable
// One displayable line, cut at `limit` code points with "..." at the end.
std::string shortened(std::string_view text, std::size_t limit);
std::string count_of(std::uint64_t count, std::string_view noun);  // "1 manifest", "2 manifests"
std::string grouped(std::uint64_t number);                         // "1,154,247"
std::string listed(const std::vector<std::string>& words);         // "a, b"; displayable
std::string cost_text(const Cost& cost);                           // "412 tokens, 1630 chars"
std::string form_text(Form form);                                  // "without code" for prose
// A heading and a line for each; empty if there are none.
std::string problems_text(const std::vector<Diagnostic>& problems, Paint paint);

void put_cost(syntax::JsonWriter& json, const Cost& cost);  // "tokens" and "chars" into the open object
void put_cost(syntax::JsonWriter& json, std::string_view key, const Cost& cost);

void put_hash(syntax::JsonWriter& json, std::string_view key, std::uint64_t value);  // 16 hex digits
// The members that every list of manifests has: id, kind, name, title, layer, scope, path.
void put_manifest(syntax::JsonWriter& json, const ManifestView& manifest);
// The members that say where and how a link is written: path, line, column, strength, via.
void put_call(syntax::JsonWriter& json, const Registry& registry, const Link& link);
// {"from", "to", "path", "line", "column", "strength", "via"}.
void put_link(syntax::JsonWriter& json, const Registry& registry, const Link& link);
// An array with one object for each match: the members of put_manifest(), "description", "score", "evidence".
void put_matches(syntax::JsonWriter& json, std::string_view key, const Registry& registry,
                 const std::vector<Match>& matches);
void put_evidence(syntax::JsonWriter& json, const Match& match);  // "evidence" into the open object
void put_ids(syntax::JsonWriter& json, std::string_view key, const Registry& registry,
             const std::vector<Match>& matches);
// A mark of the gate; null: nothing reaches it.
void put_mark(syntax::JsonWriter& json, std::string_view key, std::int32_t mark);
void put_signals(syntax::JsonWriter& json, const std::vector<RoutingReport::Signal>& signals);  // "signals" likewise
void put_problems(syntax::JsonWriter& json, std::string_view key, const std::vector<Diagnostic>& problems);

syntax::JsonWriter document(std::string_view schema);  // an open object with "schema" in it
std::string finish(syntax::JsonWriter& json);          // closes the document; ends with a line feed

Error no_format(std::string_view what, Format format);  // misuse

// Colours and width of text for people. If it is off, every function returns its text unchanged.
class Paint {
 public:
  // `width`: columns of the terminal. 0: the text goes to a file or a pipe, where lines are not cut to fit.
  explicit constexpr Paint(bool on = false, std::size_t width = 0) noexcept : on_(on), width_(width) {}

  std::size_t width() const noexcept { return width_; }
  // How many characters of a long text fit into a table's last column; 80 without a terminal.
  std::size_t longest_cell() const noexcept { return width_ == 0 ? 80 : width_; }

  std::string bold(std::string_view text) const { return with("1", text); }
  std::string faint(std::string_view text) const { return with("2", text); }
  std::string red(std::string_view text) const { return with("1;31", text); }
  std::string yellow(std::string_view text) const { return with("1;33", text); }
  std::string green(std::string_view text) const { return with("32", text); }
  std::string blue(std::string_view text) const { return with("1;34", text); }

 private:
  std::string with(std::string_view code, std::string_view text) const {
    if (!on_ || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  bool on_;
  std::size_t width_;
};

enum class Align : std::uint8_t { left, right };

// Cells hold displayable text of one line. On a narrow terminal texts are cut and then left out, from the last one on.
class TextTable {
 public:
  // A column without a title has none in the heading line; if no column has a title, there is no heading line.
  void column(std::string_view title, Align align = Align::left) { columns_.push_back({std::string(title), align}); }
  void columns(std::initializer_list<std::string_view> titles, Align align = Align::left) {
    for (const std::string_view title : titles) column(title, align);
  }
  void row(std::vector<std::string> cells);
  bool empty() const noexcept { return rows_.empty(); }
  std::string take(Paint paint, std::string_view indent = {}) const;

 private:
  struct Column {
    std::string title;
    Align align = Align::left;
  };
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace cascade::rendering
