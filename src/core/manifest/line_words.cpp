// Most lines have none of the wanted words. So the text is scanned, sixteen bytes at a time, for two letters that each
// of them contains ("ge" of agent, "sk" of skill); only where such a pair is found is the word around it read and
// judged.
#include "manifest/line_words.h"

#include <algorithm>

#include "manifest/phrase_rows.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t shortest = 5, longest = 11;  // kind words

// Reads what one part tells of its line.
class Reader {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  LineWords read_part(std::size_t at) {
    look_at(at);
    return out_;
  }

 private:
  void look_at(std::size_t at) {
    switch (letters::to_lower(line_[at])) {
      case 'g':
        if (at >= 2 && line_.substr(at - 2, 6) == "legate") out_.signs |= sign_delegate;
        if (!has(at, "gent")) return;
        if (has(at + 4, "_type")) out_.signs |= sign_type;
        if (at >= 3 && line_[at - 2] == ' ' && letters::is_lower(line_[at - 3])) out_.signs |= sign_used;
        return read_word(at);
      case 'm': return has(at, "mman") ? read_word(at) : void();
      default: break;
    }
    if (has(at + 1, " ") || has(at + 1, "_")) return read_joint(at + 1);
    if (has(at, "skil")) {
      if (line_.substr(at).starts_with("Skill tool")) out_.signs |= sign_tool;
      return read_word(at);
    }
    if (has(at, "spec")) return read_word(at);
    if (line_.substr(at, 5) == "spawn" && (at + 5 == line_.size() || !letters::is_name(line_[at + 5])))
      out_.signs |= sign_spawn;
  }

  bool has(std::size_t at, std::string_view part) const { return letters::starts_with_lower(line_.substr(at), part); }

  void read_word(std::size_t at) {
    std::size_t begin = at, end = at;
    while (begin > 0 && letters::is_name(line_[begin - 1]) && at - begin < longest) --begin;
    while (end < line_.size() && letters::is_name(line_[end]) && end - begin <= longest) ++end;
    const Kinds kinds = kind_word(line_.substr(begin, end - begin));
    out_.kinds |= kinds;
    out_.signs |= sign_label;
    if (kinds != 0 && follows_article(begin)) out_.signs |= sign_article;
    if (kinds != 0 && follows_title(begin)) out_.signs |= sign_title;
    if (kinds != 0 && line_.substr(end, 2) == " (") out_.signs |= sign_parenthesis;
  }

  // A capitalized word, with or without marks of emphasis, and one blank before the kind word.
  bool follows_title(std::size_t kind) const {
    if (kind < 3 || line_[kind - 1] != ' ') return false;
    std::size_t end = kind - 1;
    while (end > 0 && (line_[end - 1] == '*' || line_[end - 1] == '`' || line_[end - 1] == '"')) --end;
    std::size_t begin = end;
    while (begin > 0 && letters::is_name(line_[begin - 1])) --begin;
    return end >= begin + 2 && letters::is_upper(line_[begin]);
  }

  // "the coder agent": an article, two words before the kind word.
  bool follows_article(std::size_t kind) const {
    if (kind == 0 || line_[kind - 1] != ' ') return false;
    std::size_t name = kind - 1;
    while (name > 0 && letters::is_lower(line_[name - 1])) --name;
    return name >= 4 && line_[name - 1] == ' ' && has(name - 4, "the");
  }

  // "_to", " from", " off to" after a verb of the relations that references_label.cpp reads.
  void read_joint(std::size_t at) {
    const bool hands_off = has(at + 1, "off to") || has(at + 1, "off_to");
    if (!hands_off && !has(at + 1, "to") && !has(at + 1, "from") && !has(at + 1, "with")) return;
    for (const std::string_view ending : {"tes", "rts", "rks", "ves", "nds"})
      if (at >= ending.size() && has(at - ending.size(), ending)) {
        out_.relates = true;
        out_.signs |= sign_label;
      }
  }

  std::string_view line_;
  LineWords out_;
};

constexpr unsigned char first_unspaced = 0xE3;  // the first byte of all scripts without blanks that have rows

Kinds kind_of(ForeignRole role) noexcept {
  switch (role) {
    case ForeignRole::agent: return kinds_agent;
    case ForeignRole::skill: return kinds_skill;
    case ForeignRole::command: return kinds_command;
    default: return 0;
  }
}

template <typename Meant>
std::string_view longest_match(ForeignRole role, const Meant& is_meant) noexcept {
  std::string_view found;
  for (const ForeignWord& row : foreign_words())
    if (row.role == role && row.word.size() > found.size() && is_meant(row.word)) found = row.word;
  return found;
}

template <typename Find>
UnspacedKind longest_kind(const Find& find) noexcept {
  UnspacedKind best;
  for (const ForeignRole role : {ForeignRole::agent, ForeignRole::skill, ForeignRole::command})
    if (const std::string_view word = find(role);
        word.size() > best.bytes && static_cast<unsigned char>(word.front()) >= first_unspaced)
      best = {kind_of(role), word.size()};
  return best;
}

