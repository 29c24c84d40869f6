// Builds two copies of the text, as long as the text and blank at first. The outline's leaf blocks are copied in; then
// code, comments, link targets, tags and quotations are blanked out and noted as stretches. Offsets in the copies
// equal those in the file, so a rule can search running text with plain string functions and report the place it
// found.
#include "validate/reading/text_model.h"

#include <array>
#include <set>
#include <utility>

#include "hash/content_hash.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"

namespace cascade::validation {
namespace {

using syntax::BlockKind;

constexpr std::size_t longest_sentence_side = 800, longest_quotation = 600;

// A block quote that quotes nobody: a note set off by the writer ("> [!NOTE]", "> **Important**: ..."), or what a short
// line before it tells the reader to do ("Follow this:"). One right below the title is the writer's, too. `lead`: the
// last paragraph or heading.
bool is_own_quote(std::string_view quote, std::string_view lead) {
  quote.remove_prefix(std::min(quote.find_first_not_of("> \t"), quote.size()));
  if (quote.starts_with("[!")) return true;
  if (quote.starts_with("**") && begins_with_one_of(quote.substr(2), lists::note_labels)) return true;
  constexpr std::size_t short_line = 60;
  lead = letters::trim(lead);
  return lead.size() < short_line && lead.ends_with(':') && begins_with_one_of(lead, lists::leads_to_do);
}

bool is_leaf(BlockKind kind) { return kind != BlockKind::list_item && kind != BlockKind::quote; }
bool is_said(BlockKind kind) {
  return kind == BlockKind::heading || kind == BlockKind::paragraph || kind == BlockKind::table ||
         kind == BlockKind::html;
}

void blank_out(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i)
    if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
}

}  // namespace

TextModel::TextModel(std::string_view text, std::size_t body) : text_(text), body_(std::min(body, text.size())) {
  outline_ = syntax::scan_outline(text_.substr(body_));
  running_.assign(text_);
  blank_out(running_, 0, running_.size());
  rendered_ = running_;
  collect_leaves();
  collect_sentences();
  for (const Leaf& leaf : leaves_) show(leaf);
  mask_elements();
  nest();
}

// Stretches either lie apart or one in another; sorted by begin, and the longer first, each lies in the last one that
// is still open. O(n log n).
void TextModel::nest() {
  std::ranges::stable_sort(stretches_, {}, [](const Stretch& one) { return std::pair(one.begin, ~one.end); });
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < stretches_.size(); ++i) {
    while (!open.empty() && stretches_[open.back()].end <= stretches_[i].begin) open.pop_back();
    if (!open.empty()) stretches_[i].around = open.back();
    open.push_back(i);
  }
}

// Running text loses every stretch; what a reader sees loses only code and comments.
void TextModel::add(Region kind, std::size_t begin, std::size_t end) {
  stretches_.push_back({kind, begin, end});
  blank_out(running_, begin, end);
  if (is_code(kind) || kind == Region::comment) blank_out(rendered_, begin, end);
}

// Each leaf also remembers the paragraph before it (`last`) and the one that introduces its list (`lead`): rules need
// both to tell whether a line is an example ("Never do this:") or an instruction.
void TextModel::collect_leaves() {
  std::size_t quoted_until = 0, open = none;
  std::size_t last = none, outer = none;  // the previous paragraph or heading: anywhere, and outside of lists
  for (const syntax::Block& block : outline_.blocks) {
    const Range range{body_ + block.begin, body_ + block.end};
    while (open != none && containers_[open].end <= range.begin) open = containers_[open].around;
    const bool below_title = last == 0 && leaves_[0].kind == BlockKind::heading;
    if (block.kind == BlockKind::quote && !below_title &&
        !is_own_quote(slice(range), last == none ? std::string_view() : slice(leaves_[last].range)))
      quoted_until = std::max(quoted_until, range.end);
    if (!is_leaf(block.kind)) {
      containers_.push_back({range.end, open == none ? outer : containers_[open].last, open, none});
      open = containers_.size() - 1;
      continue;
    }
    Leaf leaf{range, block.kind, range.begin < quoted_until, last, open};
    if (open != none) leaf.lead = containers_[open].last == none ? containers_[open].lead : containers_[open].last;
    if (block.kind == BlockKind::paragraph || block.kind == BlockKind::heading) {
      last = leaves_.size();
      (open == none ? outer : containers_[open].last) = last;
    }
    leaves_.push_back(leaf);
  }
}

