// Finds the names first, near words that call, refuse or say a kind, and near marks. Then the words around each name
// decide (around.h).
#include "prompt/calls.h"

#include <algorithm>
#include <optional>

#include "prompt/around.h"
#include "prompt/said_words.h"
#include "text/ascii.h"
#include "text/plain_letter.h"
#include "unicode/utf8.h"

namespace cascade::prompt {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const std::function<bool(std::uint32_t)>& knows) : words_(text), knows_(knows) {}

  std::vector<Mention> read() {
    if (words_.size() == 0) return {};
    whole_text();
    if (!words_.has_anchor()) return std::move(found_);
    for (std::size_t at = 0; at < words_.size();) at = name_at(at);
    return std::move(found_);
  }

 private:
  // A text that is a name and nothing else.
  void whole_text() {
    if (words_.size() > longest_name) return;
    const std::uint32_t begin = words_[0].begin, end = words_[words_.size() - 1].end;
    for (std::size_t i = 1; i < words_.size(); ++i)
      if (!words_.joins(i)) return;
    const std::string_view before = letters::trim(words_.text().substr(0, begin));
    const std::string_view behind = letters::trim(words_.text().substr(end));
    if (before.size() > 1 || behind.find_first_not_of("`.!\"*") != std::string_view::npos) return;
    if (!before.empty() && before != "`") return;  // with a mark it is found below
    const std::uint32_t hash = name_hash(words_.text().substr(begin, end - begin));
    if (knows_(hash)) found_.push_back({begin, end, hash, false, CallMark::none, 0});
  }

  // The longest name that begins here and is called or refused. Returns the word to go on at.
  std::size_t name_at(std::size_t begin) {
    if (!words_.is_near_anchor(begin)) return begin + 1;
    const bool marked = words_.mark_before(begin) != CallMark::none;  // then a space ends the name
    std::size_t ends[longest_name];
    std::size_t count = 0;
    for (std::size_t end = begin; end < words_.size() && end < begin + longest_name; ++end) {
      if (end > begin && (!words_.joins(end) || (marked && letters::is_space(words_.text()[words_[end].begin - 1]))))
        break;
      ends[count++] = end + 1;
    }
    for (; count > 0; --count) {
      const std::size_t end = ends[count - 1];
      const std::uint32_t hash = name_hash(words_.row(begin, end));
      if (!words_.stands_alone(begin, end) || !knows_(hash)) continue;
      if (const std::optional<Mention> mention = judge(begin, end, hash)) {
        const bool known =
            !found_.empty() && found_.back().begin == mention->begin && found_.back().end == mention->end;
        if (!known) found_.push_back(*mention);
        last_end_ = end;
        return end;
      }
    }
    return begin + 1;
  }

  // "X and Y": whether only such a word or a comma stands between this name and the one before.
  const Mention* joined_to(std::size_t begin) const {
    if (found_.empty() || last_end_ == 0 || begin < last_end_ || begin - last_end_ > 4) return nullptr;
    if (found_.back().end != words_[last_end_ - 1].end || found_.back().mark != CallMark::none) return nullptr;
    bool and_also = false;
    for (std::size_t i = last_end_; i < begin; ++i) {
      if ((words_[i].roles & (roles::and_also | roles::filler | roles::kinds)) == 0) return nullptr;
      and_also = and_also || (words_[i].roles & roles::and_also) != 0;
    }
    return and_also ? &found_.back() : nullptr;
  }

  std::optional<Mention> judge(std::size_t begin, std::size_t end, std::uint32_t hash) const {
    Mention mention{words_[begin].begin, words_[end - 1].end, hash, false, words_.mark_before(begin), 0};
    Around around = look_around(words_, begin, end);
    if (const Mention* before = joined_to(begin)) {
      around.refused = around.refused || before->refused;
      around.called = around.called || !before->refused;
      if (around.kinds == 0) around.kinds = before->kinds;
    }
    mention.kinds = around.kinds;
    const std::string_view name = words_.text().substr(mention.begin, mention.end - mention.begin);
    const bool spaced = name.find(' ') != std::string_view::npos;
    const bool joined = !spaced && name.find_first_of("-_:.0123456789") != std::string_view::npos;
    const bool marked = mention.mark != CallMark::none;
    const bool in_code = mention.begin > 0 && words_.text()[mention.begin - 1] == '`';
    const bool is_name = marked || joined || mention.kinds != 0;
    const bool negated = around.refused != around.stopped;  // "do not forget to use X" refuses nothing
    if (negated && !around.asked_why && (is_name || in_code || (spaced && around.called))) {
      mention.refused = true;
      return mention;
    }
    const bool called = marked || (around.called && (is_name || spaced || in_code)) || (around.wide && is_name) ||
                        around.kind_with_colon;
    return called ? std::optional(mention) : std::nullopt;
  }

  SaidWords words_;
  const std::function<bool(std::uint32_t)>& knows_;
  std::vector<Mention> found_;
  std::size_t last_end_ = 0;
};

}  // namespace

std::uint32_t name_hash(std::string_view name) noexcept {
  std::uint32_t hash = 2166136261U;
  const auto add = [&](std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  };
  for (std::size_t at = 0; at < name.size();) {
    const unicode::Decoded c = unicode::decode(name, at);
    if (c.code_point < 0x80) {
      const char letter = letters::to_lower(name[at]);
      const bool joint = is_joint(letter) || letter == '/';
      if (!joint)
        add({&letter, 1});
      else if (at > 0 && !is_joint(name[at - 1]))
        add(" ");
    } else if (const std::string_view latin = letters::plain_latin(c.code_point); !latin.empty()) {
      add(latin);
    } else {
      const char32_t small = letters::small_cyrillic(c.code_point);
      for (int shift = 16; shift >= 0; shift -= 8) {
        const char byte = static_cast<char>(small >> shift);
        add({&byte, 1});
      }
    }
    at += c.length;
  }
  return hash == 0 ? 1 : hash;
}

std::vector<Mention> read_mentions(std::string_view said, const std::function<bool(std::uint32_t)>& knows) {
  return Reader(said, knows).read();
}

}  // namespace cascade::prompt
