// Builds the text of a manifest: the text fields of the front matter and the body, with HTML's characters decoded. The
// outline's blocks give each line its context, and read_lines() finds its own words. One walk down the lines then hands
// on what headings and lead-ins say of the lines below them, so that no finder of references has to search upwards.
#include "manifest/body_text.h"

#include <array>

#include "syntax/block_starts.h"
#include "text/ascii.h"
#include "text/byte_block.h"

namespace cascade::manifest {
namespace {

using letters::ByteSet, syntax::BlockKind;

struct Entity {
  std::string_view written;
  char means;
};
constexpr std::array<Entity, 8> entities = {{{"&quot;", '"'},
                                             {"&#34;", '"'},
                                             {"&apos;", '\''},
                                             {"&#39;", '\''},
                                             {"&#x27;", '\''},
                                             {"&lt;", '<'},
                                             {"&gt;", '>'},
                                             {"&amp;", '&'}}};

const Entity* entity_at(std::string_view text, std::size_t at) {
  const char second = at + 1 < text.size() ? text[at + 1] : '\0';
  for (const Entity& entity : entities)
    if (second == entity.written[1] && text.compare(at, entity.written.size(), entity.written) == 0) return &entity;
  return nullptr;
}

constexpr ByteSet begins_item(" \t>-*+0123456789");
constexpr ByteSet begins_bad_example("-*>#bBwW\xE2");

bool is_list_item(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && (letters::is_blank(line[i]) || line[i] == '>')) ++i;
  if (i == line.size()) return false;
  if (line[i] == '-' || line[i] == '*' || line[i] == '+') return i + 1 < line.size() && letters::is_blank(line[i + 1]);
  const std::size_t digits = i;
  while (i < line.size() && letters::is_digit(line[i])) ++i;
  return i > digits && i - digits <= 9 && i + 1 < line.size() && (line[i] == '.' || line[i] == ')') &&
         letters::is_blank(line[i + 1]);
}

// The context of a block's lines. The body begins at `body`.
Context context_of(const syntax::Block& block, std::string_view file, std::size_t body) {
  switch (block.kind) {
    case BlockKind::heading: return Context::heading;
    case BlockKind::fence:
    case BlockKind::indented_code: return Context::code;
    case BlockKind::table: return Context::table;
    case BlockKind::html:
      return letters::trim(file.substr(body + block.begin, 64)).starts_with("<!--") ? Context::comment
                                                                                    : Context::running;
    default: return Context::running;
  }
}

// Of a line that was taken for code of a fence and is outside of all.
Context context_outside(std::string_view line) {
  if (line.starts_with("    ") || line.starts_with('\t')) return Context::code;
  if (line.starts_with('|')) return Context::table;
  return line.starts_with('#') ? Context::heading : Context::running;
}

bool begins_text_field(std::string_view line) {
  return line.starts_with("description:") || line.starts_with("when_to_use:") || line.starts_with("when-to-use:") ||
         line.starts_with("initialPrompt:");
}

// An element counts when a line holds nothing but its opening tag. The closing tag is looked for at once and only so
// far, and no longer after some that were not found, so that a text of opening tags costs no more than any other.

// The name of the element that the line opens; empty for other lines and elements.
std::string_view shown_element(std::string_view line) {
  if (line.size() < 3 || line.back() != '>') return {};
  const std::string_view name = line.substr(1, line.size() - 2);
  if (!std::ranges::all_of(name, letters::is_name)) return {};
  for (const std::string_view part : {"response", "example", "output", "message", "sample", "ot_Use", "ot_use"})
    if (name.find(part) != std::string_view::npos) return name;
  return {};
}

// Walks down the lines of a text.
class ShownElements {
 public:
  explicit ShownElements(std::string_view text) : text_(text) {}

  // Whether the line is in such an element or opens one. `line` begins at `begin`, without blanks before it. An element
  // that is never closed, or only after 20,000 bytes, holds nothing. Linear in all lines together.
  bool holds(std::string_view line, std::size_t begin) {
    return begin < end_ || (!line.empty() && line.front() == '<' && opens(line, begin));
  }