void TextModel::show(const Leaf& leaf) {
  const Range range = leaf.range;
  if (leaf.kind == BlockKind::fence) return add(Region::fence, range.begin, range.end);
  if (leaf.kind == BlockKind::indented_code) return add(Region::indented, range.begin, range.end);
  if (!is_said(leaf.kind)) return;
  std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(range.begin), range.end - range.begin,
              rendered_.begin() + static_cast<std::ptrdiff_t>(range.begin));
  if (!leaf.quoted)
    std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(range.begin), range.end - range.begin,
                running_.begin() + static_cast<std::ptrdiff_t>(range.begin));
  if (leaf.kind == BlockKind::html)
    mask_comments(leaf);
  else
    for (const syntax::InlineSpan& span : syntax::scan_inline(text_, range.begin, range.end))
      add(span.kind == syntax::InlineSpan::Kind::code ? Region::code : Region::comment, span.begin, span.end);
  const std::string_view shown = std::string_view(rendered_).substr(0, range.end);
  for (auto link = syntax::next_link(shown, range.begin); link; link = syntax::next_link(shown, link->close))
    add(Region::target, link->bracket + 2, link->close);  // `](target "title")` and `<https://...>`
  if (leaf.quoted)
    add(Region::quote, range.begin, range.end);
  else
    mask_quotations(range);
}

void TextModel::mask_comments(const Leaf& leaf) {
  const std::string_view text = text_.substr(0, leaf.range.end);
  for (std::size_t at = text.find("<!--", leaf.range.begin); at != std::string_view::npos;) {
    std::size_t end = text.find("-->", at + 4);
    end = end == std::string_view::npos ? text.size() : end + 3;
    add(Region::comment, at, end);
    at = text.find("<!--", end);
  }
}

// Masks quotations: marks that open at the begin of a word and close in the same block. Straight single marks count
// only next to blanks, because of apostrophes.
void TextModel::mask_quotations(const Range& range) {
  struct Marks {
    std::string_view open, close;
  };
  constexpr Marks marks[] = {{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"‘", "’"}, {"'", "'"}};
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const char c = running_[i];
    if (c != '"' && c != '\'' && c != '\xE2' && c != '\xC2') continue;
    for (const Marks& mark : marks) {
      if (running_[i] != mark.open.front() || running_.compare(i, mark.open.size(), mark.open) != 0) continue;
      const std::size_t inside = i + mark.open.size();
      if ((i != range.begin && letters::is_name(running_[i - 1])) || inside >= range.end ||
          letters::is_space(running_[inside]))
        continue;
      const std::size_t limit = std::min(range.end, inside + longest_quotation);
      const std::size_t found = std::string_view(running_).substr(0, limit).find(mark.close, inside);
      if (found == std::string_view::npos) continue;
      const std::size_t end = found + mark.close.size();
      if (mark.open == "'" && end < range.end && letters::is_name(running_[end])) continue;
      add(Region::quotation, i, end);
      i = end - 1;
      break;
    }
  }
}

// Masks tags, and the content of <example> and similar elements, which is shown, not said. A closing tag that was not
// found is not searched again.
void TextModel::mask_elements() {
  std::array<bool, std::size(lists::showing_elements)> unclosed{};
  for (std::size_t at = running_.find('<'); at != std::string::npos; at = running_.find('<', at + 1)) {
    std::size_t name = at + 1;
    if (name < running_.size() && running_[name] == '/') ++name;
    std::size_t end = name;
    while (end < running_.size() && letters::is_name(running_[end])) ++end;
    if (end == name || !letters::is_letter(running_[name])) continue;
    std::size_t close = end;
    while (close < running_.size() && running_[close] != '>' && running_[close] != '<' && close - end < 400) ++close;
    if (close >= running_.size() || running_[close] != '>') continue;
    const std::string_view element(running_.data() + name, end - name);
    const auto* known = std::find_if(std::begin(lists::showing_elements), std::end(lists::showing_elements),
                                     [&](std::string_view word) { return letters::equals_lower(element, word); });
    const auto index = static_cast<std::size_t>(known - std::begin(lists::showing_elements));
    if (known != std::end(lists::showing_elements) && name == at + 1 && !unclosed[index]) {
      const std::size_t ending = running_.find("</" + std::string(element) + ">", close);
      if (ending != std::string::npos) {
        add(Region::quote, at, ending + element.size() + 3);
        continue;
      }
      unclosed[index] = true;
    }
    add(Region::tag, at, close + 1);
  }
}

