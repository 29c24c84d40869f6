// One file as the rules read it. Lines, triggers and data are made at once; the model of the text only when a rule asks
// for it, because it costs the most.
#include "validate/reading/document.h"

#include <algorithm>
#include <span>

#include "syntax/json.h"
#include "syntax/toml.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"
#include "validate/reading/trigger_words.h"

namespace cascade::validation {
namespace {

// As git does it: a NUL near the beginning.
bool looks_binary(std::string_view text) { return text.substr(0, 8000).find('\0') != std::string_view::npos; }

// Blanks for commas before a closing bracket, which some clients allow. Commas within strings are text.
std::string without_last_commas(std::string json) {
  std::size_t comma = std::string::npos;  // the last sign but blanks, if it is one
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (letters::is_space(json[at])) continue;
    if ((json[at] == '}' || json[at] == ']') && comma != std::string::npos) json[comma] = ' ';
    comma = json[at] == ',' ? at : std::string::npos;
    if (json[at] != '"') continue;
    for (++at; at < json.size() && json[at] != '"'; ++at)
      if (json[at] == '\\') ++at;
  }
  return json;
}

syntax::Parsed read_settings(std::string_view text, bool toml, const client::ProjectSettings& form) {
  if (toml) return syntax::read_toml(text).parsed;
  if (!form.comments) return syntax::parse_json(text);
  std::string json = syntax::without_comments(text);
  return syntax::parse_json(form.last_commas ? without_last_commas(std::move(json)) : json);
}

}  // namespace

Document::Document(const std::string& path, std::string_view text, Place place, std::optional<ManifestView> manifest)
    : path_(path),
      text_(text),
      place_(place),
      manifest_(manifest),
      binary_((place.role == Role::script || place.role == Role::text) && looks_binary(text)),
      lines_(binary_ ? std::string_view() : text) {
  if (binary_) return;
  triggers_ = find_triggers(text_);
  if (is_json(role())) {
    const client::ProjectSettings* const settings = place_.other ? place_.other->settings : nullptr;
    data_ = settings == nullptr ? syntax::parse_json(text_) : read_settings(text_, path_.ends_with(".toml"), *settings);
  } else if (is_manifest(role()) && path_.ends_with(".toml")) {
    read_toml();
  } else if (is_markdown(role())) {
    frontmatter_ = syntax::find_frontmatter(text_);
    if (frontmatter_.end > frontmatter_.begin)
      data_ = syntax::parse_yaml(text_.substr(frontmatter_.begin, frontmatter_.end - frontmatter_.begin),
                                 frontmatter_.line);
  }
}

// What follows the begin of the string that the client gives to the model is the body.
void Document::read_toml() {
  syntax::Toml toml = syntax::read_toml(text_);
  frontmatter_.body = text_.size();
  for (const syntax::TomlText& text : toml.texts)
    if (text.key == (role() == Role::agent ? "developer_instructions" : "prompt")) frontmatter_.body = text.begin;
  if (role() == Role::command)  // Gemini CLI 0.61.0 refuses what Codex reads; the first fault says it all
    for (const syntax::TomlText& text : toml.texts)
      for (const syntax::TomlText::Piece& piece : text.pieces)
        if (toml.parsed.faults.empty() && !piece.copied && starts_with_part(text_.substr(piece.source), {"\\e", "\\x"}))
          toml.parsed.faults.push_back({syntax::FaultKind::syntax, lines_.at(piece.source), "an escape of TOML 1.1"});
  data_ = std::move(toml.parsed);
}

const TextModel& Document::body() const {
  if (!body_) body_ = std::make_unique<TextModel>(text_, frontmatter_.body);
  return *body_;
}

Location Document::at(const syntax::Node& node) const {
  Location at = this->at(node.at);
  if (node.end.line > node.at.line || (node.end.line == node.at.line && node.end.column > node.at.column)) {
    at.end_line = node.end.line;
    at.end_column = node.end.column;
  }
  return at;
}

// Columns count characters. The last answer is kept, since findings of one line come in order; without it a long line
// with many findings would be counted from its begin for each of them.
std::uint32_t Document::column(std::uint32_t line, std::size_t offset) const {
  if (line != last_line_ || offset < last_offset_) {
    last_line_ = line;
    last_offset_ = lines_.start(line);
    last_column_ = 1;
    if (line == 1 && text_.starts_with(unicode::byte_order_mark)) last_offset_ = unicode::byte_order_mark.size();
  }
  if (offset > last_offset_) {
    last_column_ +=
        static_cast<std::uint32_t>(unicode::count_code_points(text_.substr(last_offset_, offset - last_offset_)));
    last_offset_ = offset;
  }
  return last_column_;
}