// The rows of one meaning are neighbours in the table, so each question reads only its own. A pair of bytes that none
// of them begins or ends with there rules out most texts at once.

constexpr std::size_t meanings = static_cast<std::size_t>(Says::relation) + 1;

// Two bytes, letters in any case.
constexpr std::size_t pair_at(std::string_view text, std::size_t at) noexcept {
  constexpr unsigned char folded = 31;
  return static_cast<std::size_t>((text[at] & folded) << 5 | (text[at + 1] & folded));
}

// Which pairs of bytes there are.
class Pairs {
 public:
  constexpr void add(std::size_t pair) noexcept { words_[pair / 64] |= std::uint64_t{1} << pair % 64; }
  constexpr bool has(std::size_t pair) const noexcept { return (words_[pair / 64] >> pair % 64 & 1) != 0; }
  constexpr bool is_empty() const noexcept { return words_ == std::array<std::uint64_t, 16>{}; }

 private:
  std::array<std::uint64_t, 16> words_{};
};

// Where a row is looked for: at the text's beginning, at its end, or anywhere.
enum class Side : std::uint8_t { first, last, inside };
constexpr Side side_of(const Phrase& row) noexcept {
  return row.where == Where::holds ? Side::inside : row.where == Where::ends ? Side::last : Side::first;
}

// Of one meaning: its rows, and for each side the pairs with which they begin, or end at the text's end.
struct PhraseGroup {
  std::span<const Phrase> rows;
  std::array<Pairs, 3> pairs;

  constexpr void add(const Phrase& row) noexcept {
    rows = {rows.empty() ? &row : rows.data(), rows.size() + 1};
    const Side side = side_of(row);
    pairs[static_cast<std::size_t>(side)].add(pair_at(row.words, side == Side::last ? row.words.size() - 2 : 0));
  }
  constexpr const Pairs& at(Side side) const noexcept { return pairs[static_cast<std::size_t>(side)]; }
};

constexpr std::array<PhraseGroup, meanings> by_meaning() noexcept {
  std::array<PhraseGroup, meanings> out;
  for (const Phrase& row : phrase_rows::all) out[static_cast<std::size_t>(row.says)].add(row);
  return out;
}

constexpr std::array<PhraseGroup, meanings> groups = by_meaning();

bool is_at(std::string_view text, std::size_t at, const Phrase& row) noexcept {
  const std::string_view rest = text.substr(at);
  if (!letters::starts_with_lower(rest, row.words)) return false;
  const std::size_t size = row.words.size();
  switch (row.where) {
    case Where::begins:
    case Where::holds: return true;
    case Where::ends:
    case Where::whole: return rest.size() == size;
    case Where::word: return rest.size() == size || !letters::is_name(rest[size]);
  }
  return false;
}

// Words of which example names consist.
bool is_example_word(std::string_view word) {
  static constexpr auto words =
      letters::word_set("agent", "agents", "subagent", "sub", "skill", "skills", "command", "plugin", "name", "names",
                        "type", "types", "the", "some", "another", "other", "custom", "example", "sample",
                        "specialized", "appropriate", "relevant", "selected", "chosen", "target", "task", "tool",
                        "description", "prompt", "model", "id", "args", "config", "options", "params", "value", "here",
                        "following", "same", "next", "placeholder", "foo", "bar", "baz", "xxx", "a", "b", "x");
  if (std::ranges::all_of(word, letters::is_digit)) return true;
  return words.has(word);
}

}  // namespace

Kinds kind_word(std::string_view word) {
  if (word.size() < shortest || word.size() > longest) return 0;
  if (letters::to_lower(word.back()) == 's') word.remove_suffix(1);
  switch (letters::to_lower(word.front())) {
    case 'a': return letters::equals_lower(word, "agent") ? kinds_agent : 0;
    case 'c': return letters::equals_lower(word, "command") ? kinds_command : 0;
    case 's':
      if (letters::equals_lower(word, "skill")) return kinds_skill;
      return letters::is_one_of_lower(word, {"subagent", "sub-agent", "specialist"}) ? kinds_agent : 0;
    default: return 0;
  }
}

Kinds kind_at_begin(std::string_view text) { return kind_word(letters::run_at_begin(text, letters::is_name)); }

Kinds kind_of_one(std::string_view word) {
  return word.empty() || letters::to_lower(word.back()) == 's' ? 0 : kind_word(word);
}

LineWords read_part(std::string_view line, std::size_t at) { return Reader(line).read_part(at); }

std::string_view foreign_begin(std::string_view text, ForeignRole role) noexcept {
  return longest_match(role, [text](std::string_view word) { return text.starts_with(word); });
}

std::string_view foreign_end(std::string_view text, ForeignRole role) noexcept {
  return longest_match(role, [text](std::string_view word) { return text.ends_with(word); });
}

std::string_view foreign_inside(std::string_view text, ForeignRole role) noexcept {
  std::size_t first = text.size(), length = 0;
  for (const ForeignWord& row : foreign_words()) {
    const std::size_t at = row.role == role ? text.find(row.word) : std::string_view::npos;
    if (at > first || at == std::string_view::npos || (at == first && row.word.size() <= length)) continue;
    first = at;
    length = row.word.size();
  }
  return text.substr(first, length);
}