const Stretch* TextModel::stretch_at(std::size_t offset) const noexcept {
  const auto after = std::ranges::upper_bound(stretches_, offset, {}, &Stretch::begin);
  if (after == stretches_.begin()) return nullptr;
  const Stretch* stretch = &*(after - 1);
  while (stretch != nullptr && offset >= stretch->end) stretch = around(*stretch);
  return stretch;
}

bool TextModel::is_quoted(std::size_t offset) const noexcept {
  for (const Stretch* stretch = stretch_at(offset); stretch != nullptr; stretch = around(*stretch))
    if (stretch->kind == Region::quote || stretch->kind == Region::quotation) return true;
  return false;
}

Region TextModel::region_at(std::size_t offset) const noexcept {
  const Stretch* stretch = stretch_at(offset);
  return stretch == nullptr ? Region::running : stretch->kind;
}

std::string_view TextModel::info_of(const Stretch& fence) const noexcept {
  std::string_view line = text_.substr(fence.begin, fence.end - fence.begin);
  line = line.substr(0, line.find_first_of("\r\n"));
  const std::size_t marks = line.find_first_of("`~");
  if (marks == std::string_view::npos) return {};
  line.remove_prefix(marks);
  line.remove_prefix(std::min(line.find_first_not_of("`~"), line.size()));
  return letters::trim(line);
}

std::size_t TextModel::leaf_index(std::size_t offset) const noexcept {
  const auto after = std::ranges::upper_bound(leaves_, offset, {}, [](const Leaf& leaf) { return leaf.range.begin; });
  if (after == leaves_.begin()) return none;
  const auto leaf = after - 1;
  return offset < leaf->range.end ? static_cast<std::size_t>(leaf - leaves_.begin()) : none;
}

Range TextModel::block_at(std::size_t offset) const noexcept {
  const std::size_t leaf = leaf_index(offset);
  return leaf == none ? Range{offset, offset} : leaves_[leaf].range;
}

bool TextModel::ends_sentence(const Leaf& leaf, std::size_t at) const noexcept {
  const char c = text_[at];
  if (leaf.kind == BlockKind::fence || leaf.kind == BlockKind::indented_code) return c == '\n';
  if (leaf.kind == BlockKind::table && (c == '|' || c == '\n')) return true;
  if (c != '.' && c != '!' && c != '?') return false;
  if (at + 1 < leaf.range.end && !letters::is_space(text_[at + 1]) && text_[at + 1] != '"') return false;
  return !(at >= 2 && c == '.' && text_[at - 2] == '.');  // e.g. and i.e. do not end a sentence
}

// Once a text: rules ask for the sentence of every word that they look at.
void TextModel::collect_sentences() {
  for (const Leaf& leaf : leaves_)
    for (std::size_t at = leaf.range.begin; at < leaf.range.end; ++at)
      if (ends_sentence(leaf, at)) sentence_ends_.push_back(at);
}

Range TextModel::sentence_at(std::size_t offset) const noexcept {
  const std::size_t index = leaf_index(offset);
  if (index == none) return {offset, offset};
  const Range& leaf = leaves_[index].range;
  const std::size_t first = std::max(leaf.begin, offset - std::min(offset, longest_sentence_side));
  const std::size_t last = std::min(leaf.end, offset + longest_sentence_side);
  const auto next = std::lower_bound(sentence_ends_.begin(), sentence_ends_.end(), offset);
  const std::size_t begin = next == sentence_ends_.begin() ? first : std::max(first, *std::prev(next) + 1);
  const std::size_t end = next == sentence_ends_.end() ? last : std::min(last, *next);
  return {begin, std::min(end + 1, leaf.end)};
}

