// Elements (the outermost blocks: a paragraph, a fence, a list item) are joined with their neighbours by the rules of
// Joiner; each run of joined elements is a unit. Each element is judged alone first: does it lead to the next one, does
// it show a wrong or a right way? Joining too much costs a shorter form, joining too little misleads a reader, so a
// rule in doubt joins.
#include "manifest/emission.h"

#include <algorithm>
#include <iterator>

#include "manifest/line_words.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/word_set.h"

namespace cascade::manifest {

namespace {

using letters::is_digit, letters::is_letter, letters::trim, letters::word_set, syntax::Block, syntax::BlockKind,
    tokens::ByteRange;

constexpr std::size_t longest_sentence = 240;  // bytes searched for words, so that the cost is bounded

// Removes the text up to and including its next word and returns the word; empty when there is none.
template <typename Is>
std::string_view take_word(std::string_view& text, const Is& is) {
  while (!text.empty() && !is(text.front())) text.remove_prefix(1);
  const std::string_view word = letters::run_at_begin(text, is);
  text.remove_prefix(word.size());
  return word;
}
std::string_view take_word(std::string_view& text) { return take_word(text, is_letter); }

template <std::size_t N>
bool has_word(std::string_view sentence, const letters::WordSet<N>& words) {
  for (std::string_view word = take_word(sentence); !word.empty(); word = take_word(sentence))
    if (words.has(word)) return true;
  return false;
}

std::string_view first_sentence(std::string_view text) {
  text = text.substr(0, longest_sentence);
  return text.substr(0, text.find(". "));
}

std::string_view last_sentence(std::string_view text) {
  if (text.size() > longest_sentence) text.remove_prefix(text.size() - longest_sentence);
  const std::size_t end = text.rfind(". ");
  return end == std::string_view::npos ? text : text.substr(end + 2);
}

// The text without trailing emphasis, brackets and quotation marks.
std::string_view without_closing(std::string_view text) {
  constexpr std::string_view closing[] = {"\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "\xE3\x80\x8D", "\xEF\xBC\x89"};
  for (bool cut = true; cut;) {
    text = trim(text);
    cut = !text.empty() && std::string_view("*_)\"']").find(text.back()) != std::string_view::npos;
    if (cut) text.remove_suffix(1);
    for (const std::string_view mark : closing)
      if (text.ends_with(mark)) {
        text.remove_suffix(mark.size());
        cut = true;
      }
  }
  return text;
}

constexpr auto continuing = word_set("otherwise", "else", "however", "but", "except", "unless", "then", "therefore",
                                     "thus", "hence", "nevertheless", "alternatively", "afterwards", "conversely");
constexpr auto after_if = word_set("not", "so", "still", "neither", "instead");
constexpr auto answering = word_set("answer", "output", "result", "results", "response", "expected", "returns");
constexpr auto words_for_below = word_set("below", "following", "follows", "underneath");
constexpr auto examples = word_set("example", "instance", "sample", "template");
constexpr auto above = word_set("above", "preceding");

// Begins with a word that continues the text before it ("Otherwise", "But", "If not", ": a definition"), or answers
// it ("A: ...", "Output: ...").
bool goes_on(std::string_view paragraph) {
  if (paragraph.starts_with(": ")) return true;
  std::string_view rest = paragraph.substr(0, longest_sentence);
  const std::string_view first = take_word(rest);
  if (first.empty() || first.data() - paragraph.data() > 6) return false;  // more than marks precede it
  if (continuing.has(first)) return true;
  const std::string_view line = rest.substr(0, std::min<std::size_t>(rest.find('\n'), 24));
  const bool label = line.find(':') != std::string_view::npos;
  if (first == "A") return line.starts_with(":");
  if (answering.has(first)) return label;
  return letters::equals_lower(first, "if") && after_if.has(take_word(rest));
}

// Its last sentence speaks of something below it.
bool points_below(std::string_view paragraph) { return has_word(last_sentence(paragraph), words_for_below); }

// Does not end with a sentence's final mark, in any of the usual scripts: "Use this format", "For example,".
bool is_unfinished(std::string_view paragraph) {
  const std::string_view text = without_closing(paragraph);
  if (text.empty()) return false;
  constexpr std::string_view ends[] = {"\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F", "\xE2\x80\xA6", "\xE0\xA5\xA4",
                                       "\xD8\x9F",     "\xDB\x94",     "\xEF\xBC\x8E", "\xEF\xBD\xA1"};
  if (static_cast<unsigned char>(text.back()) < 0x80)
    return std::string_view(".!?>|").find(text.back()) == std::string_view::npos;
  return std::ranges::none_of(ends, [&](std::string_view end) { return text.ends_with(end); });
}

struct Element {
  ByteRange bytes;
  BlockKind kind = BlockKind::paragraph;
  std::string_view text;  // trimmed
  Contrast contrast = Contrast::none;
  bool leads_on = false;  // to the next element
  bool joined = false;    // belongs with the next element
};

bool is_code(BlockKind kind) noexcept { return kind == BlockKind::fence || kind == BlockKind::indented_code; }

// The text without trailing marks of emphasis and closing tags.
std::string_view without_closing_marks(std::string_view text) noexcept {
  for (bool cut = true; cut && !text.empty();) {
    cut = false;
    while (!text.empty() && (text.back() == '*' || text.back() == '_' || text.back() == ' ' || text.back() == '\\')) {
      text.remove_suffix(1);
      cut = true;
    }
    if (!text.ends_with('>')) continue;
    const std::size_t tag = text.rfind("</");
    if (tag == std::string_view::npos || text.find('>', tag) != text.size() - 1) continue;
    text.remove_suffix(text.size() - tag);
    cut = true;
  }
  return text;
}

bool ends_in_colon(std::string_view text) noexcept {
  text = without_closing_marks(text);
  return text.ends_with(':') ||
         (text.size() >= 3 && text.substr(text.size() - 3) == "\xEF\xBC\x9A");  // the full-width colon
}

constexpr std::size_t longest_title = 120;

// A line that is emphasised as a whole serves as a heading: "**Build**", "__Build__", "*Build*".
bool is_emphasised(std::string_view line) noexcept {
  return line.size() >= 3 && (line.front() == '*' || line.front() == '_') && line.back() == line.front();
}

bool is_warning(const Element& element) {
  if (element.kind != BlockKind::paragraph && element.kind != BlockKind::quote && element.kind != BlockKind::html)
    return false;
  return is_warning_label(element.text);
}

// The contrast that a label or the first line of code states ("// ❌ BAD").
Contrast contrast_in(const Element& element) {
  if (!is_code(element.kind)) return contrast_of(element.text);
  const std::size_t first = element.kind == BlockKind::fence ? element.text.find('\n') : 0;
  if (first == std::string_view::npos) return Contrast::none;
  const std::string_view line = trim(element.text.substr(first));
  const bool comment = line.starts_with("//") || line.starts_with("#") || line.starts_with("--") ||
                       line.starts_with("/*") || line.starts_with("<!--");
  return comment ? contrast_of(line.substr(0, line.find('\n'))) : Contrast::none;
}

bool leads_to_next(const Element& element) {
  if (is_code(element.kind) || element.kind == BlockKind::table || element.kind == BlockKind::rule) return false;
  if (ends_in_colon(element.text)) return element.text != ":::";  // this closes a container
  if (element.kind != BlockKind::paragraph || element.text.size() > longest_title ||
      element.text.find('\n') != std::string_view::npos)
    return false;
  return is_emphasised(element.text) || (element.contrast != Contrast::none && element.text.size() < 60);
}

bool is_shown(BlockKind kind) noexcept { return is_code(kind) || kind == BlockKind::table; }

// Whether a text without a colon leads to the code, table or list after it. A long text does more than that.
bool introduces(const Element& element, const Element& next) {
  constexpr std::size_t longest = 300;
  if (element.text.size() > longest) return false;
  const bool unfinished = element.text.size() <= longest_title && is_unfinished(element.text);
  const bool step = element.kind == BlockKind::list_item && is_digit(element.text.front());
  if (step) return is_code(next.kind) && unfinished;
  if (element.kind != BlockKind::paragraph) return false;
  return (is_shown(next.kind) || next.kind == BlockKind::list_item) &&
         (unfinished || points_below(element.text) || has_word(last_sentence(element.text), examples));
}

// Needs the elements as a whole, because a text without a colon leads on only if something to show follows.
void lead_on(std::vector<Element>& elements) {
  for (std::size_t i = 0; i + 1 < elements.size(); ++i) {
    Element& element = elements[i];
    Element& next = elements[i + 1];
    if (element.leads_on || element.text.empty()) continue;
    if (element.text.starts_with("!!!") && next.kind == BlockKind::indented_code) {  // an admonition's text
      next.kind = BlockKind::paragraph;
      element.leads_on = true;
      continue;
    }
    element.leads_on = introduces(element, next);
    // "The table below" may come after one more paragraph.
    if (element.leads_on || element.kind != BlockKind::paragraph || i + 2 >= elements.size()) continue;
    if (next.kind != BlockKind::paragraph || !is_shown(elements[i + 2].kind)) continue;
    if (points_below(element.text)) element.leads_on = next.leads_on = true;
  }
}

// The name of the tag that a line begins with: "<details>"; empty without a tag and for one that closes itself.
std::string_view tag_at(std::string_view line) noexcept {
  line = trim(line);
  if (line.size() < 2 || line.front() != '<' || !is_letter(line[1])) return {};
  const std::size_t tag_end = line.find('>');
  if (tag_end != std::string_view::npos && line[tag_end - 1] == '/') return {};
  return letters::run_at_begin(line.substr(1), letters::is_name);
}

// The tags at the beginning of lines that a text opens and does not close.
// Only the begin of a line counts: tags within a line are markup, and elements of several blocks open on a line of
// their own.
std::vector<std::string_view> open_tags(std::string_view text) {
  constexpr std::size_t most_tags = 8;  // each may read all of the text
  std::size_t looked_for = 0;
  constexpr std::string_view closed_by_themselves[] = {"br", "hr", "img", "input", "p"};
  std::vector<std::string_view> names;
  if (text.find('<') == std::string_view::npos) return names;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view name = tag_at(text.substr(begin, end - begin));
    if (!name.empty() && !letters::is_one_of_lower(name, closed_by_themselves)) {
      if (text.find("</" + std::string(name), begin) == std::string_view::npos) names.push_back(name);
      if (++looked_for == most_tags) break;
    }
    begin = end + 1;
  }
  return names;
}

// The number that an item of a numbered list begins with; 0 for any other.
std::uint32_t item_number(std::string_view text) noexcept {
  std::uint32_t number = 0;
  std::size_t at = 0;
  for (; at < text.size() && at < 9 && is_digit(text[at]); ++at)
    number = number * 10 + static_cast<std::uint32_t>(text[at] - '0');
  return at > 0 && at < text.size() && (text[at] == '.' || text[at] == ')') ? number : 0;
}

std::vector<Element> elements_of(std::string_view text, ByteRange section, Span<const Block> blocks) {
  std::vector<Element> out;
  out.reserve(blocks.size);
  std::size_t end = heading_end(section, blocks);
  for (const Block& block : blocks) {
    if (block.begin < end) continue;
    Element& element = out.emplace_back();
    element.bytes = {block.begin, block.end};
    element.kind = block.kind;
    end = block.end;
  }
  for (std::size_t i = 0; i < out.size(); ++i) {  // text in no block belongs to the one before
    if (i == 0) out[i].bytes.begin = heading_end(section, blocks);
    out[i].bytes.end = i + 1 < out.size() ? out[i + 1].bytes.begin : section.end;
    out[i].text = trim(text.substr(out[i].bytes.begin, out[i].bytes.size()));
    out[i].contrast = contrast_in(out[i]);
    out[i].leads_on = leads_to_next(out[i]);
  }
  lead_on(out);
  return out;
}

class Joiner {
 public:
  explicit Joiner(std::vector<Element>& elements) : elements_(elements) {}