Kinds foreign_kind_word(std::string_view word) noexcept {
  for (const ForeignWord& row : foreign_words()) {
    const Kinds kind = kind_of(row.role);
    if (kind == 0) break;  // the kinds come first in the table
    if (row.word == word) return kind;
  }
  return 0;
}

UnspacedKind unspaced_kind_at_begin(std::string_view text) noexcept {
  if (text.empty() || static_cast<unsigned char>(text.front()) < first_unspaced) return {};
  return longest_kind([text](ForeignRole role) { return foreign_begin(text, role); });
}

UnspacedKind unspaced_kind_at_end(std::string_view text) noexcept {
  if (text.empty() || static_cast<unsigned char>(text.back()) < 0x80) return {};
  return longest_kind([text](ForeignRole role) { return foreign_end(text, role); });
}

std::span<const Phrase> phrases() noexcept { return phrase_rows::all; }

bool says(std::string_view text, Says what) noexcept {
  if (text.size() < 2) return false;
  const PhraseGroup& own = groups[static_cast<std::size_t>(what)];
  // Whether a row of this side stands at a pair of bytes: it begins with that pair, or ends with it.
  const auto has = [&](Side side, std::size_t pair) {
    return own.at(side).has(pair_at(text, pair)) && std::ranges::any_of(own.rows, [&](const Phrase& row) {
             const std::size_t end = pair + 2, size = row.words.size();
             if (side_of(row) != side || (side == Side::last && size > end)) return false;
             return is_at(text, side == Side::last ? end - size : pair, row);
           });
  };
  if (has(Side::first, 0) || has(Side::last, text.size() - 2)) return true;
  if (own.at(Side::inside).is_empty()) return false;
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    if (has(Side::inside, at)) return true;
  return false;
}

std::size_t rest_of_name(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at + 1;
  for (; end < text.size(); ++end)
    if (!is_name_byte(text[end]) && (text[end] != '.' || end + 1 == text.size() || !letters::is_digit(text[end + 1])))
      break;
  while (end > at && text[end - 1] == '-') --end;  // a dash, not a hyphen
  return end;
}

bool begins_with_digit(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t far = 64;
  if (!letters::is_digit(text[at])) return false;
  for (std::size_t i = at + 1; i + 1 < text.size() && i - at < far && is_name_byte(text[i]); ++i)
    if (text[i] == '-' && letters::is_letter(text[i + 1])) return true;
  return false;
}

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return at;
  return letters::is_letter(text[at]) || begins_with_digit(text, at) ? rest_of_name(text, at) : at;
}

std::size_t qualified_end(std::string_view text, std::size_t at) noexcept {
  std::size_t end = name_end(text, at);
  while (end > at && end < text.size() && text[end] == ':') {
    const std::size_t next = end + (end + 1 < text.size() && text[end + 1] == ':' ? 2 : 1);
    const std::size_t next_end = name_end(text, next);
    if (next_end == next) break;
    end = next_end;
  }
  return end;
}

bool is_plain_name(std::string_view text) noexcept { return !text.empty() && name_end(text, 0) == text.size(); }
bool is_qualified_name(std::string_view text) noexcept {
  return !text.empty() && qualified_end(text, 0) == text.size();
}

bool is_distinctive(std::string_view name) noexcept {
  return std::ranges::any_of(name, [](char c) { return c == '-' || c == ':'; });
}

bool has_hump(std::string_view name) noexcept {
  const auto is_hump = [](char before, char at) { return letters::is_lower(before) && letters::is_upper(at); };
  return std::adjacent_find(name.begin(), name.end(), is_hump) != name.end();
}

bool is_doer(std::string_view word) noexcept {
  if (word.size() < 5 || !std::ranges::all_of(word, letters::is_lower)) return false;
  const std::string_view two = word.substr(word.size() - 2), three = word.substr(word.size() - 3);
  return two == "er" || two == "or" || three == "ist" || three == "yst" || three == "ect" || three == "ian";
}

bool is_role_name(std::string_view name) noexcept {
  constexpr std::string_view agent = "agent";
  if (name.size() < 7) return false;
  const char end = name.back();
  if (end != 'r' && end != 't' && end != 'n') return false;
  const std::string_view last = name.substr(name.rfind('-') + 1);
  return last.size() < name.size() && (last == agent || is_doer(last));
}

bool is_example_name(std::string_view name) noexcept {
  static constexpr std::string_view beginnings[] = {"your-",    "my-",         "your_",       "my_",
                                                    "example-", "agent-type-", "agent-name-", "skill-name-"};
  for (const std::string_view before : beginnings)
    if (letters::starts_with_lower(name, before)) return true;
  const std::string_view last = name.substr(name.rfind('-') + 1);
  if (letters::is_one_of_lower(last, {"agentname", "agenttype", "skillname"})) return true;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size() && letters::is_name(name[i]) && name[i] != '-' && name[i] != '_') continue;
    if (!is_example_word(name.substr(begin, i - begin))) return false;
    begin = i + 1;
  }
  return true;
}

}  // namespace cascade::manifest