std::vector<std::string_view> TextModel::lead_ins(std::size_t offset) const {
  std::vector<std::string_view> found;
  const std::size_t index = leaf_index(offset);
  if (index == none) return found;
  const auto add = [&](std::size_t lead) {
    if (lead == none) return;
    const std::string_view text = slice(leaves_[lead].range);
    if (found.empty() || found.back().data() != text.data()) found.push_back(text);
  };
  add(leaves_[index].lead);
  for (std::size_t at = leaves_[index].container; at != none && found.size() < 3; at = containers_[at].around)
    add(containers_[at].lead);
  return found;
}

std::vector<std::string_view> TextModel::headings_above(std::size_t offset) const {
  std::vector<std::string_view> found;
  if (offset < body_) return found;
  const auto after =
      std::upper_bound(outline_.headings.begin(), outline_.headings.end(), offset - body_,
                       [&](std::size_t at, std::size_t heading) { return at < outline_.blocks[heading].begin; });
  std::uint32_t level = 7;
  for (auto it = after; it != outline_.headings.begin() && found.size() < 3 && after - it < 64;) {
    const syntax::Block& block = outline_.blocks[*--it];
    if (block.level >= level) continue;
    if (block.level == 1 && it == outline_.headings.begin()) break;  // the title
    level = block.level;
    found.push_back(block.text);
  }
  return found;
}

std::optional<TextModel::TableCell> TextModel::table_cell(std::size_t offset) const {
  const std::size_t leaf = leaf_index(offset);
  if (leaf == none || leaves_[leaf].kind != BlockKind::table) return std::nullopt;
  const Range table = leaves_[leaf].range;
  const std::string_view text = text_.substr(0, table.end);
  TableCell found;
  found.row.begin = std::max(table.begin, text.substr(0, offset).rfind('\n') + 1);  // of none: 0
  found.row.end = std::min(text.find('\n', offset), text.size());
  constexpr auto code = syntax::TableCells::BarsInCode::text;
  syntax::TableCells row(slice(found.row), code);
  while (row.next()) {
    found.cell.begin = static_cast<std::size_t>(row.cell().data() - text_.data());
    found.cell.end = found.cell.begin + row.cell().size();
    if (offset <= found.cell.end) break;
    ++found.number;
  }
  const std::string_view first = text.substr(table.begin, text.find('\n', table.begin) - table.begin);
  found.headings = first.substr(0, 400);
  syntax::TableCells heads(first, code);
  for (std::size_t i = 0; heads.next() && i <= found.number; ++i)
    if (i == found.number) found.heading = heads.cell();
  return found;
}

// Measures a description by its words: how much it says besides its own name and words such as "helps" or "various",
// whether it is English (the rules about wording hold for no other language), and how similar two of them are. Scripts
// without spaces between words are counted by characters, two to a word.
namespace {

static_assert(std::is_sorted(std::begin(lists::empty_words), std::end(lists::empty_words)));

// Kana, Han, Thai and Lao.
bool is_unspaced(char32_t c) noexcept {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x0E00 && c <= 0x0EFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// U+00C0 and up, except signs and blanks: accurate enough to count letters.
bool is_foreign_letter(char32_t c) noexcept {
  return c >= 0xC0 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) && c < 0x1F000;
}

std::size_t count_unspaced(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    count += is_unspaced(next.code_point) ? 1 : 0;
    i += next.length;
  }
  return count;
}

// Returns the text without every "review-helper", "review helper" and "Review_Helper".
std::string without_name(std::string_view text, std::string_view name) {
  std::vector<std::string> parts;
  for (WordCursor cursor(name); cursor.next();) parts.push_back(letters::to_lower(cursor.word()));
  std::vector<std::pair<std::size_t, std::size_t>> words;
  for (WordCursor cursor(text); cursor.next();) words.emplace_back(cursor.begin(), cursor.end());
  std::string out(text);
  for (std::size_t i = 0; !parts.empty() && i + parts.size() <= words.size(); ++i) {
    std::size_t same = 0;
    while (same < parts.size() &&
           letters::equals_lower(text.substr(words[i + same].first, words[i + same].second - words[i + same].first),
                                 parts[same]))
      ++same;
    if (same < parts.size()) continue;
    for (std::size_t at = words[i].first; at < words[i + same - 1].second; ++at) out[at] = ' ';
  }
  return out;
}