  void run() {
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      if (elements_[i].leads_on) join(i);
      join_list(i);
      join_warning(i);
      join_tag(i);
      if (i == 0) continue;
      const Element& element = elements_[i];
      if (element.kind == BlockKind::rule) join(i - 1);
      if (element.kind == BlockKind::paragraph && leans_back(i)) join(i - 1);
    }
    join_contrasts();
  }

 private:
  void join(std::size_t i) {
    if (i < elements_.size()) elements_[i].joined = true;
  }

  // REQUIRES: a paragraph with an element before it.
  bool leans_back(std::size_t i) const {
    const std::string_view text = elements_[i].text;
    return (!text.empty() && letters::is_lower(text.front())) || goes_on(text) ||
           (is_shown(elements_[i - 1].kind) && has_word(first_sentence(text), above));
  }

  // Joins the items of a list, and a numbered list that continues after an interruption.
  void join_list(std::size_t i) {
    const Element& element = elements_[i];
    if (element.kind != BlockKind::list_item || i == 0) return;
    if (elements_[i - 1].kind == BlockKind::list_item) return join(i - 1);
    if (item_number(element.text) < 2) return;
    for (std::size_t at = i; at-- > 0;) {
      if (elements_[at].kind != BlockKind::list_item) continue;
      if (item_number(elements_[at].text) != 0)
        for (; at < i; ++at) join(at);
      return;
    }
  }