Location Document::at(std::size_t offset, std::size_t length) const {
  const std::size_t begin = std::min(offset, text_.size());
  Location at = at_line(lines_.line_at(begin));
  at.column = column(at.line, begin);
  // A finding that spans lines is underlined up to the end of its first line.
  const std::size_t line_end = lines_.start(at.line) + lines_.line(at.line).size();
  const std::size_t end = std::min(begin + length, std::max(line_end, begin));
  at.end_line = at.line;
  at.end_column = at.column + static_cast<std::uint32_t>(unicode::count_code_points(text_.substr(begin, end - begin)));
  return at;
}

Location Document::at_part(const syntax::Node& value, std::string_view part) const {
  const std::size_t begin = lines_.start(value.at.line);
  const std::string_view block = text_.substr(0, std::max(begin, frontmatter_.end));
  const std::size_t found = part.empty() ? std::string_view::npos : block.find(part, begin);
  return found == std::string_view::npos ? at(value) : at(found, part.size());
}

// Splits the text at bytes that belong to no word and looks each word up in a small hash table, by its length and
// three of its letters. One pass finds the places for all rules; a rule without any trigger in a file need not read
// it, which saves most of the time of a validation.
namespace {

using enum Trigger;

// In lower case; the text may have any case.
struct Word {
  std::string_view text;
  Trigger trigger = download;
};

struct Group {
  Trigger trigger;
  std::span<const std::string_view> words;
};
constexpr Group groups[] = {{download, trigger_words::download},
                            {drop, lists::drops},
                            {drop, lists::obeys},
                            {drop, trigger_words::drop},
                            {secrecy, lists::saying},
                            {secrecy, lists::hides},
                            {secrecy, lists::knows},
                            {secrecy, lists::secretly},
                            {system, trigger_words::system},
                            {decode, trigger_words::decode},
                            {destroy, trigger_words::destroy},
                            {credential, trigger_words::credential},
                            {settings, trigger_words::settings},
                            {home, trigger_words::home}};

constexpr std::size_t count_known_words() {
  std::size_t count = 0;
  for (const Group& group : groups) count += group.words.size();
  return count;
}

constexpr auto words = [] {
  std::array<Word, count_known_words()> all{};
  std::size_t at = 0;
  for (const Group& group : groups)
    for (const std::string_view word : group.words) all[at++] = {word, group.trigger};
  return all;
}();

constexpr std::size_t slots = 1024, longest = 18, encoded_length = 20;

// The factors were chosen so that few words share a slot; any others would work, only slower.
constexpr std::size_t slot_of(std::size_t length, char first, char second, char last) {
  return (length * 37 + static_cast<std::size_t>(first) * 5 + static_cast<std::size_t>(second) * 61 +
          static_cast<std::size_t>(last) * 17) %
         slots;
}

// A hash table of words: `first[slot]` is the number of a word plus one, `next` chains words that share a slot.
struct Buckets {
  std::array<std::uint8_t, slots> first{};
  std::array<std::uint8_t, std::size(words)> next{};
};
constexpr Buckets buckets = [] {
  Buckets buckets;
  for (std::size_t i = 0; i < std::size(words); ++i) {
    const std::string_view word = words[i].text;
    const std::size_t slot = slot_of(word.size(), word[0], word[1], word.back());
    buckets.next[i] = buckets.first[slot];
    buckets.first[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return buckets;
}();
static_assert(std::size(words) < 255);

// 0 for characters that end a word, else the letter in lower case.
constexpr auto folding = [] {
  std::array<char, 256> folding{};
  for (int c = 0; c < 256; ++c)
    if (const char letter = static_cast<char>(c); letters::is_letter_or_digit(letter))
      folding[c] = letters::to_lower(letter);
  return folding;
}();

// A run of twenty letters and digits may be an encoded payload, whatever it spells.
void look_up(std::string_view text, std::size_t begin, std::size_t length, Triggers& found) {
  if (length >= encoded_length) found.at[static_cast<std::size_t>(encoded)].push_back(begin);
  const std::string_view word = text.substr(begin, length);
  if (length > longest || length < 2) return;
  const auto fold = [&](std::size_t i) { return folding[static_cast<unsigned char>(word[i])]; };
  std::uint8_t number = buckets.first[slot_of(length, fold(0), fold(1), fold(length - 1))];
  for (; number != 0; number = buckets.next[number - 1]) {
    const Word& known = words[number - 1];
    if (letters::equals_lower(word, known.text)) found.at[static_cast<std::size_t>(known.trigger)].push_back(begin);
  }
}

}  // namespace

Triggers find_triggers(std::string_view text) {
  Triggers found;
  for (std::size_t i = 0; i < text.size();) {
    if (folding[static_cast<unsigned char>(text[i])] == 0) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && folding[static_cast<unsigned char>(text[i])] != 0) ++i;
    look_up(text, begin, i - begin, found);
  }
  return found;
}

}  // namespace cascade::validation
