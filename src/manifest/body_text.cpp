#include "manifest/body_text.h"

#include "manifest/letters.h"
#include "syntax/lines.h"

#include <algorithm>
#include <array>

namespace cascade::manifest {
namespace {

using syntax::BlockKind;

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
  for (const Entity& entity : entities)
    if (text.compare(at, entity.written.size(), entity.written) == 0) return &entity;
  return nullptr;
}

bool is_list_item(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && (is_blank(line[i]) || line[i] == '>')) ++i;
  if (i == line.size()) return false;
  if (line[i] == '-' || line[i] == '*' || line[i] == '+') return i + 1 < line.size() && is_blank(line[i + 1]);
  const std::size_t digits = i;
  while (i < line.size() && is_digit(line[i])) ++i;
  return i > digits && i - digits <= 9 && i + 1 < line.size() && (line[i] == '.' || line[i] == ')') &&
         is_blank(line[i + 1]);
}

// What the signs below begin with.
constexpr std::array<bool, 256> make_sign_letters() {
  std::array<bool, 256> out{};
  for (const char c : std::string_view("nNoOaA")) out[static_cast<unsigned char>(c)] = true;
  return out;
}
constexpr std::array<bool, 256> begins_sign = make_sign_letters();

// "When NOT to use", "Do not use for", "Not for": what is listed below is what the author sends elsewhere.
bool says_not_for(std::string_view line) {
  line = line.substr(0, 160);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!begins_sign[static_cast<unsigned char>(line[i])]) continue;
    const auto begins = [rest = line.substr(i)](std::string_view sign) { return starts_with_lower(rest, sign); };
    if (begins("not to use") || begins("not use") || begins("n't use") || begins("not for:") ||
        begins("out of scope") || begins("anti-trigger"))
      return true;
  }
  return false;
}

// "Bad: …", "❌ …": an example of what not to do.
bool is_bad_example(std::string_view line) {
  static constexpr std::string_view cross = "\xE2\x9D\x8C";
  std::size_t at = 0;
  while (at < line.size() &&
         (is_blank(line[at]) || line[at] == '-' || line[at] == '*' || line[at] == '>' || line[at] == '#'))
    ++at;
  if (at == line.size()) return false;
  line.remove_prefix(at);
  switch (to_lower(line.front())) {
    case cross.front(): return line.substr(0, cross.size()) == cross;
    case 'b': return starts_with_lower(line, "bad:") || starts_with_lower(line, "bad**");
    case 'w': return starts_with_lower(line, "wrong:") || starts_with_lower(line, "wrong**");
    default: return false;
  }
}

// "Do not use for:", "**When not to use**": a line that is about the list below it.
bool announces_list(std::string_view line) {
  const bool bold = line.size() < 80 && line.substr(0, 2) == "**" && line.substr(line.size() - 2) == "**";
  while (!line.empty() && (line.back() == '*' || line.back() == '_' || is_blank(line.back()))) line.remove_suffix(1);
  return bold || (!line.empty() && line.back() == ':');
}

// What the lines of a block are, where that is more than running text. The body begins at `body`.
Context context_of(const syntax::Block& block, std::string_view file, std::size_t body) {
  switch (block.kind) {
    case BlockKind::heading: return Context::heading;
    case BlockKind::fence:
    case BlockKind::indented_code: return Context::code;
    case BlockKind::table: return Context::table;
    case BlockKind::html:
      return trim(file.substr(body + block.begin, 64)).substr(0, 4) == "<!--" ? Context::comment : Context::running;
    case BlockKind::paragraph:
    case BlockKind::quote:
    case BlockKind::list_item:
    case BlockKind::rule: break;
  }
  return Context::running;
}

bool begins_text_field(std::string_view line) {
  return line.substr(0, 12) == "description:" || line.substr(0, 12) == "when_to_use:" ||
         line.substr(0, 12) == "when-to-use:";
}

}  // namespace

BodyText::BodyText(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter,
                   const syntax::Outline& outline) {
  text_.reserve(file.text().size() - frontmatter.begin + 1);
  lines_.reserve(file.lines() - frontmatter.line + 1);
  add_fields(file, frontmatter);
  add_body(file, frontmatter.body, outline);
  read_intros();
  read_headings(outline, file.line_at(frontmatter.body));
}