  void join_warning(std::size_t i) {
    if (!is_warning(elements_[i])) return;
    join(i);
    if (i > 0) join(i - 1);
  }

  void join_tag(std::size_t i) {
    const Element& element = elements_[i];
    if (element.kind != BlockKind::html && element.kind != BlockKind::paragraph) return;
    for (const std::string_view name : open_tags(element.text)) join_to_closing(i, "</" + std::string(name));
    if (element.text.starts_with(":::") && element.text.find("\n:::") == std::string_view::npos)
      join_to_closing(i, ":::");
  }

  // A tag around the whole section joins nothing: its parts are judged like those of any section.
  void join_to_closing(std::size_t i, const std::string& closing) {
    constexpr std::size_t most_searches = 200;  // of one section: each may read all of it
    if (++searches_ > most_searches) return;
    for (std::size_t end = i + 1; end < elements_.size(); ++end) {
      if (elements_[end].text.find(closing) == std::string_view::npos) continue;
      if (i == 0 && end + 1 == elements_.size() && end > 1) return;
      for (std::size_t at = i; at < end; ++at) join(at);
      return;
    }
  }

  // Joins a unit that shows the wrong way with the next one that shows the right way, or the other way round.
  void join_contrasts() {
    Contrast last = Contrast::none;
    std::size_t last_end = 0;  // of the unit with that contrast
    for (std::size_t begin = 0; begin < elements_.size();) {
      std::size_t end = begin;
      while (end + 1 < elements_.size() && elements_[end].joined) ++end;
      Contrast here = Contrast::none;
      for (std::size_t i = begin; i <= end && here == Contrast::none; ++i) here = elements_[i].contrast;
      if (here != Contrast::none && last != Contrast::none && here != last)
        for (std::size_t i = last_end; i < begin; ++i) join(i);
      if (here != Contrast::none) last_end = end;
      if (here != Contrast::none) last = here;
      begin = end + 1;
    }
  }

