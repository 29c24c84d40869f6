// Scans a line sixteen bytes at a time for two letters that every wanted word contains ("ge" of agent, "sk" of skill),
// because most lines have none of the words. Only where such a pair is found is the word around it read and judged. A
// line shorter than a block is copied into a buffer; otherwise the last block reaches back, so none reads too far.
#include "manifest/line_words.h"

#include "manifest/byte_block.h"
#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cascade::manifest {
namespace {

constexpr std::size_t shortest = 5, longest = 11;  // kind words

// Marks the bytes where a part of a wanted word may begin: each kind word has one of "ge", "mm", "sk" and "sp", each
// relation an 's' before its joint. REQUIRES: block_width + 1 readable bytes.
ByteBlock may_be_parts(const char* from) noexcept {
  const ByteBlock next = load_block(from + 1);
  const ByteBlock first = to_lower(load_block(from)), second = to_lower(next);
  return ((first == 'g') & (second == 'e')) | ((first == 'm') & (second == 'm')) |
         ((first == 's') & ((second == 'k') | (second == 'p') | (next == ' ') | (next == '_')));
}

class Reader {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  LineWords read() {
    if (line_.size() < shortest) return out_;
    if (line_.size() >= block_width) {
      look_at(line_.data(), line_.size() - block_width);
    } else {
      std::array<char, block_width + 1> copy{};
      std::copy(line_.begin(), line_.end(), copy.begin());
      look_at(copy.data(), 0);
    }
    return out_;
  }

 private:
  // The last block begins at `last` and may overlap the one before it.
  void look_at(const char* bytes, std::size_t last) {
    for (std::size_t from = 0; from < line_.size(); from += block_width) {
      const std::size_t begin = std::min(from, last);
      const BlockHalves halves = halves_of(may_be_parts(bytes + begin));
      if ((halves[0] | halves[1]) != 0) read_parts(halves, begin, from);
    }
  }

  // Reads the parts of the block that begins at `begin`, from `from` on.
  void read_parts(const BlockHalves& halves, std::size_t begin, std::size_t from) {
    for (const std::uint64_t half : halves) {
      for_each_set(half, [&](std::size_t at) {
        if (begin + at >= from) read_part(begin + at);
      });
      begin += sizeof half;
    }
  }

  bool has(std::size_t at, std::string_view part) const { return letters::starts_with_lower(line_.substr(at), part); }

  void read_part(std::size_t at) {
    switch (letters::to_lower(line_[at])) {
      case 'g':
        if (!has(at, "gent")) return;
        if (has(at + 4, "_type")) out_.signs |= sign_type;
        return read_word(at);
      case 'm': return has(at, "mman") ? read_word(at) : void();
      default: break;
    }
    if (has(at + 1, " ") || has(at + 1, "_")) return read_joint(at + 1);
    if (has(at, "skil") || has(at, "spec")) return read_word(at);
    if (line_.substr(at, 5) == "spawn" && (at + 5 == line_.size() || !letters::is_name(line_[at + 5])))
      out_.signs |= sign_spawn;
  }

  void read_word(std::size_t at) {
    std::size_t begin = at, end = at;
    while (begin > 0 && letters::is_name(line_[begin - 1]) && at - begin < longest) --begin;
    while (end < line_.size() && letters::is_name(line_[end]) && end - begin <= longest) ++end;
    const Kinds kinds = kind_word(line_.substr(begin, end - begin));
    out_.kinds |= kinds;
    out_.signs |= sign_label;
    if (kinds != 0 && follows_article(begin)) out_.signs |= sign_article;
    if (kinds != 0 && follows_title(begin)) out_.signs |= sign_title;
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

LineWords read_words(std::string_view line) { return Reader(line).read(); }

}  // namespace cascade::manifest