bool is_hangul_syllable(char32_t c) noexcept { return c >= 0xAC00 && c <= 0xD7A3; }

}  // namespace

// A sign of these scripts says as much as two or three letters of an alphabet.
std::size_t count_letters(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    if (is_unspaced(next.code_point) || is_hangul_syllable(next.code_point))
      count += 2;
    else if ((next.length == 1 && letters::is_letter(text[i])) || is_foreign_letter(next.code_point))
      ++count;
    i += next.length;
  }
  return count;
}

std::size_t count_content_words(std::string_view text, std::string_view name) {
  const std::string without = without_name(text, name);
  std::set<std::string> words;
  for (WordCursor cursor(without); cursor.next();) {
    const std::string word = letters::to_lower(cursor.word());
    if (word.size() >= 2 && !std::ranges::binary_search(lists::empty_words, word) && count_unspaced(word) == 0)
      words.insert(word);
  }
  return words.size() + count_unspaced(without) / 2;
}

// English if few of its bytes lie beyond ASCII and at least one word in twelve is a function word. Names of tools and
// code alone have no function words, so they count as no language.
bool is_english(std::string_view text) noexcept {
  std::size_t letters = 0, foreign = 0, function_words = 0, words = 0;
  for (WordCursor cursor(text); cursor.next();) {
    const std::string_view word = cursor.word();
    ++words;
    for (const char c : word) ++(static_cast<unsigned char>(c) >= 0x80 ? foreign : letters);
    function_words += letters::is_one_of_lower(word, lists::function_words) ? 1 : 0;
  }
  return words > 0 && foreign * 10 <= letters && function_words * 12 >= words;
}

// Examples and quoted requests are the words of a user and not a promise of the manifest. Everything behind "Examples:"
// is dropped, since descriptions end with them.
std::string without_quotations(std::string_view text) {
  if (const std::size_t example = find_phrase(text, lists::quotation_begins); example != std::string_view::npos)
    text = text.substr(0, example);
  std::string out;
  char closing = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool at_word = i == 0 || !letters::is_name(text[i - 1]);
    if (closing == '\0' && text[i] == '"')
      closing = '"';
    else if (closing == '\0' && text[i] == '\'' && at_word && text.find('\'', i + 1) != std::string_view::npos)
      closing = '\'';
    else if (closing == '\0' && text.substr(i, 3) == "“")
      closing = '\x9D';  // the last byte of its partner
    else if (closing != '\0' && text[i] == closing &&
             (closing != '\'' || i + 1 == text.size() || !letters::is_name(text[i + 1])))
      closing = '\0';
    else if (closing == '\0')
      out += text[i];
  }
  return out;
}

WordSet word_set(std::string_view text) {
  WordSet words;
  for (WordCursor cursor(text); cursor.next();) words.push_back(hash::hash64(letters::to_lower(cursor.word())));
  letters::sort_once(words);
  return words;
}

// Common words of all words, in thousandths. Both are sorted, so one pass over both is enough.
unsigned similarity(const WordSet& a, const WordSet& b) noexcept {
  std::size_t common = 0;
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    const std::uint64_t one = *left, other = *right;
    common += one == other ? 1 : 0;
    if (one <= other) ++left;
    if (other <= one) ++right;
  }
  const std::size_t all = a.size() + b.size() - common;
  return all == 0 ? 0 : static_cast<unsigned>(1000 * common / all);
}

bool is_deprecated(std::string_view text) {
  while (!text.empty() && !letters::is_letter(text.front())) text.remove_prefix(1);
  std::size_t length = 0;
  return begins_with_phrase(text, "deprecated", length);
}

}  // namespace cascade::validation