  std::vector<Element>& elements_;
  std::size_t searches_ = 0;
};

// The runs of code with the lines that lead to it.
std::vector<ByteRange> examples_of(Span<const Element> elements) {
  std::vector<ByteRange> out;
  bool open = false, has_code = false;
  for (const Element& element : elements) {
    const bool leads = element.kind == BlockKind::paragraph && element.leads_on;
    if (!leads && !is_code(element.kind) && element.kind != BlockKind::rule) {
      open = false;
      continue;
    }
    if (!open && !out.empty() && !has_code) out.pop_back();
    if (!open) out.push_back(element.bytes);
    has_code = (open && has_code) || is_code(element.kind);
    open = true;
    out.back().end = element.bytes.end;
  }
  if (!out.empty() && !has_code) out.pop_back();
  return out;
}

Unit unit_of(Span<const Element> elements) {
  Unit unit;
  unit.bytes = {elements.begin()->bytes.begin, (elements.end() - 1)->bytes.end};
  unit.announces = (elements.end() - 1)->leads_on;
  bool has_code = false, says = false, contrasts = false;  // says: has text of its own
  for (const Element& element : elements) {
    const bool code = is_code(element.kind), paragraph = element.kind == BlockKind::paragraph;
    if (!code && !paragraph && element.kind != BlockKind::rule) return unit;
    has_code = has_code || code;
    says = says || (paragraph && !element.leads_on);
    contrasts = contrasts || element.contrast != Contrast::none;
  }
  unit.code = has_code && !says;
  if (unit.code)
    unit.examples = {unit.bytes};
  else if (has_code && !contrasts)
    unit.examples = examples_of(elements);
  return unit;
}

// A label is judged by its first sign (a cross, a check mark, a warning sign), else by the word in brackets behind it,
// else by its first word: rows of phrase_rows.tsv. Only the first line counts, and only if it is short: a sentence that
// happens to begin with "Good" is no label.

using letters::ByteSet;

constexpr ByteSet ends_brackets("):*_ \\>");  // the last byte of a line that may end in brackets

std::string_view take_label_word(std::string_view& line) noexcept {
  return take_word(line, [](char c) { return is_letter(c) || c == '\''; });
}

// "Agreement (Bad):" -> "Bad": the text in brackets at the end of a line; empty when there is none.
std::string_view word_in_brackets_behind(std::string_view line) noexcept {
  if (line.empty() || !ends_brackets.has(line.back())) return {};
  line = without_closing_marks(line);
  if (line.ends_with(':')) line = without_closing_marks(line.substr(0, line.size() - 1));
  if (!line.ends_with(')')) return {};
  const std::size_t open = line.rfind('(');
  if (open == std::string_view::npos) return {};
  return line.substr(open + 1, line.size() - open - 2);
}

constexpr ByteSet before_sign("*_#>/-<![ :");

// A label from its first sign on, after marks; empty when it begins with a word.
std::string_view sign_of(std::string_view label) noexcept {
  std::size_t at = 0;
  while (at < label.size() && before_sign.has(label[at])) ++at;
  return at < label.size() && static_cast<unsigned char>(label[at]) >= 0x80 ? label.substr(at) : std::string_view();
}

}  // namespace