 private:
  bool opens(std::string_view line, std::size_t begin) {
    constexpr std::size_t longest = 20000;
    constexpr int most_failures = 8;
    if (failures_ == most_failures) return false;
    const std::string_view name = shown_element(letters::trim(line));
    if (name.empty()) return false;
    const std::string_view reach = text_.substr(0, std::min(text_.size(), begin + longest));
    const std::size_t close = reach.find("</" + std::string(name) + '>', begin);
    if (close == std::string_view::npos) {
      ++failures_;
      return false;
    }
    end_ = close;
    return true;
  }

  std::string_view text_;
  std::size_t end_ = 0;
  int failures_ = 0;
};

}  // namespace

BodyText::BodyText(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter,
                   const syntax::Outline& outline) {
  text_.reserve(file.text().size() - frontmatter.begin + 1);
  lines_.reserve(file.lines() - frontmatter.line + 1);
  add_fields(file, frontmatter);
  const std::size_t first = lines_.size();
  add_body(file, frontmatter.body);
  mark_contexts(file, frontmatter.body, first, outline);
  read_lines();
  read_above(first, outline);
}

// Adds the lines from `body` on. Where LF alone ends lines, as in nearly every file, it decodes the text in one piece.
void BodyText::add_body(const syntax::LineIndex& file, std::size_t body) {
  const std::uint32_t first = file.line_at(body);
  if (!file.lf_only()) {
    for (std::uint32_t number = first; number <= file.lines(); ++number) add_line(file, number, body, Context::running);
    return;
  }
  std::size_t stretch = std::max<std::size_t>(stretches_.size(), 1) - 1;  // the one that the line begins in
  append_decoded(file.text().substr(body), body);
  for (std::uint32_t number = first; number <= file.lines(); ++number) {
    const std::size_t offset = std::max(file.start(number), body);
    while (stretch + 1 < stretches_.size() && stretches_[stretch + 1].second <= offset) ++stretch;
    const std::size_t begin = stretches_[stretch].first + (offset - stretches_[stretch].second);
    if (number != first) lines_.back().end = begin - 1;
    TextLine& line = lines_.emplace_back();
    line.begin = begin;
    line.number = number;
  }
  text_ += '\n';
  lines_.back().end = text_.size() - 1;
}

// The outline is of the text from `body` on; its first line is lines_[first].
void BodyText::mark_contexts(const syntax::LineIndex& file, std::size_t body, std::size_t first,
                             const syntax::Outline& outline) {
  bool nested = false;
  for (const syntax::Block& block : outline.blocks) {
    const Context context = context_of(block, file.text(), body);
    if (context == Context::running) continue;
    const bool fence = block.kind == BlockKind::fence;
    const bool drafted = fence && is_markdown_fence(block.text);
    const bool drawn = fence && is_plain_fence(block.text);
    const std::size_t begin = first + block.line - 1;
    std::size_t line = begin;
    for (; line < lines_.size() && file.start(lines_[line].number) < body + block.end; ++line) {
      lines_[line].context = context;
      lines_[line].drafted = drafted;
      lines_[line].drawn = drawn;
    }
    nested = nested || (fence && holds_fence(text_, lines_[begin].begin, lines_[line - 1].end));
  }
  if (nested) nest_fences_from(first);
}

// Gives the lines the contexts that they have when a fence may hold others of its length.
void BodyText::nest_fences_from(std::size_t first) {
  std::vector<std::string_view> shown;
  for (std::size_t i = first; i < lines_.size(); ++i) shown.push_back(text(lines_[i]));
  const std::vector<FencedLine> fenced = nest_fences(shown);
  for (std::size_t i = 0; i < fenced.size(); ++i) {
    TextLine& line = lines_[first + i];
    if (fenced[i].fenced)
      line.context = Context::code;
    else if (line.context == Context::code)
      line.context = context_outside(shown[i]);
    line.drafted = fenced[i].markdown;
    line.drawn = fenced[i].plain;
  }
}

