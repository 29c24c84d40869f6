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

template <typename Visit>
void for_each_word(std::string_view text, const Visit& visit) {
  for (std::size_t i = 0; i < text.size();) {
    if (!is_name(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() && is_name(text[end])) ++end;
    visit(text.substr(i, end - i));
    i = end;
  }
}

// "reports_to", "delegates", "hands off": words of the relations that references_label.cpp reads.
bool is_relation_word(std::string_view word) {
  static constexpr std::array<std::string_view, 8> stems = {"collaborates", "coordinates", "works", "reports",
                                                            "delegates",    "escalates",   "hands", "receives"};
  if (word.size() < 5) return false;
  return std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) { return starts_with_lower(word, stem); });
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

// "When NOT to use", "Do not use for", "Not for": what is listed below is what the author sends elsewhere.
bool says_not_for(std::string_view line) {
  static constexpr std::array<std::string_view, 6> signs = {"not to use",   "not use",  "n't use",
                                                            "out of scope", "not for:", "anti-trigger"};
  const std::string lower = to_lower(line.substr(0, 160));
  return std::any_of(signs.begin(), signs.end(),
                     [&](std::string_view sign) { return lower.find(sign) != std::string::npos; });
}

// "Bad: …", "❌ …": an example of what not to do.
bool is_bad_example(std::string_view line) {
  static constexpr std::string_view cross = "\xE2\x9D\x8C";
  std::size_t at = 0;
  while (at < line.size() &&
         (is_blank(line[at]) || line[at] == '-' || line[at] == '*' || line[at] == '>' || line[at] == '#'))
    ++at;
  line.remove_prefix(at);
  return line.substr(0, cross.size()) == cross || starts_with_lower(line, "bad:") ||
         starts_with_lower(line, "wrong:") || starts_with_lower(line, "bad**") || starts_with_lower(line, "wrong**");
}

// "Do not use for:", "**When not to use**": a line that is about the list below it.
bool announces_list(std::string_view line) {
  const bool bold = line.size() < 80 && line.substr(0, 2) == "**" && line.substr(line.size() - 2) == "**";
  while (!line.empty() && (line.back() == '*' || line.back() == '_' || is_blank(line.back()))) line.remove_suffix(1);
  return bold || (!line.empty() && line.back() == ':');
}

// The context of every line from the body's first, from the outline.
std::vector<Context> contexts_of(const syntax::Outline& outline, const syntax::LineIndex& file, std::size_t body) {
  const std::uint32_t first_line = file.line_at(body);
  std::vector<Context> out(file.lines() - first_line + 1, Context::running);
  for (const syntax::Block& block : outline.blocks) {
    Context context = Context::running;
    switch (block.kind) {
      case BlockKind::heading: context = Context::heading; break;
      case BlockKind::fence:
      case BlockKind::indented_code: context = Context::code; break;
      case BlockKind::table: context = Context::table; break;
      case BlockKind::html:
        if (trim(file.text().substr(body + block.begin, 64)).substr(0, 4) == "<!--") context = Context::comment;
        break;
      case BlockKind::paragraph:
      case BlockKind::quote:
      case BlockKind::list_item:
      case BlockKind::rule: break;
    }
    if (context == Context::running || block.end <= block.begin) continue;
    const std::uint32_t last = file.line_at(body + block.end - 1);
    for (std::uint32_t line = first_line + block.line - 1; line <= last; ++line) out[line - first_line] = context;
  }
  return out;
}

bool begins_text_field(std::string_view line) {
  return line.substr(0, 12) == "description:" || line.substr(0, 12) == "when_to_use:" ||
         line.substr(0, 12) == "when-to-use:";
}

}  // namespace

Kinds kind_word(std::string_view word) {
  if (word.size() < 5 || word.size() > 11) return 0;
  if (to_lower(word.back()) == 's') word.remove_suffix(1);
  switch (to_lower(word.front())) {
    case 'a': return equals_lower(word, "agent") ? kinds_agent : 0;
    case 'c': return equals_lower(word, "command") ? kinds_command : 0;
    case 's':
      if (equals_lower(word, "skill")) return kinds_skill;
      return equals_lower(word, "subagent") || equals_lower(word, "sub-agent") || equals_lower(word, "specialist")
                 ? kinds_agent
                 : 0;
    default: return 0;
  }
}

BodyText::BodyText(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter,
                   const syntax::Outline& outline) {
  text_.reserve(file.text().size() - frontmatter.begin);
  add_fields(file, frontmatter);
  const std::uint32_t first_line = file.line_at(frontmatter.body);
  const std::vector<Context> contexts = contexts_of(outline, file, frontmatter.body);
  for (std::uint32_t number = first_line; number <= file.lines(); ++number) {
    const std::size_t start = file.start(number);
    std::string_view raw = file.line(number);
    const std::size_t skipped = start < frontmatter.body ? std::min(frontmatter.body - start, raw.size()) : 0;
    raw.remove_prefix(skipped);  // a byte order mark
    add_line(raw, start + skipped, number, contexts[number - first_line]);
  }
  read_intros();
  read_headings(outline, first_line);
}

// The lines of front matter that are running text: the value of a key and what is indented below it.
void BodyText::add_fields(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter) {
  bool inside = false;
  for (std::uint32_t number = frontmatter.line; number <= file.lines() && file.start(number) < frontmatter.end;
       ++number) {
    const std::string_view raw = file.line(number);
    if (!raw.empty() && !is_blank(raw.front())) inside = begins_text_field(raw);
    if (inside) add_line(raw, file.start(number), number, Context::field);
  }
}

void BodyText::read_intros() {
  Kinds intro = 0;
  bool section_not_for = false, list_not_for = false;
  for (TextLine& line : lines_) {
    if (line.context == Context::field) continue;
    line.intro = intro;
    const std::string_view shown = trim(text(line));
    const bool heading = line.context == Context::heading;
    const bool leads = !heading && line.context == Context::running && !line.list_item && !shown.empty();
    if (heading || leads) list_not_for = false;
    line.not_for = section_not_for || list_not_for || is_bad_example(shown);
    if (heading) section_not_for = says_not_for(shown);
    if (leads) list_not_for = announces_list(shown) && says_not_for(shown);
    if (!heading && !leads) continue;
    intro = line.own;
  }
}

void BodyText::add_line(std::string_view raw, std::size_t offset, std::uint32_t number, Context context) {
  TextLine line;
  line.begin = text_.size();
  line.number = number;
  line.context = context;
  stretches_.emplace_back(text_.size(), offset);
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
    stretches_.emplace_back(text_.size(), offset + done);
  }
  text_.append(raw, done);
  line.end = text_.size();
  text_ += '\n';
  const std::string_view shown = text(line);
  for_each_word(shown, [&](std::string_view word) {
    line.own = static_cast<Kinds>(line.own | kind_word(word));
    line.relates = line.relates || is_relation_word(word);
    line.spawns = line.spawns || word == "spawn" || (word.size() > 5 && word.substr(word.size() - 5) == "spawn");
  });
  line.list_item = is_list_item(shown);
  lines_.push_back(line);
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