std::size_t heading_end(ByteRange section, Span<const Block> blocks) noexcept {
  const bool headed = !blocks.empty() && blocks.begin()->kind == BlockKind::heading && blocks.begin()->depth == 0 &&
                      blocks.begin()->begin == section.begin;
  return headed ? blocks.begin()->end : section.begin;
}

// O(elements * searches), where open_tags() and join_to_closing() limit the searches, so a section of unclosed tags is
// not quadratic.
std::vector<Unit> units_of(std::string_view text, ByteRange section, Span<const Block> blocks) {
  std::vector<Element> elements = elements_of(text, section, blocks);
  Joiner(elements).run();
  std::vector<Unit> units;
  units.reserve(elements.size());
  for (std::size_t begin = 0; begin < elements.size();) {
    std::size_t end = begin + 1;
    while (end < elements.size() && elements[end - 1].joined) ++end;
    units.push_back(unit_of({elements.data() + begin, end - begin}));
    begin = end;
  }
  return units;
}

Contrast contrast_of(std::string_view label) {
  const auto judge = [](std::string_view word) {
    return says(word, Says::wrong) ? Contrast::wrong : says(word, Says::right) ? Contrast::right : Contrast::none;
  };
  if (const std::string_view sign = sign_of(label); !sign.empty())
    if (const Contrast contrast = judge(sign); contrast != Contrast::none) return contrast;
  constexpr std::size_t longest = 60;  // a label, not a sentence
  std::string_view line = label.substr(0, label.substr(0, longest + 1).find('\n'));
  if (line.size() > longest) return Contrast::none;
  if (const Contrast contrast = judge(word_in_brackets_behind(line)); contrast != Contrast::none) return contrast;
  const Contrast contrast = judge(take_label_word(line));
  return contrast == Contrast::right && letters::equals_lower(take_label_word(line), "not") ? Contrast::wrong
                                                                                            : contrast;
}

bool is_warning_label(std::string_view label) {
  if (says(sign_of(label), Says::warning)) return true;
  std::string_view line = label.substr(0, label.find('\n'));
  const std::string_view first = take_label_word(line);
  if (!says(first, Says::warning)) return false;
  // A label, not a sentence that begins with the word.
  const std::size_t word = label.find_first_not_of("*_#>/-<![ \t");
  const std::size_t end = word == std::string_view::npos ? label.size() : word + first.size();
  if (label.starts_with("!!!") || label.starts_with(":::")) return true;
  return end >= label.size() || label.find_first_of(":*_]!>-", end) < end + 3;
}

}  // namespace cascade::manifest