// The lines of front matter that are running text: the value of a key and what is indented below it. "DO NOT TRIGGER
// WHEN" governs the lines below it up to the end of its sentence.
void BodyText::add_fields(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter) {
  bool inside = false;
  for (std::uint32_t number = frontmatter.line; number <= file.lines() && file.start(number) < frontmatter.end;
       ++number) {
    const std::string_view raw = file.line(number);
    if (!raw.empty() && !letters::is_blank(raw.front())) inside = begins_text_field(raw);
    if (inside) add_line(file, number, 0, Context::field);
  }
  bool elsewhere = false;
  for (TextLine& line : lines_) {
    const std::string_view shown = text(line);
    const std::size_t end = shown.find(". ");
    line.not_for = elsewhere && end == std::string_view::npos;
    const std::string_view last = shown.substr(shown.rfind(". ") + 1);
    const bool ends = shown.ends_with(".");
    elsewhere = !ends && (says(last, Says::elsewhere) || (elsewhere && end == std::string_view::npos));
  }
}

void BodyText::read_lines() {
  for (TextLine& line : lines_) {
    const std::string_view shown = text(line);
    line.list_item = !shown.empty() && begins_item.has(shown.front()) && is_list_item(shown);
  }
  auto line = lines_.begin();
  letters::for_each_where(text_, may_be_parts, [&](std::size_t at) {
    while (line->end <= at) ++line;
    const LineWords words = read_part(text(*line), at - line->begin);
    line->own |= words.kinds;
    line->relates = line->relates || words.relates;
    line->signs |= words.signs;
  });
}

// Marks each line with what the text above it says. The outline's first line is lines_[first].
void BodyText::read_above(std::size_t first, const syntax::Outline& outline) {
  const auto is_heading = [](const syntax::Block& block) { return block.kind == BlockKind::heading; };
  const auto end = outline.blocks.end();
  auto next = std::find_if(outline.blocks.begin(), end, is_heading);
  HeadingsAbove above;
  ShownElements elements(text_);
  Kinds intro = 0;
  ListLead list;
  OutputLead output;
  SectionLead section;
  for (std::size_t i = first; i < lines_.size(); ++i) {
    TextLine& line = lines_[i];
    line.intro = intro;
    line.heading = above.nearest();
    line.not_for = section.not_for || list.not_for;
    line.related = section.related;
    line.told = section.told();
    line.prerequisite = list.prerequisites && line.list_item;
    line.handed_on = list.handing_on && line.list_item;
    std::size_t begin = line.begin;
    while (begin < line.end && letters::is_space(text_[begin])) ++begin;
    const std::string_view shown(text_.data() + begin, line.end - begin);
    const bool quoted = shown.starts_with('>') && output.is_announced();
    const bool heading = line.context == Context::heading;  // even one of a form feed, which is white space here
    line.printed = elements.holds(shown, begin) || quoted || (line.context == Context::code && output.is_announced()) ||
                   (line.list_item && list.triggers(begin - line.begin));
    if (shown.empty() && !heading) continue;
    if (line.context == Context::running && syntax::is_thematic_break(shown)) section.not_for = false;
    const std::string_view bare = line.context == Context::code ? std::string_view{} : without_lead_marks(shown);
    const bool colon = bare.ends_with(':');
    if (line.context != Context::code && !quoted) output.enter(bare, heading);
    const bool running = line.context == Context::running;
    if (line.context == Context::table) line.ordered = list.orders_all();
    if (running && line.list_item) list.mark_item(line, shown, begin - line.begin, colon);
    if (heading || (running && !line.list_item && !list.goes_on(begin - line.begin, colon))) {
      list.enter(line, shown, bare, begin - line.begin);
      intro = line.own;
      line.not_for = section.not_for;
      line.prerequisite = list.prerequisites;
    }
    if (!shown.empty() && begins_bad_example.has(shown.front()) &&
        says(shown.substr(std::min(shown.find_first_not_of(" \t-*>#"), shown.size())), Says::bad))
      line.not_for = true;
    if (!heading) continue;
    const std::uint32_t row = line.number - lines_[first].number;
    while (next != end && next->line - 1 < row) next = std::find_if(next + 1, end, is_heading);
    const bool known = next != end && row == next->line - 1;
    // A heading that the outline takes for code of a fence begins with '#'.
    const std::uint32_t level =
        known ? next->level : static_cast<std::uint32_t>(std::min(shown.find_first_not_of('#'), shown.size()));
    section.enter(without_marks(shown), level);
    if (!known) continue;
    above.enter(line, level);
    next = std::find_if(next + 1, end, is_heading);
  }
}

