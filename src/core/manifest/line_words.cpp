// Most lines have none of the wanted words. So the text is scanned, sixteen bytes at a time, for two letters that each
// of them contains ("ge" of agent, "sk" of skill); only where such a pair is found is the word around it read and
// judged.
#include "manifest/line_words.h"

#include "text/ascii.h"
#include "text/byte_set.h"

namespace cascade::manifest {
namespace {

// The first letters of what references_spawn.cpp takes for verbs of showing.
constexpr letters::ByteSet begins_showing("glrsuvo");

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
        if (follows_lower_case(at, 1)) out_.signs |= sign_used;
        return read_word(at);
      case 'm': return has(at, "mman") ? read_word(at) : void();
      default: break;
    }
    if (has(at + 1, " ") || has(at + 1, "_")) return read_joint(at + 1);
    if (has(at, "skil")) {
      const std::string_view rest = line_.substr(at);
      if (rest.starts_with("Skill tool")) out_.signs |= sign_tool;
      if (rest.starts_with("skills=[")) out_.signs |= sign_list;
      if (may_be_served(at)) out_.signs |= sign_served;
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

  // A blank and a letter in lower case before the word that begins `back` bytes before `at`.
  bool follows_lower_case(std::size_t at, std::size_t back) const {
    return at >= back + 2 && line_[at - back - 1] == ' ' && letters::is_lower(line_[at - back - 2]);
  }

  // "tool skills get x": the part begins the noun, and a word comes before it and behind it.
  bool may_be_served(std::size_t at) const {
    if (at < 2 || line_[at - 1] != ' ' || !letters::is_name(line_[at - 2])) return false;
    std::size_t end = at;
    while (end < line_.size() && letters::is_lower(line_[end])) ++end;
    return end + 1 < line_.size() && line_[end] == ' ' && begins_showing.has(line_[end + 1]);
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

}  // namespace

Kinds kind_word(std::string_view word) {
  if (word.size() < shortest || word.size() > longest) return 0;
  if (letters::to_lower(word.back()) == 's') word.remove_suffix(1);
  switch (letters::to_lower(word.front())) {
    case 'a': return letters::equals_lower(word, "agent") ? kinds_agent : 0;
    case 'c': return letters::equals_lower(word, "command") ? kinds_command : 0;
    case 's':
      if (letters::equals_lower(word, "skill")) return kinds_skill;
      return letters::equals_lower(word, "subagent") || letters::equals_lower(word, "sub-agent") ||
                     letters::equals_lower(word, "specialist")
                 ? kinds_agent
                 : 0;
    default: return 0;
  }
}

LineWords read_part(std::string_view line, std::size_t at) { return Reader(line).read_part(at); }

}  // namespace cascade::manifest