void BodyText::add_body(const syntax::LineIndex& file, std::size_t body, const syntax::Outline& outline) {
  const std::uint32_t first_line = file.line_at(body);
  const std::size_t first = lines_.size();
  for (std::uint32_t number = first_line; number <= file.lines(); ++number) {
    add_line(file, number, body, Context::running);
  }
  for (const syntax::Block& block : outline.blocks) {
    const Context context = context_of(block, file.text(), body);
    if (context == Context::running) continue;
    for (std::uint32_t line = block.line - 1; file.start(first_line + line) < body + block.end; ++line)
      lines_[first + line].context = context;
  }
}

// The lines of front matter that are running text: the value of a key and what is indented below it.
void BodyText::add_fields(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter) {
  bool inside = false;
  for (std::uint32_t number = frontmatter.line; number <= file.lines() && file.start(number) < frontmatter.end;
       ++number) {
    const std::string_view raw = file.line(number);
    if (!raw.empty() && !is_blank(raw.front())) inside = begins_text_field(raw);
    if (inside) add_line(file, number, 0, Context::field);
  }
}

void BodyText::read_intros() {
  Kinds intro = 0;
  bool section_not_for = false, list_not_for = false;
  for (TextLine& line : lines_) {
    if (line.context == Context::field) continue;
    line.intro = intro;
    const std::string_view shown = trim_left(text(line));
    const bool heading = line.context == Context::heading;
    const bool leads = !heading && line.context == Context::running && !line.list_item && !shown.empty();
    if (heading || leads) list_not_for = false;
    line.not_for = section_not_for || list_not_for || is_bad_example(shown);
    if (heading) section_not_for = says_not_for(shown);
    if (leads) list_not_for = announces_list(trim(shown)) && says_not_for(shown);
    if (heading || leads) intro = line.own;
  }
}

// What of the line stands at or behind `begin`: a byte order mark may not, nor dashes that close the front matter.
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
  begin_stretch(offset);
  if (ampersand_ < offset) ampersand_ = std::min(file.text().find('&', offset), file.text().size());
  if (ampersand_ < offset + raw.size())
    append_decoded(raw, offset);
  else
    text_ += raw;
  line.end = text_.size();
  text_ += '\n';
  line.list_item = is_list_item(text(line));
  const LineWords words = read_words(text(line));
  line.own = words.kinds;
  line.relates = words.relates;
  line.signs = words.signs;
}

void BodyText::append_decoded(std::string_view raw, std::size_t offset) {
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

// What is added to text() from here on stands in the file from `offset` on.
void BodyText::begin_stretch(std::size_t offset) {
  if (!stretches_.empty() && stretches_.back().second + (text_.size() - stretches_.back().first) == offset) return;
  stretches_.emplace_back(text_.size(), offset);
}

void BodyText::read_headings(const syntax::Outline& outline, std::uint32_t first_line) {
  std::array<Kinds, 7> chain{};  // kind words of the headings above, by level
  std::size_t next = 0;
  Kinds nearest = 0;
  std::vector<const syntax::Block*> headings;
  for (const syntax::Block& block : outline.blocks)
    if (block.kind == BlockKind::heading) headings.push_back(&block);
  for (TextLine& line : lines_) {
    if (line.context == Context::field) continue;
    line.heading = nearest;
    if (next == headings.size() || line.number != first_line + headings[next]->line - 1) continue;
    const std::size_t level = std::min<std::size_t>(headings[next]->level, 6);
    Kinds above = 0;
    for (std::size_t i = 0; i < level; ++i) above = static_cast<Kinds>(above | chain[i]);
    line.heading = above;
    line.intro = 0;  // of the heading it stands under
    for (std::size_t i = level; i-- > 0 && line.intro == 0;) line.intro = chain[i];
    chain[level] = nearest = line.own;
    for (std::size_t i = level + 1; i < chain.size(); ++i) chain[i] = 0;
    ++next;
  }
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