// Adds the part of a line from `begin` on: a byte order mark, or dashes that close the front matter, may precede it.
void BodyText::add_line(const syntax::LineIndex& file, std::uint32_t number, std::size_t begin, Context context) {
  std::string_view raw = file.line(number);
  std::size_t offset = file.start(number);
  if (offset < begin) {
    const std::size_t skipped = std::min(begin - offset, raw.size());
    raw.remove_prefix(skipped);
    offset += skipped;
  }
  TextLine& line = lines_.emplace_back();
  line.begin = text_.size();
  line.number = number;
  line.context = context;
  append_decoded(raw, offset);
  line.end = text_.size();
  text_ += '\n';
}

// `raw` is at `offset` in the file.
void BodyText::append_decoded(std::string_view raw, std::size_t offset) {
  begin_stretch(offset);
  std::size_t done = 0;
  for (std::size_t i = raw.find('&'); i != std::string_view::npos; i = raw.find('&', i)) {
    const Entity* entity = entity_at(raw, i);
    if (entity == nullptr) {
      ++i;
      continue;
    }
    text_.append(raw, done, i - done);
    text_ += entity->means;
    i += entity->written.size();
    done = i;
    begin_stretch(offset + done);
  }
  text_.append(raw, done);
}

// Text added from here on comes from the file at `offset` and after.
void BodyText::begin_stretch(std::size_t offset) {
  if (!stretches_.empty() && stretches_.back().second + (text_.size() - stretches_.back().first) == offset) return;
  stretches_.emplace_back(text_.size(), offset);
}

std::size_t BodyText::sentence_begin(const TextLine& line) const noexcept {
  const bool flows = line.context == Context::running || line.context == Context::field;
  if (&line == lines_.data() || !flows || line.list_item) return line.begin;
  constexpr std::size_t most_blanks = 200;  // at the end of a line with text: it is asked for every name below
  const TextLine& above = *(&line - 1);
  const std::size_t size = above.end - above.begin;
  const std::string_view last = letters::trim(text(above).substr(size - std::min(size, most_blanks)));
  const bool goes_on =
      above.context == line.context && above.number + 1 == line.number && !last.empty() && last.back() != ':';
  return goes_on ? above.begin : line.begin;
}

const TextLine* BodyText::heading_above(const TextLine& line) const noexcept {
  const TextLine* above = &line;
  for (int i = 0; i < farthest_heading && above != lines_.data(); ++i)
    if ((--above)->context == Context::heading) return above;
  return nullptr;
}

std::size_t BodyText::line_of(std::size_t offset) const {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset,
                                      [](std::size_t at, const TextLine& line) { return at < line.begin; });
  return after == lines_.begin() ? 0 : static_cast<std::size_t>(after - lines_.begin()) - 1;
}

std::size_t BodyText::file_offset(std::size_t offset) const {
  const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), offset,
                                      [](std::size_t at, const auto& stretch) { return at < stretch.first; });
  if (after == stretches_.begin()) return 0;
  const auto& [from, file] = *(after - 1);
  return file + (offset - from);
}

}  // namespace cascade::manifest
